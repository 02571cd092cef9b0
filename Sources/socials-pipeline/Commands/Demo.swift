import Git
import Glibc
import HTTP
import JSON
import Pipeline
import Platforms
import Posts
import Sandbox

/// A copy of the example in a temporary git repository, and a sandbox that knows its accounts.
struct Demo {
    let repository: String
    private let sandbox: RunningSandbox
    private let configuration: Configuration
    private let now: String

    var gateway: String { sandbox.gateway }

    init(example: String) async throws {
        repository = try Self.copy(example)
        let workspace = try Workspace.open(at: repository, zones: .system)
        configuration = workspace.configuration
        now =
            String(decoding: try Files.read(example + "/demo-now.txt"), as: UTF8.self)
            .split(separator: "\n").first.map(String.init) ?? ""
        guard let moment = Instant(rfc3339: now) else {
            throw Refusal(.usage, "demo-now.txt holds no RFC 3339 time", hint: "write 2026-12-01T09:00:00Z")
        }
        let git = try Repository.initialise(at: repository, branch: configuration.branch ?? "main")
        _ = try git.commitAll(
            message: "Write posts\n",
            author: Author(name: "Demo", email: "demo@example.com", seconds: moment.seconds - 3600))
        sandbox = try await Sandbox.start(static: Self.mediaHosts(configuration, folder: repository))
    }

    /// The process's variables with the gateway, the fixed time, and the sandbox's credentials of every account.
    func environment(_ variables: [String: String]) throws -> Environment {
        var variables = variables.filter {
            !$0.key.hasPrefix("SOCIALS_") && !$0.key.hasPrefix("GITHUB_") && !$0.key.hasPrefix("CI_")
        }
        variables["SOCIALS_GATEWAY"] = sandbox.gateway
        variables["SOCIALS_NOW"] = now
        for account in configuration.accounts.values {
            for (field, value) in Self.credentials(account) {
                variables[account.id.environmentVariable(field)] = value
            }
        }
        return try Environment.live(variables, sends: true)
    }

    /// What the sandbox's networks show.
    func live() async throws -> JSON {
        let transport = CurlTransport(userAgent: "socials-pipeline/\(Pipeline.version)")
        let answer = try await transport.send(Request(.get, sandbox.gateway + "/_sandbox/posts", repetition: .allowed))
        return try JSON(parsing: answer.body)
    }

    func stop() async { await sandbox.stop() }

    /// One live post: network, who, first words, pictures.
    static func line(_ post: JSON) -> String {
        let text = (post["text"]?.string ?? "").split(separator: "\n").first.map(String.init) ?? ""
        let pictures = post["media"]?.array?.count ?? 0
        let shown = pictures == 0 ? "" : pictures == 1 ? "  [1 picture]" : "  [\(pictures) pictures]"
        let start = text.count > 60 ? text.prefix(59) + "…" : text[...]
        return "\(post["network"]?.string ?? "?")  \(start)\(shown)"
    }

    private static func credentials(_ account: Account) -> [String: String] {
        switch account.id.network {
        case .x: SandboxCredentials.x(account: account.id.name)
        case .linkedin:
            SandboxCredentials.linkedIn(
                account: account.id.name, organization: account.author?.contains(":organization:") ?? false)
        case .instagram: SandboxCredentials.instagram(account: account.id.name, userID: account.userID)
        case .bluesky, .mastodon, .threads, .facebook: [:]
        }
    }

    /// The example's static media host is the copy itself.
    private static func mediaHosts(_ configuration: Configuration, folder: String) -> [String: String] {
        guard case .static(let base) = configuration.mediaHost, let host = URLParts(base)?.host else { return [:] }
        return [host: folder]
    }

    private static func copy(_ example: String) throws -> String {
        var template = Array("\(temporaryFolder)/socials-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Refusal(.file, "cannot make a folder in \(temporaryFolder)") }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try copy(example, to: folder)
        return folder
    }

    private static func copy(_ source: String, to target: String) throws {
        for name in Folder.names(in: source).sorted() where name != ".git" && name != "demo-now.txt" {
            if Folder.isFolder(source + "/" + name) {
                try Files.createFolders(target + "/" + name)
                try copy(source + "/" + name, to: target + "/" + name)
            } else {
                try Files.replace(target + "/" + name, with: Files.read(source + "/" + name), durable: false)
            }
        }
    }

    private static var temporaryFolder: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }
}
