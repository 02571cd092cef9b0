import Foundation
import JSON
import Testing

/// A checkout of the workshop's remote.
struct Clone: Checkout {
    let root: URL
    var variables: [String: String]

    /// The same with other variables; nil takes one away.
    func with(_ changes: [String: String?]) -> Clone {
        var clone = self
        for (name, value) in changes { clone.variables[name] = value }
        return clone
    }
}

extension Workshop {
    /// A workshop whose repository was pushed to a bare one beside it.
    static func withRemote(
        _ files: [String: String], fixture: String = "bare", _ body: @Sendable (Workshop) async throws -> Void
    ) async throws {
        try await with(fixture, files) { shop in
            try await shop.git("init", "--quiet", "--bare", "--initial-branch", "main", shop.remote.path)
            try await shop.git("--git-dir", shop.remote.path, "config", "uploadpack.allowFilter", "true")
            try await shop.git("remote", "add", "origin", shop.remote.path)
            try await shop.git("push", "--quiet", "--set-upstream", "origin", "main")
            try await body(shop)
        }
    }

    var remote: URL { beside("remote.git") }
    /// As a server would be named; git copies a plain path without asking.
    var remoteAddress: String { "file://" + remote.path }

    func beside(_ name: String) -> URL { root.deletingLastPathComponent().appending(path: name) }

    func clone(_ options: String..., name: String = "clone", from address: String? = nil) async throws -> Clone {
        let clone = Clone(root: beside(name), variables: variables)
        try await git(["clone", "--quiet"] + options + [address ?? remoteAddress, clone.root.path])
        return clone
    }

    /// Another clone of the workshop gets a commit, which is pushed.
    func pushForeign(_ files: [String: String]) async throws {
        let other = Clone(root: beside("foreign"), variables: variables)
        if !FileManager.default.fileExists(atPath: other.root.path) {
            try await git("clone", "--quiet", remoteAddress, other.root.path)
        }
        try await other.git("pull", "--quiet", "--rebase")
        try other.write(files)
        try await other.commit()
        try await other.git("push", "--quiet")
    }

    /// What the remote says.
    @discardableResult
    func atRemote(_ arguments: String...) async throws -> String {
        try await git(["--git-dir", remote.path] + arguments)
    }

    func remoteHead(_ branch: String = "main") async throws -> String {
        try await atRemote("rev-parse", branch).trimmingCharacters(in: .newlines)
    }

    func remoteState(_ post: String, _ account: String, branch: String = "main") async throws -> String? {
        let path = "\(branch):\(post.dropLast(".md".count)).results.json"
        return try JSON(parsing: try await atRemote("show", path))["deliveries"]?[account]?["state"]?.string
    }

    /// A hook of the remote, a shell script.
    func hook(_ name: String, _ script: String?) throws {
        let path = remote.appending(path: "hooks/\(name)")
        guard let script else { return try FileManager.default.removeItem(at: path) }
        try writeScript(script, at: path)
    }
}

func writeScript(_ script: String, at path: URL) throws {
    try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.path)
}

/// A `git` that stands before the real one in `PATH`, writes down what it was asked for, and can do something first.
struct Watch: Sendable {
    let folder: URL

    init(_ shop: Workshop) throws {
        folder = shop.beside("watch-\(UUID().uuidString)")
        // The word is the first that is no option of git itself.
        try writeScript(
            """
            here=$(dirname "$0"); PATH=${PATH#*:}; word=
            for argument; do
              case $argument in -C) skip=1; continue;; -*) continue;; esac
              if [ -n "$skip" ]; then skip=; continue; fi
              word=$argument; break
            done
            echo "$word" >> "$here/calls"
            script=$(ls "$here/before-$word" 2>/dev/null | sort -n | head -n 1)
            if [ -n "$script" ]; then
              mv "$here/before-$word/$script" "$here/now"; "$here/now" >> "$here/errors" 2>&1 || exit 128
            fi
            exec git "$@"
            """, at: folder.appending(path: "git"))
    }

    func of<Place: Checkout>(_ place: Place) -> Clone {
        let path = folder.path + ":" + (place.variables["PATH"] ?? "/usr/bin:/bin")
        return Clone(root: place.root, variables: place.variables).with(["PATH": path])
    }

