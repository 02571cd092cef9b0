import HTTP
import JSON
import Posts

/// Whether a request may be sent a second time, and so what the loss of its answer means.
enum Asking: Sendable, Hashable {
    /// Uploads, look-ups: a lost answer is only a delay.
    case repeatable
    /// The one request that publishes: a lost answer may mean published.
    case publishing

    /// The kind of failure when nobody knows whether the request took effect.
    var unanswered: PlatformFailure.Kind {
        switch self {
        case .repeatable: .retryable
        case .publishing: .ambiguous
        }
    }

    /// What a transport error means.
    func failure(_ error: TransportError, of network: Network) -> PlatformFailure {
        switch error.sent {
        case .no:
            PlatformFailure(.retryable, code: "\(network.rawValue).unreachable", "\(network.title): \(error.reason)")
        case .maybe:
            PlatformFailure(unanswered, code: "\(network.rawValue).no-answer", "\(network.title): \(error.reason)")
        }
    }
}

extension Response {
    /// The body as JSON; nil if it is none.
    var json: JSON? { try? JSON(parsing: body) }

    /// The moment of a `Retry-After` in seconds; nil without one, or if it is a date.
    func retryAfter(_ now: Instant) -> Instant? {
        guard let seconds = headers["Retry-After"].flatMap({ Int64($0) }), seconds >= 0, seconds < 1 << 31
        else { return nil }
        return now + .seconds(seconds)
    }
}

extension Session {
    func bearer() throws(PlatformFailure) -> Secret {
        Secret("Bearer " + (try credentials.require("ACCESS_TOKEN", for: account.id)).reveal())
    }

    /// A network's own words for people: one line, at most 300 characters, without the credentials that some repeat
    /// and the queries of URLs, which may be signatures.
    func quotable(_ message: String) -> String {
        var message = message
        if let token = credentials["ACCESS_TOKEN"] { message = message.replacing(token.reveal(), with: "•••") }
        let line = message.split(whereSeparator: \.isWhitespace).map { word in
            guard word.contains("://"), let query = word.firstIndex(of: "?") else { return String(word) }
            return word[..<query] + "?…"
        }
        .joined(separator: " ")
        return line.count > 300 ? line.prefix(299) + "…" : line
    }
}
