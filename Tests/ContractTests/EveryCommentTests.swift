import JSON
import Platforms
import Posts
import TestSupport
import Testing

/// Words that the account writes below its own post, on networks that let it; the others say that they do not.
@Suite struct `Every network takes a first comment or refuses it, and` {
    private static let place = Diagnostic.Place(path: "posts/a.md", line: 8, column: 15)
    private static var all: [Subject] { get throws { try Subject.all } }

    private func compose(_ subject: Subject, _ words: String) -> Composition {
        var content = subject.content("Hello")
        content.firstComment = Written(words, at: Self.place)
        return subject.platform.compose(content)
    }

    /// The post and its comment; nil where the network has none, which it must say.
    private func steps(_ subject: Subject) throws -> (post: Step, comment: Step)? {
        let composition = compose(subject, "More below")
        let errors = composition.diagnostics.filter { $0.severity == .error }
        guard composition.steps.contains(where: { $0.kind == .comment }) else {
            #expect(errors.contains { $0.place == Self.place })
            return nil
        }
        #expect(errors == [])
        #expect(composition.steps.map(\.kind) == [.post, .comment])
        #expect(composition.steps.map(\.index) == [0, 1])
        return (composition.steps[0], composition.steps[1])
    }

    @Test(arguments: try all)
    func `says which, as the last step`(subject: Subject) throws {
        if let (post, comment) = try steps(subject) {
            #expect(post.text == "Hello")
            #expect(comment.text == "More below")
            #expect(comment.media.isEmpty)
        }
    }

    @Test(arguments: try all)
    func `refuses one that is too long, where it stands`(subject: Subject) throws {
        let composition = compose(subject, String(repeating: "word ", count: 1000) + "end")
        let error = try #require(composition.diagnostics.first { $0.severity == .error })
        #expect(error.place == Self.place)
    }

    @Test(arguments: try all)
    func `writes it below the post, once`(subject: Subject) async throws {
        guard let (post, comment) = try steps(subject) else { return }
        let bench = try Bench(subject)
        let first = try await bench.attempt(post, after: [])
        let second = try await bench.attempt(comment, after: [first])
        #expect(second.id != first.id)
        let live = try await bench.live
        #expect(live.map(\.text) == ["Hello", "More below"])
        #expect(live.last?.replyTo == live.first?.id)
    }

    @Test(arguments: try all)
    func `calls its lost answer ambiguous, and finds it or says that it cannot`(subject: Subject) async throws {
        guard let (post, comment) = try steps(subject) else { return }
        for fault in [#""fault": "drop-after""#, #""fault": "drop-before""#] {
            let bench = try Bench(subject)
            let first = try await bench.attempt(post, after: [])
            let draft = try await bench.prepare(comment, after: [first])
            await bench.fault(fault, operation: subject.platform.network == .x ? "publish" : "comment")
            let failure = await failure { () throws(PlatformFailure) in
                try await bench.publish(comment, draft, after: [first])
            }
            #expect(failure?.kind == .ambiguous, "\(fault): \(String(describing: failure))")
            let isLive = try await bench.live.count == 2
            switch try await bench.find(comment, draft, after: [first]) {
            case .published(let found): #expect(isLive && found.id != first.id, "\(fault)")
            case .absent: #expect(!isLive, "\(fault)")
            // Nobody may read what is written below a LinkedIn member's post.
            case .unclear: #expect(subject.isBlind, "\(fault)")
            }
        }
    }

    @Test(arguments: try all)
    func `keeps its refusal to itself`(subject: Subject) async throws {
        guard let (post, comment) = try steps(subject) else { return }
        let bench = try Bench(subject)
        let first = try await bench.attempt(post, after: [])
        let draft = try await bench.prepare(comment, after: [first])
        await bench.fault(
            #""fault": "status", "status": 403, "body": {"error": {"code": 10, "message": "no"}, "message": "no"}"#,
            operation: subject.platform.network == .x ? "publish" : "comment")
        let failure = try #require(
            await failure { () throws(PlatformFailure) in try await bench.publish(comment, draft, after: [first]) })
        #expect(failure.kind != .ambiguous, "\(failure)")
        #expect(try await bench.live.map(\.text) == ["Hello"])
    }
}
