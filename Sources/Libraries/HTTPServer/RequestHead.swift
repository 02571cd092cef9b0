/// The request line and header fields, read strictly after RFC 9112.
struct RequestHead {
    enum Framing: Equatable {
        case length(Int)
        case chunked
    }

    let method: String
    let target: String
    let headers: [(name: String, value: String)]
    let framing: Framing
    /// Whether the connection ends after the answer.
    let isLast: Bool
    /// Whether the other side waits for "100 Continue" before it sends the body.
    let expectsContinue: Bool

    /// - Parameter head: up to and including the empty line.
    init(_ head: ArraySlice<UInt8>) throws(ReadingError) {
        var lines: [ArraySlice<UInt8>] = []
        for line in head.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) {
            guard line.last == 0x0D, !line.dropLast().contains(0x0D) else {
                throw .refused(400, "every line of the head must end in CRLF")
            }
            lines.append(line.dropLast())
        }
        let words = lines.removeFirst().split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3, isToken(words[0]), words[0].count <= 32 else {
            throw .refused(400, "the request line must be: method, one blank, target, one blank, version")
        }
        let version = String(decoding: words[2], as: UTF8.self)
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
            throw .refused(505, "only HTTP/1.1 and HTTP/1.0 are spoken here")
        }
        guard words[1].first == UInt8(ascii: "/"), words[1].allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .refused(400, "the target must begin with \"/\" and be percent-encoded")
        }
        method = String(decoding: words[0], as: UTF8.self)
        target = String(decoding: words[1], as: UTF8.self)
        var headers: [(name: String, value: String)] = []
        for line in lines.dropLast() { headers.append(try field(line)) }
        self.headers = headers

        let hosts = values(of: "host", in: headers)
        guard hosts.count == 1 || (hosts.isEmpty && version == "HTTP/1.0") else {
            throw .refused(400, "exactly one Host field is needed, not \(hosts.count)")
        }
        framing = try RequestHead.framing(of: headers, version: version)
        let connection = values(of: "connection", in: headers).map { $0.lowercased() }
        isLast = version == "HTTP/1.0" || connection.contains { $0.contains("close") }
        expectsContinue = values(of: "expect", in: headers).contains { $0.lowercased() == "100-continue" }
    }

    private static func framing(
        of headers: [(name: String, value: String)], version: String
    ) throws(ReadingError) -> Framing {
        let codings = values(of: "transfer-encoding", in: headers)
        let lengths = values(of: "content-length", in: headers)
        if let coding = codings.first {
            guard lengths.isEmpty, codings.count == 1, version == "HTTP/1.1" else {
                throw .refused(400, "Transfer-Encoding needs HTTP/1.1, stands alone and without Content-Length")
            }
            guard coding.lowercased() == "chunked" else {
                throw .refused(501, "the only transfer coding is chunked, not \"\(coding)\"")
            }
            return .chunked
        }
        guard let text = lengths.first else { return .length(0) }
        guard lengths.count == 1, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(text) else {
            throw .refused(400, "Content-Length must be one number, not \"\(lengths.joined(separator: ", "))\"")
        }
        return .length(length)
    }
}

extension SocketReader {
    /// The body that the head announces.
    mutating func body(_ framing: RequestHead.Framing, atMost maximum: Int) throws(ReadingError) -> [UInt8] {
        let tooLong = ReadingError.refused(413, "the body is longer than \(maximum) bytes")
        switch framing {
        case .length(let count):
            guard count <= maximum else { throw tooLong }
            return try bytes(count)
        case .chunked:
            var body: [UInt8] = []
            while true {
                let digits = try line().prefix { $0 != UInt8(ascii: ";") }
                guard digits.count <= 15, digits.allSatisfy(isHexadecimal),
                    let count = Int(String(decoding: digits, as: UTF8.self), radix: 16)
                else { throw .refused(400, "a chunk's size is not a hexadecimal number") }
                if count == 0 { break }
                guard count <= maximum - body.count else { throw tooLong }
                body += try bytes(count)
                guard try bytes(2) == [0x0D, 0x0A] else {
                    throw .refused(400, "a chunk is longer than its size says")
                }
            }
            // Trailer fields carry nothing that is used here.
            for _ in 0..<64 where try line().isEmpty { return body }
            throw .refused(431, "the chunked body has more than 64 trailer fields")
        }
    }
}

private func field(_ line: ArraySlice<UInt8>) throws(ReadingError) -> (name: String, value: String) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), isToken(line[..<colon]) else {
        throw .refused(400, "a header field must be: name, colon, value; without a blank before the colon or a fold")
    }
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    var value = line[(colon + 1)...].drop(while: isBlank)
    while let last = value.last, isBlank(last) { value.removeLast() }
    guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        throw .refused(400, "a header value holds a control character")
    }
    return (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
}

private func values(of name: String, in headers: [(name: String, value: String)]) -> [String] {
    headers.filter { $0.name.lowercased() == name }.map(\.value)
}

private func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
}

/// RFC 9110 §5.6.2.
func isToken(_ bytes: some Collection<UInt8>) -> Bool {
    !bytes.isEmpty
        && bytes.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
}
