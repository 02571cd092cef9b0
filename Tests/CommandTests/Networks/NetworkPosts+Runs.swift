import Foundation
import JSON
import Testing

extension NetworkPosts {
    /// Publishes the posts of `part` and compares what people see of each with its twin; says how many deliveries a
    /// network worked on when a run ended.
    func goLive(_ part: String, in shop: Workshop) async throws -> Int {
        let other = try await publishOther(part, in: shop)
        let before = try await shop.shown().count
        let waited = try await syncToTheEnd(shop)
        var live = try await shop.shown().dropFirst(before)
        for name in try names(in: part) {
            let told = try told("\(part)/\(name)")
            let results = try shop.results("posts/\(name).md")
            let accounts = told.accounts.isEmpty ? results.object?.keys.sorted() ?? [] : told.accounts
            #expect(results.object?.keys.sorted() == accounts.sorted())
            var shown: [String] = []
            for account in accounts {
                let delivery = results[account] ?? .null
                #expect(delivery["state"] == "published", "\(name) \(account): \(delivery)")
                let own = lines(try take(delivery, of: account, from: &live), other)
                shown += told.accounts.isEmpty ? own : [account] + own.map { "  \($0)" }
            }
            #expect(shown.joined(separator: "\n") == told.lines.joined(separator: "\n"), "\(name)")
        }
        #expect(live.isEmpty, "live without a post: \(live)")
        #expect(try await shop.changes() == "")
        return waited
    }

    /// Publishes what is quoted or shared again, and writes its id into the posts; nil where nothing is.
    private func publishOther(_ part: String, in shop: Workshop) async throws -> String? {
        guard let (account, id) = other else { return nil }
        try shop.write(["posts/other.md": "---\naccounts: [\(account)]\n---\nTo be shared again\n"])
        try await shop.commit()
        let ending = try await shop.run("publish", "posts/other.md")
        let real = try #require(try shop.results("posts/other.md")[account]?["id"]?.string, "\(ending)")
        for name in try names(in: part) {
            let text = try shop.text("posts/\(name).md")
            try shop.write(["posts/\(name).md": text.replacing(id, with: real)])
        }
        if try await shop.changes() != "" { try await shop.commit() }
        return real
    }

    /// Runs `sync` until it has nothing to do; the clock goes on only when the network works on something. Says how many
    /// deliveries a network worked on when a run ended.
    private func syncToTheEnd(_ shop: Workshop) async throws -> Int {
        var (minutes, waiting, waited) = (0, Set<JSON>(), Set<JSON>())
        for _ in 0..<20 {
            let count = try await commits(shop)
            let report = try await shop.json("sync", now: Self.time(minutes))
            func deliveries(_ list: String) -> [JSON] {
                (report[list]?.array ?? []).map { [$0["post"] ?? .null, $0["account"] ?? .null] }
            }
            for list in ["failed", "unknown", "missed", "problems", "retrying"] {
                #expect(report[list]?.array == [], "\(list)")
            }
            waiting.formUnion(deliveries("processing"))
            waited.formUnion(waiting)
            waiting.subtract(deliveries("published"))
            let settled = deliveries("published").count + deliveries("processing").count
            // One commit for each batch of at most 20 claims.
            let added = try await commits(shop) - count
            #expect(added <= (settled + 19) / 20 && (added > 0) == (settled > 0), "\(added) commits of \(settled)")
            #expect((report["commit"]?.string != nil) == (added > 0))
            if settled == 0, waiting.isEmpty, report["skipped"]?.array?.isEmpty != false { return waited.count }
            if deliveries("published").isEmpty { minutes += 5 }
        }
        let report = try await shop.json("plan", now: "2026-12-01T10:00:00Z")
        Issue.record("there is always something to do: \(String(decoding: report.compact(), as: UTF8.self))")
        return waited.count
    }

    /// So many minutes after nine.
    private static func time(_ minutes: Int) -> String {
        "2026-12-01T\(String(format: "%02d:%02d", 9 + minutes / 60, minutes % 60)):00Z"
    }

    private func commits(_ shop: Workshop) async throws -> Int {
        Int(try await shop.git("rev-list", "--count", "HEAD").trimmingCharacters(in: .newlines)) ?? 0
    }

    /// What people should see of a post, and its accounts if that is told for each; what it costs, the plan tells.
    private func told(_ name: String) throws -> (lines: [String], accounts: [String]) {
        let lines = try expected("\(name).\(twin)").filter { !$0.hasPrefix("costs ") }
        return (lines, lines.filter { $0.hasPrefix("\(network)/") })
    }

    /// The posts of a delivery in their order, which nobody else may have.
    private func take(_ delivery: JSON, of account: String, from live: inout ArraySlice<JSON>) throws -> [JSON] {
        var ids = (delivery["parts"]?.array ?? [delivery]).compactMap { $0["id"]?.string }
        if let comment = delivery["firstComment"] {
            #expect(comment["state"] == "published", "\(comment)")
            ids.append(comment["id"]?.string ?? "-")
        }
        return try ids.map { id in
            // A comment's id is the last part of its URN.
            let found = live.firstIndex { post in
                let shown = post["id"]?.string ?? ""
                return shown == id || shown.hasSuffix(",\(id))")
            }
            let post = live.remove(at: try #require(found, "\(id) is not live"))
            #expect("\(network)/\(post["account"]?.string ?? "")" == account)
            return post
        }
    }

    /// The requests that the sandbox did not take, as `METHOD PATH STATUS`.
    func refused(in shop: Workshop) async throws -> [String] {
        try await shop.log().filter { !(200..<300 ~= $0["status"]?.integer ?? 0) }.map {
            "\($0["method"]?.string ?? "") \($0["path"]?.string ?? "") \($0["status"]?.integer ?? 0)"
        }
    }

    /// A diagnostic as people read it.
    func line(_ diagnostic: JSON) -> String {
        let place = "\(diagnostic["path"]?.string ?? ""):\(diagnostic["line"]?.integer ?? 0)"
        let words = [diagnostic["message"], diagnostic["hint"]].compactMap { $0?.string }.joined(separator: "; ")
        let (severity, code) = (diagnostic["severity"]?.string ?? "", diagnostic["code"]?.string ?? "")
        return "\(place):\(diagnostic["column"]?.integer ?? 0): \(severity): \(words) [\(code)]"
    }
}
