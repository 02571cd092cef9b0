import Foundation
import JSON
import Testing

extension Checkout {
    /// What `doctor --json` says, by check.
    func doctor(
        _ arguments: String..., with changes: [String: String?] = [:], status: Int32 = 0,
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> [String: Line] {
        let ending = try await start(["doctor", "--json"] + arguments, with: changes).ending()
        #expect(ending.status == status, "\(ending.output)\(ending.complaints)", sourceLocation: location)
        let lines = try JSON(parsing: ending.output).array ?? []
        return Dictionary(
            lines.map { line in
                let text = { (name: String) in line[name]?.string ?? "" }
                return (text("check"), Line(status: text("status"), message: text("message"), fix: text("fix")))
            }, uniquingKeysWith: { first, _ in first })
    }
}

struct Line: Hashable {
    var status: String
    var message: String
    var fix: String
}

@Suite struct `The doctor` {
    @Test func `finds nothing wrong with a clone that works, and leaves nothing behind`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try await shop.sync()
            let refs = try await shop.atRemote("for-each-ref")
            let lines = try await shop.doctor()
            #expect(lines.filter { $0.value.status != "ok" }.isEmpty, "\(lines)")
            #expect(
                Set(lines.keys).isSuperset(of: [
                    "branch", "claims", "claims-push", "clock", "configuration", "credentials linkedin/acme",
                    "credentials x/acme", "git", "history", "index", "index-lock", "lease", "lfs",
                    "linkedin-version", "media-host", "pause",
                    "reachable", "remote", "repository", "repository-match", "runners", "state",
                ]))
            #expect(lines["claims"]?.message.contains("0 in flight, 2 settled") == true)
            #expect(lines["runners"]?.message.contains("runner-") == true)
            #expect(try await shop.atRemote("for-each-ref") == refs)
            #expect(try await shop.changes() == "")
            #expect(try await shop.live().count == 2)
        }
    }

    @Test func `names what is wrong with the configuration`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let text = try shop.text("socials.yml")
            try shop.write(["socials.yml": text + "claims: {lease: 2h}\n"])
            #expect(try await shop.doctor()["lease"]?.status == "warning")
            let versioned = { (version: String) in
                text.replacing("linkedin/acme: {", with: "linkedin/acme: {version: \(version), ")
            }
            try shop.write(["socials.yml": versioned("202512")])
            #expect(try await shop.doctor()["linkedin-version"]?.message == "202512 ends in 15 days, on 2026-12-17")
            try shop.write(["socials.yml": versioned("202508")])
            #expect(try await shop.doctor(status: 78)["linkedin-version"]?.message == "202508 ended on 2026-08-17")
            try shop.write(["socials.yml": text + "unknown: 1\n"])
            #expect(try await shop.doctor(status: 78)["configuration"]?.status == "failure")
        }
    }

    @Test func `sees what state the clone is in`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone("--depth", "1")
            #expect(try await clone.doctor()["history"]?.message.contains("shallow") == true)
            try await clone.git("update-index", "--split-index")
            #expect(try await clone.doctor()["index"]?.message.contains("core.splitIndex") == true)
            try await clone.git("update-index", "--no-split-index")
            try Data("nonsense".utf8).write(to: clone.url(".git/index"))
            let broken = try await clone.doctor(status: 78)["index"]
            #expect(broken?.status == "failure")
            #expect(broken?.fix.contains("git reset") == true)
            try FileManager.default.removeItem(at: clone.url(".git/index"))
            try await clone.git("reset", "--quiet")

            try Data().write(to: clone.url(".git/index.lock"))
            let hourBefore = [FileAttributeKey.modificationDate: try Date("2026-12-01T08:00:00Z", strategy: .iso8601)]
            try FileManager.default.setAttributes(hourBefore, ofItemAtPath: clone.url(".git/index.lock").path)
            let lock = try await clone.doctor()["index-lock"]
            #expect(lock?.status == "warning")
            #expect(lock?.message.contains("60 min") == true)
            try FileManager.default.removeItem(at: clone.url(".git/index.lock"))

            try Data((try await clone.head() + "\n").utf8).write(to: clone.url(".git/MERGE_HEAD"))
            #expect(try await clone.doctor()["state"]?.status == "warning")
        }
    }

    @Test func `names pictures that Git LFS did not fetch`() async throws {
        let pointer =
            "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "4d", count: 32))\nsize 1\n"
        let picture = post("x/acme", "A picture.", "media: [{path: media/large.jpg, alt: Large}]\n")
        try await Workshop.withRemote(["media/large.jpg": pointer, "posts/a.md": picture]) { shop in
            let line = try await shop.doctor()["lfs"]
            #expect(line?.status == "warning")
            #expect(line?.message.contains("posts/a.md") == true)
            #expect(line?.fix.contains("git lfs pull") == true)
        }
    }

    @Test func `asks for an installed git`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let lines = try await shop.doctor(with: ["PATH": "/nowhere"], status: 78)
            #expect(lines["git"]?.status == "failure")
            #expect(lines["git"]?.fix == "install git")
            #expect(lines["reachable"] == nil)
        }
    }

    @Test func `tells a remote that does not answer from one that refuses`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try shop.hook("update", "echo 'nobody writes here'; exit 1")
            let refused = try await shop.doctor(status: 78)
            #expect(refused["claims-push"]?.status == "failure")
            #expect(refused["claims-push"]?.message.contains("nobody writes here") == true)
            #expect(refused["claims-push"]?.fix.contains("contents: write") == true)
            // A hook shows only when it is asked; the rehearsal says so.
            #expect(refused["branch"]?.status == "ok")
            try shop.hook("update", nil)

            // Taken, and not given back.
            try shop.hook("update", "case $3 in 0000*) exit 1; esac")
            let kept = try await shop.doctor()["claims-push"]
            #expect(kept?.status == "warning")
            #expect(kept?.fix.hasPrefix("git push origin :refs/socials/probe-") == true)
            try shop.hook("update", nil)

            try await GitServer.serving(shop) { server in
                try await shop.atRemote("config", "http.receivepack", "false")
                try await shop.git("remote", "set-url", "origin", server.address)
                let lines = try await shop.doctor(status: 78)
                #expect(lines["reachable"]?.status == "ok")
                #expect(lines["branch"]?.status == "failure")
            }
            let gone = try await shop.doctor(status: 69)
            #expect(gone["reachable"]?.status == "failure")
        }
    }

    @Test func `sees that the branch is missing, or the remote, or that there are too many`() async throws {
        try await Workshop.with("bare", bicycle) { shop in
            #expect(try await shop.doctor()["remote"]?.message.contains("none") == true)
            try await shop.git("init", "--quiet", "--bare", "--initial-branch", "main", shop.remote.path)
            try await shop.git("remote", "add", "one", shop.remote.path)
            #expect(try await shop.doctor()["branch"]?.status == "warning")
            try await shop.git("remote", "add", "two", shop.remote.path)
            #expect(try await shop.doctor(status: 78)["remote"]?.fix.contains("--set-upstream-to") == true)
        }
    }

    @Test func `compares remote and branch with socials.yml, and its clock with the server's`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone()
            let real: [String: String?] = ["SOCIALS_GATEWAY": nil, "SOCIALS_NOW": nil]
            try await GitServer.serving(shop) { server in
                try await clone.git("remote", "set-url", "origin", server.address)
                let silent = try await clone.doctor(with: real)
                #expect(silent["repository-match"]?.status == "warning")
                #expect(silent["repository-match"]?.fix.contains("repository: ") == true)
                #expect(silent["clock"]?.status == "ok", "\(silent)")
                #expect(silent["clock"]?.message.contains("agrees") == true, "\(silent)")

                try clone.write(["socials.yml": try clone.text("socials.yml") + "repository: \(server.address)\n"])
                #expect(try await clone.doctor(with: real)["repository-match"]?.status == "ok")
                try server.behave("late-clock")
                let late = try await clone.doctor(with: real, status: 78)["clock"]
                #expect(late?.status == "failure")
                #expect(late?.message.contains("differs by") == true)

                try clone.write([
                    "socials.yml": try shop.text("socials.yml") + "repository: https://git.example.com/a/b\n"
                ])
                let fork = try await clone.doctor(with: real, status: 78)["remote"]
                #expect(fork?.fix.contains("a fork does not publish") == true)
            }
        }
    }

    @Test func `shows who is at work and what a run left`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let (clone, watch) = (try await shop.clone(), try Watch(shop))
            // The remote goes away when the claims are taken; what became of them it does not hear.
            let away = shop.beside("away.git").path
            try watch.before("push", "true", "mv '\(shop.remote.path)' '\(away)'")
            try await watch.of(clone).sync(status: 69)
            try FileManager.default.moveItem(atPath: away, toPath: shop.remote.path)
            let other = try await shop.clone(name: "other")
            let during = try await other.doctor()
            #expect(during["in-flight"]?.message.hasPrefix("2 deliveries") == true, "\(during)")
            let after = try await other.doctor(with: ["SOCIALS_NOW": "2026-12-01T09:20:00Z"])
            #expect(after["expired-claims"]?.status == "warning")
            #expect(after["expired-claims"]?.message.contains("posts/a.md") == true)
        }
    }

    @Test func `looks whether each account has its variables`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let missing = try await shop.doctor(
                with: ["SOCIALS_ACCOUNT_X_ACME_ACCESS_TOKEN": nil, "SOCIALS_ACCOUNT_LINKEDIN_ACME_ACCESS_TOKEN": ""],
                status: 78)
            #expect(missing["credentials x/acme"]?.fix == "set SOCIALS_ACCOUNT_X_ACME_ACCESS_TOKEN")
            #expect(missing["credentials linkedin/acme"]?.fix == "set SOCIALS_ACCOUNT_LINKEDIN_ACME_ACCESS_TOKEN")
            #expect(missing["credentials x/labs"]?.status == "ok")
            let second = try await shop.doctor(
                with: [
                    "SOCIALS_APP_X_CONSUMER_KEY": nil, "SOCIALS_APP_X_CONSUMER_SECRET": nil,
                    "SOCIALS_ACCOUNT_X_ACME_ACCESS_TOKEN_SECRET": nil,
                    "SOCIALS_ACCOUNT_X_LABS_ACCESS_TOKEN_SECRET": nil,
                ])
            #expect(second["credentials x/acme"]?.status == "warning")
            #expect(try await shop.requests().isEmpty)
        }
    }

    @Test(arguments: [
        ("{kind: static, baseUrl: \"https://media.example.com\"}", "ok"), ("{kind: git-raw}", "failure"),
        ("{kind: s3, bucket: acme}", "failure"), ("none", "failure"),
        ("{kind: server, publicUrl: \"https://media.example.com\", port: 8080}", "ok"),
    ])
    func `says what the media host is`(_ host: String, _ status: String) async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let text = try shop.text("socials.yml").split(separator: "\n").filter { !$0.hasPrefix("mediaHost") }
            let line = host == "none" ? "" : "mediaHost: \(host)\n"
            try shop.write(["socials.yml": text.joined(separator: "\n") + "\n" + line])
            #expect(try await shop.doctor(status: status == "ok" ? 0 : 78)["media-host"]?.status == status)
        }
    }
}

