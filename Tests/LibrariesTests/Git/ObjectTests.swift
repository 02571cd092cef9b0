import Foundation
import Git
import Testing

@Suite struct `An object's name` {
    @Test func `is 40 digits or 20 bytes`() throws {
        let hex = "ce013625030ba8dba906f756967f9e9ca394464a"
        let id = try #require(ObjectID(hex: hex.uppercased()))
        #expect(id.hex == hex)
        #expect(ObjectID(bytes: id.bytes) == id)
        #expect(ObjectID(hex: String(hex.dropLast())) == nil)
        #expect(ObjectID(hex: hex + "0") == nil)
        #expect(ObjectID(hex: hex.replacingOccurrences(of: "c", with: "g")) == nil)
        #expect(ObjectID(bytes: []) == nil)
    }

    @Test func `is git's own for the same bytes`() throws {
        try TestRepository.isolate()
        #expect(Repository.blobID(of: Array("hello\n".utf8)).hex == "ce013625030ba8dba906f756967f9e9ca394464a")
        #expect(Repository.blobID(of: []).hex == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    }

    @Test(arguments: ["true", "input", "false"]) func `follows core.autocrlf for a working file`(setting: String) throws
    {
        let made = try TestRepository.withPosts()
        try made.git("config", "core.autocrlf", setting)
        try made.write("posts/c.md", "one\r\ntwo\r\n")
        let expected = try #require(ObjectID(hex: try made.git("hash-object", "posts/c.md")))
        let repository = try made.open()
        #expect(try repository.hashFile("posts/c.md") == expected)
        #expect(try repository.blobID(of: Array("one\r\ntwo\r\n".utf8), at: "posts/c.md") == expected)
        #expect(try repository.hashFile("posts/none.md") == nil)
    }
}

@Suite struct `A tree` {
    @Test func `answers for paths, kinds and folders`() throws {
        let made = try TestRepository.withPosts()
        let name = "posts/Gr\u{00F6}\u{00DF}e 🚲.md"
        try made.write(name, "ö\n")
        try made.write("run.sh", "#!/bin/sh\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: made.path + "/run.sh")
        try FileManager.default.createSymbolicLink(atPath: made.path + "/link", withDestinationPath: "notes.txt")
        try made.git("add", "-A")
        try made.git("commit", "-qm", "More")
        let repository = try made.open()
        let head = try made.id("HEAD")
        #expect(try repository.entry(at: "posts/2026/b.md", in: head)?.id == made.id("HEAD:posts/2026/b.md"))
        #expect(try repository.entry(at: name, in: head)?.kind == .file)
        #expect(try repository.entry(at: "posts", in: head)?.kind == .folder)
        #expect(try repository.entry(at: "run.sh", in: head)?.kind == .executable)
        #expect(try repository.entry(at: "link", in: head)?.kind == .symbolicLink)
        #expect(try repository.entry(at: "posts/none.md", in: head) == nil)
        #expect(try repository.entry(at: "notes.txt/below", in: head) == nil)
        #expect(try repository.entry(at: "", in: head) == nil)
        #expect(try repository.tree(of: head) == made.id("HEAD^{tree}"))
        #expect(try repository.listTree(head).map(\.name) == ["link", "notes.txt", "posts", "run.sh"])
        #expect(try repository.readBlob(made.id("HEAD:posts/a.md")) == Array("A\n".utf8))
        let commit = try repository.commit(head)
        #expect(commit.message == "More\n" && commit.time == 1_767_225_600)
        #expect(commit.parents == [try made.id("HEAD~1")])
    }

    @Test func `shows a submodule as one`() throws {
        let inner = try TestRepository.withPosts()
        let made = try TestRepository.withPosts()
        try made.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", inner.path, "inner")
        try made.git("commit", "-qm", "Submodule")
        let repository = try made.open()
        #expect(try repository.entry(at: "inner", in: made.id("HEAD"))?.kind == .submodule)
        #expect(try repository.entry(at: "inner/posts", in: made.id("HEAD")) == nil)
        #expect(try made.record(["posts/a.json": "{}\n"], with: repository) == .refreshed)
        #expect(try made.git("status", "--porcelain") == "")
        // The folder of the submodule is a repository of its own.
        #expect(try Repository.open(at: made.path + "/inner").workingDirectory?.hasSuffix("/inner") == true)
    }

    @Test func `says nothing of an object that is not there`() throws {
        let made = try TestRepository.withPosts()
        let none = try #require(ObjectID(bytes: [UInt8](repeating: 7, count: 20)))
        #expect(gitCode { try made.open().readBlob(none) } == .notFound)
        #expect(gitCode { try made.open().entry(at: "a", in: none) } == .notFound)
    }

    @Test func `is compared with another by what changed`() throws {
        let made = try TestRepository.withPosts()
        try made.write("posts/a.md", "A2\n")
        try made.write("posts/new/c.md", "C\n")
        try made.remove("notes.txt")
        try made.write("notes.txt/inside.txt", "now a folder\n")
        try made.git("add", "-A")
        try made.git("commit", "-qm", "Second")
        let changes = try made.open().changes(from: made.id("HEAD~1"), to: made.id("HEAD"))
        #expect(changes.map(\.path) == ["notes.txt", "notes.txt/inside.txt", "posts/a.md", "posts/new/c.md"])
        #expect(changes.map { $0.old != nil } == [true, false, true, false])
        #expect(changes.map { $0.new != nil } == [false, true, true, true])
        #expect(try made.open().changes(from: nil, to: made.id("HEAD~1")).count == 3)
    }
}

@Suite struct `The last change of a file` {
    @Test func `is the commit that gave it its content`() throws {
        let made = try TestRepository.withPosts()
        try made.write("notes.txt", "other\n")
        try made.git("commit", "-qam", "Unrelated")
        let repository = try made.open()
        #expect(
            try repository.lastChange(of: "posts/a.md", from: made.id("HEAD"))
                == .commit(made.id("HEAD~1"), time: 1_767_225_600))
        #expect(
            try repository.lastChange(of: "notes.txt", from: made.id("HEAD"))
                == .commit(made.id("HEAD"), time: 1_767_225_600))
        #expect(try repository.lastChange(of: "none", from: made.id("HEAD")) == .absent)
    }

