import JSON
import Posts

/// How many posts the account may still publish in 24 hours. The number differs between accounts and pages of the
/// documentation (25, 50, 100), so it is read, never assumed: once in a session, which then counts its own posts. If others
/// publish meanwhile, Instagram refuses the post that is too many.
actor InstagramQuota {
    private let graph: MetaGraph
    /// nil: not read yet, or Instagram does not tell.
    private var left: Int?

    init(graph: MetaGraph) { self.graph = graph }

    private struct Reading {
        let used: Int
        let total: Int

        var isUsedUp: Bool { used >= total }
    }

    /// Why the next post must wait. Repeatable.
    func shortage(of user: String) async -> PlatformFailure? {
        if let left, left > 0 { return nil }
        guard let reading = await reading(of: user) else { return nil }
        left = reading.total - reading.used
        return reading.isUsedUp ? await usedUp(reading, by: user) : nil
    }

    /// A post is about to go out.
    func count() { left = left.map { $0 - 1 } }

    /// nil if Instagram does not tell; publishing then goes on, and says so itself if it is refused. Repeatable.
    private func reading(of user: String, since start: Instant? = nil) async -> Reading? {
        var query = [("fields", "quota_usage,config")]
        if let start { query.append(("since", String(start.seconds))) }
        let answer: JSON
        do throws(PlatformFailure) {
            answer = try await graph.get("/\(user)/content_publishing_limit", query)
        } catch {
            return nil
        }
        let row = answer["data"]?[0]
        guard let used = row?["quota_usage"]?.integer, let total = row?["config"]?["quota_total"]?.integer else {
            return nil
        }
        return Reading(used: used, total: total)
    }

    /// The failure of a post that must wait. A slot is free again 24 hours after the post that took it, and the moment
    /// of that one is found by halving: the usage since a moment tells on which side of it the post lies.
    private func usedUp(_ reading: Reading, by user: String) async -> PlatformFailure {
        let now = graph.session.clock.now
        // At the first moment the usage is the whole one, since the second there is room.
        var (full, free) = (now - InstagramRules.quotaWindow, now)
        for _ in 0..<InstagramRules.quotaHalvings {
            let middle = full + (free - full) / 2
            guard let part = await self.reading(of: user, since: middle) else { break }
            if part.used < reading.total { free = middle } else { full = middle }
        }
        let moment = free + InstagramRules.quotaWindow
        return PlatformFailure(
            .after(moment), scope: .account, code: "instagram.quota",
            "\(reading.used) of \(reading.total) posts that Instagram allows in 24 hours are published",
            hint: "posts of the last 24 hours count")
    }
}
