import Foundation
import Glibc
import Pipeline
import Posts

/// `swift run -c release benchmarks [ROUNDS]`: scan and plan of 1,000 and 10,000 posts, the commit of their results, and
/// publishing to one and to eight accounts, as ratios to the least possible work or to git, measured in the same run.
@main
enum Benchmarks {
    static func main() async throws {
        if CommandLine.arguments.contains(SlowNetwork.argument) { return try await SlowNetwork.serve() }
        let rounds = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 5
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for posts in [1000, 10_000] {
            let corpus = try Corpus(posts: posts, in: folder)
            try await run(corpus, rounds)
            if posts == 10_000 { try await Recording(corpus, in: folder).run(rounds) }
        }
        let network = try SlowNetwork()
        defer { network.stop() }
        for (accounts, deliveries) in [(1, 12), (8, 96)] {
            let corpus = try PublishingCorpus(accounts: accounts, deliveries: deliveries, in: folder)
            try await Publishing(corpus: corpus, network: network, folder: folder).run(rounds)
        }
    }

    private static func run(_ corpus: Corpus, _ rounds: Int) async throws {
        let environment = try Environment.live(["SOCIALS_NOW": Corpus.now], sends: false)
        let workspace = try Workspace.open(at: corpus.root, zones: environment.zones)
        let reader = PostReader(configuration: workspace.configuration, zones: environment.zones)
        let now = environment.clock.now
        var floor = Floor(root: corpus.root)
        floor.run()
        let found = try await plan(corpus.root, in: environment)
        guard floor.posts == corpus.posts, found.posts == corpus.posts, found.due.count == corpus.due,
            found.problems.count == corpus.broken
        else {
            throw Wrong(sentence: "\(found.due.count) due of \(found.posts); \(found.problems.map(\.line))")
        }
        let subjects: [(name: String, run: () async throws -> Void)] = [
            ("floor", { floor.run() }),
            ("scan", { _ = await Scan(root: corpus.root, folders: ["posts"], reader: reader, keep: .due(now)) }),
            ("plan", { _ = try await plan(corpus.root, in: environment) }),
        ]
        let costs = try await measure(rounds, subjects)
        let unit = costs[0]
        let what = "\(corpus.posts) posts, \(corpus.due) deliveries due, \(corpus.broken) broken"
        print("\(what); medians of \(rounds) rounds")
        print("                     wall ms    CPU ms wall ratio CPU ratio")
        for (subject, cost) in zip(subjects, costs) {
            let numbers = [cost.wall, cost.cpu, cost.wall / unit.wall, cost.cpu / unit.cpu]
            print(label(subject.name) + numbers.map { column($0) }.joined())
        }
        print("")
    }

    private struct Wrong: Error { let sentence: String }

    private static func temporaryFolder() throws -> String {
        var template = Array("/tmp/socials-benchmarks-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Wrong(sentence: "no folder in /tmp") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
