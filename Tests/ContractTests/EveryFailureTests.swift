import HTTP
import JSON
import Platforms
import Posts
import TestSupport
import Testing

/// What a client makes of trouble: how long it waits, whom it concerns, and that nothing is guessed.
@Suite struct `Every network in trouble` {
    private static var all: [Subject] { get throws { try Subject.all } }

    @Test(arguments: try all)
    func `calls a refusal that it does not know final, for this post alone`(subject: Subject) async throws {
        for body in [#"{}"#, #""<html>Teapot</html>""#, #"{"message": "no"}"#, #"{"error": {"code": 987654}}"#] {
            let bench = try Bench(subject)
            let failure = try #require(
                await failure { () throws(PlatformFailure) in
                    try await bench.attempt("Hello", fault: #""fault": "status", "status": 418, "body": \#(body)"#)
                })
            #expect(failure.kind == .permanent, "\(body): \(failure)")
            #expect(failure.scope == .delivery, "\(body): \(failure)")
            #expect(failure.status == 418)
        }
    }

    @Test(arguments: try all)
    func `takes no answer for a success that does not say what was published`(subject: Subject) async throws {
        for body in [#""""#, "[]", "{}", "null", #"{"id": {}}"#, #"{"data": []}"#, #""<html>Welcome</html>""#] {
            let bench = try Bench(subject)
            let failure = await failure { () throws(PlatformFailure) in
                try await bench.attempt("Hello", fault: #""fault": "status", "status": 200, "body": \#(body)"#)
            }
            #expect(failure?.kind == .ambiguous, "\(body): \(String(describing: failure))")
        }
    }

    @Test(arguments: try all)
    func `takes trouble with a look-up for a delay, and never for an absence`(subject: Subject) async throws {
        for fault in [#""fault": "status", "status": 500"#, #""fault": "drop-after""#, #""fault": "truncate""#] {
            let bench = try Bench(subject)
            let step = try subject.step("Hello")
            let draft = try await bench.prepare(step)
            await bench.fault(#""fault": "drop-before""#)
            _ = await failure { () throws(PlatformFailure) in try await bench.publish(step, draft) }
            await bench.fault(fault + #", "times": 20"#, operation: "any")
            let kind: PlatformFailure.Kind?
            do {
                let finding = try await bench.find(step, draft)
                #expect(subject.isBlind && finding == .unclear, "\(fault): \(finding)")
                kind = nil
            } catch {
                kind = error.kind
            }
            #expect(kind == nil || kind == .retryable, "\(fault): \(String(describing: kind))")
        }
    }

    @Test(arguments: try all)
    func `takes an upload that stopped for a delay, and ends it at the next try`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let step = try subject.step("Hello", pictures: 2)
        await bench.fault(#""fault": "status", "status": 503, "nth": 2"#, operation: "any")
        let failure = await failure { () throws(PlatformFailure) in try await bench.prepare(step) }
        #expect(failure == nil || failure?.kind == .retryable, "\(String(describing: failure))")
        #expect(bench.publishing.isEmpty)
        _ = try await bench.publish(step, try await bench.prepare(step))
        #expect(try await bench.live.map(\.alts.count) == [2])
    }

    @Test(arguments: try all)
    func `asks once who it is, however many want to know`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let names = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<10 { group.addTask { try? await bench.actor() } }
            return await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(names.count == 1 && !names.contains(nil))
        #expect(bench.requests.count <= 1)
    }

    @Test(arguments: try all)
    func `stops the whole network for an empty balance where the balance is the app's, else nothing`(
        subject: Subject
    ) async throws {
        let bench = try Bench(subject)
        let failure = await failure { () throws(PlatformFailure) in
            try await bench.attempt("Hello", fault: #""fault": "status", "status": 402, "body": {}"#)
        }
        let isShared = subject.platform.network == .x
        #expect(failure?.scope == (isShared ? .network : .delivery))
        #expect(failure?.kind == (isShared ? .account : .permanent))
    }

    @Test(arguments: try all)
    func `finds a post that shows up late, and says nothing false until then`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let step = try subject.step("Hello")
        let draft = try await bench.prepare(step)
        await bench.fault(#""fault": "late-visibility", "seconds": 300"#)
        let receipt = try await bench.publish(step, draft)
        let early = try await bench.find(step, nil)
        if case .unclear = early { #expect(subject.isBlind) }
        await bench.clock.sleep(until: bench.clock.now + .minutes(6))
        switch try await bench.find(step, nil) {
        case .published(let found): #expect(found.id == receipt.id)
        case .unclear: #expect(subject.isBlind)
        case .absent: Issue.record("still absent")
        }
    }

    @Test(arguments: try all)
    func `sends the same words as one post, whatever an earlier try left behind`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let step = try subject.step("Hello")
        // Two preparations of which one is given up: a run that died before it sent anything.
        _ = try await bench.prepare(step)
        _ = try await bench.publish(step, try await bench.prepare(step))
        #expect(try await bench.live.map(\.text) == ["Hello"])
    }
}
