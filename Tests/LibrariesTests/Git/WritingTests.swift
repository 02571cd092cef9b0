import Foundation
import Git
import Testing

@Suite struct `Writing a tree` {
    @Test func `changes nested paths and keeps the rest`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        let blob = try repository.writeBlob(Array("{}\n".utf8))
        let tree = try repository.writeTree(
            updating: made.id("HEAD"),
            changes: [
                "posts/2026/b.results.json": .blob(blob), "new/deep/er.json": .blob(blob), "notes.txt": .remove,
                "none/at/all": .remove, "posts/a.md/below": .remove,
            ])
        #expect(
            try made.git("ls-tree", "-r", "--name-only", tree.hex)
                == "new/deep/er.json\nposts/2026/b.md\nposts/2026/b.results.json\nposts/a.md")
        #expect(try made.check() == "")
    }

    @Test func `drops folders that became empty, up to the root`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        let one = try repository.writeTree(updating: made.id("HEAD"), changes: ["posts/2026/b.md": .remove])
        #expect(try made.git("ls-tree", "-r", "-t", "--name-only", one.hex) == "notes.txt\nposts\nposts/a.md")
        let none = try repository.writeTree(
            updating: one, changes: ["posts/a.md": .remove, "notes.txt": .remove])
        #expect(none.hex == "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
    }

    @Test func `lets a file become a folder`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        let blob = try repository.writeBlob([])
        let tree = try repository.writeTree(
            updating: made.id("HEAD"), changes: ["notes.txt": .remove, "notes.txt/a": .blob(blob)])
        #expect(try repository.entry(at: "notes.txt/a", in: tree)?.id == blob)
    }

    @Test(arguments: ["../a", "/a", "a//b", "", "a/", ".git/config", "a/.git/b", "notes.txt/x", "posts", "./a"])
    func `refuses a path that git does not allow`(path: String) throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        let blob = try repository.writeBlob([])
        #expect(gitFailure { try repository.writeTree(updating: made.id("HEAD"), changes: [path: .blob(blob)]) } != nil)
    }

    @Test func `writes a flat one`() throws {
        let made = try TestRepository.empty()
        let repository = try made.open()
        let blob = try repository.writeBlob(Array("x".utf8))
        let tree = try repository.writeFlatTree(["b": blob, "a": blob])
        #expect(try made.git("ls-tree", "--name-only", tree.hex) == "a\nb")
        #expect(gitCode { try repository.writeFlatTree(["a/b": blob]) } == .invalid)
    }

    @Test func `keeps a file executable`() throws {
        let made = try TestRepository.withPosts()
        try made.git("update-index", "--chmod=+x", "notes.txt")
        try made.git("commit", "-qm", "Executable")
        let repository = try made.open()
        let blob = try repository.writeBlob(Array("x".utf8))
        let tree = try repository.writeTree(updating: made.id("HEAD"), changes: ["notes.txt": .blob(blob)])
        #expect(try repository.entry(at: "notes.txt", in: tree)?.kind == .executable)
    }
}

@Suite struct `A commit` {
    @Test func `says who, when and why`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        let head = try made.id("HEAD")
        let commit = try repository.createCommit(
            tree: repository.tree(of: head), parents: [head], author: robot, message: "Publish ö\n\nSocials-Run: 1\n")
        #expect(
            try made.git("log", "-1", "--format=%an <%ae> %aI %s|%(trailers:key=Socials-Run,valueonly)", commit.hex)
                == "Robot <robot@example.com> 2026-01-01T01:00:00+01:00 Publish ö|1\n")
        #expect(try made.id("HEAD") == head)
    }

    @Test func `needs a name`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        let nobody = Author(name: "", email: "", seconds: 0)
        let tree = try repository.writeFlatTree([:])
        #expect(
            gitFailure { try repository.createCommit(tree: tree, parents: [], author: nobody, message: "x") } != nil)
    }

    @Test func `can carry a signature`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        let tree = try repository.tree(of: made.id("HEAD"))
        let text = try repository.commitText(tree: tree, parents: [made.id("HEAD")], author: robot, message: "Signed\n")
        let commit = try repository.createCommit(
            text: text, signature: "-----BEGIN SSH SIGNATURE-----\nabc\n-----END SSH SIGNATURE-----")
        let stored = try made.git("cat-file", "commit", commit.hex)
        #expect(stored.contains("\ngpgsig -----BEGIN SSH SIGNATURE-----\n abc\n"))
        #expect(stored.hasSuffix("\n\nSigned"))
        #expect(text.hasPrefix("tree \(tree.hex)\nparent "))
    }
}

