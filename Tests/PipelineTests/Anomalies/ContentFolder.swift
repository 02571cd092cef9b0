import Foundation
import Git
import HTTP
import JSON
import Posts
import Sandbox
import Synchronization
import TestSupport

@testable import Pipeline

/// A content repository in a temporary folder, the networks it publishes to, and a clock that stands still.
final class ContentFolder: Sendable {
    let path: String
    let sandbox: Sandbox
    let clock = TestClock(nine)
    private let requests = Mutex(0)
    private let chance = Mutex(SeededRandom(seed: 7))

    static let files: [String: String] = [
        "socials.yml": """
        version: 1
        accounts:
          x/acme: {}
          linkedin/page: {author: "urn:li:organization:2414183"}
          linkedin/jane: {}
          instagram/acme: {userId: "\(SandboxCredentials.instagramUserID("acme"))", login: instagram}
        mediaHost: {kind: static, baseUrl: "https://media.example.com"}
        """,
        "posts/thread.md": """
        ---
        schedule: 2026-12-01T09:00:00Z
        accounts: [x/acme]
        media: [{path: media/red.jpg, alt: A red bicycle}]
        x: {firstComment: Below}
        ---
        The first part

        ---

        The second part
        """,
        "posts/news.md": """
        ---
        schedule: 2026-12-01T09:00:00Z
        accounts: [linkedin/page, linkedin/jane, instagram/acme]
        media: [{path: media/red.jpg, alt: A red bicycle}]
        ---
        News for everybody
        """,
    ]

    /// What must be live at the end, once each.
    static let expected = [
        "x The first part", "x The second part", "linkedin page News for everybody",
        "linkedin member News for everybody", "instagram News for everybody",
    ]

    /// Live once or not at all, as the results of the thread say.
    static let comment = "x Below"

    /// Shares claims and results through it; nil: a repository without a remote.
    let remote: MemoryRemote?

    /// An empty one with the files above, committed, and pushed where there is a remote.
    convenience init(sharing isShared: Bool = false) throws {
        let path = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "content-\(UUID().uuidString)").path
        try setDurable(false)
        let repository = try Repository.initialise(at: path, branch: "main")
        if isShared {
            let config = path + "/.git/config"
            let text = try String(contentsOfFile: config, encoding: .utf8)
            try Self.write(Array((text + "[remote \"origin\"]\n\turl = /nowhere\n").utf8), to: config)
        }
        for (name, text) in Self.files { try Self.write(Array(text.utf8), to: path + "/" + name) }
        try Self.write(SmallJPEG.bytes(width: 400, height: 400), to: path + "/media/red.jpg")
        _ = try repository.commitAll(
            message: "Content\n", author: Author(name: "Anna", email: "anna@example.com", seconds: nine.seconds - 60))
        try self.init(at: path)
    }

    private init(at path: String) throws {
        self.path = path
        let repository = try Repository.open(at: path)
        if try repository.remotes.isEmpty {
            remote = nil
        } else {
            let head = try repository.reference(named: "refs/heads/main")
            remote = MemoryRemote(
                head.map { ["refs/heads/main": $0] } ?? [:],
                local: GitExecutable(workingDirectory: path, environment: Self.variables))
        }
        sandbox = try Sandbox(static: ["media.example.com": path])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The same files in a folder of its own, with networks of its own.
    func copy() throws -> ContentFolder {
        let path = self.path + "-" + UUID().uuidString
        try FileManager.default.copyItem(atPath: self.path, toPath: path)
        return try ContentFolder(at: path)
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let url = URL(filePath: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    private static var variables: [String: String] {
        var variables = ["HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"]
        let accounts: [(AccountID, [String: String])] = [
            (AccountID(.x, "acme"), SandboxCredentials.x(account: "acme")),
            (page, SandboxCredentials.linkedIn(account: "jane", organization: true)),
            (member, SandboxCredentials.linkedIn(account: "jane")),
            (AccountID(.instagram, "acme"), SandboxCredentials.instagram(account: "acme")),
        ]
        for (account, fields) in accounts {
            for (field, value) in fields {
                variables["SOCIALS_ACCOUNT_\(account.network.rawValue)_\(account.name)_\(field)".uppercased()] = value
            }
        }
        return variables
    }

    private struct Counting: Transport {
        let inner: SandboxTransport
        let count: @Sendable () -> Void

        func send(_ request: Request) async throws(TransportError) -> Response {
            count()
            return try await inner.send(request)
        }
    }

    private func environment(_ git: @escaping @Sendable (any GitCommands) -> any GitCommands) -> Environment {
        Environment(
            variables: Self.variables, clock: clock, gateway: nil,
            transport: Counting(inner: SandboxTransport(sandbox, clock: clock)) { [self] in
                requests.withLock { $0 += 1 }
            },
            random: { [self] in chance.withLock { UInt128.random(in: .min ... .max, using: &$0) } }, zones: .system,
            git: { [remote] folder in
                git(remote ?? GitExecutable(workingDirectory: folder, environment: Self.variables))
            })
    }

    /// One run from the start to the end, its parts as `around` makes them.
    @discardableResult
    func run(
        around: (Parts) -> Parts = { $0 }, git: @escaping @Sendable (any GitCommands) -> any GitCommands = { $0 }
    ) async throws -> [String] {
        let run = try await open(environment(git))
        let planning = try await run.plan()
        let engine = try await run.publish(planning, with: around(run.parts), stop: StopSignal(), progress: { _ in })
        return engine.outcomes.map { "\($0.id) \($0.result.state.rawValue)" }
    }

    /// Other tests of this process start programs, which for a moment inherit every lock.
    private func open(_ environment: Environment) async throws(Refusal) -> Run {
        for _ in 0..<100_000 {
            do { return try await Run(SyncOptions(repository: path), in: environment) } catch {
                guard error.message.contains("another run is at work") else { throw error }
            }
            await Task.yield()
        }
        throw Refusal(.tryAgain, "the lock of the run before is never let go")
    }

    var journal: String { path + "/.git/socials-pipeline/journal" }
    var pendingIndex: String { path + "/.git/socials-pipeline/index-pending" }
    var index: String { path + "/.git/index" }

    /// What people see, as `network text`; LinkedIn tells pages from members.
    func live() async throws -> [String: [String]] {
        let posts = try JSON(parsing: await sandbox.control("GET", "posts")).array ?? []
        var live: [String: [String]] = [:]
        for post in posts {
            let author = post["author"]?.string ?? ""
            let kind = author.contains("organization") ? "page " : author.contains("person") ? "member " : ""
            let name = "\(post["network"]?.string ?? "") \(kind)\(post["text"]?.string ?? "")"
            live[name, default: []].append(post["id"]?.string ?? "")
        }
        return live
    }

    func results() throws -> [DeliveryID: DeliveryResult] {
        var all: [DeliveryID: DeliveryResult] = [:]
        for post in ["posts/thread.md", "posts/news.md"] {
            guard let data = FileManager.default.contents(atPath: path + "/" + Results.path(of: post)) else { continue }
            for (account, result) in try Results(parsing: Array(data)).deliveries {
                all[DeliveryID(post, account)] = result
            }
        }
        return all
    }

    var requestCount: Int { requests.withLock { $0 } }

    /// `git` as a person would call it, without the configuration of this machine.
    func git(_ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git", "-C", path] + arguments
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": "/nonexistent",
            "GIT_CONFIG_NOSYSTEM": "1",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
