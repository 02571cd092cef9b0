import Foundation
import Pipeline
import Posts

/// A whole sync over a network that is 50 ms away, beside a client that does only what cannot be spared.
struct Publishing {
    let corpus: PublishingCorpus
    let network: SlowNetwork
    let folder: String

    func run(_ rounds: Int) async throws {
        let environment = try Environment.live(corpus.variables(gateway: network.gateway), sends: true)
        let bare = BareClient(port: network.port, folder: folder)
        var copies: [String] = []
        for round in 0...rounds { copies.append(try corpus.copy(round)) }
        let costs = try await measure(
            rounds,
            [
                ("bare client", { try bare.publish(corpus.deliveries, accounts: corpus.accounts) }),
                (
                    "sync",
                    {
                        let report = try await sync(SyncOptions(repository: copies.removeLast()), in: environment)
                        let published = report.outcomes.count { $0.result.state == .published }
                        guard published == corpus.deliveries else {
                            throw Wrong(sentence: "\(published) of \(corpus.deliveries) published: \(report.troubles)")
                        }
                    }
                ),
            ])
        let expected = 2 * (rounds + 1) * corpus.deliveries * PublishingCorpus.requestsADelivery
        let requests = try network.count()
        guard requests == expected else { throw Wrong(sentence: "\(requests) requests in place of \(expected)") }
        report(costs, rounds)
    }

    private func report(_ costs: [Cost], _ rounds: Int) {
        let (deliveries, accounts) = (corpus.deliveries, corpus.accounts)
        print(
            "\(deliveries) deliveries to \(accounts) account\(accounts == 1 ? "" : "s") of X, medians of \(rounds) rounds"
        )
        // Requests of one account follow one another; nobody can be faster.
        let inOrder = (deliveries + accounts - 1) / accounts * PublishingCorpus.requestsADelivery
        let ideal = Double(inOrder) * (SlowNetwork.latency / .milliseconds(1))
        print("                     wall ms wall ÷ ideal  CPU ms a delivery ÷ bare")
        for (name, cost) in zip(["bare client", "sync"], costs) {
            let each = cost.cpu / Double(deliveries)
            print(
                label(name) + column(cost.wall) + column(cost.wall / ideal, 13) + column(each, 19)
                    + column(cost.cpu / costs[0].cpu, 7))
        }
        print("")
    }

    private struct Wrong: Error { let sentence: String }
}