    @Test func `follows the side of a merge that has it`() throws {
        let made = try TestRepository.withPosts()
        try made.git("checkout", "-q", "-b", "side")
        try made.write("posts/a.md", "A2\n")
        try made.git("commit", "-qam", "Side")
        try made.git("checkout", "-q", "main")
        try made.write("notes.txt", "main\n")
        try made.git("commit", "-qam", "Main")
        try made.git("merge", "-q", "-m", "Merge", "side")
        let change = try made.open().lastChange(of: "posts/a.md", from: made.id("HEAD"))
        #expect(change == .commit(try made.id("side"), time: 1_767_225_600))
        #expect(try made.open().isAncestor(made.id("side"), of: made.id("HEAD")) == true)
        #expect(try made.open().isAncestor(made.id("HEAD"), of: made.id("side")) == false)
    }

    @Test func `is unknown beyond the boundary of a shallow clone`() throws {
        let made = try TestRepository.withPosts()
        for turn in 1...3 {
            try made.write("notes.txt", "\(turn)\n")
            try made.git("commit", "-qam", "Turn \(turn)")
        }
        let clone = try TestRepository.folder("parent")
        try clone.git("clone", "-q", "--depth", "2", "file://" + made.path, "shallow")
        let repository = try Repository.open(at: clone.path + "/shallow")
        #expect(repository.isShallow)
        let head = try made.id("HEAD")
        #expect(try repository.lastChange(of: "notes.txt", from: head) == .commit(head, time: 1_767_225_600))
        #expect(try repository.lastChange(of: "posts/a.md", from: head) == .beyondShallowBoundary(made.id("HEAD~1")))
        #expect(try repository.isAncestor(made.id("HEAD~3"), of: head) == nil)
        #expect(try repository.isAncestor(made.id("HEAD~1"), of: head) == true)

        // A commit on the boundary itself.
        try clone.git(["checkout", "-q", "HEAD~1"], in: clone.path + "/shallow")
        let tree = try repository.writeTree(updating: made.id("HEAD~1"), changes: [:])
        let commit = try repository.createCommit(
            tree: tree, parents: [made.id("HEAD~1")], author: robot, message: "On top\n")
        #expect(try repository.commit(commit).parents == [made.id("HEAD~1")])
    }
}
