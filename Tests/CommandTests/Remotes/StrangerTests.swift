import Foundation
import Testing

/// Where a run must not publish at all (EXACTLY-ONCE 0). Without the gateway, because only then is it asked; each ends
/// before anything could be sent.
@Suite struct `A sync refuses` {
    private static let real: [String: String?] = ["SOCIALS_GATEWAY": nil, "SOCIALS_NOW": nil]

    private func expectRefusal(
        _ configuration: String, address: String, branch: String = "main", says words: [String],
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        try await Workshop.with("bare", bicycle) { shop in
            try shop.write(["socials.yml": try shop.text("socials.yml") + "# Who publishes.\n" + configuration])
            try await shop.commit()
            try await shop.git("checkout", "--quiet", "-B", branch)
            try await shop.git("remote", "add", "origin", address)
            let ending = try await shop.sync(
                with: ["SOCIALS_GATEWAY": nil, "SOCIALS_NOW": nil], status: 78, location)
            for word in words { #expect(ending.complaints.contains(word), "\(ending)", sourceLocation: location) }
            #expect(!ending.complaints.contains("secret"), sourceLocation: location)
            #expect(try await shop.requests().isEmpty, sourceLocation: location)
        }
    }

    @Test func `a fork`() async throws {
        try await expectRefusal(
            "repository: https://github.com/acme/social\n", address: "git@github.com:someone/social.git",
            says: ["github.com/someone/social", "a fork does not publish"])
    }

    @Test func `a mirror on another host`() async throws {
        try await expectRefusal(
            "repository: https://github.com/acme/social\n", address: "https://user:secret@gitlab.com/acme/social.git",
            says: ["gitlab.com/acme/social"])
    }

    @Test func `another branch than that of socials.yml`() async throws {
        try await expectRefusal(
            "", address: "https://github.com/acme/social", branch: "draft", says: ["branch: main"])
    }

    @Test func `several remotes of which none is the branch's`() async throws {
        try await Workshop.with("bare", bicycle) { shop in
            try await shop.git("remote", "add", "one", shop.beside("one.git").path)
            try await shop.git("remote", "add", "two", shop.beside("two.git").path)
            let ending = try await shop.sync(status: 78)
            #expect(ending.complaints.contains("one, two"))
        }
    }

    @Test func `a remote that is pushed to elsewhere`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try await shop.git("remote", "set-url", "--push", "origin", shop.beside("mirror.git").path)
            let ending = try await shop.sync(status: 78)
            #expect(ending.complaints.contains("mirror.git"))
        }
    }

    @Test func `a sandbox run with a remote that others share`() async throws {
        try await Workshop.with("bare", bicycle) { shop in
            try await shop.git("remote", "add", "origin", "https://git.example.com/acme/social.git")
            let ending = try await shop.sync(status: 78)
            #expect(ending.complaints.contains("git.example.com/acme/social"))
            #expect(try await shop.live().isEmpty)
        }
    }

    @Test func `a detached HEAD without a branch`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try await shop.git("checkout", "--quiet", "--detach")
            let ending = try await shop.sync(status: 78)
            #expect(ending.complaints.contains("--branch"))
            // Of a tag or a pull request the name says nothing about a branch.
            try await shop.sync(with: ["GITHUB_REF": "refs/tags/v1", "GITHUB_REF_NAME": "v1"], status: 78)
            let missing = try await shop.sync("--branch", "maim", status: 78)
            #expect(missing.complaints.contains("no branch maim"))
            #expect(try await shop.live().isEmpty)
            #expect(try await shop.atRemote("for-each-ref", "--format=%(refname)") == "refs/heads/main\n")
        }
    }

    @Test(arguments: [
        ["GITHUB_EVENT_NAME": "pull_request"], ["GITHUB_EVENT_NAME": "pull_request_target"],
        ["CI_PIPELINE_SOURCE": "merge_request_event"],
    ])
    func `a pull request`(_ event: [String: String]) async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try await shop.sync(with: event.mapValues { $0 }, status: 64)
            #expect(try await shop.live().isEmpty)
        }
    }

    @Test func `a remote whose claims were deleted, before anything is sent`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try await shop.sync()
            try await shop.pushForeign(["posts/b.md": post("x/labs", "Another.")])
            try await shop.atRemote("update-ref", "-d", "refs/socials/sandbox-claims")
            let ending = try await shop.sync(status: 78)
            #expect(ending.complaints.contains("posts/a.results.json"))
            #expect(ending.complaints.contains("doctor --repair-claims"))
            #expect(try await shop.live().count == 2)
        }
    }
}
