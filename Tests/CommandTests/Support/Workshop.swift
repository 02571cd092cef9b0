import Foundation
import JSON
import Testing

/// A folder with a checkout, and the variables with which the binary and git are at work in it.
protocol Checkout: Sendable {
    var root: URL { get }
    var variables: [String: String] { get }
}

/// A content repository in a folder of its own, the sandbox that stands for the networks, and the binary between them.
final class Workshop: Checkout {
    /// Every post of the fixtures that is due is due by then.
    static let noon = "2026-12-01T09:00:00Z"

    let root: URL
    let gateway: String
    let variables: [String: String]
    private let home: URL
    private let sandbox: Running

    /// Opens a workshop on a copy of a fixture, and puts everything away afterwards.
    /// - Parameter host: one more host of media and what stands for it, `HOST=PLACE`.
    static func with(
        _ fixture: String, _ files: [String: String] = [:], host: String? = nil,
        _ body: @Sendable (Workshop) async throws -> Void
    ) async throws {
        try await with(
            filling: { root in
                try FileManager.default.copyItem(at: Fixture.folder.appending(path: fixture), to: root)
                try Fixture.write(files, below: root)
            }, host: host, body)
    }

    /// Opens a workshop on what `fill` puts into a folder, which it makes.
    static func with(
        variables: [String: String] = [:], filling fill: @Sendable (URL) throws -> Void, host: String? = nil,
        _ body: @Sendable (Workshop) async throws -> Void
    ) async throws {
        try await Places.workshops.hold {
            let workshop = try await Workshop(variables, fill, host: host)
            do {
                try await body(workshop)
            } catch {
                await workshop.close()
                throw error
            }
            await workshop.close()
        }
    }

    convenience init(_ fixture: String, _ files: [String: String] = [:]) async throws {
        try await self.init([:]) { root in
            try FileManager.default.copyItem(at: Fixture.folder.appending(path: fixture), to: root)
            try Fixture.write(files, below: root)
        }
    }

    private init(
        _ more: [String: String], _ fill: (URL) throws -> Void, host: String? = nil
    ) async throws {
        // Resolved, because git prints resolved paths.
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "socials-\(UUID().uuidString)")
        (root, home) = (folder.appending(path: "repository"), folder.appending(path: "home"))
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        try fill(root)
        let base = Self.base(home: home)
        sandbox = try Running(
            Program.path(),
            ["media.example.com=\(root.path)", host].compactMap(\.self).reduce(["sandbox"]) { $0 + ["--static", $1] },
            in: home, environment: base)
        do { gateway = try await Self.gateway(of: sandbox) } catch {
            sandbox.signal(SIGKILL)
            throw error
        }
        variables = base.merging(Self.credentials) { _, new in new }
            .merging(["SOCIALS_GATEWAY": gateway, "SOCIALS_NOW": Self.noon]) { _, new in new }
            .merging(more) { _, new in new }
        try await git("init", "--quiet", "--initial-branch", "main")
        try await commit()
    }

    func close() async {
        sandbox.signal(SIGTERM)
        let ending = await sandbox.ending()
        #expect(!ending.isSignal && ending.status == 0, "the sandbox ends when it is asked to: \(ending)")
        try? FileManager.default.removeItem(at: root.deletingLastPathComponent())
    }

    private static func base(home: URL) -> [String: String] {
        let inherited = ProcessInfo.processInfo.environment.filter {
            ["PATH", "TMPDIR", "LD_LIBRARY_PATH"].contains($0.key)
        }
        return inherited.merging([
            "HOME": home.path, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com", "GIT_COMMITTER_NAME": "Ada",
            "GIT_COMMITTER_EMAIL": "ada@example.com", "GIT_AUTHOR_DATE": "2026-12-01T08:00:00Z",
            "GIT_COMMITTER_DATE": "2026-12-01T08:00:00Z",
        ]) { _, new in new }
    }

    /// The sandbox knows every account by construction; the accounts are those of the fixtures' socials.yml.
    private static let credentials: [String: String] = [
        "SOCIALS_APP_X_CONSUMER_KEY": "sandbox-consumer-key",
        "SOCIALS_APP_X_CONSUMER_SECRET": "sandbox-consumer-secret",
        "SOCIALS_ACCOUNT_X_ACME_ACCESS_TOKEN": "sandbox-x-acme",
        "SOCIALS_ACCOUNT_X_ACME_ACCESS_TOKEN_SECRET": "sandbox-x-acme-secret",
        "SOCIALS_ACCOUNT_X_LABS_ACCESS_TOKEN": "sandbox-x-labs",
        "SOCIALS_ACCOUNT_X_LABS_ACCESS_TOKEN_SECRET": "sandbox-x-labs-secret",
        "SOCIALS_APP_LINKEDIN_CLIENT_ID": "sandbox-client-id",
        "SOCIALS_APP_LINKEDIN_CLIENT_SECRET": "sandbox-client-secret",
        "SOCIALS_ACCOUNT_LINKEDIN_ACME_ACCESS_TOKEN": "sandbox-linkedin-acme+org",
        "SOCIALS_ACCOUNT_LINKEDIN_JANE_ACCESS_TOKEN": "sandbox-linkedin-jane",
        "SOCIALS_APP_INSTAGRAM_CLIENT_ID": "sandbox-client-id",
        "SOCIALS_APP_INSTAGRAM_CLIENT_SECRET": "sandbox-client-secret",
        "SOCIALS_ACCOUNT_INSTAGRAM_ACME_ACCESS_TOKEN": "sandbox-instagram-acme@17841405793187218",
    ]

    /// The sandbox prints one line when it listens.
    private static func gateway(of sandbox: Running) async throws -> String {
        for _ in 0..<1200 {
            let line = sandbox.output
            if line.hasSuffix("\n") {
                guard let gateway = try JSON(parsing: line)["gateway"]?.string else { break }
                return gateway
            }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw Trouble("the sandbox did not say where it listens: \(sandbox.output)")
    }
}

