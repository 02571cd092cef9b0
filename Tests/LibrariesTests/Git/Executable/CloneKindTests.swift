import Foundation
import Git
import Testing

extension `The git executable` {
    @Suite struct `A shallow clone` {
        @Test func `stays shallow and gets only what is new`() async throws {
            let scene = try await Scene.withHistory()
            try await scene.clone("shallow", "--depth=1")
            let tip = try await scene.commit("new.txt", "new\n", in: "work")
            let entry = try await scene.lonelyCommit("claimed", in: "work")
            try await scene.git("push", "-q", "origin", "main", "\(entry.hex):\(claims)", in: "work")
            let fetched = try await scene.executable("shallow").fetch(from: "origin", references: [main, claims])
            #expect(fetched == [main: tip, claims: entry])
            #expect(try await scene.git("rev-parse", "--is-shallow-repository", in: "shallow") == "true")
            #expect(try await scene.git("rev-list", "--count", tip.hex, in: "shallow") == "2")
            try await scene.executable("shallow").fastForward(to: tip)
            #expect(try await scene.git("status", "--porcelain", in: "shallow") == "")
        }
    }
}

extension `The git executable` {
    @Suite struct `A clone without blobs` {
        private func make() async throws -> Scene {
            let scene = try await Scene.withHistory()
            try await scene.git("config", "uploadpack.allowFilter", "true", in: scene.remote)
            try await scene.git("config", "uploadpack.allowAnySHA1InWant", "true", in: scene.remote)
            try await scene.clone("partial", "--filter=blob:none", "--no-checkout")
            return scene
        }

        @Test func `gets the blobs of what is new`() async throws {
            let scene = try await make()
            let entry = try await scene.lonelyCommit("claimed", in: "work")
            try await scene.commit("new.txt", "new\n", in: "work")
            try await scene.git("push", "-q", "origin", "main", "\(entry.hex):\(claims)", in: "work")
            let executable = scene.executable("partial")
            _ = try await executable.fetch(from: "origin", references: [main, claims])
            try FileManager.default.moveItem(atPath: scene.remote, toPath: scene.path("gone.git"))
            #expect(
                try await executable.readBlob(await scene.id("\(entry.hex):entry", in: "partial"))
                    == Array("claimed".utf8))
            #expect(try await executable.readBlob(await scene.id("HEAD:new.txt", in: "work")) == Array("new\n".utf8))
        }

        @Test func `reads an old blob from the remote, and says when that is gone`() async throws {
            let scene = try await make()
            let (one, two) = (
                try await scene.id("HEAD:file1.txt", in: "work"), try await scene.id("HEAD:file2.txt", in: "work")
            )
            let executable = scene.executable("partial")
            #expect(try await executable.readBlob(one) == Array("1\n".utf8))
            try FileManager.default.moveItem(atPath: scene.remote, toPath: scene.path("gone.git"))
            #expect(try await executable.readBlob(one) == Array("1\n".utf8), "it is kept")
            let error = await remoteFailure { try await executable.readBlob(two) }
            guard case .unreachable = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }

        @Test func `exports a commit`() async throws {
            let scene = try await make()
            try FileManager.default.createDirectory(atPath: scene.path("out"), withIntermediateDirectories: true)
            try await scene.executable("partial").export(await scene.id("HEAD", in: "work"), to: scene.path("out"))
            #expect(try scene.read("out/file3.txt") == "3\n")
        }
    }
}

extension `The git executable` {
    @Suite struct `Reading a blob` {
        @Test func `that does not exist fails`() async throws {
            let scene = try await Scene.withHistory()
            let id = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
            let error = await remoteFailure { try await scene.executable().readBlob(id) }
            guard case .failed = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }
    }
}
