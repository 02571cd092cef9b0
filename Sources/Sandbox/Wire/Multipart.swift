#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// One part of a `multipart/form-data` body (RFC 7578).
struct MultipartPart: Sendable {
    let name: String
    let fileName: String?
    let contentType: String?
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

enum Multipart {
    /// The parts in order, or nothing when anything deviates: boundary, CRLF, header of a part, closing line.
    static func parse(_ body: [UInt8], contentType: String?) -> [MultipartPart]? {
        guard let contentType, let boundary = boundary(of: contentType) else { return nil }
        let opening = Array("--\(boundary)".utf8)
        let separator = Array("\r\n--\(boundary)".utf8)
        guard body.starts(with: opening) else { return nil }
        var parts: [MultipartPart] = []
        var place = opening.count
        while true {
            let line = Array(body[place...].prefix(2))
            if line == Array("--".utf8) {
                let rest = body[(place + 2)...]
                return !parts.isEmpty && (rest.isEmpty || Array(rest) == [0x0D, 0x0A]) ? parts : nil
            }
            // A part without headers has its blank line at once, and no name.
            guard line == [0x0D, 0x0A],
                let headEnd = find(Array("\r\n\r\n".utf8), in: body, from: place), headEnd >= place + 2,
                let end = find(separator, in: body, from: headEnd + 2),
                let part = part(
                    head: String(decoding: body[(place + 2)..<headEnd], as: UTF8.self),
                    bytes: headEnd + 4 <= end ? Array(body[(headEnd + 4)..<end]) : [])
            else { return nil }
            parts.append(part)
            place = end + separator.count
        }
    }

    private static func boundary(of contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
        let value = parameter("boundary", of: contentType)
        guard let value, (1...70).contains(value.utf8.count) else { return nil }
        return value
    }

    private static func part(head: String, bytes: [UInt8]) -> MultipartPart? {
        var headers: [String: String] = [:]
        for line in head.split(separator: "\r\n") {
            let sides = line.split(separator: ":", maxSplits: 1)
            guard sides.count == 2 else { return nil }
            headers[sides[0].lowercased()] = String(sides[1].drop { $0 == " " })
        }
        guard let disposition = headers["content-disposition"], disposition.hasPrefix("form-data"),
            let name = parameter("name", of: disposition)
        else { return nil }
        return MultipartPart(
            name: name, fileName: parameter("filename", of: disposition), contentType: headers["content-type"],
            bytes: bytes)
    }

    private static func parameter(_ name: String, of header: String) -> String? {
        for piece in header.split(separator: ";").dropFirst() {
            let sides = piece.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides[0].lowercased() == name else { continue }
            let value = sides[1]
            return value.hasPrefix("\"") && value.hasSuffix("\"") && value.count >= 2
                ? String(value.dropFirst().dropLast()) : String(value)
        }
        return nil
    }

    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first, start <= bytes.count - pattern.count else { return nil }
        return bytes.withUnsafeBytes { buffer -> Int? in
            guard let base = buffer.baseAddress else { return nil }
            var place = start
            // Millions of bytes lie between two boundaries; `memchr` passes over them at once.
            while place <= buffer.count - pattern.count,
                let found = memchr(base + place, Int32(first), buffer.count - pattern.count - place + 1)
            {
                place = UnsafeRawPointer(found) - base
                if memcmp(base + place, pattern, pattern.count) == 0 { return place }
                place += 1
            }
            return nil
        }
    }
}
