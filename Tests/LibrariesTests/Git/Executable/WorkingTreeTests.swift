import Foundation
import Git
import Testing

extension `The git executable` {
    @Suite struct `A fast-forward` {
        /// A clone that is one commit behind; the new commit changes `file1.txt` and adds `neu und ö.txt`.
        private func behind() async throws -> (Scene, ObjectID) {
            let scene = try await Scene.withHistory()
            try await scene.clone("behind")
            try scene.write("work/file1.txt", "changed\n")
            let tip = try await scene.commit("neu und ö.txt", "new\n", in: "work")
            try await scene.git("push", "-q", "origin", "main", in: "work")
            try await scene.git("fetch", "-q", in: "behind")
            return (scene, tip)
        }

        private func failure(_ scene: Scene, _ tip: ObjectID) async -> FastForwardError? {
            do throws(FastForwardError) {
                try await scene.executable("behind").fastForward(to: tip)
                return nil
            } catch {
                return error
            }
        }

        @Test func `takes branch, index and files along and leaves the rest`() async throws {
            let (scene, tip) = try await behind()
            try scene.write("behind/file2.txt", "edited\n")
            try scene.write("behind/staged.txt", "staged\n")
            try await scene.git("add", "staged.txt", in: "behind")
            try scene.write("behind/untracked.txt", "untracked\n")
            #expect(await failure(scene, tip) == nil)
            #expect(try await scene.id("main", in: "behind") == tip)
            #expect(try scene.read("behind/file1.txt") == "changed\n")
            #expect(
                try await scene.git("status", "--porcelain", in: "behind")
                    == " M file2.txt\nA  staged.txt\n?? untracked.txt")
            #expect(await failure(scene, tip) == nil, "may be repeated")
        }

        @Test func `names changed files in the way and touches nothing`() async throws {
            let (scene, tip) = try await behind()
            try scene.configure("[merge]\n\tautoStash = true\n\tff = false\n")
            try scene.write("behind/file1.txt", "mine\n")
            let before = try await scene.id("HEAD", in: "behind")
            #expect(await failure(scene, tip) == .inTheWay(files: ["file1.txt"]))
            #expect(try scene.read("behind/file1.txt") == "mine\n")
            #expect(try await scene.id("HEAD", in: "behind") == before)
        }

        @Test func `names untracked files in the way`() async throws {
            let (scene, tip) = try await behind()
            try scene.write("behind/neu und ö.txt", "mine\n")
            #expect(await failure(scene, tip) == .inTheWay(files: ["neu und ö.txt"]))
            #expect(try scene.read("behind/neu und ö.txt") == "mine\n")
        }

        @Test func `refuses when both sides have commits`() async throws {
            let (scene, tip) = try await behind()
            try await scene.commit("mine.txt", "mine\n", in: "behind")
            guard case .diverged = await failure(scene, tip) else { return #expect(Bool(false)) }
        }

        @Test func `respects somebody's lock`() async throws {
            let (scene, tip) = try await behind()
            try scene.write("behind/.git/index.lock", "")
            guard case .locked(let text) = await failure(scene, tip) else { return #expect(Bool(false)) }
            #expect(text.contains("index.lock"))
            #expect(scene.exists("behind/.git/index.lock"))
        }

        @Test func `fills a branch without a commit`() async throws {
            let (scene, tip) = try await behind()
            try await scene.git("init", "-q", "new")
            _ = try await scene.executable("new").fetch(from: scene.remote, references: [main])
            try await scene.executable("new").fastForward(to: tip)
            #expect(try scene.read("new/file1.txt") == "changed\n")
            #expect(try await scene.id("main", in: "new") == tip)
        }

        @Test func `says so while a merge is under way`() async throws {
            let (scene, tip) = try await behind()
            try scene.write("behind/.git/MERGE_HEAD", tip.hex + "\n")
            guard case .git(.failed(let text)) = await failure(scene, tip) else { return #expect(Bool(false)) }
            #expect(text.contains("MERGE_HEAD"))
        }
    }
}

extension `The git executable` {
    @Suite struct `An export` {
        private func folder(_ scene: Scene) throws -> String {
            try FileManager.default.createDirectory(atPath: scene.path("out"), withIntermediateDirectories: true)
            return scene.path("out")
        }

        @Test func `applies attributes and filters as git does`() async throws {
            let scene = try await Scene.withHistory()
            try scene.configure("[filter \"loud\"]\n\tsmudge = tr a-z A-Z\n\tclean = tr A-Z a-z\n\trequired = true\n")
            try scene.write("work/.gitattributes", "*.crlf text eol=crlf\n*.loud filter=loud\n")
            try scene.write("work/sub/a.crlf", "one\ntwo\n")
            try FileManager.default.createSymbolicLink(
                atPath: scene.path("work/link"), withDestinationPath: "file1.txt")
            let tip = try await scene.commit("b.loud", "hello\n", in: "work")
            try await scene.executable().export(tip, to: folder(scene))
            #expect(try scene.read("out/sub/a.crlf") == "one\r\ntwo\r\n")
            #expect(try scene.read("out/b.loud") == "HELLO\n")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scene.path("out/link")) == "file1.txt")
        }

        @Test func `touches neither HEAD nor index nor working tree`() async throws {
            let scene = try await Scene.withHistory()
            let first = try await scene.id("HEAD~2", in: "work")
            try scene.write("work/file1.txt", "edited\n")
            try scene.write("work/staged.txt", "staged\n")
            try await scene.git("add", "staged.txt", in: "work")
            try scene.configure("[core]\n\tsplitIndex = true\n\tuntrackedCache = true\n")
            let index = try Data(contentsOf: URL(fileURLWithPath: scene.path("work/.git/index")))
            let entries = try FileManager.default.contentsOfDirectory(atPath: scene.path("work/.git")).sorted()
            let scratch = try FileManager.default.contentsOfDirectory(atPath: scene.folder).sorted()
            try await scene.executable().export(first, to: folder(scene))
            #expect(try FileManager.default.contentsOfDirectory(atPath: scene.path("out")) == ["file1.txt"])
            #expect(try Data(contentsOf: URL(fileURLWithPath: scene.path("work/.git/index"))) == index)
            #expect(try FileManager.default.contentsOfDirectory(atPath: scene.path("work/.git")).sorted() == entries)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: scene.folder).sorted()
                    == (scratch + ["out"]).sorted())
            #expect(try scene.read("work/file1.txt") == "edited\n")
        }

        @Test func `is whole in a sparse checkout and in a linked worktree`() async throws {
            let scene = try await Scene.withHistory()
            let tip = try await scene.commit("sub/deep.txt", "deep\n", in: "work")
            try await scene.git("worktree", "add", "-q", "--detach", scene.path("linked"), in: "work")
            try await scene.git("sparse-checkout", "set", "--no-cone", "/file1.txt", in: "linked")
            #expect(!scene.exists("linked/sub/deep.txt"))
            try await scene.executable("linked").export(tip, to: folder(scene))
            #expect(try scene.read("out/sub/deep.txt") == "deep\n")
            #expect(!scene.exists("linked/sub/deep.txt"))
        }

        @Test func `fails when a file is in the way`() async throws {
            let scene = try await Scene.withHistory()
            try scene.write("out/file1.txt", "mine\n")
            let error = await remoteFailure {
                try await scene.executable().export(await scene.id("HEAD", in: "work"), to: scene.path("out"))
            }
            guard case .failed = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(try scene.read("out/file1.txt") == "mine\n")
        }
    }
}