@Suite struct `Claims that were deleted` {
    /// One delivery that was sent without an answer, one that is live and recorded.
    private static func withOpenDelivery(
        arrives: Bool, _ body: @Sendable (Workshop, Clone) async throws -> Void
    ) async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try await shop.fault([
                "fault": "late-visibility", "network": "x", "operation": "publish", "seconds": 600,
            ])
            try await shop.fault([
                "fault": .string(arrives ? "drop-after" : "drop-before"), "network": "x", "operation": "publish",
            ])
            try await shop.clone(name: "first").sync()
            #expect(try await shop.remoteState("posts/a.md", "x/acme") == "retrying")
            try await shop.removeFaults()
            try await shop.atRemote("update-ref", "-d", "refs/socials/sandbox-claims")
            let clone = try await shop.clone()
            let line = try await clone.doctor(status: 78)["claims"]
            #expect(line?.fix.contains("--repair-claims") == true)
            try await clone.sync(now: "2026-12-01T09:30:00Z", status: 78)
            try await body(shop, clone)
        }
    }

    @Test(arguments: [true, false])
    func `are repaired, and what was open is asked for first`(_ arrives: Bool) async throws {
        try await Self.withOpenDelivery(arrives: arrives) { shop, clone in
            let now = "2026-12-01T09:30:00Z"
            let lines = try await clone.doctor("--repair-claims", with: ["SOCIALS_NOW": now])
            #expect(lines["claims"]?.message.contains("posts/a.md") == true, "\(lines)")
            try await clone.sync(now: now)
            // Absent is believed only after a quarter of an hour.
            try await clone.sync(now: "2026-12-01T09:46:00Z")
            #expect(try await shop.remoteState("posts/a.md", "x/acme") == "published")
            #expect(Set(try await shop.live().map(\.description)) == bicycleLive)
            #expect(try await shop.live().count == 2)
        }
    }

    @Test func `are not touched where they are`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let new = try await shop.doctor("--repair-claims")["claims"]
            #expect(new?.message.contains("nothing to repair") == true)
            try await shop.sync()
            let refs = try await shop.atRemote("for-each-ref")
            let line = try await shop.doctor("--repair-claims")["claims"]
            #expect(line?.message.contains("nothing to repair") == true)
            #expect(try await shop.atRemote("for-each-ref") == refs)
        }
    }
}
