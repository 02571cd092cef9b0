import Foundation
import Testing

/// Checkouts as CI systems and people make them, each with a person's unfinished work in it.
@Suite struct `A sync in a checkout` {
    @Test func `shares claims and results through the remote`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try await shop.expectWholeSync(in: shop)
            #expect(try await shop.head() == shop.remoteHead())
            #expect(try await shop.git("status", "--short", "--branch").hasPrefix("## main...origin/main\n"))
            _ = try await shop.atRemote("fsck", "--strict")
        }
    }

    @Test func `of depth 1 leaves it shallow`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try await shop.pushForeign(["notes/later.txt": "later\n"])
            let clone = try await shop.clone("--depth", "1")
            try await shop.expectWholeSync(in: clone)
            #expect(try await clone.git("rev-parse", "--is-shallow-repository") == "true\n")
        }
    }

    @Test func `of depth 1 follows what was pushed since`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone("--depth", "1")
            try await shop.pushForeign(["notes/later.txt": "later\n"])
            try await shop.pushForeign(["notes/later.txt": "still later\n"])
            try await shop.expectWholeSync(in: clone)
            #expect(try clone.text("notes/later.txt") == "still later\n")
            #expect(try await clone.git("status", "--short", "--branch").hasPrefix("## main...origin/main\n"))
        }
    }

    @Test(arguments: [
        ["GITHUB_REF": "refs/heads/main", "GITHUB_REF_NAME": "main"], ["CI_COMMIT_BRANCH": "main"], [:],
    ])
    func `with a detached HEAD takes the branch from the job, or from the option`(_ job: [String: String]) async throws
    {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone("--depth", "1").with(job.mapValues { $0 })
            try await clone.git("checkout", "--quiet", "--detach")
            try await shop.expectWholeSync(in: clone, job.isEmpty ? ["--branch", "main"] : [])
        }
    }

    @Test func `with a detached HEAD behind the branch publishes the branch and leaves HEAD and files`() async throws {
        try await Workshop.withRemote(["posts/a.md": post("x/acme, linkedin/acme", "Words.")].merging(notes) { $1 }) {
            shop in
            let clone = try await shop.clone()
            try await clone.git("checkout", "--quiet", "--detach")
            try await shop.pushForeign(bicycle)
            let (head, files) = (try await clone.head(), try clone.text("posts/a.md"))
            try await shop.expectWholeSync(in: clone, ["--branch", "main"])
            #expect(try await clone.head() == head)
            #expect(try clone.text("posts/a.md") == files)
            #expect(!clone.exists("posts/a.results.json"))
        }
    }

    /// GitHub and GitLab let people run a job of last week once more; its checkout is that of last week.
    @Test func `of a job that is run again does nothing twice, and nothing that was withdrawn`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try shop.write(["posts/withdrawn.md": post("x/labs", "Withdrawn.", at: "2026-12-01T09:30:00Z")])
            try await shop.commit()
            try await shop.git("push", "--quiet")
            let old = try await shop.head()
            try await shop.sync()
            try await shop.git("rm", "--quiet", "posts/withdrawn.md")
            try await shop.git("commit", "--quiet", "--message", "Withdraw")
            try await shop.git("push", "--quiet")

            // As actions/checkout: a branch at the old commit, with its remote-tracking reference.
            let github = try await shop.clone(name: "github")
            try await github.git("checkout", "--quiet", "-B", "main", old)
            try await github.git("update-ref", "refs/remotes/origin/main", old)
            try await github.sync(now: "2026-12-01T10:00:00Z")
            // As GitLab: a detached HEAD.
            let gitlab = try await shop.clone(name: "gitlab").with(["CI_COMMIT_BRANCH": "main"])
            try await gitlab.git("checkout", "--quiet", "--detach", old)
            try await gitlab.sync(now: "2026-12-01T10:00:00Z")
            #expect(try await gitlab.head() == old)
            #expect(Set(try await shop.live().map(\.description)) == bicycleLive)
            #expect(try await shop.live().count == 2)
        }
    }

    @Test func `of a partial clone that is sparse`() async throws {
        try await Workshop.withRemote(bicycle.merging(["other/large.txt": "large\n"]) { $1 }) { shop in
            let clone = try await shop.clone("--filter=blob:none", "--sparse")
            try await clone.git("sparse-checkout", "set", "posts", "notes")
            try await shop.expectWholeSync(in: clone)
            #expect(!clone.exists("other/large.txt"))
        }
    }

    @Test func `that is sparse records what another left in a folder that is not there`() async throws {
        try await Workshop.withRemote(["posts/far/a.md": post("x/acme", "Far."), "posts/near/b.md": "words\n"]) {
            shop in
            try shop.hook("update", "[ \"$1\" != refs/heads/main ]")
            try await shop.sync(status: 78)
            try shop.hook("update", nil)
            let clone = try await shop.clone("--sparse")
            try await clone.git("sparse-checkout", "set", "posts/near")
            try await clone.sync()
            #expect(try await shop.remoteState("posts/far/a.md", "x/acme") == "published")
            #expect(try await clone.changes() == "")
            #expect(!clone.exists("posts/far"))
        }
    }

    @Test func `that is a linked worktree`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try await shop.git("checkout", "--quiet", "-b", "work")
            let linked = Clone(root: shop.beside("linked"), variables: shop.variables)
            try await shop.git("worktree", "add", "--quiet", linked.root.path, "main")
            try await shop.expectWholeSync(in: linked)
            #expect(try await shop.changes() == "")
        }
    }

    @Test func `that is a submodule`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let outer = Clone(root: shop.beside("outer"), variables: shop.variables)
            try await shop.git("init", "--quiet", "--initial-branch", "main", outer.root.path)
            try await outer.git(
                "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", shop.remoteAddress, "social")
            try await outer.commit()
            let inner = Clone(root: outer.url("social"), variables: outer.variables)
            try await inner.git("checkout", "--quiet", "--detach")
            try await shop.expectWholeSync(in: inner, ["--branch", "main"])
        }
    }

    @Test(arguments: ["true", "input"]) func `with line ends turned by git`(_ setting: String) async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone("--config", "core.autocrlf=\(setting)")
            #expect(try clone.text("posts/a.md").contains("\r\n") == (setting == "true"))
            try await shop.expectWholeSync(in: clone)
            #expect(try await !shop.atRemote("show", "main:posts/a.results.json").contains("\r"))
            // What a fast-forward brings has other line ends than what the program wrote.
            let second = try await shop.clone("--config", "core.autocrlf=\(setting)", name: "second")
            let ending = try await second.sync()
            #expect(ending.output == "nothing is due\n")
            #expect(try await second.changes() == "")
        }
    }

    @Test func `where nobody is known to git commits as socials.yml says`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let names = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"]
            let clone = try await shop.clone().with(Dictionary(uniqueKeysWithValues: names.map { ($0, nil) }))
            try await clone.git("config", "user.useConfigOnly", "true")
            try await shop.expectWholeSync(in: clone)
            #expect(
                try await shop.atRemote("log", "-1", "--format=%an <%ae>")
                    == "socials-pipeline <socials-pipeline@users.noreply.example>\n")
        }
    }

    @Test func `of an empty repository has nothing to do, and then begins`() async throws {
        try await Workshop.with("bare") { shop in
            try await shop.git("init", "--quiet", "--bare", "--initial-branch", "main", shop.remote.path)
            let clone = try await shop.clone()
            try clone.write(["socials.yml": try shop.text("socials.yml")])
            try clone.write(bicycle)
            let first = try await clone.sync()
            #expect(first.complaints.contains("not-committed"), "\(first)")
            #expect(try await shop.live().isEmpty)
            #expect(try await shop.atRemote("for-each-ref") == "")
            try await clone.commit()
            try await shop.expectWholeSync(in: clone, hasWork: false)
        }
    }

    @Test func `of a picture that Git LFS did not fetch names it and publishes the rest`() async throws {
        let pointer = """
            version https://git-lfs.github.com/spec/v1
            oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
            size 12345

            """
        let files = [
            "media/large.jpg": pointer, ".gitattributes": "media/large.jpg filter=lfs diff=lfs merge=lfs -text\n",
            "posts/picture.md": post("x/labs", "A picture.", "media: [{path: media/large.jpg, alt: Large}]\n"),
        ]
        try await Workshop.withRemote(bicycle.merging(files) { $1 }) { shop in
            let clone = try await shop.clone()
            let ending = try await clone.sync(status: 65)
            let words = ending.complaints + ending.output
            #expect(words.contains("lfs-pointer"), "\(ending)")
            // The way out, once.
            #expect(words.split(separator: "git lfs pull").count == 2, "\(ending)")
            #expect(Set(try await shop.live().map(\.description)) == bicycleLive)
        }
    }
}
