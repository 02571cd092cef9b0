import Platforms
package import Posts

/// What a person asks for.
package enum Wish: Sendable, Hashable {
    case cancel, retry, notPublished
    /// It is live: an id or an address of the network.
    case published(String)

    fileprivate func instruction(for account: AccountID) throws(Refusal) -> Instruction {
        switch self {
        case .cancel: return .cancel
        case .retry: return .retry
        case .notPublished: return .notPublished
        case .published(let text):
            guard let platform = Catalogue.platform(for: account.network) else {
                throw Refusal(.usage, "\(account.network.title) is not available in this version")
            }
            if let sighting = platform.sighting(text) { return .published(sighting) }
            throw Refusal(
                .usage, "“\(text)” is no post of \(account.network.title)", hint: "write \(platform.sightingForms)")
        }
    }
}

/// Carries out a person's order (EXACTLY-ONCE, "People's orders"): first in the claims, by compare-and-swap and under a
/// new generation, so that no runner can act on what was; then on the branch. If the branch does not take it, the order
/// stands all the same, and any later run writes it down.
package func carryOut(
    _ wish: Wish, _ order: Order, _ options: SyncOptions, in environment: Environment
) async throws(Refusal) -> OrderReport {
    try refuseEarly(environment.variables)
    // Nonsense is answered before anybody is asked.
    for account in order.accounts { _ = try wish.instruction(for: account) }
    return try await Run(options, in: environment).carryOut(wish, order)
}

extension Run {
    fileprivate func carryOut(_ wish: Wish, _ order: Order) async throws(Refusal) -> OrderReport {
        let reader = PostReader(configuration: ground.workspace.configuration, zones: environment.zones)
        let scan = await Scan(
            root: ground.workspace.root, folders: ground.workspace.configuration.posts, reader: reader,
            keep: .only(order.posts))
        var report = try await change { tree async throws(Refusal) -> (next: ClaimsTree?, OrderReport) in
            let now = environment.clock.now
            let orderer = (runner.name, AttemptID(at: now, random: environment.random()))
            var planning = planning(tree, reader, at: now)
            var report = OrderReport(now: now)
            var next = tree
            for (id, standing) in try await planning.standings(of: order, wish, scan) {
                let ruling = try wish.instruction(for: id.account).ruling(
                    on: standing, by: orderer, maxLateness: ground.workspace.configuration.publishing.maxLateness,
                    at: now)
                switch ruling {
                case .changed(let entry):
                    next.entries[id] = entry
                    report.changed.append((id, entry))
                case .refused(let objection): report.refused.append((id, objection))
                }
            }
            report.problems = planning.plan.problems
            return (report.changed.isEmpty ? nil : next, report)
        }
        let results = report.results
        guard !results.isEmpty else { return report }
        // Only now: the branch may take a result although the claims lost their race.
        var recorded = await parts.exchanger.exchange(Exchange(claims: nil, version: nil, results: results)).recorded
        let index = await ground.pending.settle(repository)
        recorded?.notes += index.notes
        recorded?.failures += index.failures
        report.note(recorded)
        return report
    }

    func planning(_ claims: ClaimsTree, _ reader: PostReader, at now: Instant) -> Planning {
        let workspace = ground.workspace
        return Planning(
            workspace: workspace, repository: repository,
            composer: Composer(workspace, reader, in: environment),
            claims: claims, runner: runner, base: ground.base, isGateway: environment.gateway != nil, now: now)
    }
}

extension Planning {
    /// Where each delivery of the order stands. One of several accounts to which `resolve` has nothing to say, and what
    /// the post no longer asks for, is no part of it unless it is named.
    fileprivate mutating func standings(
        of order: Order, _ wish: Wish, _ scan: Scan
    ) async throws(Refusal) -> [(DeliveryID, Standing)] {
        var standings: [(DeliveryID, Standing)] = []
        for path in order.posts.sorted() {
            do {
                let scanned = scan.posts.first { $0.post.path == path }
                let (post, results) = (scanned?.post, try await results(of: path, scanned?.sidecar ?? .none))
                let all = deliveries(of: path, post, results, accounts: order.accounts)
                if all.isEmpty, order.accounts.isEmpty { throw Refusal(.usage, "\(path) is no post") }
                var ofPost: [(DeliveryID, Standing)] = []
                for id in all { ofPost.append((id, try await standing(of: id, post, results))) }
                standings += order.accounts.isEmpty ? try wish.concerned(ofPost, post) : ofPost
            } catch let refusal as Refusal {
                throw refusal
            } catch let failure as Files.Failure {
                throw Refusal(.file, failure.description)
            } catch {
                throw Refusal(.configuration, "\(error)")
            }
        }
        for account in order.accounts.sorted() where !standings.contains(where: { $0.0.account == account }) {
            try configuration.refuseUnknown([account])
            throw Refusal(.usage, "\(order.posts.sorted().joined(separator: ", ")): nothing of it goes to \(account)")
        }
        return standings
    }

    /// As a sync reads them: the file's and the branch's, merged.
    private mutating func results(of post: String, _ sidecar: Scan.Sidecar) async throws -> Results {
        let tip = try await resultsAtTip(of: post)
        switch (sidecar, tip) {
        case (.unreadable, _), (_, nil):
            throw Refusal(
                .invalidPost, "the results of \(post) cannot be read",
                hint: "restore them from git; they prove what was published")
        case (.read(let onDisk), let tip?): return onDisk.merged(with: tip)
        case (.none, let tip?): return tip
        }
    }
}

extension Wish {
    fileprivate func concerned(
        _ all: [(DeliveryID, Standing)], _ post: Post?
    ) throws(Refusal) -> [(DeliveryID, Standing)] {
        switch self {
        case .cancel, .retry:
            let wanted = Set((post?.targets ?? []).map(\.account))
            return all.filter { id, standing in
                wanted.contains(id.account) || standing.result?.state.isSettled != true
            }
        case .published, .notPublished:
            var unsure = all.filter { $0.1.result?.state == .unknown }
            if unsure.isEmpty { unsure = all }
            if case .published = self, unsure.count > 1 {
                throw Refusal(
                    .usage, "the post goes to \(unsure.map(\.0.account.description).joined(separator: ", "))",
                    hint: "say which one is live with --account")
            }
            return unsure
        }
    }
}
