import Crypto
import Glibc
import JSON

/// What came from one address the last time.
struct DownloadIndex: Sendable {
    struct Entry: Sendable, Hashable {
        /// `sha256:` and hexadecimal.
        var digest: String
        /// By what the server knows whether it has something else now: `ETag` and `Last-Modified`.
        var tag: String?
        var date: String?
    }

    private let folder: String
    private let name: String

    /// An address may hold a signature, so that it is not written down.
    init(folder: String, address: String) {
        (self.folder, name) = (folder, hexadecimal(SHA256.hash(data: Array(address.utf8))))
    }

    static func path(of digest: String, in folder: String) -> String {
        "\(folder)/content/\(digest.split(separator: ":").last ?? "")"
    }

    func path(of digest: String) -> String { Self.path(of: digest, in: folder) }

    /// nil if there is none, or none that can be read.
    var entry: Entry? {
        guard let bytes = try? Files.read("\(folder)/index/\(name)", limit: 1 << 16),
            let json = try? JSON(parsing: bytes), let digest = json["digest"]?.string,
            let digits = digest.split(separator: ":").last, digits.allSatisfy(\.isHexDigit)
        else { return nil }
        return Entry(digest: digest, tag: json["tag"]?.string, date: json["date"]?.string)
    }

    func write(_ entry: Entry) throws(Files.Failure) {
        var fields: [String: JSON] = ["digest": .string(entry.digest)]
        fields["tag"] = entry.tag.map { .string($0) }
        fields["date"] = entry.date.map { .string($0) }
        try Files.replace("\(folder)/index/\(name)", with: JSON.object(fields).compact(), durable: false)
    }
}
