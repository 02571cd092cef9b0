import HTTP
import Platforms
import Posts

/// Why a bucket did not take an object: `<Error><Code>…</Code><Message>…</Message></Error>`.
struct S3Error: Sendable, Hashable {
    let status: Int
    let code: String
    let message: String
    /// Where the bucket is, if it is elsewhere.
    let region: String?

    init(_ response: Response) {
        let text = response.text
        status = response.status
        code = Self.element("Code", of: text)
        message = Self.element("Message", of: text)
        region = response.headers["x-amz-bucket-region"]
    }

    /// A wrong setting stops the account until a person changes it; all else passes. Keys are never quoted: S3 repeats
    /// what was signed only in elements that are not read here.
    var failure: PlatformFailure {
        let words = [code, message].filter { !$0.isEmpty }.joined(separator: ": ")
        let sentence = "S3 answered \(status)" + (words.isEmpty ? "" : ": \(words.prefix(200))")
        func wrong(_ hint: String) -> PlatformFailure {
            PlatformFailure(
                .config, scope: .account, code: "media-host.refused", sentence, hint: hint, status: status)
        }
        switch (code, status) {
        case ("SlowDown", _), ("RequestTimeout", _), ("InternalError", _), ("ServiceUnavailable", _),
            (_, 500...), (_, 408), (_, 429):
            return PlatformFailure(.retryable, code: "media-host.unavailable", sentence, status: status)
        case ("XAmzContentSHA256Mismatch", _), ("BadDigest", _), ("IncompleteBody", _):
            return PlatformFailure(.retryable, code: "media-changed", sentence, status: status)
        case ("RequestTimeTooSkewed", _):
            return wrong("set the clock of this machine")
        case ("NoSuchBucket", _): return wrong("check bucket: of mediaHost in socials.yml")
        case (_, 300..<400), ("AuthorizationHeaderMalformed", _), ("IllegalLocationConstraintException", _):
            return wrong(
                region.map { "write region: \($0) at mediaHost in socials.yml" }
                    ?? "check region: and endpoint: of mediaHost in socials.yml")
        case ("ExpiredToken", _): return wrong("get new temporary credentials: AWS_SESSION_TOKEN has expired")
        default: return wrong("check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and their right to put objects there")
        }
    }

    /// The text of the first element of that name, on one line.
    private static func element(_ name: String, of text: String) -> String {
        guard let start = text.firstRange(of: "<\(name)>"),
            let end = text[start.upperBound...].firstRange(of: "</\(name)>")
        else { return "" }
        return text[start.upperBound..<end.lowerBound].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
