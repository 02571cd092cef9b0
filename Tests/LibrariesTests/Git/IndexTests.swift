import Foundation
import Git
import Testing

@Suite struct `After a commit built from objects` {
    @Test func `staged, unstaged, untracked and removed work is as before`() throws {
        let made = try TestRepository.withPosts()
        try made.write("staged.md", "staged\n")
        try made.write("both.md", "staged\n")
        try made.git("add", "staged.md", "both.md")
        try made.write("both.md", "and changed again\n")
        try made.write("posts/a.md", "A, unstaged\n")
        try made.git("rm", "-q", "--cached", "notes.txt")
        try made.write("untracked.md", "untracked\n")
        let before = (try made.git("status", "--porcelain"), try made.git("ls-files", "-s"), try made.git("diff"))

        let repository = try made.open()
        let result = try made.record(
            ["posts/a.results.json": "{}\n", "posts/2026/b.results.json": "{}\n"], with: repository)

        #expect(result == .refreshed)
        #expect(try made.git("status", "--porcelain") == before.0)
        #expect(try made.git("diff") == before.2)
        // diff-files never refreshes: it names what git would have to read again.
        #expect(try made.git("diff-files", "--name-only") == "both.md\nposts/a.md")
        let staged = try made.git("ls-files", "-s").split(separator: "\n").filter { !$0.contains("results.json") }
        #expect(staged.joined(separator: "\n") == before.1)
        #expect(try made.read("both.md") == "and changed again\n")
        #expect(
            try made.git("show", "--name-status", "--format=", "HEAD")
                == "A\tposts/2026/b.results.json\nA\tposts/a.results.json")
        #expect(try made.check() == "")
        #expect(!made.exists(".git/index.lock") && !made.exists(".git/index.socials"))
    }

    @Test func `a second time changes nothing`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        try made.record(["posts/a.results.json": "{}\n"], with: repository)
        let index = try Data(contentsOf: URL(fileURLWithPath: made.path + "/.git/index"))
        #expect(try repository.refreshIndex(paths: ["posts/a.results.json"]) == .unchanged)
        #expect(try Data(contentsOf: URL(fileURLWithPath: made.path + "/.git/index")) == index)
    }

    @Test func `a file that was edited meanwhile shows as edited`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        try made.record(["posts/a.results.json": "{}\n"], with: repository)
        try made.write("posts/a.results.json", "[]\n")
        #expect(try repository.refreshIndex(paths: ["posts/a.results.json"]) != .locked)
        #expect(try made.git("status", "--porcelain") == " M posts/a.results.json")
    }

    @Test func `a removed file leaves the index`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        let head = try made.id("HEAD")
        let tree = try repository.writeTree(updating: head, changes: ["notes.txt": .remove])
        let commit = try repository.createCommit(tree: tree, parents: [head], author: robot, message: "Remove\n")
        #expect(try repository.compareAndSwap(reference: "refs/heads/main", to: commit, expecting: head, log: "remove"))
        try made.remove("notes.txt")
        #expect(try repository.refreshIndex(paths: ["notes.txt"]) == .refreshed)
        #expect(try made.git("status", "--porcelain") == "")
    }

    @Test func `an edit in the second of the old index stays visible`() throws {
        // Same size, same second, written after git looked: only the age of the index gives it away.
        for _ in 0..<10 {
            let made = try TestRepository.withPosts()
            try made.write("posts/a.md", "Z\n")
            let repository = try made.open()
            try made.record(["posts/a.results.json": "{}\n"], with: repository)
            // As if the index had been written much later.
            let later = Date(timeIntervalSinceNow: 100)
            try FileManager.default.setAttributes([.modificationDate: later], ofItemAtPath: made.path + "/.git/index")
            #expect(try made.git("status", "--porcelain") == " M posts/a.md")
        }
    }

    @Test func `an index that somebody locked is left alone`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        try made.write(".git/index.lock", "")
        #expect(try made.record(["posts/a.results.json": "{}\n"], with: repository) == .locked)
        #expect(try repository.removeAbandonedIndexLock() == false)
        #expect(made.exists(".git/index.lock"))
        try made.remove(".git/index.lock")
        #expect(try made.git("status", "--porcelain") != "")
        #expect(try repository.refreshIndex(paths: ["posts/a.results.json"]) == .refreshed)
        #expect(try made.git("status", "--porcelain") == "")
    }

    @Test func `a lock of our own dead process is removed, a living one's is not`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["true"]
        try process.run()
        process.waitUntilExit()
        try made.write(".git/index.lock", "socials-pipeline process \(ProcessInfo.processInfo.processIdentifier)\n")
        #expect(try repository.removeAbandonedIndexLock() == false)
        try made.write(".git/index.lock", "socials-pipeline process \(process.processIdentifier)\n")
        #expect(try repository.removeAbandonedIndexLock() == true)
        #expect(!made.exists(".git/index.lock"))
    }

    @Test func `a split or sparse index is named and left alone`() throws {
        let made = try TestRepository.withPosts()
        try made.git("update-index", "--split-index")
        #expect(
            try made.record(["posts/a.results.json": "{}\n"], with: made.open())
                == .unsupported("the index is split (core.splitIndex)"))
        #expect(!made.exists(".git/index.lock"))
        #expect(try made.check() == "")

        let sparse = try TestRepository.withPosts()
        try sparse.git("sparse-checkout", "set", "--cone", "--sparse-index", "new")
        let result = try sparse.record(["new/a.results.json": "{}\n"], with: sparse.open())
        #expect(result == .unsupported("the index is sparse (index.sparse)"))
    }

    @Test func `a file left out by a sparse checkout stays left out`() throws {
        let made = try TestRepository.withPosts()
        try made.git("sparse-checkout", "set", "--no-cone", "/posts/")
        let repository = try made.open()
        try made.record(["posts/a.results.json": "{}\n"], with: repository)
        #expect(try repository.refreshIndex(paths: ["notes.txt"]) == .unchanged)
        #expect(try made.git("ls-files", "-t", "notes.txt") == "S notes.txt")
        #expect(try made.git("status", "--porcelain") == "")
    }

    @Test func `the first commit of a repository makes its index`() throws {
        let made = try TestRepository.empty()
        #expect(try made.record(["posts/a.results.json": "{}\n"], with: made.open()) == .refreshed)
        #expect(try made.git("status", "--porcelain") == "")
        #expect(try made.git("log", "--format=%s") == "Record")
    }

    @Test func `a detached HEAD moves by itself`() throws {
        let made = try TestRepository.withPosts()
        let main = try made.id("main")
        try made.git("checkout", "-q", "--detach")
        #expect(try made.record(["posts/a.results.json": "{}\n"], with: made.open()) == .refreshed)
        #expect(try made.git("status", "--porcelain") == "")
        #expect(try made.id("main") == main)
        #expect(try made.id("HEAD~1") == main)
    }

    @Test func `a linked worktree has its own index and branch`() throws {
        let made = try TestRepository.withPosts()
        try made.git("worktree", "add", "-q", "-b", "other", "../linked")
        let linked = (made.path as NSString).deletingLastPathComponent + "/linked"
        let repository = try Repository.open(at: linked)
        #expect(repository.commonDirectory == (try made.open()).gitDirectory)
        #expect(repository.gitDirectory != repository.commonDirectory)
        #expect(try repository.head.branch == "other")
        try Data("{}\n".utf8).write(to: URL(fileURLWithPath: linked + "/posts/a.results.json"))
        let head = try made.id("other")
        let tree = try repository.writeTree(
            updating: head, changes: ["posts/a.results.json": .blob(repository.writeBlob(Array("{}\n".utf8)))])
        let commit = try repository.createCommit(tree: tree, parents: [head], author: robot, message: "Linked\n")
        #expect(try repository.compareAndSwap(reference: "refs/heads/other", to: commit, expecting: head, log: "x"))
        #expect(try repository.refreshIndex(paths: ["posts/a.results.json"]) == .refreshed)
        #expect(try made.git(["status", "--porcelain"], in: linked) == "")
        #expect(try made.git("status", "--porcelain") == "")
    }

    @Test func `line ends converted on checkout do not show as changes`() throws {
        let made = try TestRepository.withPosts()
        try made.git("config", "core.autocrlf", "true")
        let repository = try made.open()
        try made.record(["posts/a.results.json": "{}\n"], with: repository)
        #expect(try made.git("status", "--porcelain") == "")
        #expect(try made.git("cat-file", "-p", "HEAD:posts/a.results.json") == "{}")
    }

    @Test func `names that are not ASCII are found`() throws {
        let made = try TestRepository.withPosts()
        let name = "posts/Gr\u{00F6}\u{00DF}e 🚲.results.json"
        #expect(try made.record([name: "{}\n"], with: made.open()) == .refreshed)
        #expect(try made.git("-c", "core.quotePath=false", "ls-files", name) == name)
        #expect(try made.git("status", "--porcelain") == "")
    }

    @Test func `a bare repository has nothing to refresh`() throws {
        let made = try TestRepository.folder()
        try made.git("init", "-q", "--bare")
        let repository = try made.open()
        #expect(repository.isBare && repository.workingDirectory == nil)
        #expect(try repository.refreshIndex(paths: ["a"]) == .unsupported("a bare repository has no index"))
    }
}

