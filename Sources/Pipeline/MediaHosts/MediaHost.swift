import HTTP
import Platforms
import Posts

/// Makes a file reachable for a network that downloads media by itself.
protocol MediaHost: Sendable {
    /// The public address of the file. Repeatable: same bytes, same name.
    /// - Parameters:
    ///   - account: whose post it is; what one account withdraws, another still has.
    ///   - media: opens the file, as the network is to get it.
    func offer(_ file: MediaFile, to account: AccountID, from media: any MediaSource) async throws(PlatformFailure)
        -> String
    /// The account's post is live: the address is no longer needed. Repeatable; what cannot be taken away is left.
    func withdraw(_ file: MediaFile, from account: AccountID) async
    /// What to look at when an address does not answer as it should.
    var advice: String { get }
}

extension MediaHost {
    func withdraw(_ file: MediaFile, from account: AccountID) async {}
}

/// The folder is served by somebody else: at the base address and the file's path.
struct StaticMediaHost: MediaHost {
    let baseURL: String

    var advice: String { "the file must be served there; copy it, or check baseUrl of mediaHost in socials.yml" }

    func offer(_ file: MediaFile, to account: AccountID, from media: any MediaSource) -> String {
        joined(baseURL, file.path)
    }
}

/// A public repository's raw files, pinned to the commit that was planned. That the commit was pushed, and the
/// repository is public, shows when the address is tried.
struct GitRawMediaHost: MediaHost {
    let baseURL: String
    let commit: String

    var advice: String {
        "the repository must be public and the commit \(commit.prefix(12)) pushed, the file not kept in Git LFS"
    }

    func offer(_ file: MediaFile, to account: AccountID, from media: any MediaSource) -> String {
        joined(joined(baseURL, commit), file.path)
    }

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
    let failure: PlatformFailure

    init(failure: PlatformFailure) { self.failure = failure }

    init(reason: String) {
        failure = PlatformFailure(
            .config, scope: .account, code: "media-host.none", reason,
            hint: "set mediaHost in socials.yml, e.g. {kind: static, baseUrl: https://example.com/files}")
    }

    var advice: String { failure.hint ?? failure.message }

    func offer(
        _ file: MediaFile, to account: AccountID, from media: any MediaSource
    ) throws(PlatformFailure) -> String {
        throw failure
    }
}

private func joined(_ base: String, _ path: String) -> String {
    let escaped = path.split(separator: "/", omittingEmptySubsequences: false).map { percentEncoded(String($0)) }
    return (base.hasSuffix("/") ? String(base.dropLast()) : base) + "/" + escaped.joined(separator: "/")
}
