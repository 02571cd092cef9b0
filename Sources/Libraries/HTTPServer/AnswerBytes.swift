extension ServerAnswer {
    /// Whether the handler wants the connection to end after this answer.
    var asksToClose: Bool {
        headers.contains { $0.name.lowercased() == "connection" && $0.value.lowercased() == "close" }
    }

    /// The answer as it goes over the wire. `Content-Length`, `Transfer-Encoding` and `Connection` are the server's own:
    /// what the handler says about them is left out. A header that would break the framing turns the answer into a 500.
    /// - Parameter bodyPrefix: sends only so many bytes of the body that Content-Length announces.
    func encoded(closing: Bool, bodyPrefix: Int = .max, withoutBody: Bool = false) -> [UInt8] {
        let isSafe = headers.allSatisfy { field in
            isToken(field.name.utf8) && field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
        }
        guard isSafe, (200...999).contains(status) else {
            let sentence = "the handler's answer is not valid HTTP\n"
            return ServerAnswer(500, body: Array(sentence.utf8)).encoded(closing: true)
        }
        var head = "HTTP/1.1 \(status) \(reasonPhrase(status))\r\n"
        for (name, value) in headers where !isFraming(name) { head += "\(name): \(value)\r\n" }
        // RFC 9110 §8.6: no length in 204; 304 has no body of its own.
        let hasNoBody = status == 204 || status == 304
        if !hasNoBody { head += "Content-Length: \(body.count)\r\n" }
        if closing { head += "Connection: close\r\n" }
        head += "\r\n"
        var bytes = Array(head.utf8)
        if !hasNoBody && !withoutBody { bytes += body.prefix(max(0, bodyPrefix)) }
        return bytes
    }
}

private func isFraming(_ name: String) -> Bool {
    ["content-length", "transfer-encoding", "connection"].contains(name.lowercased())
}

/// RFC 9110 §15 and RFC 6585; clients must not depend on it, people read it in traces.
private func reasonPhrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 206: "Partial Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 303: "See Other"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 402: "Payment Required"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 409: "Conflict"
    case 410: "Gone"
    case 411: "Length Required"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 416: "Range Not Satisfiable"
    case 422: "Unprocessable Content"
    case 426: "Upgrade Required"
    case 428: "Precondition Required"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    default: "Status \(status)"
    }
}
