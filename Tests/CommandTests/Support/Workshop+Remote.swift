import Foundation
import JSON
import Testing

/// A clone of the workshop's remote: another machine, as far as the program can tell.
struct OtherClone: Sendable {
    let shop: Workshop
    let root: URL

    @discardableResult
    func run(
        _ arguments: String..., now: String? = nil, status: Int32? = nil, _ location: SourceLocation = #_sourceLocation
    ) async throws -> Ending {
        var variables = shop.variables
        if let now { variables["SOCIALS_NOW"] = now }
        let ending = try await Running.run(Program.path(), arguments, in: root, environment: variables)
        if let status { #expect(ending.status == status, "\(arguments): \(ending)", sourceLocation: location) }
        return ending
    }

    @discardableResult
    func git(_ arguments: String...) async throws -> String {
        let ending = try await Running.run(
            "/usr/bin/env", ["git"] + arguments, in: root, environment: shop.variables)
        guard ending.status == 0 else { throw Trouble("git \(arguments): \(ending.complaints)") }
        return ending.output
    }

    func results(_ post: String) throws -> JSON {
        let path = root.appending(path: String(post.dropLast(".md".count)) + ".results.json")
        return try JSON(parsing: String(contentsOf: path, encoding: .utf8))["deliveries"] ?? .null
    }
}

extension Workshop {
    private var bare: URL { root.deletingLastPathComponent().appending(path: "remote.git") }

    /// Gives the repository a bare remote, `origin`, which has its branch.
    func addRemote() async throws {
        try await git("init", "--quiet", "--bare", "--initial-branch", "main", bare.path)
        try await git("remote", "add", "origin", bare.path)
        try await git("push", "--quiet", "--set-upstream", "origin", "main")
    }

    func otherClone(_ name: String = "other") async throws -> OtherClone {
        let folder = root.deletingLastPathComponent().appending(path: name)
        try await git("clone", "--quiet", bare.path, folder.path)
        return OtherClone(shop: self, root: folder)
    }

    /// A command that runs in this repository while the next push waits at the remote, so that the push loses its race.
    func outrunNextPush(with arguments: String...) throws {
        let variables = self.variables.map { "export \($0)='\($1)'" }.sorted().joined(separator: "\n")
        let hook = bare.appending(path: "hooks/pre-receive")
        let script = """
            #!/bin/sh
            rm '\(hook.path)'
            unset $(git rev-parse --local-env-vars) GIT_QUARANTINE_PATH
            \(variables)
            cd '\(root.path)' && '\(try Program.path())' \(arguments.joined(separator: " ")) > ../outrun 2>&1
            exit 0
            """
        try Data(script.utf8).write(to: hook)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook.path)
    }

    /// What that command said; nil if no push came.
    func outrunWords() -> String? {
        try? String(contentsOf: root.deletingLastPathComponent().appending(path: "outrun"), encoding: .utf8)
    }

    /// What the claims of the remote say of the delivery of a post, or of this repository without one.
    func claim(_ post: String, _ account: String, in place: String? = nil) async throws -> JSON? {
        let folder = place ?? (FileManager.default.fileExists(atPath: bare.path) ? bare.path : root.path)
        let names = try await git("-C", folder, "ls-tree", "--name-only", "refs/socials/sandbox-claims").split(
            separator: "\n")
        for name in names where name.hasSuffix(".json") {
            let entry = try JSON(parsing: try await git("-C", folder, "show", "refs/socials/sandbox-claims:\(name)"))
            if entry["post"]?.string == post, entry["account"]?.string == account { return entry }
        }
        return nil
    }
}
