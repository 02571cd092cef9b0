import Foundation
import HTTP
import JSON
import Platforms
import Posts
import Sandbox
import Synchronization
import TestSupport

/// A subject connected to a sandbox of its own, at a clock that stands still.
final class Bench: Sendable {
    struct Live: Sendable, Hashable {
        let id: String
        let text: String
        let author: String
        let url: String
        let alts: [String?]
        let replyTo: String?
    }

    let subject: Subject
    let clock = TestClock(nine)
    private let sandbox: Sandbox
    private let wire: Wire
    private let platform: any Platform
    private let folder: URL

    init(_ subject: Subject, token suffix: String = "") throws {
        self.subject = subject
        folder = FileManager.default.temporaryDirectory.appending(path: "contract-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for index in 0..<25 { try Data(Subject.bytes).write(to: folder.appending(path: "\(index).jpg")) }
        sandbox = try Sandbox(static: ["media.example.com": folder.path])
        wire = Wire(SandboxTransport(sandbox, clock: clock))
        var credentials = subject.credentials
        credentials["ACCESS_TOKEN"]? += suffix
        if let token = credentials["ACCESS_TOKEN"], credentials["ACCESS_TOKEN_SECRET"] != nil {
            credentials["ACCESS_TOKEN_SECRET"] = token + "-secret"
        }
        let chance = Mutex(SeededRandom(seed: 1))
        platform = subject.platform.init(
            Session(
                account: subject.account, credentials: Credentials(credentials.mapValues { Secret($0) }),
                transport: wire, clock: clock, media: Media(),
                random: { chance.withLock { UInt128.random(in: .min ... .max, using: &$0) } }))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private struct Media: MediaSource {
        func open(_ file: MediaFile) async throws(PlatformFailure) -> any OpenMedia {
            HeldMedia(bytes: Subject.bytes, contentType: "image/jpeg")
        }

        func publicURL(of file: MediaFile) async throws(PlatformFailure) -> String {
            "https://media.example.com/" + file.path
        }
    }

    /// Remembers what was sent, and refuses connections when told to.
    private final class Wire: Transport {
        private let inner: SandboxTransport
        private let state = Mutex((requests: [Request](), refuses: false))

        init(_ inner: SandboxTransport) { self.inner = inner }

        var requests: [Request] { state.withLock { $0.requests } }
        func refuse() { state.withLock { $0.refuses = true } }

        func send(_ request: Request) async throws(TransportError) -> Response {
            let isRefused = state.withLock { state in
                if !state.refuses { state.requests.append(request) }
                return state.refuses
            }
            if isRefused { throw TransportError(sent: .no, reason: "the connection was refused") }
            return try await inner.send(request)
        }
    }

    // MARK: The four calls, drafts as JSON

    func actor() async throws(PlatformFailure) -> String { try await platform.actor() }

    /// Waits as long as the network wants.
    func prepare(
        _ step: Step, after earlier: [Receipt] = [], resuming draft: JSON? = nil
    ) async throws(PlatformFailure) -> JSON {
        var draft = draft
        for _ in 0..<50 {
            let (made, lookAgain) = try await prepared(platform, step, earlier, draft)
            guard let lookAgain else { return made }
            draft = made
            await clock.sleep(until: lookAgain)
        }
        throw PlatformFailure(.permanent, code: "test.never-ready", "the network never gets ready")
    }

    private func prepared<P: Platform>(
        _ platform: P, _ step: Step, _ earlier: [Receipt], _ draft: JSON?
    ) async throws(PlatformFailure) -> (JSON, Instant?) {
        switch try await platform.prepare(step, after: earlier, resuming: draft.flatMap(P.Draft.init(json:))) {
        case .ready(let draft): (draft.json, nil)
        case .notYet(let draft, let moment): (draft.json, moment)
        }
    }

    func publish(
        _ step: Step, _ draft: JSON, after earlier: [Receipt] = []
    ) async throws(PlatformFailure) -> Receipt {
        try await published(platform, step, draft, earlier)
    }

    private func published<P: Platform>(
        _ platform: P, _ step: Step, _ draft: JSON, _ earlier: [Receipt]
    ) async throws(PlatformFailure) -> Receipt {
        let line = JournalLine.Sending(
            delivery: DeliveryID("posts/a.md", subject.account.id), attempt: AttemptID(at: clock.now, random: 7),
            generation: 1, step: step.index, at: clock.now, draft: draft)
        let claim: Claim
        do {
            claim = try await Ledger(journal: NoJournal()).claim(
                line, fence: Fence(leaseEnd: clock.now + .minutes(10)), now: clock.now)
        } catch {
            throw PlatformFailure(.permanent, code: "test.no-claim", "\(error)")
        }
        guard let draft = P.Draft(json: draft) else {
            throw PlatformFailure(.permanent, code: "test.bad-draft", "the draft does not survive JSON")
        }
        return try await platform.publish(step, draft: draft, after: earlier, claim: claim)
    }

    func find(
        _ step: Step, _ draft: JSON?, after earlier: [Receipt] = []
    ) async throws(PlatformFailure) -> Finding {
        try await found(platform, step, draft, earlier)
    }

    private func found<P: Platform>(
        _ platform: P, _ step: Step, _ draft: JSON?, _ earlier: [Receipt]
    ) async throws(PlatformFailure) -> Finding {
        try await platform.find(step, draft: draft.flatMap(P.Draft.init(json:)), after: earlier, since: nine)
    }

    func link(to receipt: Receipt) async throws(PlatformFailure) -> String? { try await platform.link(to: receipt) }

    /// Prepares and publishes one step of several.
    func attempt(_ step: Step, after earlier: [Receipt]) async throws(PlatformFailure) -> Receipt {
        try await publish(step, try await prepare(step, after: earlier), after: earlier)
    }

    /// Prepares and publishes a picture under these words, after `fault` was set.
    func attempt(_ text: String, fault: String? = nil) async throws(PlatformFailure) -> Receipt {
        let step: Step
        do { step = try subject.step(text) } catch {
            throw PlatformFailure(.permanent, code: "test.no-step", "\(error)")
        }
        let draft = try await prepare(step)
        if let fault { await self.fault(fault) }
        return try await publish(step, draft)
    }

    // MARK: The world

    /// E.g. `"fault": "drop-after"`; strikes the next request that publishes.
    func fault(_ members: String, operation: String = "publish") async {
        _ = await sandbox.control(
            "POST", "faults", "{\"network\": \"\(subject.network)\", \"operation\": \"\(operation)\", \(members)}")
    }

    /// From now on nothing can be reached.
    func refuseConnections() { wire.refuse() }

    var live: [Live] {
        get async throws {
            try JSON(parsing: await sandbox.control("GET", "posts")).array?.map { post in
                Live(
                    id: post["id"]?.string ?? "", text: post["text"]?.string ?? "",
                    author: post["author"]?.string ?? "",
                    url: post["url"]?.string ?? "", alts: (post["media"]?.array ?? []).map { $0["alt"]?.string },
                    replyTo: post["replyTo"]?.string)
            } ?? []
        }
    }

    /// The requests that publish.
    var publishing: [Request] {
        wire.requests.filter { request in
            request.method == .post
                && ["/2/tweets", "/rest/posts", "/media_publish"].contains { request.url.hasSuffix($0) }
        }
    }

    var requests: [Request] { wire.requests }
    var secrets: [String] {
        subject.credentials.filter { $0.key != "CLIENT_ID" && $0.key != "CONSUMER_KEY" }.map(\.value)
    }
}

/// What `work` fails with; nil if it succeeds.
func failure(_ work: () async throws(PlatformFailure) -> some Any) async -> PlatformFailure? {
    do {
        _ = try await work()
        return nil
    } catch {
        return error
    }
}
