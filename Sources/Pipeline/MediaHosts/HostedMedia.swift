import HTTP
import Platforms
import Posts
import Synchronization

/// The media of a run: bytes from the working tree, addresses from the media host, each address tried before a network
/// is sent there.
struct HostedMedia: MediaSource {
    let root: String
    /// Whose posts show them.
    let account: AccountID
    let host: any MediaHost
    let transport: any Transport
    let renditions: Renditions

    func open(_ file: MediaFile) async throws(PlatformFailure) -> any OpenMedia {
        let file = try await renditions.settled(file)
        return try LocalMedia(file.stored ?? root + "/" + file.path, file, renditions.digests)
    }

    func publicURL(of file: MediaFile) async throws(PlatformFailure) -> String {
        let file = try await renditions.settled(file)
        let url = try await host.offer(file, to: account, from: self)
        try await preflight(url, file)
        return url
    }

    func withdraw(_ file: MediaFile) async {
        guard let file = try? await renditions.settled(file) else { return }
        await host.withdraw(file, from: account)
    }

    /// The first byte is asked for, as a network would: an answer without redirect, of the right kind and length, from
    /// a public host.
    private func preflight(_ url: String, _ file: MediaFile) async throws(PlatformFailure) {
        // What follows may be a signature.
        let shown = url.prefix { $0 != "?" }
        func failure(_ message: String) -> PlatformFailure {
            PlatformFailure(
                .retryable, code: "media-host.unreachable", "\(shown): \(message); a network could not fetch it either",
                hint: host.advice)
        }
        guard let parts = URLParts(url), parts.scheme == .https, !isInnerHost(parts.host) else {
            throw failure("not a public https address")
        }
        // A server that knows no ranges answers with the whole file, which is counted.
        let whole = Atomic(0)
        var request = Request(
            .get, url, headers: ["Range": "bytes=0-0"], repetition: .allowed, deadline: .seconds(30),
            maximumAnswer: file.info.byteCount + 1)
        request.sink = AnswerSink {
            whole.add($0.count, ordering: .relaxed)
            return true
        }
        let answer: Response
        do { answer = try await transport.send(request) } catch {
            throw failure(error.reason)
        }
        guard answer.status == 200 || answer.status == 206 else {
            let isRedirect = (300..<400).contains(answer.status)
            throw failure(isRedirect ? "it answers \(answer.status), a redirect" : "it answers \(answer.status)")
        }
        let type = answer.headers["Content-Type"]?.prefix { $0 != ";" }.lowercased() ?? "nothing"
        guard type == file.info.contentType else {
            throw failure("it is served as \(type), not as \(file.info.contentType)")
        }
        let length =
            answer.status == 200 ? whole.load(ordering: .relaxed) : Self.length(answer.headers["Content-Range"])
        if let length, length != file.info.byteCount {
            throw failure("it has \(length) bytes there and \(file.info.byteCount) here")
        }
    }

    /// Of the whole: `bytes 0-0/1234`.
    private static func length(_ range: String?) -> Int? { range?.split(separator: "/").last.flatMap { Int($0) } }
}
