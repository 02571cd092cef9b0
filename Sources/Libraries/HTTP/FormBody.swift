/// The body of an HTML form without files.
package enum FormBody {
    package static let contentType = "application/x-www-form-urlencoded"

    /// `name=value&…` in the given order. A blank becomes `%20`, not `+`, so that the body is also the text that
    /// OAuth 1.0a signs; servers read both.
    package static func encode(_ fields: [(String, String)]) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in fields {
            if !body.isEmpty { body.append(UInt8(ascii: "&")) }
            body += percentEncodedBytes(name)
            body.append(UInt8(ascii: "="))
            body += percentEncodedBytes(value)
        }
        return body
    }
}

/// A `multipart/form-data` body (RFC 7578).
package struct Multipart: Sendable {
    /// The value of the request's `Content-Type`.
    package let contentType: String
    private let boundary: String
    private var parts: [UInt8] = []

    /// - Parameter boundary: must occur in none of the parts; 128 random bits in hexadecimal do. 1 to 70 letters,
    ///   digits or `'()+_,-./:=?` (RFC 2046 §5.1.1).
    package init(boundary: String) {
        let isValid = boundary.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "'()+_,-./:=?".utf8.contains(byte)
            }
        }
        precondition(isValid && (1...70).contains(boundary.utf8.count), "a boundary has 1 to 70 safe characters")
        self.boundary = boundary
        contentType = "multipart/form-data; boundary=\"\(boundary)\""
    }

    /// - Parameters:
    ///   - name: quotes and line breaks in it and in the file's name are escaped as browsers do.
    ///   - contentType: control characters are left out, so that no header can be put in.
    package mutating func add(name: String, filename: String? = nil, contentType: String? = nil, bytes: [UInt8]) {
        var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(escaped(name))\""
        if let filename { head += "; filename=\"\(escaped(filename))\"" }
        head += "\r\n"
        if let contentType { head += "Content-Type: \(printable(contentType))\r\n" }
        parts += Array("\(head)\r\n".utf8)
        parts += bytes
        parts += [0x0D, 0x0A]
    }

    package func encoded() -> [UInt8] { parts + Array("--\(boundary)--\r\n".utf8) }
}

/// Source: WHATWG HTML, multipart/form-data encoding algorithm, 2024.
private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "%22"
        case "\r": result += "%0D"
        case "\n": result += "%0A"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

private func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }))
}
