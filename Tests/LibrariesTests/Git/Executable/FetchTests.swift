import Foundation
import Git
import Testing

extension `The git executable` {
    @Suite struct `Fetching` {
        @Test(arguments: Scene.Transport.allCases)
        func `answers for the references that the remote has`(_ transport: Scene.Transport) async throws {
            let scene = try await Scene.withHistory()
            let tip = try await scene.id("HEAD", in: "work")
            let fetched = try await scene.executable().fetch(
                from: scene.address(transport), references: [main, claims, "refs/heads/none"])
            #expect(fetched == [main: tip])
        }

        @Test func `brings what others pushed, by the name of the remote`() async throws {
            let scene = try await Scene.withHistory()
            try await scene.clone("other")
            let tip = try await scene.commit("new.txt", "new\n", in: "other")
            let entry = try await scene.lonelyCommit("claimed", in: "other")
            try await scene.git("push", "-q", "origin", "main", "\(entry.hex):\(claims)", in: "other")
            let fetched = try await scene.executable().fetch(from: "origin", references: [main, claims])
            #expect(fetched == [main: tip, claims: entry])
            #expect(try await scene.git("show", "\(tip.hex):new.txt", in: "work") == "new")
        }

        @Test func `leaves references and FETCH_HEAD as they were`() async throws {
            let scene = try await Scene.withHistory()
            try await scene.clone("other")
            try await scene.commit("new.txt", "new\n", in: "other")
            try await scene.git("tag", "v1", in: "other")
            let entry = try await scene.lonelyCommit("claimed", in: "other")
            try await scene.git("push", "-q", "origin", "main", "v1", "\(entry.hex):\(claims)", in: "other")
            try scene.configure("[fetch]\n\tprune = true\n\tpruneTags = true\n[remote \"origin\"]\n\ttagOpt = --tags\n")
            try await scene.git("tag", "mine", in: "work")
            let before = try await scene.git("for-each-ref", in: "work")
            _ = try await scene.executable().fetch(from: "origin", references: [main, claims])
            #expect(try await scene.git("for-each-ref", in: "work") == before)
            #expect(!scene.exists("work/.git/FETCH_HEAD"))
        }

        @Test func `is not stopped by a lock that a killed git left behind`() async throws {
            let scene = try await Scene.withHistory()
            let tip = try await scene.id("HEAD", in: "work")
            let scratch = "work/.git/refs/socials-pipeline/fetched/heads"
            try FileManager.default.createDirectory(atPath: scene.path(scratch), withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: scene.path(scratch + "/main.lock")))
            #expect(try await scene.executable().fetch(from: "origin", references: [main]) == [main: tip])
            #expect(!scene.exists(scratch + "/main.lock"))
        }

        @Test func `forgets what a killed run left behind`() async throws {
            let scene = try await Scene.withHistory()
            let tip = try await scene.git("rev-parse", "HEAD", in: "work")
            let scratch = "refs/socials-pipeline/fetched/"
            try await scene.git("update-ref", scratch + "socials/claims", tip, in: "work")
            try await scene.git("update-ref", scratch + "heads/old/one", tip, in: "work")
            try await scene.git("update-ref", scratch + "heads/main/in/the/way", tip, in: "work")
            try await scene.git("pack-refs", "--all", in: "work")
            #expect(try await scene.executable().fetch(from: "origin", references: [main]).count == 1)
            try await scene.git("update-ref", scratch + "socials/claims", tip, in: "work")
            #expect(try await scene.executable().fetch(from: "origin", references: [claims]).isEmpty)
            #expect(try await scene.git("for-each-ref", scratch, in: "work") == "")
        }

        @Test func `does not bring branches along whose names begin alike`() async throws {
            let scene = try await Scene.withHistory()
            try await scene.clone("other")
            try await scene.git("checkout", "-q", "-b", "main-old", in: "other")
            let old = try await scene.commit("old.txt", "old\n", in: "other")
            try await scene.git("push", "-q", "origin", "main-old", in: "other")
            _ = try await scene.executable().fetch(from: "origin", references: [main])
            await #expect(throws: GitFailed.self) { try await scene.git("cat-file", "-e", old.hex, in: "work") }
        }

        @Test func `of an empty remote answers nothing`() async throws {
            let scene = try await Scene()
            try await scene.git("init", "-q", "work")
            try await scene.git("remote", "add", "origin", scene.remote, in: "work")
            #expect(try await scene.executable().fetch(from: "origin", references: [main, claims]).isEmpty)
        }

