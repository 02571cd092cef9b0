import HTTP
import JSON
import Posts

/// What an error of a Graph API means.
enum MetaGraphMeaning: Sendable, Hashable {
    /// The token is dead.
    case token
    /// A right or capability is missing.
    case permission
    /// The account may not publish for now.
    case blocked
    /// The day's posts are used up.
    case quota
    case rateLimited
    /// The container is still worked on, or not seen yet: the same one again.
    case notReady
    /// The container is spoilt and nothing was published: a new one may do.
    case newContainer
    /// The network's fetcher did not get the file.
    case mediaHost
    /// The file is not one that the network takes.
    case media
    /// The request is wrong.
    case refused
    case notFound
    /// The same words are live already.
    case duplicate
    /// The server failed: nobody knows what it did.
    case server
}

/// The general error codes. Source: the Graph error-handling and rate-limiting pages, 2026-06-02.
/// An envelope's code is tried as: the network's own subcode, code with subcode, code, `is_transient`, HTTP status.
enum MetaGraphCodes {
    static let meanings: [Int: MetaGraphMeaning] = [
        1: .server, 2: .server,
        3: .permission, 10: .permission,
        9: .quota, 24: .notReady, 25: .blocked,
        4: .rateLimited, 17: .rateLimited, 32: .rateLimited, 341: .rateLimited, 613: .rateLimited,
        102: .token, 190: .token,
        352: .media, 368: .blocked, 506: .duplicate,
        9004: .mediaHost, 9007: .notReady,
        36000: .media, 36001: .media, 36003: .media, 36004: .refused,
    ]

    static func meaning(of code: Int) -> MetaGraphMeaning? {
        switch code {
        case 200...299: .permission
        // Business-use-case limits; which numbers are in use: an open-source publisher, 2026-03-16.
        case 80000...80006, 80008, 80009, 80014: .rateLimited
        default: meanings[code]
        }
    }

    /// Code 100 with this subcode: the object does not exist, or the token may not see it.
    static let notFound = 33
}

/// The parts of the error envelope that matter; all of them may be missing.
struct MetaGraphError: Sendable, Hashable {
    var code: Int?
    var subcode: Int?
    var message: String
    var isTransient: Bool
    var trace: String?

    init(_ response: Response) {
        let error = response.json?["error"]
        code = error?["code"]?.integer
        subcode = error?["error_subcode"]?.integer
        message = error?["error_user_msg"]?.string ?? error?["message"]?.string ?? ""
        isTransient = error?["is_transient"]?.bool ?? false
        trace = error?["fbtrace_id"]?.string
    }

    func meaning(status: Int, subcodes: [Int: MetaGraphMeaning]) -> MetaGraphMeaning {
        if let own = subcode.flatMap({ subcodes[$0] }) { return own }
        if code == 100, subcode == MetaGraphCodes.notFound { return .notFound }
        if let known = code.flatMap(MetaGraphCodes.meaning) { return known }
        if isTransient { return .server }
        return switch status {
        case 401: .token
        case 403: .permission
        case 404: .notFound
        case 429: .rateLimited
        case 400..<500 where status != 408: .refused
        default: .server
        }
    }
}

extension MetaGraph {
    /// The failure that an answer without success stands for.
    func failure(_ response: Response, to asking: Asking) -> PlatformFailure {
        let error = MetaGraphError(response)
        let words = error.message.isEmpty ? "" : ": \(session.quotable(error.message))"
        var meaning = error.meaning(status: response.status, subcodes: subcodes)
        // A server that fails says nothing sure about what it did, whatever it blames.
        if response.status >= 500, !meaning.isAboutTheAccount { meaning = .server }
        var failure = failure(
            meaning, to: asking, "\(network.title) answered \(response.status)\(words)", regained: regained(response))
        failure.status = response.status
        failure.trace = error.trace
        return failure
    }

    /// The failure of a known meaning. `regained` is when a rate limit ends, by default in an hour.
    func failure(
        _ meaning: MetaGraphMeaning, to asking: Asking, _ message: String, regained: Instant? = nil
    ) -> PlatformFailure {
        func failed(
            _ kind: PlatformFailure.Kind, _ reason: String, scope: PlatformFailure.Scope = .delivery,
            hint: String? = nil
        ) -> PlatformFailure {
            PlatformFailure(kind, scope: scope, code: "\(network.rawValue).\(reason)", message, hint: hint)
        }
        let inAnHour = session.clock.now + .hours(1)
        let token = session.account.id.environmentVariable("ACCESS_TOKEN")
        return switch meaning {
        case .token: failed(.auth, "token-invalid", scope: .account, hint: "sign in again and set \(token)")
        case .permission:
            failed(
                .auth, "no-permission", scope: .account,
                hint: "sign in again with the rights to publish and set \(token)")
        case .blocked:
            failed(
                .account, "blocked", scope: .account,
                hint: "open \(network.title) as this account and see what it asks for")
        case .quota: failed(.after(inAnHour), "quota", scope: .account, hint: "posts of the last 24 hours count")
        case .rateLimited: failed(.after(regained ?? inAnHour), "rate-limited", scope: .account)
        case .notReady: failed(.retryable, "not-ready")
        case .newContainer: failed(.retryable, "container-failed")
        case .mediaHost:
            failed(
                .permanent, "media-host",
                hint: "the file's public URL must answer 200 without a login or a redirect, with the file's own type")
        case .media: failed(.permanent, "media-refused")
        case .refused: failed(.permanent, "refused")
        case .notFound: failed(.permanent, "not-found")
        case .duplicate:
            PlatformFailure(
                .permanent, code: "\(network.rawValue).duplicate", message, duplicate: PlatformFailure.Duplicate())
        case .server: failed(asking.unanswered, "no-answer")
        }
    }

    /// When the calls of this account count again: `X-Business-Use-Case-Usage`, minutes by kind of use in arrays by
    /// business; else `Retry-After`.
    private func regained(_ response: Response) -> Instant? {
        let usage = response.headers["X-Business-Use-Case-Usage"].flatMap { try? JSON(parsing: $0) }
        let minutes =
            (usage?.object ?? [:]).values.flatMap { $0.array ?? [] }
            .compactMap { $0["estimated_time_to_regain_access"]?.integer }.max() ?? 0
        let now = session.clock.now
        guard minutes > 0, minutes < 1 << 20 else { return response.retryAfter(now) }
        return now + .minutes(Int64(minutes))
    }
}

extension MetaGraphMeaning {
    fileprivate var isAboutTheAccount: Bool {
        switch self {
        case .token, .permission, .blocked, .quota, .rateLimited: true
        case .notReady, .newContainer, .mediaHost, .media, .refused, .notFound, .duplicate, .server: false
        }
    }
}
