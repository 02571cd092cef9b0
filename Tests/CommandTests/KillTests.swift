import Foundation
import JSON
import TestSupport
import Testing

/// The real binary, killed at a write, a flush, a rename, a request or an answer, and started again.
///
/// 40 moments, spread over the run by a fixed seed. `KILL_MOMENTS=200` in the environment tries more, and
/// `KILL_MOMENTS=every` all of them, before and after each call, as `Tests/Fixtures/commands/every-moment.sh` does.
@Suite struct `A run that is killed` {
    private static let moments = 40

    @Test func `at any moment neither repeats nor forgets a post`() async throws {
        let troubles = try await Places.workshops.hold { try await Self.troubles() }
        #expect(troubles == [])
    }

    private static func troubles() async throws -> [String] {
        let hammer = try await Hammer.shared.value
        let total = try await total(hammer)
        // Journal lines, git objects and requests are among them, or the counter is not in their way.
        #expect(total > 300)
        let trials = trials(of: total)
        return await withTaskGroup(of: [String].self) { group in
            for worker in 0..<2 {
                let share = trials.enumerated().filter { $0.offset % 2 == worker }.map(\.element)
                group.addTask {
                    do {
                        let bench = try await KillBench(hammer)
                        var troubles: [String] = []
                        for trial in share { troubles += try await bench.trouble(of: trial) }
                        await bench.close()
                        return troubles
                    } catch {
                        return ["\(error)"]
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// The number of moments of a run that nobody disturbs.
    private static func total(_ hammer: Hammer) async throws -> Int {
        let bench = try await KillBench(hammer)
        let count = URL(filePath: hammer.library).deletingLastPathComponent().appending(path: "count")
        let ending = try await bench.shop.run("sync", with: ["LD_PRELOAD": hammer.library, "KILL_COUNT": count.path])
        await bench.close()
        guard ending.status == 0, let total = Int(try String(contentsOf: count, encoding: .utf8).dropLast()) else {
            throw Trouble("the run that counts failed: \(ending)")
        }
        return total
    }

    private static func trials(of total: Int) -> [Trial] {
        let asked = ProcessInfo.processInfo.environment["KILL_MOMENTS"]
        if asked == "every" {
            return (1...total).flatMap { [Trial(moment: $0, isAfter: false), Trial(moment: $0, isAfter: true)] }
        }
        let moments = asked.flatMap(Int.init) ?? moments
        var random = SeededRandom(seed: 20_261_201)
        return (0..<moments).map { index in
            let (first, last) = (1 + index * total / moments, (index + 1) * total / moments)
            return Trial(moment: .random(in: first...last, using: &random), isAfter: .random(using: &random))
        }
    }
}

private struct Trial: Sendable {
    /// The number of the call, from 1.
    var moment: Int
    /// The call takes effect before the process dies.
    var isAfter: Bool
}

/// One workshop that is set back before each trial.
private struct KillBench: Sendable {
    let shop: Workshop
    private let hammer: Hammer
    private let pristine: URL

    init(_ hammer: Hammer) async throws {
        self.hammer = hammer
        shop = try await Workshop("acme")
        pristine = shop.root.deletingLastPathComponent().appending(path: "pristine")
        try FileManager.default.copyItem(at: shop.root, to: pristine)
    }

    func close() async { await shop.close() }

    private func reset() async throws {
        try FileManager.default.removeItem(at: shop.root)
        try FileManager.default.copyItem(at: pristine, to: shop.root)
        try await shop.reset()
    }

    /// What went wrong; empty if nothing did.
    func trouble(of trial: Trial) async throws -> [String] {
        try await reset()
        var troubles: [String] = []
        let name = "killed \(trial.isAfter ? "after" : "before") call \(trial.moment)"
        func check(_ holds: Bool, _ message: @autoclosure () -> String) {
            if !holds { troubles.append("\(name): \(message())") }
        }
        let changes = [
            "LD_PRELOAD": hammer.library, "KILL_AT": String(trial.moment), "KILL_AFTER": trial.isAfter ? "1" : nil,
        ]
        let killed = try await shop.run("sync", with: changes)
        // Accounts go side by side, so that no two runs have quite the same number of calls.
        check(killed.isSignal && killed.status == SIGKILL || killed.status == 0, "ended with \(killed)")

        for now in ["2026-12-01T09:00:00Z", "2026-12-01T09:31:00Z", "2026-12-01T10:02:00Z"] {
            let ending = try await shop.run("sync", now: now)
            // A LinkedIn member's lost answer ends as `unknown`, and with it the run that finds out with 1.
            check(ending.status == 0 || ending.status == 1, "the run at \(now) ended with \(ending)")
            let live = try await shop.live().map(\.description)
            check(Set(live).count == live.count, "twice after the run at \(now): \(live)")
        }
        let requests = try await shop.requests()
        let last = try await shop.run("sync", now: "2026-12-01T10:33:00Z")
        check(last.status == 0 && last.output == "nothing is due\n", "the last run did something: \(last)")
        check(try await shop.requests() == requests, "the last run asked a network")
        for complaint in try await disagreements() { check(false, complaint) }
        return troubles
    }

    private func disagreements() async throws -> [String] {
        var complaints: [String] = []
        let live = try await shop.live()
        let deliveries = [
            "launch": ["instagram/acme", "linkedin/acme", "x/acme"],
            "wall": ["instagram/acme", "linkedin/jane", "x/labs"],
            "thread": ["linkedin/jane", "x/acme"],
        ]
        for (post, accounts) in deliveries {
            let results =
                shop.exists("posts/2026/12/\(post).results.json") ? try shop.results("posts/2026/12/\(post).md") : .null
            for account in accounts {
                let result = results[account]
                switch result?["state"] {
                case "published":
                    let parts = result?["parts"]?.array?.map { $0["id"]?.string } ?? [result?["id"]?.string]
                    let shown = live.filter { live in parts.contains(live.id) }
                    if shown.count != (post == "thread" && account == "x/acme" ? 3 : 1) {
                        complaints.append("\(post) → \(account) is recorded as \(parts), live are \(shown)")
                    }
                case "unknown" where account == "linkedin/jane": break
                default: complaints.append("\(post) → \(account) is \(result ?? .null)")
                }
            }
        }
        let thread = live.filter { $0.network == "x" && !$0.text.contains("icycle") }
        if thread.map(\.replyTo) != [nil] + thread.dropLast().map(\.id) {
            complaints.append("the thread is torn: \(thread)")
        }
        let changes = try await shop.changes()
        if changes != "" { complaints.append("git status: \(changes)") }
        do { try await shop.git("fsck", "--strict") } catch { complaints.append("\(error)") }
        return complaints
    }
}
