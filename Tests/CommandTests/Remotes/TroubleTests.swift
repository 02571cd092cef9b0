import Foundation
import Testing

/// Remotes that refuse, hang or vanish. Nothing is ever sent before they have taken the claims.
@Suite struct `A remote` {
    @Test(arguments: [false, true])
    func `over HTTP gets the header of the configuration`(_ isIncluded: Bool) async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try await GitServer.serving(shop, header: "Basic Y2k6dG9rZW4=") { server in
                let header = "Authorization: Basic Y2k6dG9rZW4="
                let clone = try await shop.clone(
                    "--depth", "1", "--config", "http.\(server.address).extraheader=\(header)", from: server.address)
                if isIncluded {
                    // As actions/checkout writes it: into a file outside, included for this folder alone.
                    try await clone.git("config", "--unset-all", "http.\(server.address).extraheader")
                    let file = shop.beside("credentials.config").path
                    try await clone.git("config", "--file", file, "http.\(server.address).extraheader", header)
                    try await clone.git("config", "includeIf.gitdir:\(clone.root.path)/.git.path", file)
                }
                try await shop.expectWholeSync(in: clone)
            }
        }
    }

    @Test func `that wants another password ends with 78 and sends nothing`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone()
            try await GitServer.serving(shop, header: "Basic Y2k6dG9rZW4=") { server in
                try await clone.git("remote", "set-url", "origin", server.address)
                let ending = try await clone.sync(status: 78)
                #expect(ending.complaints.contains("Authentication failed") || ending.complaints.contains("Username"))
                #expect(try await shop.live().isEmpty)
            }
        }
    }

    @Test func `that does not take the claims ends with 78 and sends nothing`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone()
            try shop.hook("update", "case $1 in refs/socials/*) echo 'no such references here'; exit 1; esac")
            let ending = try await clone.sync(status: 78)
            #expect(ending.complaints.contains("no such references here"), "\(ending)")
            #expect(ending.complaints.contains("contents: write"))
            #expect(try await shop.live().isEmpty)
            #expect(try await clone.changes() == "")
        }
    }

    @Test func `that may be read and not written ends with 78 and sends nothing`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone()
            try await GitServer.serving(shop) { server in
                try await shop.atRemote("config", "http.receivepack", "false")
                try await clone.git("remote", "set-url", "origin", server.address)
                let ending = try await clone.sync(status: 78)
                #expect(ending.complaints.contains("contents: write"), "\(ending)")
                #expect(try await shop.live().isEmpty)
            }
        }
    }

    @Test(arguments: ["hang", "hang-push"])
    func `that hangs ends with 69 and sends nothing`(_ mode: String) async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone().with([
                "GIT_HTTP_LOW_SPEED_LIMIT": "1000", "GIT_HTTP_LOW_SPEED_TIME": "1",
            ])
            try await GitServer.serving(shop) { server in
                try await clone.git("remote", "set-url", "origin", server.address)
                try server.behave(mode)
                try await clone.sync(status: 69)
                #expect(try await shop.live().isEmpty)
                try server.behave("")
                try await shop.expectWholeSync(in: clone)
            }
        }
    }

    @Test func `that vanishes between fetch and push ends with 69 and sends nothing`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone()
            try await GitServer.serving(shop) { server in
                try await clone.git("remote", "set-url", "origin", server.address)
                try server.behave("fail-push")
                try await clone.sync(status: 69)
                #expect(try await shop.live().isEmpty)
            }
            try await clone.git("remote", "set-url", "origin", shop.beside("nowhere.git").path)
            try await clone.sync(status: 69)
            #expect(try await shop.live().isEmpty)
        }
    }

    @Test func `that vanishes after the claims gets the results from the next run`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let (clone, watch) = (try await shop.clone(), try Watch(shop))
            let away = shop.beside("away.git").path
            // The first push brings the claims, the second would bring the results.
            try watch.before("push", "true", "mv '\(shop.remote.path)' '\(away)'")
            let ending = try await watch.of(clone).sync(status: 69)
            #expect(ending.output.contains("published"), "\(ending)")
            #expect(try await shop.live().count == 2)
            try FileManager.default.moveItem(atPath: away, toPath: shop.remote.path)
            try await shop.expectWholeSync(in: clone)
        }
    }

    @Test func `that was added later takes over the claims of this clone`() async throws {
        try await Workshop.with("bare", bicycle) { shop in
            try await shop.sync()
            try await shop.git("init", "--quiet", "--bare", "--initial-branch", "main", shop.remote.path)
            try await shop.git("remote", "add", "origin", shop.remote.path)
            try shop.write(["posts/b.md": post("x/labs", "Another.")])
            try await shop.commit()
            try await shop.expectWholeSync(in: shop, hasWork: false, live: bicycleLive.union(["x/labs: Another."]))
            #expect(try await !shop.git("for-each-ref", "--format=%(refname)").contains("refs/socials"))
            #expect(
                try await shop.atRemote("for-each-ref", "--format=%(refname)").contains("refs/socials/sandbox-claims"))
        }
    }
}
