import Posts

extension Run {
    /// EXACTLY-ONCE 4 holds for people too: that often a lost race is decided again.
    private static var mostRaces: Int { 10 }
    private static var shortestPause: Duration { .milliseconds(50) }

    /// Changes the claims by compare-and-swap. Whoever loses the race reads and decides again, because what was decided
    /// may be wrong by then.
    /// - Parameter decide: the next tree and what was decided; a nil tree changes nothing.
    func change<Decision: Sendable>(
        _ decide: (ClaimsTree) async throws(Refusal) -> (next: ClaimsTree?, Decision)
    ) async throws(Refusal) -> Decision {
        var (tree, version) = ground.claimed
        for race in 0..<Self.mostRaces {
            let (next, decision) = try await decide(tree)
            guard let next else { return decision }
            let answer = await parts.exchanger.exchange(Exchange(claims: next, version: version, results: [:])).claims
            switch answer {
            case .success: return decision
            case .failure(.lost), .failure(.uncertain), nil: break
            case .failure(let error): throw Refusal(error)
            }
            await pause(afterRaces: race)
            let before = tree
            do { (tree, version) = try await parts.exchanger.read() } catch { throw Refusal(error) }
            if case .failure(.uncertain) = answer, tree.has(next, since: before) { return decision }
        }
        throw Refusal(.tryAgain, "other runs changed the claims \(Self.mostRaces) times in a row")
    }

    /// Runners that lost the same race must not run the next one at the same moment.
    private func pause(afterRaces races: Int) async {
        let longest = Self.shortestPause * Double(1 << min(races, 5))
        let chance = Double(environment.random() >> 104) / Double(1 << 24)
        await environment.clock.sleep(until: environment.clock.now + longest * chance)
    }
}

extension ClaimsTree {
    /// Whether it holds everything by which `next` differs from `before`.
    fileprivate func has(_ next: ClaimsTree, since before: ClaimsTree) -> Bool {
        pause == next.pause
            && next.entries.allSatisfy { id, entry in entry == before.entries[id] || entry == entries[id] }
    }
}
