import Git
import Testing

extension `The git executable` {
    @Suite struct `Four writers at once` {
        /// Each round all four read the same state and replace it by their own.
        private func race(_ scene: Scene, at address: String, rounds: Int) async throws {
            for number in 0..<4 { try await scene.clone("writer\(number)") }
            var history: [ObjectID] = []
            for round in 0..<rounds {
                let outcomes = try await withThrowingTaskGroup(of: (ObjectID, UpdateOutcome?).self) { group in
                    for number in 0..<4 {
                        group.addTask {
                            let executable = scene.executable("writer\(number)")
                            let old = try await executable.fetch(from: address, references: [claims])[claims]
                            #expect(round == 0 || old != nil)
                            let new = try await scene.lonelyCommit("\(round) by \(number)", in: "writer\(number)")
                            let update = ReferenceUpdate(reference: claims, new: new, lease: .expects(old))
                            return (new, try await executable.push(to: address, [update], runsHooks: false)[claims])
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                let standing = try await scene.onRemote(claims)
                let winners = outcomes.filter { $0.1 == .accepted }.map(\.0)
                // Whoever read late may build upon the first, so there may be more than one; the last one stands.
                #expect(!winners.isEmpty)
                #expect(winners.contains { $0 == standing })
                for (_, outcome) in outcomes {
                    switch outcome {
                    case .accepted, .moved: continue
                    case .refused, nil: #expect(Bool(false), "\(String(describing: outcome))")
                    }
                }
                history += winners
            }
            #expect(Set(history).count == history.count)
        }

        /// All read before any writes, so exactly one can win.
        private func duel(_ scene: Scene, at address: String, rounds: Int) async throws {
            for number in 0..<4 { try await scene.clone("writer\(number)") }
            var old: ObjectID?
            for round in 0..<rounds {
                var commits: [ObjectID] = []
                for number in 0..<4 {
                    commits.append(try await scene.lonelyCommit("\(round) by \(number)", in: "writer\(number)"))
                }
                let expected = old
                let outcomes = try await withThrowingTaskGroup(of: (ObjectID, UpdateOutcome?).self) { group in
                    for (number, new) in commits.enumerated() {
                        group.addTask {
                            let update = ReferenceUpdate(reference: claims, new: new, lease: .expects(expected))
                            return (
                                new,
                                try await scene.executable("writer\(number)").push(
                                    to: address, [update], runsHooks: false)[claims]
                            )
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                let winners = outcomes.filter { $0.1 == .accepted }.map(\.0)
                #expect(winners == [try await scene.onRemote(claims)], "\(outcomes)")
                let losers = outcomes.filter { if case .moved = $0.1 { true } else { false } }
                #expect(losers.count == 3, "\(outcomes)")
                old = winners.first
            }
        }

        @Test(arguments: Scene.Transport.allCases)
        func `have one winner each time`(_ transport: Scene.Transport) async throws {
            let scene = try await Scene.withHistory()
            try await duel(scene, at: scene.address(transport), rounds: 3)
        }

        @Test func `have one winner each time over http`() async throws {
            let scene = try await Scene.withHistory()
            try await SmartHTTP.serve(scene) { try await duel(scene, at: $0, rounds: 3) }
        }

        @Test func `never replace what they have not read`() async throws {
            let scene = try await Scene.withHistory()
            try await race(scene, at: scene.remote, rounds: 2)
        }
    }
}