@Suite struct `A reference` {
    @Test func `moves only from where it was seen`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        let first = try made.id("HEAD")
        let second = try repository.createCommit(
            tree: repository.tree(of: first), parents: [first], author: robot, message: "2\n")
        let name = "refs/heads/main"
        #expect(try repository.compareAndSwap(reference: name, to: second, expecting: first, log: "move") == true)
        #expect(try repository.compareAndSwap(reference: name, to: first, expecting: first, log: "move") == false)
        #expect(try repository.compareAndSwap(reference: name, to: first, expecting: nil, log: "move") == false)
        #expect(try repository.reference(named: name) == second)
        #expect(try made.id("main") == second)
        #expect(try made.git("reflog", "-1", "--format=%gs", "HEAD") == "move")
        #expect(!made.exists(".git/refs/heads/main.lock"))
    }

    @Test func `is created once, packed or not`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        let commit = try made.id("HEAD")
        let name = "refs/socials/claims"
        #expect(try repository.reference(named: name) == nil)
        #expect(try repository.compareAndSwap(reference: name, to: commit, expecting: commit, log: "") == false)
        #expect(try repository.compareAndSwap(reference: name, to: commit, expecting: nil, log: "") == true)
        try made.git("pack-refs", "--all")
        #expect(!made.exists(".git/" + name))
        #expect(try repository.compareAndSwap(reference: name, to: commit, expecting: nil, log: "") == false)
        #expect(
            gitCode { try repository.compareAndSwap(reference: name + "/x", to: commit, expecting: nil, log: "") }
                == .invalid)
        #expect(
            gitFailure { try repository.compareAndSwap(reference: "refs/socials", to: commit, expecting: nil, log: "") }
                != nil)
        #expect(try made.check() == "")
    }

    @Test func `has one winner among many writers`() async throws {
        let made = try TestRepository.withPosts()
        let (path, start) = (made.path, try made.id("HEAD"))
        let wins = try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let repository = try Repository.open(at: path)
                    var wins = 0
                    while wins < 10 {
                        let old = try repository.reference(named: "refs/heads/main") ?? start
                        let next = try repository.createCommit(
                            tree: repository.tree(of: start), parents: [old], author: robot,
                            message: "\(writer) \(wins)\n")
                        if try repository.compareAndSwap(
                            reference: "refs/heads/main", to: next, expecting: old, log: "race")
                        {
                            wins += 1
                        }
                    }
                    return wins
                }
            }
            return try await group.reduce(0, +)
        }
        // A lost update would leave fewer commits than writers were told they made.
        #expect(wins == 40)
        #expect(try made.git("rev-list", "--count", "main") == "41")
    }

    @Test func `of which two writers create it has one`() async throws {
        let made = try TestRepository.withPosts()
        let (path, commit) = (made.path, try made.id("HEAD"))
        for round in 0..<10 {
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try Repository.open(at: path).compareAndSwap(
                            reference: "refs/socials/round-\(round)", to: commit, expecting: nil, log: "")
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
        }
    }

    @Test func `that stays locked is an error, and untouched`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        let commit = try made.id("HEAD")
        try made.write(".git/refs/heads/main.lock", "")
        #expect(
            gitCode {
                try repository.compareAndSwap(reference: "refs/heads/main", to: commit, expecting: commit, log: "")
            } == .locked)
        #expect(made.exists(".git/refs/heads/main.lock"))
    }
}