@Suite struct `An ignored path` {
    @Test func `is one that a rule names and git does not track`() throws {
        let made = try TestRepository.withPosts()
        try made.write(".gitignore", "*.results.json\n/cache/\n")
        try made.write("posts/a.results.json", "{}\n")
        try made.git("add", "-f", "posts/a.results.json")
        let repository = try made.open()
        #expect(try repository.isIgnored("posts/b.results.json"))
        #expect(try repository.isIgnored("cache/x"))
        #expect(try !repository.isIgnored("posts/a.md"))
        #expect(try !repository.isIgnored("posts/a.results.json"), "staged")
        try made.git("commit", "-qm", "Tracked")
        try made.git("rm", "-q", "--cached", "posts/a.results.json")
        #expect(try !repository.isIgnored("posts/a.results.json"), "in HEAD")
    }
}

@Suite struct `A new repository` {
    @Test func `is created on the branch, and commits what is there`() throws {
        let made = try TestRepository.folder()
        let repository = try Repository.initialise(at: made.path + "/new", branch: "trunk")
        #expect(try repository.head == .unborn(reference: "refs/heads/trunk"))
        try made.write("new/posts/a.md", "A\n")
        try made.write("new/.gitignore", "*.tmp\n")
        try made.write("new/x.tmp", "ignored\n")
        let first = try repository.commitAll(message: "First\n", author: robot)
        try made.remove("new/posts/a.md")
        let second = try repository.commitAll(message: "Second\n", author: robot)
        #expect(try repository.head == .branch(reference: "refs/heads/trunk", at: second))
        #expect(try repository.commit(second).parents == [first])
        #expect(try repository.resolve("trunk~1") == first)
        #expect(try repository.resolve("nothing") == nil)
        #expect(try made.git(["status", "--porcelain"], in: made.path + "/new") == "")
        #expect(try made.git(["ls-files"], in: made.path + "/new") == ".gitignore")
    }
}