// MARK: The binary

extension Checkout {
    /// Runs a command in the repository to its end.
    @discardableResult
    func run(_ arguments: String..., now: String? = nil, with changes: [String: String?] = [:]) async throws -> Ending {
        try await start(arguments, now: now, with: changes).ending()
    }

    /// `sync`, which must end with a status.
    @discardableResult
    func sync(
        _ arguments: String..., now: String? = nil, with changes: [String: String?] = [:], status: Int32 = 0,
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> Ending {
        let ending = try await start(["sync"] + arguments, now: now, with: changes).ending()
        #expect(ending.status == status, "\(ending.output)\(ending.complaints)", sourceLocation: location)
        return ending
    }

    /// - Parameter changes: Variables to set; nil takes one away.
    func start(_ arguments: [String], now: String? = nil, with changes: [String: String?] = [:]) throws -> Running {
        var variables = variables
        if let now { variables["SOCIALS_NOW"] = now }
        for (name, value) in changes { variables[name] = value }
        return try Running(Program.path(), arguments, in: root, environment: variables)
    }

    /// What a command prints with `--json`.
    func json(
        _ arguments: String..., now: String? = nil, status: Int32 = 0, _ location: SourceLocation = #_sourceLocation
    ) async throws -> JSON {
        let ending = try await start(arguments + ["--json"], now: now).ending()
        #expect(ending.status == status, "\(ending.output)\(ending.complaints)", sourceLocation: location)
        return try JSON(parsing: ending.output)
    }
}

// MARK: The repository

extension Checkout {
    func url(_ path: String) -> URL { root.appending(path: path) }

    func write(_ files: [String: String]) throws { try Fixture.write(files, below: root) }

    func text(_ path: String) throws -> String { try String(contentsOf: url(path), encoding: .utf8) }

    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url(path).path) }

    /// The results of a post.
    func results(_ post: String) throws -> JSON {
        try JSON(parsing: text(String(post.dropLast(".md".count)) + ".results.json"))["deliveries"] ?? .null
    }

    func state(_ post: String, _ account: String) throws -> String? {
        exists(String(post.dropLast(".md".count)) + ".results.json")
            ? try results(post)[account]?["state"]?.string : nil
    }

    @discardableResult
    func git(_ arguments: String...) async throws -> String {
        let ending = try await Running.run(
            "/usr/bin/env", ["git"] + arguments, in: root, environment: variables)
        guard ending.status == 0 else { throw Trouble("git \(arguments): \(ending.complaints)") }
        return ending.output
    }

    /// Commits whatever there is.
    func commit() async throws {
        try await git("add", "--all")
        try await git("commit", "--quiet", "--message", "Write posts")
    }

    func head() async throws -> String { try await git("rev-parse", "HEAD").trimmingCharacters(in: .newlines) }

    func changes() async throws -> String { try await git("status", "--porcelain") }

    /// Every file below the root with its bytes; what the binary keeps for itself is left out.
    func snapshot() throws -> [String: Data] {
        var files: [String: Data] = [:]
        let every = FileManager.default.enumerator(atPath: root.path)
        while let path = every?.nextObject() as? String {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: url(path).path, isDirectory: &isFolder), !isFolder.boolValue,
                !path.hasPrefix(".git/socials-pipeline")
            else { continue }
            files[path] = try Data(contentsOf: url(path))
        }
        return files
    }
}
