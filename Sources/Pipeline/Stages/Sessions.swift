import HTTP
import JSON
import Platforms
import Posts

/// One platform at work for one account, its draft type hidden behind JSON.
protocol PlatformSession: Sendable {
    func prepare(_ step: Step, _ earlier: [Receipt], _ draft: JSON?) async throws(PlatformFailure) -> Event.Prepared
    func publish(_ step: Step, _ draft: JSON, _ earlier: [Receipt], claim: consuming Claim)
        async throws(PlatformFailure) -> Receipt
    func find(_ step: Step, _ draft: JSON?, _ earlier: [Receipt], since start: Instant)
        async throws(PlatformFailure) -> Finding
    func link(to receipt: Receipt) async throws(PlatformFailure) -> String?
}

/// The sessions of a run, one per account, made when first needed.
actor Sessions {
    private let configuration: Configuration
    private let environment: Environment
    private let transport: any Transport
    private let media: @Sendable (AccountID) -> any MediaSource
    private var sessions: [AccountID: any PlatformSession] = [:]

    init(
        configuration: Configuration, environment: Environment, transport: any Transport,
        media: @escaping @Sendable (AccountID) -> any MediaSource
    ) {
        self.configuration = configuration
        self.environment = environment
        self.transport = transport
        self.media = media
    }

    func of(_ id: AccountID) throws(PlatformFailure) -> any PlatformSession {
        if let session = sessions[id] { return session }
        guard let account = configuration.accounts[id], let platform = Catalogue.platform(for: id.network) else {
            throw PlatformFailure(
                .config, scope: .account, code: "\(id.network.rawValue).unknown-account",
                "\(id) is not in socials.yml")
        }
        let session = Session(
            account: account, credentials: EnvironmentCredentials.load(id, from: environment.variables),
            transport: transport, clock: environment.clock, media: media(id), random: environment.random)
        let opened = open(platform, session)
        sessions[id] = opened
        return opened
    }

    /// The media of a step that is live need no public address any more.
    func withdrawMedia(of step: Step, for id: AccountID) async {
        guard let account = configuration.accounts[id], let platform = Catalogue.platform(for: id.network) else {
            return
        }
        let media = media(id)
        for file in platform.capabilities(of: account).media.fetched(step.media) { await media.withdraw(file) }
    }

    private func open<P: Platform>(_ platform: P.Type, _ session: Session) -> any PlatformSession {
        OpenPlatform(platform: P(session))
    }
}

private struct OpenPlatform<P: Platform>: PlatformSession {
    let platform: P

    func prepare(_ step: Step, _ earlier: [Receipt], _ draft: JSON?) async throws(PlatformFailure) -> Event.Prepared {
        let actor = try await platform.actor()
        switch try await platform.prepare(step, after: earlier, resuming: draft.flatMap(P.Draft.init(json:))) {
        case .ready(let draft): return Event.Prepared(draft: draft.json, lookAgain: nil, actor: actor)
        case .notYet(let draft, let moment): return Event.Prepared(draft: draft.json, lookAgain: moment, actor: actor)
        }
    }

    func publish(
        _ step: Step, _ draft: JSON, _ earlier: [Receipt], claim: consuming Claim
    ) async throws(PlatformFailure) -> Receipt {
        guard let draft = P.Draft(json: draft) else {
            throw PlatformFailure(.retryable, code: "\(P.network.rawValue).lost-draft", "the prepared media were lost")
        }
        return try await platform.publish(step, draft: draft, after: earlier, claim: claim)
    }

    func find(
        _ step: Step, _ draft: JSON?, _ earlier: [Receipt], since start: Instant
    ) async throws(PlatformFailure) -> Finding {
        try await platform.find(step, draft: draft.flatMap(P.Draft.init(json:)), after: earlier, since: start)
    }

    func link(to receipt: Receipt) async throws(PlatformFailure) -> String? { try await platform.link(to: receipt) }
}
