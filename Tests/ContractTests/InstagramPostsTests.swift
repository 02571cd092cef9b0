import JSON
import Posts
import TestSupport
import Testing

@testable import Platforms

@Suite struct `A post for Instagram` {
    @Test(arguments: try InstagramStudio.folder.names(in: "valid"))
    func `that fits is published as it was meant, and found again`(_ name: String) async throws {
        let studio = try InstagramStudio()
        let (account, composition, diagnostics) = try studio.compose("valid/\(name).md")
        #expect(diagnostics.filter { $0.severity == .error } == [])
        let steps = try #require(composition?.steps)
        let bench = try studio.bench(for: account)
        let receipts = try await bench.publish(steps)
        #expect(receipts.count == steps.count)
        if InstagramKind(of: steps[0]) != .story { #expect(try await bench.platform.link(to: receipts[0]) != nil) }
        try InstagramStudio.folder.compare(try await bench.shown(), with: "valid/\(name).shown")
    }

    @Test(arguments: try InstagramStudio.folder.names(in: "broken"))
    func `that does not fit is refused at the right place`(_ name: String) throws {
        let (_, _, diagnostics) = try InstagramStudio().compose("broken/\(name).md")
        #expect(diagnostics.contains { $0.severity == .error })
        try InstagramStudio.folder.compare(diagnostics, with: "broken/\(name).expected")
    }
}

@Suite struct `A video that Instagram works on` {
    private func reel() throws -> (InstagramBench, Step) {
        let studio = try InstagramStudio()
        let (account, composition, _) = try studio.compose("valid/reel.md")
        return (try studio.bench(for: account), try #require(composition?.steps.first))
    }

    @Test func `is waited for over many runs, with one container`() async throws {
        let (bench, step) = try reel()
        _ = await bench.sandbox.control(
            "POST", "faults",
            #"{"network": "instagram", "operation": "upload", "fault": "slow-processing", "seconds": 1800}"#)
        let draft = try await bench.prepare(step)
        #expect(bench.clock.now >= nine + .minutes(30))
        #expect(draft.renewals == 0)
        _ = try await bench.publish(step, draft)
    }

    @Test func `gets a new container when the old one has lived for a day`() async throws {
        let (bench, step) = try reel()
        let draft = try await bench.prepare(step)
        bench.clock.advance(by: .hours(24))
        guard case .notYet(let renewed, _) = try await bench.platform.prepare(step, after: [], resuming: draft) else {
            Issue.record("ready at once")
            return
        }
        #expect(renewed.container != draft.container && renewed.renewals == 1)
        bench.clock.advance(by: .minutes(5))
        _ = try await bench.platform.prepare(step, after: [], resuming: renewed)
        guard case .ready(let ready) = try await bench.platform.prepare(step, after: [], resuming: renewed) else {
            Issue.record("never ready")
            return
        }
        _ = try await bench.publish(step, ready)
        #expect(try await bench.shown().first == "reel: A red bicycle on the wall: reel.")
    }
}

@Suite struct `Instagram's quota` {
    @Test func `is read before a post, and names the moment when there is room again`() async throws {
        let studio = try InstagramStudio()
        let (account, composition, _) = try studio.compose("valid/tags-and-link.md")
        let bench = try studio.bench(for: account)
        let step = try #require(composition?.steps.first)
        _ = await bench.sandbox.control("POST", "quota", #"{"instagram": 1}"#)
        _ = try await bench.publish(step, try await bench.prepare(step))
        bench.clock.advance(by: .hours(20))
        let failure = try await #require(throws: PlatformFailure.self) { try await bench.prepare(step) }
        guard case .after(let moment) = failure.kind else { Issue.record("\(failure)"); return }
        #expect(moment > nine + .hours(24) && moment <= nine + .hours(24) + .minutes(23))
        await bench.clock.sleep(until: moment)
        _ = try await bench.publish(step, try await bench.prepare(step))
    }
}
