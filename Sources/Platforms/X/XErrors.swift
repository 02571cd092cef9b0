import HTTP
import JSON
import Posts

/// What a request is for; the same refusal can mean different things.
enum XCall: Sendable, Hashable {
    case publishing, replying, uploading, reading

    var asking: Asking {
        switch self {
        case .publishing, .replying: .publishing
        case .uploading, .reading: .repeatable
        }
    }
}

/// What X's refusals mean.
struct XErrors {
    let session: Session

    /// The failure that an answer without success stands for.
    func failure(_ response: Response, to call: XCall) -> PlatformFailure {
        let problem = XProblem(response)
        // Only what the API itself says counts; behind an error of its servers nobody knows.
        let isAnswer = (400..<500).contains(response.status)
        let row = XFailureRules.rows.first {
            isAnswer && ($0.calls.isEmpty || $0.calls.contains(call))
                && ($0.status ?? response.status) == response.status && problem.fits($0.sign)
        }
        var failure = failure(row?.meaning ?? meaning(of: response.status), problem, response, call)
        failure.status = response.status
        failure.trace = Self.trace(response)
        return failure
    }

    /// A success without what it should hold.
    func unreadable(_ response: Response, to call: XCall, without what: String) -> PlatformFailure {
        PlatformFailure(
            call.asking.unanswered, code: "x.unreadable", "X answered \(response.status) without \(what)",
            status: response.status, trace: Self.trace(response))
    }

    /// Only a clear no of the API is one: redirects and errors of a server are not.
    private func meaning(of status: Int) -> XFailureRules.Meaning {
        switch status {
        case 400: .permanent("x.invalid-request", nil)
        case 404: .permanent("x.not-found", nil)
        case 401..<500: .permanent("x.refused", nil)
        default: .unanswered
        }
    }

    private func failure(
        _ meaning: XFailureRules.Meaning, _ problem: XProblem, _ response: Response, _ call: XCall
    ) -> PlatformFailure {
        let words = session.quotable(problem.words)
        let said = "X answered \(response.status)" + (words.isEmpty ? "" : ": \(words)")
        let now = session.clock.now
        return switch meaning {
        case .duplicate:
            PlatformFailure(
                .permanent, code: "x.duplicate", said, hint: "X refuses the same words twice; change them",
                duplicate: PlatformFailure.Duplicate())
        case .rateLimited: PlatformFailure(.after(reset(response)), scope: .account, code: "x.rate-limited", said)
        case .unanswered: PlatformFailure(call.asking.unanswered, code: "x.no-answer", said)
        case .deadToken: deadToken(said)
        case .clockSkew:
            PlatformFailure(
                .auth, scope: .account, code: "x.clock-skew", said,
                hint: "set the clock of this machine" + theirTime(response))
        case .transient(let code): PlatformFailure(.retryable, code: code, said)
        case .later(let code, let hint):
            PlatformFailure(.after(now + XRules.longPause), scope: .account, code: code, said, hint: hint)
        case .permanent(let code, let hint): PlatformFailure(.permanent, code: code, said, hint: hint)
        case .stop(let code, let hint): PlatformFailure(.permanent, scope: .account, code: code, said, hint: hint)
        case .auth(let code, let hint): PlatformFailure(.auth, scope: .account, code: code, said, hint: hint)
        case .account(let code, let scope, let hint):
            PlatformFailure(.account, scope: scope, code: code, said, hint: hint)
        case .config(let code, let hint): PlatformFailure(.config, scope: .account, code: code, said, hint: hint)
        }
    }

    private func deadToken(_ said: String) -> PlatformFailure {
        if XAuthorization(session: session).isOAuth1 {
            return PlatformFailure(
                .auth, scope: .account, code: "x.token-invalid", said,
                hint: "make a new token, or check the four keys of OAuth 1.0a")
        }
        return PlatformFailure(
            .auth, scope: .account, code: "x.token-expired", said,
            hint: "tokens of OAuth 2.0 end after two hours; set a new one as "
                + session.account.id.environmentVariable("ACCESS_TOKEN"))
    }

    private func theirTime(_ response: Response) -> String {
        guard let theirs = response.headers["Date"].flatMap(httpDate).map({ Instant(seconds: $0) }) else { return "" }
        let seconds = (session.clock.now - theirs).milliseconds / 1000
        return "; it is \(abs(seconds)) seconds \(seconds < 0 ? "behind" : "ahead of") X's"
    }

    /// When the last window that is used up ends; else what `Retry-After` says; else a minute. The numbers of the short
    /// window look healthy while that of 24 hours is empty.
    private func reset(_ response: Response) -> Instant {
        let now = session.clock.now
        let resets = XRules.windows.compactMap { window -> Instant? in
            guard response.headers[window + "-remaining"].flatMap({ Int($0) }) == 0 else { return nil }
            return response.headers[window + "-reset"].flatMap { UInt32($0) }.map { Instant(seconds: Int64($0)) }
        }
        let moment = resets.max() ?? response.retryAfter(now) ?? now + XRules.pause
        return min(max(moment, now + .seconds(1)), now + XRules.longestWindow)
    }

    private static func trace(_ response: Response) -> String? { response.headers["x-transaction-id"] }
}

/// The parts of an error body that matter, in any of its shapes; all of them may be missing.
private struct XProblem {
    private let type: String
    private let reason: String
    private let codes: Set<Int>
    /// What it says to people.
    let words: String

    init(_ response: Response) {
        let body = response.json
        let errors = body?["errors"]?.array ?? []
        let address = body?["type"]?.string ?? errors.first?["type"]?.string ?? ""
        type = address.split(separator: "/").last.map(String.init) ?? ""
        reason = body?["reason"]?.string ?? ""
        codes = Set((errors + [body].compactMap(\.self)).compactMap { $0["code"]?.integer })
        let told =
            [body?["detail"], body?["error_description"], body?["message"], body?["error"]].compactMap { $0?.string }
            + errors.compactMap { $0["message"]?.string ?? $0["detail"]?.string }
        let title = body?["title"]?.string
        let parameters = Set(errors.flatMap { ($0["parameters"]?.object ?? [:]).keys }).sorted()
        let sentences = (told.isEmpty ? [title].compactMap(\.self) : told).reduce(into: [String]()) { all, next in
            if !all.contains(next) { all.append(next) }
        }
        words =
            (parameters.isEmpty ? "" : parameters.joined(separator: ", ") + ": ") + sentences.joined(separator: " ")
    }

    func fits(_ sign: XFailureRules.Sign) -> Bool {
        switch sign {
        case .any: true
        case .code(let codes): !codes.isDisjoint(with: self.codes)
        case .type(let type): self.type == type
        case .reason(let reason): self.reason == reason
        case .says(let phrases): phrases.contains { words.lowercased().contains($0) }
        }
    }
}