        @Test func `works in a repository without a commit`() async throws {
            let scene = try await Scene.withHistory()
            try await scene.git("init", "-q", "new")
            let fetched = try await scene.executable("new").fetch(from: scene.remote, references: [main])
            #expect(fetched == [main: try await scene.id("HEAD", in: "work")])
        }

        @Test func `works on a detached HEAD and in a linked worktree`() async throws {
            let scene = try await Scene.withHistory()
            try await scene.git("worktree", "add", "-q", "--detach", scene.path("linked"), in: "work")
            let fetched = try await scene.executable("linked").fetch(from: "origin", references: [main])
            #expect(fetched == [main: try await scene.id("HEAD", in: "work")])
            #expect(try await scene.git("for-each-ref", "refs/socials-pipeline", in: "work") == "")
        }

        @Test func `follows url.insteadOf`() async throws {
            let scene = try await Scene.withHistory()
            try scene.configure("[url \"\(scene.folder)/\"]\n\tinsteadOf = \"short:\"\n")
            #expect(try await scene.executable().fetch(from: "short:remote.git", references: [main]).count == 1)
        }

        @Test func `needs no settings and no identity`() async throws {
            let scene = try await Scene.withHistory()
            var variables = scene.variables.filter {
                !$0.key.hasPrefix("GIT_AUTHOR") && !$0.key.hasPrefix("GIT_COMMITTER")
            }
            variables["GIT_CONFIG_GLOBAL"] = "/dev/null"
            try await scene.clone("behind")
            let tip = try await scene.commit("new.txt", "new\n", in: "work")
            try await scene.git("push", "-q", "origin", "main", in: "work")
            try await scene.git("config", "user.useConfigOnly", "true", in: "behind")
            let executable = GitExecutable(workingDirectory: scene.path("behind"), environment: variables)
            #expect(try await executable.fetch(from: "origin", references: [main]) == [main: tip])
            try await executable.fastForward(to: tip)
            #expect(try await scene.id("HEAD", in: "behind") == tip)
        }

        @Test(arguments: [
            "main", "-x", "refs/heads/-", "refs/heads/a b", "refs/heads/a:b", "refs/heads/*", "refs//a",
            "refs/heads/a.lock",
            "refs/heads/..", "refs/heads/a@{1}", "+refs/heads/main", "refs/heads/a\n", "",
        ])
        func `refuses what is not the full name of a reference`(_ name: String) async throws {
            let scene = try await Scene.withHistory()
            let error = await remoteFailure { try await scene.executable().fetch(from: "origin", references: [name]) }
            if name == "refs/heads/-" {
                #expect(error == nil)
            } else {
                #expect(error?.message.contains("not the name") == true)
            }
        }

        @Test func `takes a remote that looks like an option for a remote`() async throws {
            let scene = try await Scene.withHistory()
            let executable = scene.executable()
            let remote = "--upload-pack=touch \(scene.folder)/hacked"
            #expect(await remoteFailure { try await executable.fetch(from: remote, references: [main]) } != nil)
            #expect(await remoteFailure { try await executable.lsRemote(remote) } != nil)
            #expect(!scene.exists("hacked"))
        }

        @Test func `says in one sentence that the remote is not there`() async throws {
            let scene = try await Scene.withHistory()
            try FileManager.default.moveItem(atPath: scene.remote, toPath: scene.folder + "/moved.git")
            let error = await remoteFailure { try await scene.executable().fetch(from: "origin", references: [main]) }
            #expect(
                error == .unreachable("fetching from origin: '\(scene.remote)' does not appear to be a git repository"))
        }
    }
}

extension `The git executable` {
    @Suite struct `Asking a remote` {
        @Test func `lists what it has`() async throws {
            let scene = try await Scene.withHistory()
            let tip = try await scene.id("HEAD", in: "work")
            try await scene.git("push", "-q", "origin", "main:refs/heads/other/refs/heads/main", in: "work")
            try await scene.git("tag", "-a", "-m", "tag", "v1", in: "work")
            try await scene.git("push", "-q", "origin", "v1", in: "work")
            let tag = try await scene.id("v1", in: "work")
            let executable = scene.executable()
            #expect(try await executable.lsRemote("origin", references: [main, claims]) == [main: tip])
            #expect(
                try await executable.lsRemote("origin")
                    == ["HEAD": tip, main: tip, "refs/heads/other/refs/heads/main": tip, "refs/tags/v1": tag])
        }
    }
}
