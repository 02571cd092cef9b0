/// Header fields as libcurl takes them, checked: no field can end early and become two.
struct HeaderLines {
    private(set) var lines: [String] = []
    private var names: Set<String> = []
    private let host: String

    init(host: String) { self.host = host }

    /// The caller's fields. `Host` and `Content-Length` are the transport's own; saying the same is harmless,
    /// saying something else is refused.
    mutating func add(_ headers: Headers, for url: URLParts, bodyLength: Int) throws(TransportError) {
        for (name, value) in headers.fields {
            if try isTransportsOwn(name, value, for: url, bodyLength) { continue }
            try add(name, value)
        }
    }

    /// Whether the transport says the same itself.
    private func isTransportsOwn(
        _ name: String, _ value: Secret, for url: URLParts, _ bodyLength: Int
    ) throws(TransportError) -> Bool {
        switch name.lowercased() {
        case "host" where value.reveal().lowercased() == url.authority: return true
        case "content-length" where value.reveal() == String(bodyLength): return true
        case "host", "content-length", "transfer-encoding":
            throw TransportError(
                sent: .no, reason: "the request to \(host) sets the header \(name) itself, which is the transport's")
        default: return false
        }
    }

    mutating func add(_ headers: Headers) throws(TransportError) {
        for (name, value) in headers.fields { try add(name, value) }
    }

    private mutating func add(_ name: String, _ value: Secret) throws(TransportError) {
        guard isToken(name) else {
            throw TransportError(sent: .no, reason: "the request to \(host) has a header whose name is not a token")
        }
        let text = value.reveal()
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            throw TransportError(
                sent: .no, reason: "the header \(name) of the request to \(host) holds a control character")
        }
        // "Name:" would remove the field; a semicolon sends it empty.
        lines.append(text.isEmpty ? name + ";" : name + ": " + text)
        names.insert(name.lowercased())
    }

    /// Keeps libcurl from adding fields of its own that nobody asked for.
    mutating func suppress(_ unwanted: [String]) {
        for name in unwanted where !names.contains(name.lowercased()) { lines.append("\(name):") }
    }
}

/// RFC 9110 §5.6.2.
private func isToken(_ name: String) -> Bool {
    !name.isEmpty
        && name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
}
