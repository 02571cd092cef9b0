import HTTP
import Platforms
import Posts

/// The media of a run: bytes from the working tree, addresses from the media host, each address tried before a network
/// is sent there.
struct HostedMedia: MediaSource {
    let root: String
    let host: any MediaHost
    let transport: any Transport

    func open(_ file: MediaFile) async throws(PlatformFailure) -> any OpenMedia {
        try LocalMedia(root + "/" + file.path, file)
    }

    func publicURL(of file: MediaFile) async throws(PlatformFailure) -> String {
        let url = try await host.offer(file)
        try await preflight(url, file)
        return url
    }

    /// One byte is asked for: an answer without redirect, of the right kind and length, from a public host.
    private func preflight(_ url: String, _ file: MediaFile) async throws(PlatformFailure) {
        func failure(_ message: String) -> PlatformFailure {
            PlatformFailure(
                .retryable, code: "media-host.unreachable", "\(url): \(message)",
                hint: "a network could not fetch it either; check mediaHost in socials.yml")
        }
        guard let parts = URLParts(url), !isPrivate(parts.host) else { throw failure("not a public https address") }
        let answer: Response
        do {
            answer = try await transport.send(
                Request(.get, url, headers: ["Range": "bytes=0-0"], repetition: .allowed, deadline: .seconds(30)))
        } catch {
            throw failure(error.reason)
        }
        guard answer.status == 200 || answer.status == 206 else { throw failure("it answers \(answer.status)") }
        if let type = answer.headers["Content-Type"], !type.lowercased().hasPrefix(file.info.contentType) {
            throw failure("it is served as \(type), not as \(file.info.contentType)")
        }
    }
}

/// Hosts that no network can reach: names of this machine and addresses of private ranges (RFC 1918, 3927, 4193, 6598).
func isPrivate(_ host: String) -> Bool {
    let name = host.lowercased()
    if name == "localhost" || name.hasSuffix(".localhost") || name.hasSuffix(".local") || name.hasSuffix(".internal") {
        return true
    }
    if name.contains(":") {
        return ["::1", "::"].contains(name)
            || ["fc", "fd", "fe8", "fe9", "fea", "feb", "::ffff:"].contains { name.hasPrefix($0) }
    }
    let numbers = name.split(separator: ".").map { UInt8($0) }
    guard numbers.count == 4, let a = numbers[0], let b = numbers[1], numbers[2] != nil, numbers[3] != nil else {
        return !name.contains(".")
    }
    switch (a, b) {
    case (0, _), (10, _), (127, _), (192, 168), (169, 254): return true
    case (172, 16...31), (100, 64...127): return true
    default: return false
    }
}
