import Foundation
import Git
import Testing

extension `The git executable` {
    @Suite struct `Pushing` {
        @Test(arguments: Scene.Transport.allCases)
        func `creates, moves and deletes a reference`(_ transport: Scene.Transport) async throws {
            let scene = try await Scene.withHistory()
            let executable = scene.executable()
            let (first, second) = (
                try await scene.lonelyCommit("1", in: "work"), try await scene.lonelyCommit("2", in: "work")
            )
            func push(_ new: ObjectID?, expecting old: ObjectID?) async throws -> UpdateOutcome? {
                try await executable.push(
                    to: scene.address(transport), [ReferenceUpdate(reference: claims, new: new, lease: .expects(old))],
                    runsHooks: false)[claims]
            }
            #expect(try await push(first, expecting: nil) == .accepted)
            #expect(try await push(second, expecting: nil) == .moved("stale info"))
            #expect(try await push(second, expecting: second) == .moved("stale info"))
            #expect(try await push(second, expecting: first) == .accepted)
            #expect(try await scene.onRemote(claims) == second)
            #expect(try await push(second, expecting: first) == .accepted, "it stands there already")
            #expect(try await push(nil, expecting: first) == .moved("stale info"))
            #expect(try await push(nil, expecting: second) == .accepted)
            #expect(try await scene.onRemote(claims) == nil)
            #expect(try await push(nil, expecting: second) == .moved("stale info"))
        }

        @Test func `never forces a plain fast-forward`() async throws {
            let scene = try await Scene.withHistory()
            try await scene.clone("other")
            let theirs = try await scene.commit("theirs.txt", "theirs\n", in: "other")
            try await scene.git("push", "-q", "origin", "main", in: "other")
            let mine = try await scene.commit("mine.txt", "mine\n", in: "work")
            let entry = try await scene.lonelyCommit("claimed", in: "work")
            let outcomes = try await scene.executable().push(
                to: "origin",
                [
                    ReferenceUpdate(reference: main, new: mine, lease: .fastForward),
                    ReferenceUpdate(reference: claims, new: entry, lease: .expects(nil)),
                ], runsHooks: false)
            #expect(outcomes == [main: .moved("fetch first"), claims: .accepted])
            #expect(try await scene.onRemote(main) == theirs)
            _ = try await scene.executable().fetch(from: "origin", references: [main])
            #expect(try await push(scene, mine) == .moved("non-fast-forward"))
            #expect(try await scene.onRemote(main) == theirs)
        }

