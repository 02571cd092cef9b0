import Foundation
import Git
import Pipeline

/// The commit of 20 results in a grown repository, beside what a person would type for the same files.
struct Recording {
    /// A batch.
    private static let files = 20

    let corpus: Corpus
    private let repository: GitRepository
    private let paths: [String]
    private let turns = Turns()

    private final class Turns { var count = 0 }

    /// - Parameter folder: where the remote goes.
    init(_ corpus: Corpus, in folder: String) async throws {
        self.corpus = corpus
        repository = try GitRepository(at: corpus.root, in: Environment.live([:], sends: false))
        let remote = folder + "/remote.git"
        try Self.git("init", "--quiet", "--bare", remote)
        try Self.git("-C", corpus.root, "remote", "add", "origin", "file://" + remote)
        try Self.git("-C", corpus.root, "push", "--quiet", "origin", "main")
        paths = try FileManager.default.subpathsOfDirectory(atPath: corpus.root)
            .filter { $0.hasSuffix(".results.json") }.sorted().prefix(Self.files).map(\.self)
    }

    func run(_ rounds: Int) async throws {
        let subjects: [(name: String, run: () async throws -> Void)] = [
            ("git add, commit", { try addAndCommit() }),
            ("git push", { try Self.git("-C", corpus.root, "push", "--quiet", "origin", "main") }),
            ("tree and commit", { try await commit() }),
            ("index", { _ = try await repository.refreshIndex(paths) }),
        ]
        let costs = try await measure(rounds, subjects)
        let yardstick = costs[0].cpu + costs[1].cpu
        print("\(paths.count) results among \(corpus.posts) posts; medians of \(rounds) rounds")
        print("                     wall ms    CPU ms ÷ all of git")
        for (subject, cost) in zip(subjects, costs) {
            print(label(subject.name) + column(cost.wall) + column(cost.cpu) + column(cost.cpu / yardstick, 13))
        }
        let status = try Self.git("-C", corpus.root, "status", "--porcelain")
        guard status.isEmpty else { throw Wrong(sentence: "not clean: \(status.prefix(200))") }
        print("")
    }

    private func addAndCommit() throws {
        try write()
        try Self.git(["-C", corpus.root, "add"] + paths)
        try Self.git(
            "-C", corpus.root, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "--quiet", "--message",
            "Results")
    }

    /// Other bytes of the same length each time.
    private func write() throws {
        turns.count += 1
        for path in paths { try Files.replace(corpus.root + "/" + path, with: bytes, durable: false) }
    }

    private var bytes: [UInt8] { Array("{\"deliveries\": {}, \"turn\": \(1000 + turns.count), \"version\": 1}\n".utf8) }

    private func commit() async throws {
        try write()
        let head = try await repository.head
        let commit = try await repository.makeCommit(
            Dictionary(uniqueKeysWithValues: paths.map { ($0, bytes) }), on: head.commit,
            author: Author(name: "A", email: "a@example.com", seconds: 1_796_000_000), message: "Results\n")
        guard try await repository.moveBranch(head, to: commit) else { throw Wrong(sentence: "the branch moved") }
    }

    private struct Wrong: Error { let sentence: String }

    @discardableResult
    private static func git(_ arguments: String...) throws -> String { try git(arguments) }

    @discardableResult
    private static func git(_ arguments: [String]) throws -> String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Wrong(sentence: "git \(arguments.prefix(4))") }
        return text
    }
}
