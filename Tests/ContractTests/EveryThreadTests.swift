import Platforms
import Posts
import TestSupport
import Testing

/// A post in several parts, on networks that have threads and on those that do not.
@Suite struct `Every network keeps a thread or joins its parts, and` {
    private static let parts = ["One", "Two", "Three"]
    private static var all: [Subject] { get throws { try Subject.all } }

    @Test(arguments: try all)
    func `says which`(subject: Subject) throws {
        let steps = try subject.steps(Self.parts)
        if subject.hasThreads {
            #expect(steps.map(\.text) == Self.parts)
            #expect(steps.map(\.kind) == [.post, .reply, .reply])
            #expect(steps.map(\.index) == [0, 1, 2])
        } else {
            #expect(steps.map(\.text) == ["One\n\nTwo\n\nThree"])
            #expect(steps.map(\.kind) == [.post])
        }
    }

    @Test(arguments: try all)
    func `publishes each part below the one before, once`(subject: Subject) async throws {
        let bench = try Bench(subject)
        var receipts: [Receipt] = []
        let steps = try subject.steps(Self.parts)
        for step in steps { receipts.append(try await bench.attempt(step, after: receipts)) }
        let live = try await bench.live
        #expect(live.map(\.text) == steps.map(\.text))
        #expect(live.map(\.id) == receipts.map(\.id))
        #expect(live.map(\.replyTo) == [nil] + receipts.dropLast().map(\.id))
        #expect(bench.publishing.count == steps.count)
    }

    @Test(arguments: try all)
    func `goes on with the part that stopped, never with one before it`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let steps = try subject.steps(Self.parts)
        var receipts: [Receipt] = []
        for (index, step) in steps.enumerated() {
            if index == steps.count / 2 {
                let failure = await failure { () throws(PlatformFailure) in
                    let draft = try await bench.prepare(step, after: receipts)
                    await bench.fault(#""fault": "rate-limit", "seconds": 60"#)
                    return try await bench.publish(step, draft, after: receipts)
                }
                guard case .after(let moment) = failure?.kind else {
                    Issue.record("\(String(describing: failure))"); return
                }
                await bench.clock.sleep(until: moment)
            }
            // From the text and the receipts alone, as a later run does.
            receipts.append(try await bench.attempt(step, after: receipts))
        }
        #expect(try await bench.live.map(\.text) == steps.map(\.text))
    }

    @Test(arguments: try all)
    func `looks for each part where it belongs`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let steps = try subject.steps(Self.parts)
        var receipts: [Receipt] = []
        for step in steps {
            let before = try await bench.find(step, nil, after: receipts)
            #expect(before == (subject.isBlind ? .unclear : .absent), "\(step.text)")
            let draft = try await bench.prepare(step, after: receipts)
            let receipt = try await bench.publish(step, draft, after: receipts)
            switch try await bench.find(step, draft, after: receipts) {
            case .published(let found): #expect(found.id == receipt.id, "\(step.text)")
            case .unclear: #expect(subject.isBlind, "\(step.text)")
            case .absent: Issue.record("\(step.text) is live and not found")
            }
            receipts.append(receipt)
        }
    }
}
