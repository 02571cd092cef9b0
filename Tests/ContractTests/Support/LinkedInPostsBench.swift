import Foundation
import HTTP
import JSON
import Platforms
import Posts
import Sandbox
import Synchronization
import TestSupport

/// The account of a post, connected to a sandbox at a clock that stands still. Tokens may comment.
final class LinkedInPostsBench: Sendable {
    private let account: Account
    private let sandbox: Sandbox
    private let clock: TestClock
    private let wire: Wire
    private let platform: LinkedInPlatform
    /// The post that `urn:li:share:1` stands for.
    private let parent = Mutex("")

    convenience init(_ post: LinkedInPosts.Read, rights: String = "+feed") throws {
        self.init(post, rights: rights, try Sandbox(), TestClock(nine))
    }

    /// A later run of the same post in the same world.
    convenience init(_ post: LinkedInPosts.Read, after earlier: LinkedInPostsBench) throws {
        self.init(post, rights: "+feed", earlier.sandbox, earlier.clock)
    }

    private init(_ post: LinkedInPosts.Read, rights: String, _ sandbox: Sandbox, _ clock: TestClock) {
        (account, self.sandbox, self.clock) = (post.account, sandbox, clock)
        var credentials = SandboxCredentials.linkedIn(account: "jane", organization: account.author != nil)
        credentials["ACCESS_TOKEN"]? += rights
        wire = Wire(SandboxTransport(sandbox, clock: clock))
        platform = LinkedInPlatform(
            Session(
                account: account, credentials: Credentials(credentials.mapValues { Secret($0) }), transport: wire,
                clock: clock, media: post.media, random: { 1 }))
    }

    /// Counts what is sent besides questions.
    private final class Wire: Transport {
        private let inner: SandboxTransport
        private let sent = Mutex(0)

        init(_ inner: SandboxTransport) { self.inner = inner }

        var count: Int { sent.withLock { $0 } }

        func send(_ request: Request) async throws(TransportError) -> Response {
            if request.method != .get { sent.withLock { $0 += 1 } }
            return try await inner.send(request)
        }
    }

    /// The requests so far that were no questions.
    var sent: Int { wire.count }

    /// Puts a post into the world that can be shared again.
    func publishParent() async throws {
        let step = Step(index: 0, kind: .post, text: "To be shared again")
        let receipt = try await publish(step, try await prepare(step, []), [])
        parent.withLock { $0 = receipt.id }
    }

    /// The step with the post that is there to be shared again.
    private func sharing(_ step: Step) -> Step {
        var step = step
        let key = "reshareContext.parent"
        if step.options[key] == "urn:li:share:1" { step.options[key] = parent.withLock { $0 } }
        return step
    }

    /// Waits as long as LinkedIn wants.
    func prepare(
        _ step: Step, _ earlier: [Receipt], resuming draft: JSON? = nil
    ) async throws(PlatformFailure) -> JSON {
        var draft = draft.flatMap(LinkedInDraft.init(json:))
        for _ in 0..<50 {
            switch try await platform.prepare(sharing(step), after: earlier, resuming: draft) {
            case .ready(let draft): return draft.json
            case .notYet(let made, let moment):
                draft = LinkedInDraft(json: made.json)
                await clock.sleep(until: moment)
            }
        }
        throw PlatformFailure(.permanent, code: "test.never-ready", "LinkedIn never gets ready")
    }

    func publish(_ step: Step, _ draft: JSON, _ earlier: [Receipt]) async throws -> Receipt {
        let line = JournalLine.Sending(
            delivery: DeliveryID("posts/a.md", account.id), attempt: AttemptID(at: clock.now, random: 7),
            generation: 1, step: step.index, at: clock.now, draft: draft)
        let claim = try await Ledger(journal: NoJournal()).claim(
            line, fence: Fence(leaseEnd: clock.now + .minutes(10)), now: clock.now)
        guard let draft = LinkedInDraft(json: draft) else {
            throw PlatformFailure(.permanent, code: "test.bad-draft", "the draft does not survive JSON")
        }
        return try await platform.publish(sharing(step), draft: draft, after: earlier, claim: claim)
    }

    func find(_ step: Step, _ draft: JSON?) async throws -> Finding {
        try await platform.find(
            sharing(step), draft: draft.flatMap(LinkedInDraft.init(json:)), after: [], since: clock.now)
    }

    /// What people see besides the post that is shared again, a line for each post.
    var live: [String] {
        get async throws {
            let posts = try JSON(parsing: await sandbox.control("GET", "posts")).array ?? []
            return Shown.linkedIn(Array(posts.dropFirst()))
        }
    }
}
