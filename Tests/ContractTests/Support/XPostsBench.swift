import HTTP
import JSON
import Platforms
import Posts
import Sandbox
import Synchronization
import TestSupport

/// The account of a post, connected to a sandbox of its own at a clock that stands still.
final class XPostsBench: Sendable {
    private let sandbox: Sandbox
    private let clock = TestClock(nine)
    private let platform: XPlatform
    private let account: Account
    private let drafts = Mutex<[Int: XDraft]>([:])
    /// A post of somebody else, to be quoted.
    private let other: Receipt

    /// - Parameter credentials: others than the keys of OAuth 1.0a.
    init(_ post: XPosts.Read, credentials: [String: String]? = nil) async throws {
        sandbox = try Sandbox()
        account = post.account
        let transport = SandboxTransport(sandbox, clock: clock)
        let plan = ["x/pro": "+premium", "x/studio": "+enterprise"][account.id.description] ?? ""
        platform = Self.platform(
            account, credentials ?? SandboxCredentials.x(account: account.id.name + plan), transport, clock, post.media)
        let stranger = Self.platform(
            Account(id: AccountID(.x, "stranger")), SandboxCredentials.x(account: "stranger"), transport, clock,
            post.media)
        other = try await Self.publish(
            Step(index: 0, kind: .post, text: "To be quoted"), XDraft(json: ["media": []]), after: [], stranger, clock)
    }

    private static func platform(
        _ account: Account, _ credentials: [String: String], _ transport: SandboxTransport, _ clock: TestClock,
        _ media: FolderMedia
    ) -> XPlatform {
        let chance = Mutex(SeededRandom(seed: account.id.name.count))
        return XPlatform(
            Session(
                account: account, credentials: Credentials(credentials.mapValues { .init($0) }), transport: transport,
                clock: clock, media: media,
                random: { chance.withLock { UInt128.random(in: .min ... .max, using: &$0) } }))
    }

    /// Changes the sandbox, e.g. `faults` with `{"network": "x", "fault": "no-credit"}`.
    func change(_ page: String, _ body: String) async { _ = await sandbox.control("POST", page, body) }

    var now: Instant { clock.now }

    /// The step with the id of a post that is there to be quoted.
    private func quoting(_ step: Step) -> Step {
        var step = step
        if step.options["quoteTweetId"] != nil { step.options["quoteTweetId"] = other.id }
        return step
    }

    /// What was uploaded for a step that is prepared.
    func draft(of step: Step) -> XDraft? { drafts.withLock { $0[step.index] } }

    /// Waits as long as X wants; the drafts go through JSON, as they do between runs.
    func prepare(_ step: Step, after earlier: [Receipt]) async throws(PlatformFailure) {
        var draft: XDraft?
        for _ in 0..<50 {
            switch try await platform.prepare(step, after: earlier, resuming: draft) {
            case .ready(let made):
                return drafts.withLock { $0[step.index] = XDraft(json: made.json) }
            case .notYet(let made, let look):
                draft = XDraft(json: made.json)
                await clock.sleep(until: look)
            }
        }
        throw PlatformFailure(.permanent, code: "test.never-ready", "X never gets ready")
    }

    func publish(_ step: Step, after earlier: [Receipt]) async throws -> Receipt {
        if draft(of: step) == nil { try await prepare(step, after: earlier) }
        return try await Self.publish(quoting(step), draft(of: step), after: earlier, platform, clock)
    }

    private static func publish(
        _ step: Step, _ draft: XDraft?, after earlier: [Receipt], _ platform: XPlatform, _ clock: TestClock
    ) async throws -> Receipt {
        guard let draft else { throw NotPrepared() }
        let line = JournalLine.Sending(
            delivery: DeliveryID("posts/a.md", AccountID(.x, "acme")), attempt: AttemptID(at: clock.now, random: 7),
            generation: 1, step: step.index, at: clock.now, draft: draft.json)
        let claim = try await Ledger(journal: NoJournal()).claim(
            line, fence: Fence(leaseEnd: clock.now + .minutes(10)), now: clock.now)
        return try await platform.publish(step, draft: draft, after: earlier, claim: claim)
    }

    func find(_ step: Step, _ draft: XDraft?, after earlier: [Receipt]) async throws(PlatformFailure) -> Finding {
        try await platform.find(quoting(step), draft: draft, after: earlier, since: clock.now - .minutes(1))
    }

    private struct NotPrepared: Error {}
}

extension XPostsBench {
    /// What people see of the account, a line for each post and for each thing it shows.
    var live: [String] {
        get async throws {
            let posts = try JSON(parsing: await sandbox.control("GET", "posts")).array ?? []
            return Shown.x(posts.filter { $0["account"]?.string == account.id.name }, other: other.id)
        }
    }
}