        @Test func `is taken for one reference where a hook declines the other`() async throws {
            let scene = try await Scene.withHistory()
            try scene.hook(
                "update", "case $1 in refs/heads/*) echo 'error: GH006: Protected branch' >&2; exit 1;; esac")
            let tip = try await scene.commit("new.txt", "new\n", in: "work")
            let entry = try await scene.lonelyCommit("claimed", in: "work")
            let outcomes = try await scene.executable().push(
                to: "origin",
                [
                    ReferenceUpdate(reference: main, new: tip, lease: .fastForward),
                    ReferenceUpdate(reference: claims, new: entry, lease: .expects(nil)),
                ], runsHooks: false)
            #expect(outcomes[claims] == .accepted)
            guard case .refused(let reason) = outcomes[main] else { return #expect(Bool(false), "\(outcomes)") }
            #expect(reason.hasPrefix("hook declined: GH006: Protected branch"))
            #expect(try await scene.onRemote(claims) == entry)
        }

        @Test func `is refused by a pre-receive hook as a whole`() async throws {
            let scene = try await Scene.withHistory()
            try scene.hook("pre-receive", "echo 'not on Sundays' >&2; exit 1")
            let tip = try await scene.commit("new.txt", "new\n", in: "work")
            #expect(try await push(scene, tip) == .refused("pre-receive hook declined: not on Sundays"))
        }

        @Test func `is refused, not moved, where the remote forbids compare-and-swap`() async throws {
            let scene = try await Scene.withHistory()
            try await scene.git("config", "receive.denyNonFastForwards", "true", in: scene.remote)
            let (first, second) = (
                try await scene.lonelyCommit("1", in: "work"), try await scene.lonelyCommit("2", in: "work")
            )
            // Only branches are guarded so by git; servers may guard more.
            let branch = "refs/heads/claims"
            try await scene.git("push", "-q", "origin", "\(first.hex):\(branch)", in: "work")
            let outcomes = try await scene.executable().push(
                to: "origin", [ReferenceUpdate(reference: branch, new: second, lease: .expects(first))],
                runsHooks: false)
            guard case .refused(let reason) = outcomes[branch] else { return #expect(Bool(false), "\(outcomes)") }
            #expect(reason.hasPrefix("non-fast-forward"))
        }

        @Test func `fails where the remote's disk cannot be written`() async throws {
            let scene = try await Scene.withHistory()
            // A file where the folder for new objects would be.
            let tip = try await scene.commit("new.txt", "new\n", in: "work")
            try FileManager.default.removeItem(atPath: scene.remote + "/objects")
            try scene.write("remote.git/objects", "")
            let error = await remoteFailure { try await push(scene, tip) }
            #expect(error != nil)
        }

        @Test func `sends nothing but what it was told to`() async throws {
            let scene = try await Scene.withHistory()
            try await scene.git("branch", "other", in: "work")
            let tip = try await scene.commit("new.txt", "new\n", in: "work")
            try await scene.git("tag", "-a", "-m", "tag", "v1", in: "work")
            try scene.configure(
                """
                [push]
                \tdefault = matching
                \tfollowTags = true
                \tgpgSign = true
                \tuseForceIfIncludes = true
                \trecurseSubmodules = on-demand
                [remote]
                \tpushDefault = elsewhere
                [remote "origin"]
                \tmirror = true
                \tpush = +refs/heads/other:refs/heads/other

                """)
            let before = try await scene.git("for-each-ref", "--format=%(refname)", in: scene.remote)
            #expect(try await push(scene, tip) == .accepted)
            #expect(try await scene.git("for-each-ref", "--format=%(refname)", in: scene.remote) == before)
            #expect(try await scene.onRemote(main) == tip)
        }

        @Test func `goes where pushInsteadOf says`() async throws {
            let scene = try await Scene.withHistory()
            try scene.configure("[url \"\(scene.folder)/\"]\n\tpushInsteadOf = \"https://example.invalid/\"\n")
            try await scene.git("remote", "set-url", "origin", "https://example.invalid/remote.git", in: "work")
            let tip = try await scene.commit("new.txt", "new\n", in: "work")
            #expect(try await push(scene, tip) == .accepted)
        }

        @Test func `asks the pre-push hook only when told to`() async throws {
            let scene = try await Scene.withHistory()
            try scene.hook("pre-push", "echo 'run the tests first' >&2; exit 1", in: scene.path("work/.git"))
            let tip = try await scene.commit("new.txt", "new\n", in: "work")
            #expect(
                try await push(scene, tip, runsHooks: true) == .refused("pre-push hook declined: run the tests first"))
            #expect(try await scene.onRemote(main) != tip)
            #expect(try await push(scene, tip, runsHooks: false) == .accepted)
        }

        @Test func `works from a shallow clone and from a linked worktree`() async throws {
            let scene = try await Scene.withHistory()
            try await scene.clone("shallow", "--depth=1")
            try await scene.git("worktree", "add", "-q", "--detach", scene.path("linked"), in: "shallow")
            let tip = try await scene.commit("new.txt", "new\n", in: "linked")
            let outcomes = try await scene.executable("linked").push(
                to: "origin", [ReferenceUpdate(reference: main, new: tip, lease: .fastForward)], runsHooks: false)
            #expect(outcomes == [main: .accepted])
            #expect(try await scene.git("rev-list", "--count", "main", in: scene.remote) == "4")
        }

        @Test func `refuses what makes no sense before anything is sent`() async throws {
            let scene = try await Scene.withHistory()
            let tip = try await scene.id("HEAD", in: "work")
            let update = ReferenceUpdate(reference: claims, new: tip, lease: .fastForward)
            for updates in [
                [ReferenceUpdate(reference: "--mirror", new: tip, lease: .fastForward)], [update, update],
                [ReferenceUpdate(reference: main, new: nil, lease: .fastForward)],
            ] {
                let error = await remoteFailure {
                    try await scene.executable().push(to: "origin", updates, runsHooks: false)
                }
                guard case .failed = error else { return #expect(Bool(false), "\(String(describing: error))") }
            }
            #expect(try await scene.onRemote(claims) == nil)
        }

        private func push(_ scene: Scene, _ tip: ObjectID, runsHooks: Bool = false) async throws -> UpdateOutcome? {
            try await scene.executable().push(
                to: "origin", [ReferenceUpdate(reference: main, new: tip, lease: .fastForward)], runsHooks: runsHooks)[
                    main]
        }
    }
}
