import HTTP
import JSON
import Platforms
import Posts
import TestSupport
import Testing

/// What a client of a network must do, tried against the emulated networks.
@Suite struct `Every network` {
    private static var all: [Subject] { get throws { try Subject.all } }

    @Test(arguments: try all)
    func `publishes a picture with its words and its alt text, once`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let receipt = try await bench.attempt("Hello")
        let live = try await bench.live
        #expect(live.map(\.text) == ["Hello"])
        #expect(live.map(\.alts) == [["A red bicycle"]])
        #expect(live.first?.id == receipt.id)
        #expect(live.first?.author == (try await bench.actor()))
        #expect(abs((receipt.publishedAt - nine).components.seconds) < 3600)
    }

    @Test(arguments: try all)
    func `publishes words alone, or refuses them with a diagnostic`(subject: Subject) async throws {
        let composition = subject.platform.compose(subject.content("Only words", pictures: 0))
        guard subject.takesWords else {
            return #expect(composition.diagnostics.contains { $0.severity == .error })
        }
        let bench = try Bench(subject)
        let step = try subject.step("Only words", pictures: 0)
        _ = try await bench.publish(step, try await bench.prepare(step))
        #expect(try await bench.live.map(\.text) == ["Only words"])
    }

    @Test(arguments: try all)
    func `sends one request that nothing repeats`(subject: Subject) async throws {
        let bench = try Bench(subject)
        _ = try await bench.attempt("Hello")
        #expect(bench.publishing.count == 1)
        #expect(bench.publishing.allSatisfy { $0.repetition == .forbidden })
        #expect(bench.publishing.allSatisfy { $0.deadline <= Fence.longestRequest })
    }

    @Test(arguments: try all)
    func `tells where a post is`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let url = try await bench.link(to: try await bench.attempt("Hello"))
        let live = try #require(try await bench.live.first)
        // X has addresses with and without the account's name.
        #expect(url == live.url || url.map { $0.hasPrefix("https://x.com/i/") && $0.hasSuffix(live.id) } == true)
    }

    @Test(arguments: try all)
    func `calls a lost answer ambiguous`(subject: Subject) async throws {
        for (fault, count) in [
            (#""fault": "drop-after""#, 1), (#""fault": "drop-before""#, 0), (#""fault": "truncate""#, 1),
            (#""fault": "status", "status": 500"#, 0), (#""fault": "status", "status": 503, "effect": true"#, 1),
        ] {
            let bench = try Bench(subject)
            let failure = await failure { () throws(PlatformFailure) in try await bench.attempt("Hello", fault: fault) }
            #expect(failure?.kind == .ambiguous, "\(fault): \(String(describing: failure))")
            #expect(try await bench.live.count == count, "\(fault)")
            #expect(bench.publishing.count == 1, "\(fault)")
        }
    }

    @Test(arguments: try all)
    func `finds what was published after all`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let step = try subject.step("Hello")
        let draft = try await bench.prepare(step)
        await bench.fault(#""fault": "drop-after""#)
        _ = await failure { () throws(PlatformFailure) in try await bench.publish(step, draft) }
        let id = try await bench.live.first?.id
        for known in [draft, nil] {
            let finding = try await bench.find(step, known)
            guard case .published(let receipt) = finding else {
                #expect(subject.isBlind && finding == .unclear, "\(finding)")
                continue
            }
            #expect(receipt.id == id)
            #expect(receipt.found == .recovered)
        }
    }

    @Test(arguments: try all)
    func `finds nothing where nothing was sent, and never another post`(subject: Subject) async throws {
        let bench = try Bench(subject)
        _ = try await bench.attempt("Hello there")
        let step = try subject.step("Hello")
        let draft = try await bench.prepare(step)
        await bench.fault(#""fault": "drop-before""#)
        _ = await failure { () throws(PlatformFailure) in try await bench.publish(step, draft) }
        for known in [draft, nil] {
            let finding = try await bench.find(step, known)
            #expect(finding == (subject.isBlind ? .unclear : .absent))
        }
    }

    @Test(arguments: try all)
    func `takes a connection that was refused for a delay`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let step = try subject.step("Hello")
        let draft = try await bench.prepare(step)
        bench.refuseConnections()
        let failure = await failure { () throws(PlatformFailure) in try await bench.publish(step, draft) }
        #expect(failure?.kind == .retryable)
        #expect(try await bench.live.isEmpty)
    }

    @Test(arguments: try all)
    func `waits for the end of a rate limit, with the whole account`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let failure = try #require(
            await failure { () throws(PlatformFailure) in
                try await bench.attempt("Hello", fault: #""fault": "rate-limit", "seconds": 600"#)
            })
        guard case .after(let moment) = failure.kind else { Issue.record("\(failure)"); return }
        #expect(moment > bench.clock.now)
        #expect(moment <= bench.clock.now + .hours(24))
        #expect(failure.scope == .account)
        #expect(try await bench.live.isEmpty)
    }

    @Test(arguments: try all)
    func `asks for a new token when it is dead`(subject: Subject) async throws {
        for mark in ["!revoked", "!expired"] {
            let bench = try Bench(subject, token: mark)
            let failure = await failure { () throws(PlatformFailure) in
                _ = try await bench.actor()
                return try await bench.attempt("Hello")
            }
            #expect(failure?.kind == .auth, "\(mark): \(String(describing: failure))")
            #expect(failure?.scope == .account)
        }
        let bench = try Bench(subject)
        let failure = await failure { () throws(PlatformFailure) in
            try await bench.attempt("Hello", fault: #""fault": "expired-token""#)
        }
        #expect(failure?.kind == .auth)
        #expect(try await bench.live.isEmpty)
    }

    @Test(arguments: try all)
    func `goes on from a draft without a second upload`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let step = try subject.step("Hello", pictures: 2)
        let draft = try await bench.prepare(step)
        let sent = bench.requests.count { $0.method != .get }
        let again = try await bench.prepare(step, resuming: try JSON(parsing: draft.compact()))
        #expect(bench.requests.count { $0.method != .get } == sent)
        _ = try await bench.publish(step, again)
        #expect(try await bench.live.map(\.alts.count) == [2])
    }

    @Test(arguments: try all)
    func `refuses too many words with a diagnostic and cuts nothing`(subject: Subject) {
        let text = String(repeating: "word ", count: 1000) + "end"
        let composition = subject.platform.compose(subject.content(text))
        #expect(composition.diagnostics.contains { $0.severity == .error && $0.code == .textTooLong })
        #expect(composition.steps.allSatisfy { $0.text.hasSuffix("end") })
        #expect(composition.lengths.allSatisfy { $0.used > $0.limit })
    }

    @Test(arguments: try all)
    func `takes words of just the length that it allows, and the network agrees`(subject: Subject) async throws {
        let limit = try #require(subject.platform.compose(subject.content("a")).lengths.first?.limit)
        let bench = try Bench(subject)
        _ = try await bench.attempt(String(repeating: "a", count: limit))
        #expect(try await bench.live.map(\.text.count) == [limit])

        let tooLong = String(repeating: "a", count: limit + 1)
        #expect(subject.platform.compose(subject.content(tooLong)).diagnostics.contains { $0.severity == .error })
        var step = try subject.step("a")
        step.text = tooLong
        let failure = await failure { () throws(PlatformFailure) in
            try await bench.publish(step, try await bench.prepare(step))
        }
        #expect(failure?.kind == .permanent, "\(String(describing: failure))")
        #expect(try await bench.live.count == 1)
    }

    @Test(arguments: try all)
    func `takes as many pictures as it allows, and the network agrees`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let step = try subject.step("Pictures", pictures: subject.tooManyPictures - 1)
        _ = try await bench.publish(step, try await bench.prepare(step))
        #expect(try await bench.live.map(\.alts.count) == [subject.tooManyPictures - 1])

        let content = subject.content("More pictures", pictures: subject.tooManyPictures)
        #expect(subject.platform.compose(content).diagnostics.contains { $0.severity == .error })
        var more = try subject.step("More pictures")
        more.media = content.media
        let failure = await failure { () throws(PlatformFailure) in
            try await bench.publish(more, try await bench.prepare(more))
        }
        #expect(failure?.kind == .permanent, "\(String(describing: failure))")
        #expect(try await bench.live.count == 1)
    }

    @Test(arguments: try all)
    func `never says a secret`(subject: Subject) async throws {
        let echo = subject.credentials["ACCESS_TOKEN"] ?? ""
        for fault in [
            #""fault": "drop-after""#, #""fault": "expired-token""#, #""fault": "rate-limit""#,
            #""fault": "status", "status": 400, "body": {"message": "bad token \#(echo)", "detail": "\#(echo)", "#
                + #""error": {"message": "bad token \#(echo)", "code": 100}}"#,
        ] {
            let bench = try Bench(subject)
            let failure = try #require(
                await failure { () throws(PlatformFailure) in try await bench.attempt("Hello", fault: fault) },
                "\(fault)")
            for secret in bench.secrets { #expect(!"\(failure)".contains(secret), "\(fault): \(failure)") }
        }
        let bench = try Bench(subject, token: "!revoked")
        let failure = await failure { () throws(PlatformFailure) in try await bench.attempt("Hello") }
        for secret in bench.secrets { #expect(!"\(String(describing: failure))".contains(secret)) }
    }

    @Test(arguments: try all)
    func `calls nothing ambiguous before it publishes`(subject: Subject) async throws {
        let bench = try Bench(subject)
        let step = try subject.step("Hello")
        await bench.fault(#""fault": "drop-after", "times": 20"#, operation: "any")
        let failure = await failure { () throws(PlatformFailure) in try await bench.prepare(step) }
        #expect(failure?.kind == .retryable, "\(String(describing: failure))")
    }
}
