import HTTP
import JSON
import Posts
import TestSupport
import Testing

@testable import Platforms

/// One network's client, called as the engine calls it.
struct FuzzedNetwork: Sendable, CustomStringConvertible, CustomTestStringConvertible {
    let platform: any Platform.Type
    let account: Account
    let credentials: [String: String]

    private static let secrets = ["ACCESS_TOKEN": "secret-token", "CLIENT_ID": "client"]

    static let all = [
        FuzzedNetwork(platform: XPlatform.self, account: XFixtures.account, credentials: secrets),
        FuzzedNetwork(platform: LinkedInPlatform.self, account: page, credentials: secrets),
        FuzzedNetwork(platform: InstagramPlatform.self, account: shop, credentials: secrets),
    ]

    var description: String { platform.network.rawValue }
    var testDescription: String { description }

    /// Failures of the table of errors, and answers that mean success.
    func seeds() throws -> AnswerSeeds {
        let rows = try clientTable("\(self)/errors") + clientTable("\(self)/answers")
        return AnswerSeeds(
            answers: rows.map { row in
                let body = row["body"] ?? .null
                return FuzzedAnswers.Answer(
                    status: row["status"]?.integer ?? 200,
                    headers: (row["headers"]?.object ?? [:]).compactMapValues(\.string),
                    body: body == .null ? [] : body.string.map { Array($0.utf8) } ?? body.compact())
            })
    }

    /// What came of the call, and how many answers it took.
    func outcome(of answers: FuzzedAnswers) async throws -> (outcome: String, used: Int) {
        try await Self.outcome(of: answers, platform, account, credentials)
    }

    private static func outcome<P: Platform>(
        of answers: FuzzedAnswers, _ type: P.Type, _ account: Account, _ credentials: [String: String]
    ) async throws -> (outcome: String, used: Int) {
        // Behind the last one nothing comes any more.
        let rest = ScriptedTransport.Rule(matches: { _ in true }, answer: .neverSent, always: true)
        var inOrder = answers.answers.map(\.result)
        // Instagram's quota is asked beside the container and its status: whichever comes first, it has the third answer.
        let quota = type.network == .instagram && inOrder.count > 2 ? inOrder.remove(at: 2) : .neverSent
        let transport = ScriptedTransport(
            [.on(.get, "/content_publishing_limit", quota, always: true)]
                + inOrder.map { .init(matches: { _ in true }, answer: $0) } + [rest])
        let file = picture("a.jpg")
        let client = P(
            session(
                account: account, credentials: credentials, transport: transport,
                media: TestMedia(files: ["a.jpg": [UInt8](repeating: 7, count: 1000)])))
        let step = Step(index: 0, kind: .post, text: "Hello", media: [file])
        do throws(PlatformFailure) {
            let outcome = try await call(client, answers.call, step, account)
            return (outcome, min(transport.requests.count, answers.answers.count))
        } catch {
            #expect(!error.code.isEmpty && !error.message.isEmpty)
            #expect(!error.message.contains("secret-token"), "\(error.message)")
            #expect(transport.requests.count < 100, "it asks without an end")
            let sent = transport.requests.indices.filter { transport.requests[$0].repetition == .forbidden }
            #expect(sent.count <= 1, "it publishes twice")
            #expect(answers.call == .publish || sent.isEmpty, "it publishes where it is not asked to")
            if let sent = sent.first, error.kind != .ambiguous, answers.answers.indices.contains(sent) {
                // Something may be live behind a success, unless an error is inside, as Meta's APIs do it.
                let answer = answers.answers[sent]
                let isRefusal = (try? JSON(parsing: answer.body))?["error"]?.object != nil
                #expect(
                    answer.status != 0 && (!(200..<300).contains(answer.status) || isRefusal),
                    "\(error) after \(answer.status)")
            }
            #expect(answers.call == .publish || error.kind != .ambiguous)
            return (
                "\(error.kind)".prefix { $0 != "(" } + " " + error.code,
                min(transport.requests.count, answers.answers.count)
            )
        }
    }

    private static func call<P: Platform>(
        _ client: P, _ call: FuzzedAnswers.Call, _ step: Step, _ account: Account
    ) async throws(PlatformFailure) -> String {
        switch call {
        case .actor: return try await client.actor().isEmpty ? "nobody" : "an actor"
        case .find:
            switch try await client.find(step, draft: nil, after: [], since: XFixtures.now) {
            case .published(let receipt): return receipt.id.isEmpty ? "found nameless" : "found"
            case .absent: return "absent"
            case .unclear: return "unclear"
            }
        case .prepare, .publish:
            guard case .ready(let draft) = try await client.prepare(step, after: [], resuming: nil) else {
                return "not yet"
            }
            guard call == .publish else { return "ready" }
            let claim: Claim
            do { claim = try await PlatformsTests.claim(account.id) } catch {
                throw PlatformFailure(.permanent, code: "test.claim", "\(error)")
            }
            let receipt = try await client.publish(step, draft: draft, after: [], claim: claim)
            return receipt.id.isEmpty ? "published nameless" : "published"
        }
    }
}
