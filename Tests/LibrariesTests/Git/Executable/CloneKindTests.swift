import Foundation
import Git
import Testing

@Suite struct `A shallow clone` {
    @Test func `stays shallow and gets only what is new`() async throws {
        let scene = try Scene.withHistory()
        try scene.clone("shallow", "--depth=1")
        let tip = try scene.commit("new.txt", "new\n", in: "work")
        let entry = try scene.lonelyCommit("claimed", in: "work")
        try scene.git("push", "-q", "origin", "main", "\(entry.hex):\(claims)", in: "work")
        let fetched = try await scene.executable("shallow").fetch(from: "origin", references: [main, claims])
        #expect(fetched == [main: tip, claims: entry])
        #expect(try scene.git("rev-parse", "--is-shallow-repository", in: "shallow") == "true")
        #expect(try scene.git("rev-list", "--count", tip.hex, in: "shallow") == "2")
        try await scene.executable("shallow").fastForward(to: tip)
        #expect(try scene.git("status", "--porcelain", in: "shallow") == "")
    }
}

@Suite struct `A clone without blobs` {
    private func make() throws -> Scene {
        let scene = try Scene.withHistory()
        try scene.git("config", "uploadpack.allowFilter", "true", in: scene.remote)
        try scene.git("config", "uploadpack.allowAnySHA1InWant", "true", in: scene.remote)
        try scene.clone("partial", "--filter=blob:none", "--no-checkout")
        return scene
    }

    @Test func `gets the blobs of what is new`() async throws {
        let scene = try make()
        let entry = try scene.lonelyCommit("claimed", in: "work")
        try scene.commit("new.txt", "new\n", in: "work")
        try scene.git("push", "-q", "origin", "main", "\(entry.hex):\(claims)", in: "work")
        let executable = scene.executable("partial")
        _ = try await executable.fetch(from: "origin", references: [main, claims])
        try FileManager.default.moveItem(atPath: scene.remote, toPath: scene.path("gone.git"))
        #expect(try await executable.readBlob(scene.id("\(entry.hex):entry", in: "partial")) == Array("claimed".utf8))
        #expect(try await executable.readBlob(scene.id("HEAD:new.txt", in: "work")) == Array("new\n".utf8))
    }

    @Test func `reads an old blob from the remote, and says when that is gone`() async throws {
        let scene = try make()
        let (one, two) = (try scene.id("HEAD:file1.txt", in: "work"), try scene.id("HEAD:file2.txt", in: "work"))
        let executable = scene.executable("partial")
        #expect(try await executable.readBlob(one) == Array("1\n".utf8))
        try FileManager.default.moveItem(atPath: scene.remote, toPath: scene.path("gone.git"))
        #expect(try await executable.readBlob(one) == Array("1\n".utf8), "it is kept")
        let error = await remoteFailure { try await executable.readBlob(two) }
        guard case .unreachable = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }

    @Test func `exports a commit`() async throws {
        let scene = try make()
        try FileManager.default.createDirectory(atPath: scene.path("out"), withIntermediateDirectories: true)
        try await scene.executable("partial").export(scene.id("HEAD", in: "work"), to: scene.path("out"))
        #expect(try scene.read("out/file3.txt") == "3\n")
    }
}

@Suite struct `Reading a blob` {
    @Test func `that does not exist fails`() async throws {
        let scene = try Scene.withHistory()
        let id = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
        let error = await remoteFailure { try await scene.executable().readBlob(id) }
        guard case .failed = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }
}
