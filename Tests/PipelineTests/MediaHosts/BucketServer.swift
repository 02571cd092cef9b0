import Crypto
import Foundation
import HTTP
import HTTPServer
import Posts
import Synchronization

/// A bucket that believes nothing: every request's signature is computed again, by code of its own.
final class BucketServer: Sendable {
    struct Object: Sendable, Hashable {
        var bytes: [UInt8]
        var type: String
    }

    static let variables = [
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret/key+", "AWS_REGION": "eu-central-1",
    ]

    private let clock: any WallClock
    private let state = Mutex((objects: [String: Object](), log: [String]()))

    init(clock: any WallClock) { self.clock = clock }

    var objects: [String: Object] { state.withLock { $0.objects } }
    /// Methods and paths, in order; a refused request with the reason.
    var log: [String] { state.withLock { $0.log } }

    func answer(_ request: ServerRequest) -> ServerAnswer {
        let path = String(request.target.prefix { $0 != "?" })
        if let reason = refusal(request) {
            state.withLock { $0.log.append("\(request.method) \(path) refused: \(reason)") }
            let body = "<Error><Code>\(reason)</Code><Message>no</Message></Error>"
            return ServerAnswer(403, body: Array(body.utf8))
        }
        return state.withLock { state in
            state.log.append("\(request.method) \(path)")
            switch request.method {
            case "PUT":
                state.objects[path] = Object(bytes: request.body, type: request.header("content-type") ?? "")
                return ServerAnswer(200)
            case "DELETE":
                state.objects[path] = nil
                return ServerAnswer(204)
            default:
                guard let object = state.objects[path] else { return ServerAnswer(404) }
                let headers = [(name: "Content-Type", value: object.type)]
                guard request.header("range") == "bytes=0-0" else {
                    return ServerAnswer(200, headers: headers, body: object.bytes)
                }
                return ServerAnswer(
                    206, headers: headers + [("Content-Range", "bytes 0-0/\(object.bytes.count)")],
                    body: Array(object.bytes.prefix(1)))
            }
        }
    }

    // MARK: The signature, computed again

    private func refusal(_ request: ServerRequest) -> String? {
        let sides = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        let query = sides.count > 1 ? sides[1] : ""
        return query.contains("X-Amz-Signature=")
            ? refusal(ofAddress: request, sides[0], query) : refusal(ofHeaders: request, sides[0], query)
    }

    private func refusal(ofAddress request: ServerRequest, _ path: String, _ query: String) -> String? {
        var fields: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
            fields[sides[0]] = (sides.count > 1 ? sides[1] : "").removingPercentEncoding
        }
        let rest = query.split(separator: "&").filter { !$0.hasPrefix("X-Amz-Signature=") }.sorted()
            .joined(separator: "&")
        guard let date = fields["X-Amz-Date"], let seconds = fields["X-Amz-Expires"].flatMap({ Int64($0) }),
            seconds <= 604_800, let moment = Self.moment(date)
        else { return "AuthorizationQueryParametersError" }
        if clock.now >= moment + .seconds(seconds) { return "AccessDenied" }
        let text = "\(request.method)\n\(path)\n\(rest)\nhost:\(request.header("host") ?? "")\n\nhost\nUNSIGNED-PAYLOAD"
        return signature(text, date, fields["X-Amz-Credential"]) == fields["X-Amz-Signature"]
            ? nil : "SignatureDoesNotMatch"
    }

    private func refusal(ofHeaders request: ServerRequest, _ path: String, _ query: String) -> String? {
        guard let authorization = request.header("authorization"), let date = request.header("x-amz-date"),
            let payload = request.header("x-amz-content-sha256")
        else { return "AccessDenied" }
        var parts: [String: String] = [:]
        for part in authorization.drop(while: { $0 != " " }).split(separator: ",") {
            let sides = part.trimmingCharacters(in: .whitespaces).split(separator: "=", maxSplits: 1).map(String.init)
            if sides.count == 2 { parts[sides[0]] = sides[1] }
        }
        let hash = SHA256.hash(data: request.body).map { String(format: "%02x", $0) }.joined()
        guard payload == hash else { return "XAmzContentSHA256Mismatch" }
        let names = parts["SignedHeaders"] ?? ""
        let lines = names.split(separator: ";").map { "\($0):\(request.header(String($0)) ?? "")\n" }.joined()
        let text = "\(request.method)\n\(path)\n\(query)\n\(lines)\n\(names)\n\(payload)"
        guard let moment = Self.moment(date), abs((clock.now - moment).components.seconds) <= 900 else {
            return "RequestTimeTooSkewed"
        }
        return signature(text, date, parts["Credential"]) == parts["Signature"] ? nil : "SignatureDoesNotMatch"
    }

    private func signature(_ text: String, _ date: String, _ credential: String?) -> String {
        let scope = [String(date.prefix(8)), "eu-central-1", "s3", "aws4_request"]
        guard credential == (["AKIDEXAMPLE"] + scope).joined(separator: "/") else { return "" }
        func mac(_ key: [UInt8], _ text: String) -> [UInt8] {
            Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: key)))
        }
        let key = scope.reduce(Array("AWS4secret/key+".utf8)) { mac($0, $1) }
        let hash = SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined()
        let toSign = "AWS4-HMAC-SHA256\n\(date)\n\(scope.joined(separator: "/"))\n\(hash)"
        return mac(key, toSign).map { String(format: "%02x", $0) }.joined()
    }

    private static func moment(_ text: String) -> Instant? {
        let digits = Array(text)
        guard digits.count == 16 else { return nil }
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        return Instant(
            rfc3339: "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z")
    }
}
