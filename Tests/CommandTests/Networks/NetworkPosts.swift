import Foundation
import JSON
import TestSupport
import Testing

/// A folder of Fixtures/networks as a content repository, with real files for all media that its posts show.
struct NetworkPosts: Sendable, CustomTestStringConvertible {
    let network: String
    /// How the files end that tell what people see of a post.
    let twin: String
    /// The tokens of its accounts, with the rights that they need.
    let tokens: [String: String]
    /// A post of somebody else and, as the fixtures have it, its id; the sandbox makes up another one.
    var other: (account: String, id: String)?
    /// The post that shows a film.
    var film = "video"
    /// How many deliveries the network still works on when a run ends, while the clock stands still.
    let waited: Int
    /// Requests that the network refuses nevertheless.
    var refusals: [String] = []
    let lines: @Sendable (_ posts: [JSON], _ other: String?) -> [String]

    var testDescription: String { network }

    static let all = [
        NetworkPosts(
            network: "x", twin: "live",
            tokens: [
                "ACME": "sandbox-x-acme", "PRO": "sandbox-x-pro+premium", "STUDIO": "sandbox-x-studio+enterprise",
                "MODERN": "sandbox-x-modern",
            ],
            other: ("x/pro", "1800000000000000000"), waited: 0, lines: { Shown.x($0, other: $1) }),
        NetworkPosts(
            network: "linkedin", twin: "live",
            tokens: [
                "PAGE": "sandbox-linkedin-page+org+feed", "JANE": "sandbox-linkedin-jane+feed",
                "OLD": "sandbox-linkedin-old", "OLD_PAGE": "sandbox-linkedin-old-page+org",
            ],
            other: ("linkedin/page", "urn:li:share:1"), waited: 1,
            // A member may not ask how far a document is, and this one is not there yet.
            refusals: ["POST /rest/posts 400"], lines: { posts, _ in Shown.linkedIn(posts) }),
        NetworkPosts(
            network: "instagram", twin: "shown",
            tokens: ["ACME": "sandbox-instagram-acme", "DIRECT": "sandbox-instagram-direct"],
            film: "reel", waited: 0, lines: { posts, _ in Shown.instagram(posts) }),
    ]

    private var folder: URL { Fixture.all.appending(path: "networks/\(network)") }

    /// The names of the posts, without `.md`, sorted.
    func names(in part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: part).path)
            .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }

    /// The words in backquotes in the table of the network in README.md.
    func namedByTable() throws -> [String] {
        let text = try String(contentsOf: Fixture.all.appending(path: "networks/README.md"), encoding: .utf8)
        let table = text.split(separator: "\n### ").first { $0.lowercased().hasPrefix("\(network)\n") } ?? ""
        return table.matches(of: #/`([^`]+)`/#).map { String($0.1) }
    }

    /// The lines of a file beside a post.
    func expected(_ path: String) throws -> [String] {
        let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// Writes such a file anew, to be read in the diff, if `UPDATE=1` is in the environment.
    func update(_ path: String, _ lines: [String]) throws {
        guard ProcessInfo.processInfo.environment["UPDATE"] == "1" else { return }
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: folder.appending(path: path))
    }
}

extension NetworkPosts {
    /// Programs that a run may need, and those that convert media.
    private static let programs = ["git", "sh"]
    private static let converters = ["vips", "magick", "convert", "ffmpeg"]

    /// Whether pictures and films can be converted here.
    static var canConvert: Bool {
        program("ffmpeg") != nil && converters.dropLast().contains { program($0) != nil }
    }

    private static func program(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Opens a workshop on the posts of `part`, or on one of them. Without converters in its PATH, files are what they are.
    func workshop(
        _ part: String, only name: String? = nil, converts: Bool = false,
        _ body: @Sendable (Workshop) async throws -> Void
    ) async throws {
        let programs = FileManager.default.temporaryDirectory.appending(path: "socials-path-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: programs) }
        for name in Self.programs + (converts ? Self.converters : []) {
            guard let program = Self.program(name) else { continue }
            try FileManager.default.createSymbolicLink(
                atPath: programs.appending(path: name).path, withDestinationPath: program)
        }
        try await Workshop.with(
            variables: variables(path: programs.path), filling: { try fill($0, part, only: name) }, body)
    }

    private func variables(path: String) -> [String: String] {
        var variables = ["PATH": path]
        for (account, token) in tokens {
            let name = "SOCIALS_ACCOUNT_\(network.uppercased())_\(account)_ACCESS_TOKEN"
            variables[name] = token
            // Without a secret it is a token of OAuth 2.0.
            if network == "x", account != "MODERN" { variables["\(name)_SECRET"] = "\(token)-secret" }
        }
        return variables
    }

    private func fill(_ root: URL, _ part: String, only: String?) throws {
        for name in ["posts", "media"] {
            try FileManager.default.createDirectory(at: root.appending(path: name), withIntermediateDirectories: true)
        }
        let files = FileManager.default
        try files.copyItem(at: folder.appending(path: "socials.yml"), to: root.appending(path: "socials.yml"))
        // Some files are large; none of them is needed in a commit.
        try Fixture.write([".gitignore": "media/\n"], below: root)
        for name in try names(in: part) where only == nil || only == name {
            try files.copyItem(
                at: folder.appending(path: "\(part)/\(name).md"), to: root.appending(path: "posts/\(name).md"))
        }
        let table = try JSON(parsing: Data(contentsOf: folder.appending(path: "media.json"))).object ?? [:]
        for (path, row) in table {
            let place = root.appending(path: path)
            let kept = row["file"]?.string.map { Fixture.all.appending(path: $0) }
            guard let kept else {
                try MadeMedia.make(row, at: place)
                continue
            }
            try files.copyItem(at: kept, to: place)
            if let count = row["fill"]?.integer {
                // A box that players skip.
                let handle = try FileHandle(forWritingTo: place)
                try handle.seekToEnd()
                try handle.write(contentsOf: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) })
                try handle.write(contentsOf: Data("free".utf8))
                try handle.truncate(atOffset: handle.offset() + UInt64(count - 8))
                try handle.close()
            }
        }
    }
}
