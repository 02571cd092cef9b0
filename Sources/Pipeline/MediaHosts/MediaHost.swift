import HTTP
import Posts

/// Makes a file reachable for a network that downloads media by itself.
protocol MediaHost: Sendable {
    /// The public address of the file. Repeatable: same bytes, same address.
    func offer(_ file: MediaFile) async throws(PlatformFailure) -> String
}

/// The folder is served by somebody else: at the base address and the file's path.
struct StaticMediaHost: MediaHost {
    let baseURL: String

    func offer(_ file: MediaFile) -> String { joined(baseURL, file.path) }
}

/// A public repository's raw files, pinned to the commit that was planned.
struct GitRawMediaHost: MediaHost {
    let baseURL: String
    let commit: String

    func offer(_ file: MediaFile) -> String { joined(joined(baseURL, commit), file.path) }

    /// Where the host of a public repository serves raw files; nil if it is not known.
    static func baseURL(ofRepository address: String) -> String? {
        guard let parts = URLParts(address.hasSuffix(".git") ? String(address.dropLast(4)) : address) else {
            return nil
        }
        switch parts.host {
        case "github.com": return "https://raw.githubusercontent.com" + parts.target
        case "gitlab.com": return "https://gitlab.com" + parts.target + "/-/raw"
        case "codeberg.org": return "https://codeberg.org" + parts.target + "/raw/commit"
        default: return nil
        }
    }
}

/// No way for a network to get the file.
struct NoMediaHost: MediaHost {
    let reason: String

    func offer(_ file: MediaFile) throws(PlatformFailure) -> String {
        throw PlatformFailure(
            .config, scope: .account, code: "media-host.none", reason,
            hint: "set mediaHost in socials.yml, e.g. {kind: static, baseUrl: https://example.com/files}")
    }
}

private func joined(_ base: String, _ path: String) -> String {
    let escaped = path.split(separator: "/", omittingEmptySubsequences: false).map { percentEncoded(String($0)) }
    return (base.hasSuffix("/") ? String(base.dropLast()) : base) + "/" + escaped.joined(separator: "/")
}
