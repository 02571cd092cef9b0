import Foundation
import Git
import Testing

/// A folder that vanishes with the test, and the `git` executable without the configuration of this machine.
final class TestRepository {
    let path: String
    let home: String

    private init(_ name: String) throws {
        try TestRepository.isolate()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("git-\(UUID().uuidString)")
        path = folder.appendingPathComponent(name).path
        home = TestRepository.sharedHome
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }

    /// An empty folder that stands for the person's home in the whole process, for libgit2 as well.
    static let sharedHome: String = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("home-\(UUID().uuidString)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.path
    }()

    private static let isolated: GitError? = {
        do throws(GitError) {
            try Library.useHome(sharedHome)
            // Nothing here outlives the test, and flushing costs most of its time.
            try setDurable(false)
            return nil
        } catch {
            return error
        }
    }()

    static func isolate() throws {
        if let error = isolated { throw error }
    }

    static func empty() throws -> TestRepository {
        let repository = try TestRepository("clone")
        try repository.git("init", "-q", "-b", "main")
        return repository
    }

    static func folder(_ name: String = "clone") throws -> TestRepository { try TestRepository(name) }

    /// `posts/a.md`, `posts/2026/b.md` and `notes.txt`, committed.
    static func withPosts() throws -> TestRepository {
        let repository = try empty()
        try repository.write("posts/a.md", "A\n")
        try repository.write("posts/2026/b.md", "B\n")
        try repository.write("notes.txt", "notes\n")
        try repository.git("add", "-A")
        try repository.git("commit", "-q", "-m", "First")
        return repository
    }

    func open() throws -> Repository { try Repository.open(at: path) }

    func write(_ name: String, _ text: String) throws {
        let url = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)), as: UTF8.self)
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

    /// What git prints, without the last line end.
    @discardableResult func git(_ arguments: String...) throws -> String { try git(arguments, in: path) }

    @discardableResult func git(_ arguments: [String], in folder: String) throws -> String {
        let (status, output) = try run(arguments, in: folder)
        guard status == 0 else { throw GitFailed(description: "git \(arguments): \(status)\n\(output)") }
        return output
    }

    func run(_ arguments: [String], in folder: String) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": home,
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.com",
            "GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@example.com", "LC_ALL": "C.UTF-8",
            "GIT_AUTHOR_DATE": "1767225600 +0000", "GIT_COMMITTER_DATE": "1767225600 +0000",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        var output = String(decoding: data, as: UTF8.self)
        if output.hasSuffix("\n") { output.removeLast() }
        return (process.terminationStatus, output)
    }

    func id(_ name: String) throws -> ObjectID { try #require(ObjectID(hex: try git("rev-parse", name))) }

    /// Commits blobs on the branch of HEAD the way the program does: objects, compare-and-swap, index.
    @discardableResult
    func record(_ files: [String: String], with repository: Repository) throws -> IndexRefresh {
        var changes: [String: PathChange] = [:]
        for (name, text) in files {
            try write(name, text)
            changes[name] = .blob(try repository.writeBlob(Array(text.utf8)))
        }
        let head = try repository.head
        let tree = try repository.writeTree(updating: head.commit, changes: changes)
        let commit = try repository.createCommit(
            tree: tree, parents: head.commit.map { [$0] } ?? [], author: robot, message: "Record\n")
        let reference =
            switch head {
            case .branch(let name, _), .unborn(let name): name
            case .detached: "HEAD"
            }
        #expect(try repository.compareAndSwap(reference: reference, to: commit, expecting: head.commit, log: "record"))
        return try repository.refreshIndex(paths: Array(files.keys))
    }

    /// git's own check of the repository; empty when all is well.
    func check() throws -> String { try git("fsck", "--strict", "--no-dangling", "--no-progress") }
}

let robot = Author(name: "Robot", email: "robot@example.com", seconds: 1_767_225_600, offset: 60)

struct GitFailed: Error, CustomStringConvertible { let description: String }
