/// What git printed on standard error, line by line, free of secrets.
struct Complaints: Sendable {
    /// Bytes that are kept of it, the last ones.
    static let limit = 1 << 20

    /// Without progress that a later line overwrote, and without hints.
    let lines: [String]
    /// False when the beginning was dropped.
    let isWhole: Bool

    init(_ bytes: [UInt8], _ isWhole: Bool = true) {
        self.isWhole = isWhole
        lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            .map { String(decoding: $0, as: UTF8.self).filter { $0 == "\t" || !$0.isControl } }
            .map { withoutSecrets(String($0.trimmingTrailingBlanks)) }
            .filter { !$0.isEmpty && !$0.hasPrefix("hint:") }
    }

    /// The first line that contains one of the parts, in any case of letters.
    func first(of parts: [String]) -> String? {
        lines.first { line in
            let line = line.lowercased()
            return parts.contains { line.contains($0) }
        }
    }

    /// What the remote said, for people: hooks and servers explain themselves there.
    var remoteWords: [String] {
        lines.filter { $0.hasPrefix("remote: ") }
            .map { line in
                var words = line.dropFirst(8)
                for prefix in ["error: ", "fatal: "] where words.hasPrefix(prefix) {
                    words = words.dropFirst(prefix.count)
                }
                return String(words.drop { $0 == " " })
            }
            .filter { $0.contains(where: \.isLetter) && !isProgress($0) }
    }

    /// One sentence that tells the reason best.
    var sentence: String? {
        let telling = lines.first { line in
            ["fatal: ", "error: ", "ERROR: "].contains { line.hasPrefix($0) } && !line.contains(Self.vague)
        }
        return telling ?? lines.last { !isProgress($0) }
    }

    private static let vague = "failed to push some refs"
}

/// "Counting objects: 20% (1/5)" and the like.
private func isProgress(_ line: String) -> Bool {
    let beginnings = [
        "Enumerating ", "Counting ", "Compressing ", "Writing ", "Receiving ", "Resolving ", "Total ",
        "Uploading LFS ", "Downloading LFS ",
    ]
    let line = line.hasPrefix("remote: ") ? line.dropFirst(8) : line[...]
    return beginnings.contains { line.hasPrefix($0) }
}

extension Character {
    fileprivate var isControl: Bool { unicodeScalars.allSatisfy { $0.properties.generalCategory == .control } }
}

extension String {
    fileprivate var trimmingTrailingBlanks: Substring {
        var rest = self[...]
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}
