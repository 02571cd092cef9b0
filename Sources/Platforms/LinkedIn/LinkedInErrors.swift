import HTTP
import JSON
import Posts

/// What LinkedIn's refusals mean.
struct LinkedInErrors {
    let session: Session

    /// The failure that an answer without success stands for.
    func failure(_ response: Response, to asking: Asking) -> PlatformFailure {
        let answer = Answer(response)
        let row = LinkedInRules.failures.first {
            ($0.status ?? response.status) == response.status && ($0.code.map(answer.codes.contains) ?? true)
        }
        var failure = failure(row?.meaning ?? meaning(of: response.status), answer, response, asking)
        failure.status = response.status
        failure.trace = response.headers["x-li-uuid"] ?? response.headers["x-li-request-id"]
        return failure
    }

    /// A success without what it should hold.
    func unreadable(_ response: Response, to asking: Asking, _ what: String) -> PlatformFailure {
        PlatformFailure(
            asking.unanswered, code: "linkedin.unreadable", "LinkedIn answered \(response.status) without \(what)",
            status: response.status, trace: response.headers["x-li-uuid"])
    }

    /// The rows that the table does not list. Only a clear no of the API is one: redirects and errors of a server are not.
    private func meaning(of status: Int) -> LinkedInRules.Meaning {
        (400..<500).contains(status) ? .never("linkedin.refused", nil) : .unanswered
    }

    private func failure(
        _ meaning: LinkedInRules.Meaning, _ answer: Answer, _ response: Response, _ asking: Asking
    ) -> PlatformFailure {
        let said =
            "LinkedIn answered \(response.status)"
            + (answer.message.isEmpty ? "" : ": \(session.quotable(answer.message))")
        return switch meaning {
        case .duplicate:
            PlatformFailure(
                .permanent, code: "linkedin.duplicate", said, hint: "change the words; LinkedIn refuses them twice",
                duplicate: PlatformFailure.Duplicate(
                    receipt: LinkedInPost.urn(in: answer.message).map {
                        LinkedInPost.receipt($0, at: session.clock.now, found: .recovered)
                    }))
        case .token:
            PlatformFailure(
                .auth, scope: .account, code: "linkedin.token-invalid", said,
                hint: "sign in again and set \(session.account.id.environmentVariable("ACCESS_TOKEN"))")
        case .permission:
            PlatformFailure(
                .auth, scope: .account, code: "linkedin.no-permission", said,
                hint: session.account.isOrganization
                    ? "the token needs w_organization_social, and its member a role at the page that may post"
                    : "the token needs w_member_social")
        case .version:
            PlatformFailure(
                .config, scope: .network, code: "linkedin.version", said,
                hint: session.account.version == nil
                    ? "LinkedIn has retired version \(LinkedInRules.version); update socials-pipeline, "
                        + "or name a newer one: version: of \(session.account.id)"
                    : "\(session.account.id) names a version that LinkedIn does not know; take version: out")
        case .rateLimited:
            PlatformFailure(
                .after(response.retryAfter(session.clock.now) ?? session.clock.now.nextMidnight), scope: .account,
                code: "linkedin.rate-limited", said,
                hint: "the daily limits of the app and of the member end at 00:00 UTC")
        case .unanswered: PlatformFailure(asking.unanswered, code: "linkedin.no-answer", said)
        case .later(let code): PlatformFailure(.retryable, code: code, said)
        case .wait(let code, let pause): stillWorking(code, pause, said)
        case .never(let code, let hint): PlatformFailure(.permanent, code: code, said, hint: hint)
        }
    }

    /// Members may not ask how far their pictures and documents are, so that posting them comes too early at times.
    private func stillWorking(_ code: String, _ pause: Duration, _ said: String) -> PlatformFailure {
        var failure = PlatformFailure(.after(session.clock.now + pause), code: code, said)
        failure.keepsDraft = true
        return failure
    }
}

/// The parts of an error body that matter; all of them may be missing.
private struct Answer {
    let message: String
    let codes: Set<String>

    init(_ response: Response) {
        let body = response.json
        let details = body?["errorDetails"]?["inputErrors"]?.array ?? []
        message = body?["message"]?.string ?? details.first?["description"]?.string ?? ""
        var codes = Set(details.compactMap { $0["code"]?.string })
        if let code = body?["code"]?.string { codes.insert(code) }
        // Seen without details too; the message is the part that names the earlier post.
        if response.status == 422, message.contains("duplicate of urn:li:") { codes.insert("DUPLICATE_POST") }
        self.codes = codes
    }
}

extension Instant {
    /// The next 00:00 UTC.
    var nextMidnight: Instant {
        let day: Int64 = 86_400_000
        return Instant(milliseconds: milliseconds - (milliseconds % day + day) % day + day)
    }
}