    /// What happens before the first, second… call of a kind; one that fails keeps git from being called.
    func before(_ word: String, _ scripts: String...) throws {
        for (number, script) in scripts.enumerated() {
            try writeScript(script, at: folder.appending(path: "before-\(word)/\(number)"))
        }
    }

    /// What was asked of remotes since.
    func take() throws -> [String] {
        let path = folder.appending(path: "calls")
        let calls = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
        try? FileManager.default.removeItem(at: path)
        return calls.split(separator: "\n").map(String.init).filter { $0 == "fetch" || $0 == "push" }
    }
}

extension Checkout {
    @discardableResult
    func git(_ arguments: [String]) async throws -> String {
        let ending = try await Running.run("/usr/bin/env", ["git"] + arguments, in: root, environment: variables)
        guard ending.status == 0 else { throw Trouble("git \(arguments): \(ending.complaints)") }
        return ending.output
    }

    /// Staged, unstaged, untracked, removed and ignored work.
    func makeWork() async throws {
        try write(["notes/a.txt": "one staged\n", "notes/new.txt": "new\n"])
        try await git("add", "--sparse", "notes/a.txt", "notes/new.txt")
        try await git("rm", "--quiet", "--cached", "--sparse", "notes/gone.txt")
        try write([
            "notes/a.txt": "one staged and changed\n", "notes/b.txt": "two changed\n", "notes/free.txt": "free\n",
            "x.log": "ignored\n",
        ])
    }

    /// All of it, byte for byte; a sidecar that is not clean would show here, too.
    func work() async throws -> [String] {
        let status = try await git("status", "--porcelain", "--ignored", "--untracked-files=all")
        let files = ["notes/a.txt", "notes/b.txt", "notes/new.txt", "notes/gone.txt", "notes/free.txt", "x.log"]
        return try await [status, git("diff", "--cached", "--no-renames"), git("diff")] + files.map { try text($0) }
    }
}

/// Files that the work is made of.
let notes = [
    "notes/a.txt": "one\n", "notes/b.txt": "two\n", "notes/gone.txt": "three\n", ".gitignore": "*.log\n",
]

/// What is due in most of these tests: one delivery on each of two networks.
let bicycle = ["posts/a.md": post("x/acme, linkedin/acme", "A bicycle.")].merging(notes) { mine, _ in mine }
let bicycleLive: Set = ["x/acme: A bicycle.", "linkedin/acme: A bicycle."]

extension Workshop {
    /// The promises of `sync` in a checkout: each delivery live once, results on the remote, a person's work and the
    /// status as they were, and a second run that fetches once and pushes nothing.
    func expectWholeSync(
        in place: some Checkout, _ arguments: [String] = [], hasWork: Bool = true,
        live expected: Set<String> = bicycleLive,
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let watch = try Watch(self)
        let watched = watch.of(place)
        if hasWork { try await place.makeWork() }
        let before = hasWork ? try await place.work() : [try await place.changes()]
        let first = try await watched.start(["sync"] + arguments).ending()
        #expect(first.status == 0, "\(first.output)\(first.complaints)", sourceLocation: location)
        let live = try await live().map(\.description)
        #expect(live.count == expected.count && Set(live) == expected, sourceLocation: location)
        for account in ["x/acme", "linkedin/acme"] {
            #expect(try await remoteState("posts/a.md", account) == "published", sourceLocation: location)
        }
        #expect(try watch.take().first == "fetch", sourceLocation: location)
        let after = hasWork ? try await place.work() : [try await place.changes()]
        #expect(after == before, sourceLocation: location)

        let (requests, head) = (try await requests(), try await remoteHead())
        let refs = try await place.git("for-each-ref")
        let second = try await watched.start(["sync"] + arguments).ending()
        #expect(second.status == 0, "\(second.output)\(second.complaints)", sourceLocation: location)
        #expect(second.output.hasSuffix("nothing is due\n"), sourceLocation: location)
        #expect(try watch.take() == ["fetch"], sourceLocation: location)
        #expect(try await self.requests() == requests, sourceLocation: location)
        #expect(try await remoteHead() == head, sourceLocation: location)
        #expect(try await place.git("for-each-ref") == refs, sourceLocation: location)
    }
}
