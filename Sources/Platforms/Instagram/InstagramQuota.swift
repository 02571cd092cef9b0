import JSON
import Posts

/// How many posts the account may still publish in 24 hours. The number differs between accounts and pages of the
/// documentation (25, 50, 100), so it is read, never assumed.
struct InstagramQuota {
    let graph: MetaGraph

    struct Reading: Sendable, Hashable {
        let used: Int
        let total: Int

        var isUsedUp: Bool { used >= total }
    }

    /// nil if Instagram does not tell; publishing then goes on, and says so itself if it is refused. Repeatable.
    func reading(of user: String, since start: Instant? = nil) async -> Reading? {
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
    func usedUp(_ reading: Reading, by user: String) async -> PlatformFailure {
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
