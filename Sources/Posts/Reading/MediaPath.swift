/// Where a media link of a post leads.
enum MediaPath: Equatable {
    /// From the top of the repository, without a leading slash, `.` and `..` resolved.
    case inside(String)
    case outside
    /// `https://…`, to be downloaded.
    case remote(String)
    /// An address that is not downloaded.
    case elsewhere

    /// `media/x.jpg` and `/media/x.jpg` count from the top of the repository, `./` and `../` from the post's folder.
    init(_ written: String, inPostAt post: String) {
        if Self.hasScheme(written) {
            let isEncrypted = written.lowercased().hasPrefix(Self.encrypted)
            self = isEncrypted ? .remote(Self.encrypted + written.dropFirst(Self.encrypted.count)) : .elsewhere
            return
        }
        let isRelative = written.hasPrefix("./") || written.hasPrefix("../") || written == "." || written == ".."
        var parts = isRelative ? post.split(separator: "/").dropLast().map { $0 } : []
        for part in written.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if parts.popLast() == nil {
                self = .outside
                return
            }
        }
        self = parts.isEmpty || written.contains("\0") ? .outside : .inside(parts.joined(separator: "/"))
    }

    static let encrypted = "https://"

    /// Whether a path needs a look at all; spares nearly every one of 10,000 posts the Strings.
    static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first, first != UInt8(ascii: "."), first != UInt8(ascii: "/") else { return false }
        var last = first
        for byte in bytes {
            if byte == UInt8(ascii: ":") || byte == 0 || byte == UInt8(ascii: ".") && last == byte { return false }
            last = byte
        }
        // The first byte is no full stop, so that comparing it with itself above found nothing.
        return true
    }

    /// A letter, then letters, digits, `+-.`, then a colon and two slashes, or `data:`.
    private static func hasScheme(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let scheme = text[..<colon].lowercased()
        let isScheme = scheme.utf8.allSatisfy { byte in
            byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || "+-.".utf8.contains(byte)
        }
        return !scheme.isEmpty && isScheme && (text[colon...].hasPrefix("://") || scheme == "data")
    }
}
