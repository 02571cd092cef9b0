import Foundation
import JSON
import Testing

@Suite struct `The program` {
    private func run(_ arguments: String..., in folder: URL? = nil) async throws -> Ending {
        try await Running.run(
            Program.path(), arguments, in: folder ?? FileManager.default.temporaryDirectory,
            environment: ["HOME": "/nonexistent", "TERM": "dumb"])
    }

    @Test(arguments: [
        "check", "preview", "plan", "sync", "publish", "cancel", "retry", "resolve", "pause", "resume", "status",
        "list",
        "doctor", "sandbox", "demo",
    ])
    func `helps with every command`(_ command: String) async throws {
        let help = try await run(command, "--help")
        #expect(help.status == 0)
        #expect(help.output.contains("USAGE: socials-pipeline "), "\(help.output)")
        #expect(help.output.contains("--json") || command == "sandbox")
        #expect(help.complaints == "")
    }

    @Test func `lists its commands and tells its version`() async throws {
        let help = try await run("--help")
        #expect(help.status == 0)
        for command in [
            "check", "preview", "plan", "sync", "publish", "cancel", "retry", "resolve", "pause", "resume", "status",
            "doctor",
            "sandbox", "demo",
        ] {
            #expect(help.output.contains("  \(command)"))
        }
        let version = try await run("--version")
        #expect(version.status == 0)
        #expect(version.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }

    @Test func `says in one sentence what is missing outside a repository`() async throws {
        let ending = try await run("plan", in: URL(filePath: "/"))
        #expect(ending.status == 78)
        #expect(ending.complaints.hasPrefix("socials-pipeline: there is no socials.yml in / or above it; "))
        #expect(ending.complaints.split(separator: "\n").count == 1)
        #expect(ending.output == "")
    }

    @Test func `prints no color to a file unless it is told to`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One")]) { shop in
            let plain = try await shop.run("sync", "--dry-run")
            let colored = try await shop.run("sync", "--dry-run", "--color", "always")
            let quiet = try await shop.run("sync", "--quiet")
            #expect(!plain.output.contains("\u{1B}"))
            #expect(colored.output.contains("\u{1B}["))
            #expect(quiet.output == "" && quiet.complaints == "")
        }
    }
}

@Suite struct `The demo` {
    private static let example = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "example-content")

    /// Runs it in an empty folder, which is also where it makes its copy.
    private func demo(
        _ arguments: String..., watch: @Sendable (Running, URL) async throws -> Void
    ) async throws {
        try await Places.workshops.hold {
            let folder = FileManager.default.temporaryDirectory.appending(
                path: "socials-demo-test-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let run = try Running(
                Program.path(), ["demo", "--from", Self.example.path] + arguments, in: folder,
                environment: ["HOME": folder.path, "TMPDIR": folder.path, "PATH": "/usr/bin:/bin", "TERM": "dumb"])
            try await watch(run, folder)
            try FileManager.default.removeItem(at: folder)
        }
    }

    /// Processes that were started with this home.
    private func processes(with home: URL) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.filter { entry in
            guard Int(entry) != nil, let variables = try? Data(contentsOf: URL(filePath: "/proc/\(entry)/environ"))
            else {
                return false
            }
            return variables.range(of: Data("HOME=\(home.path)\0".utf8)) != nil
        }
    }

    @Test func `publishes the example, shows it and leaves nothing running`() async throws {
        try await demo { run, folder in
            let ending = await run.ending()
            #expect(ending.status == 0, "\(ending)")
            for network in ["x", "linkedin", "instagram"] {
                #expect(ending.output.contains("\n  \(network)  "), "\(ending.output)")
            }
            #expect(ending.output.contains("committed "))
            #expect(processes(with: folder) == [])
        }
    }

    @Test func `prints everything as JSON`() async throws {
        try await demo("--json") { run, _ in
            let ending = await run.ending()
            let json = try JSON(parsing: ending.output)
            #expect(json["sync"]?["failed"] == [])
            #expect(json["sync"]?["published"]?.array?.isEmpty == false)
            #expect(json["live"]?.array?.isEmpty == false)
        }
    }

    @Test func `keeps the sandbox running until it is asked to end`() async throws {
        try await demo("--keep-running") { run, folder in
            for _ in 0..<2400 where !run.output.contains("sandbox: ") { try await Task.sleep(for: .milliseconds(25)) }
            #expect(processes(with: folder).count == 1)
            run.signal(SIGINT)
            #expect(await run.ending().status == 0)
            #expect(processes(with: folder) == [])
        }
    }
}
