import Foundation
import Git
import Testing

/// Its tests start a thousand processes. One after another they leave other tests the time that those count on.
@Suite(.serialized) struct `The git executable` {}

/// A bare remote and clones of it in one folder that vanishes with the test; no settings of this machine count.
final class Scene: Sendable {
    let folder: String
    var remote: String { folder + "/remote.git" }
    /// The person's settings, for git itself and for what is tested.
    private var settings: String { folder + "/settings" }

    init() async throws {
        try TestRepository.isolate()
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("scene-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write("settings", "[init]\n\tdefaultBranch = main\n")
        try await git("init", "-q", "--bare", remote)
    }

    private init(copying other: Scene) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("scene-\(UUID().uuidString)").path
        try FileManager.default.copyItem(atPath: other.folder, toPath: folder)
        try write("work/.git/config", read("work/.git/config").replacing(other.folder, with: folder))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// A remote with three commits on `main`, and a clone of it.
    static func withHistory() async throws -> Scene { try Scene(copying: try await history.value) }

    /// Made once: a dozen processes that no test need wait for again.
    private static let history = Task {
        let scene = try await Scene()
        try await scene.clone("work")
        for number in 1...3 { try await scene.commit("file\(number).txt", "\(number)\n", in: "work") }
        try await scene.git("push", "-q", "origin", "main", in: "work")
        return scene
    }

    var variables: [String: String] {
        [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder,
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": settings, "TMPDIR": folder,
            "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.com", "GIT_COMMITTER_NAME": "Test",
            "GIT_COMMITTER_EMAIL": "test@example.com",
        ]
    }

    func executable(
        _ name: String = "work", _ more: [String: String] = [:], patience: Patience = Patience()
    ) -> GitExecutable {
        GitExecutable(
            workingDirectory: path(name), environment: variables.merging(more) { $1 }, patience: patience)
    }

    func path(_ name: String) -> String { name.hasPrefix("/") ? name : folder + "/" + name }

    @discardableResult
    func clone(_ name: String, _ options: String..., from address: String? = nil) async throws -> String {
        try await git(["clone", "-q"] + options + [address ?? "file://" + remote, path(name)])
        return name
    }

    @discardableResult
    func commit(_ file: String, _ text: String, in name: String) async throws -> ObjectID {
        try write("\(name)/\(file)", text)
        try await git("add", "-A", in: name)
        try await git("commit", "-q", "-m", "Write \(file)", in: name)
        return try await id("HEAD", in: name)
    }

    /// A commit without parent that holds one file, as the claims are kept.
    func lonelyCommit(_ text: String, in name: String) async throws -> ObjectID {
        // Several writers may do so at once.
        let (blobFile, treeFile) = ("blob-\(UUID().uuidString)", "tree-\(UUID().uuidString)")
        try write(blobFile, text)
        let blob = try await git("hash-object", "-w", path(blobFile), in: name)
        try write(treeFile, "100644 blob \(blob)\tentry\n")
        let tree = try await git(["mktree"], in: path(name), input: path(treeFile))
        return try #require(ObjectID(hex: try await git("commit-tree", "-m", text, tree, in: name)))
    }

    func write(_ name: String, _ text: String) throws {
        let url = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func configure(_ text: String) throws { try write("settings", text) }

    /// A hook of a repository, a shell script.
    func hook(_ name: String, _ script: String, in repository: String? = nil) throws {
        let file = (repository ?? remote) + "/hooks/" + name
        try write(file, "#!/bin/sh\n\(script)\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    func id(_ name: String, in folder: String) async throws -> ObjectID {
        try #require(ObjectID(hex: try await git("rev-parse", name, in: folder)))
    }

    /// What the remote holds; nil when it lacks the reference.
    func onRemote(_ reference: String) async throws -> ObjectID? {
        ObjectID(hex: try await git("for-each-ref", "--format=%(objectname)", reference, in: remote))
    }

    /// The remote as an address.
    enum Transport: CaseIterable { case path, file }
    func address(_ transport: Transport) -> String {
        switch transport {
        case .path: remote
        case .file: "file://" + remote
        }
    }

    @discardableResult
    func git(_ arguments: String..., in name: String = "") async throws -> String {
        try await git(arguments, in: path(name))
    }

    @discardableResult
    func git(_ arguments: [String], in directory: String? = nil, input: String? = nil) async throws -> String {
        let (directory, variables) = (directory ?? folder, variables)
        return try await withCheckedThrowingContinuation { continuation in
            Self.waiting.addOperation {
                continuation.resume(
                    with: Result { try runGit(arguments, in: directory, variables: variables, input: input) })
            }
        }
    }

    /// Waits for processes: not on the threads of tasks, of which there are as few as processors, and not for more at
    /// once than let other tests keep their time.
    private static let waiting: OperationQueue = {
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 3
        return queue
    }()
}

private func runGit(
    _ arguments: [String], in directory: String, variables: [String: String], input: String?
) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.environment = variables
    if let input { process.standardInput = FileHandle(forReadingAtPath: input) }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let output = String(decoding: data, as: UTF8.self)
    guard process.terminationStatus == 0 else { throw GitFailed(description: "git \(arguments)\n\(output)") }
    return output.hasSuffix("\n") ? String(output.dropLast()) : output
}

extension Scene {
    /// Command lines of processes that still run with this scene's variables; only where there is `/proc`.
    func processesLeft() -> [String] {
        let ids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return ids.filter { Int($0) != nil }.compactMap { id in
            guard let variables = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(id)/environ")),
                String(decoding: variables, as: UTF8.self).contains(folder),
                let line = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(id)/cmdline"))
            else { return nil }
            return String(decoding: line, as: UTF8.self).replacing("\0", with: " ")
        }
    }

    /// Files of git that a killed process left locked.
    func locks(in repository: String) -> [String] {
        let files = FileManager.default.enumerator(atPath: repository)?.allObjects as? [String] ?? []
        return files.filter { $0.hasSuffix(".lock") }
    }
}

/// The error a run of git ends with; nil when it ends well.
func remoteFailure<Result>(_ work: () async throws -> Result) async -> RemoteError? {
    do {
        _ = try await work()
        return nil
    } catch {
        if !(error is RemoteError) { Issue.record(error) }
        return error as? RemoteError
    }
}

let main = "refs/heads/main"
let claims = "refs/socials/claims"
