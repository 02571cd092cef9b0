import Crypto
import HTTP
import HTTPServer
import Platforms
import Posts
import Synchronization

/// Serves media itself while the run lasts, under addresses nobody can guess. The port is one that a reverse proxy or a
/// tunnel shows as `publicUrl`.
final class ServerMediaHost: MediaHost {
    private struct State {
        var server: RunningServer?
        var files: [String: any OpenMedia] = [:]
    }

    private let publicURL: String
    private let port: UInt16
    private let key: SymmetricKey
    private let state = Mutex(State())

    init(publicURL: String, port: UInt16) {
        self.publicURL = publicURL
        self.port = port
        key = SymmetricKey(size: .bits256)
    }

    var advice: String { "a proxy or tunnel must show port \(port) of this machine at \(publicURL)" }

    func offer(
        _ file: MediaFile, to account: AccountID, from media: any MediaSource
    ) async throws(PlatformFailure) -> String {
        let opened = try await media.open(file)
        try await start()
        let path = path(of: file, for: account)
        state.withLock { $0.files[path] = opened }
        return (publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL) + path
    }

    func withdraw(_ file: MediaFile, from account: AccountID) async {
        let path = path(of: file, for: account)
        state.withLock { $0.files[path] = nil }
    }

    private func path(of file: MediaFile, for account: AccountID) -> String {
        let name = "\(file.digest) \(file.path) \(account)"
        let code = HMAC<SHA256>.authenticationCode(for: Array(name.utf8), using: key)
        return "/media/\(hexadecimal(code.prefix(16)))/\(fileName(of: file))"
    }

    func stop() async {
        await state.withLock { state in
            defer { state.server = nil }
            return state.server
        }?.stop()
    }

    private func start() async throws(PlatformFailure) {
        if state.withLock({ $0.server != nil }) { return }
        do {
            let server = try await RunningServer.start(port: port) { [weak self] request in
                self?.answer(request) ?? ServerAnswer(503)
            }
            let isFirst = state.withLock { state in
                if state.server != nil { return false }
                state.server = server
                return true
            }
            if !isFirst { await server.stop() }
        } catch {
            if state.withLock({ $0.server != nil }) { return }
            throw PlatformFailure(
                .config, scope: .account, code: "media-host.port", "the media server cannot start: \(error)",
                hint: "choose another mediaHost port")
        }
    }

    private func answer(_ request: ServerRequest) -> ServerAnswer {
        let path = request.target.split(separator: "?", maxSplits: 1)[0]
        guard request.method == "GET" || request.method == "HEAD" else { return ServerAnswer(405) }
        guard let file = state.withLock({ $0.files[String(path)] }) else { return ServerAnswer(404) }
        var headers = [(name: "Content-Type", value: file.contentType), (name: "Accept-Ranges", value: "bytes")]
        let asked = request.header("Range").flatMap { Self.range($0, of: file.byteCount) }
        let range = asked ?? 0..<file.byteCount
        if asked != nil {
            headers.append(("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.byteCount)"))
        }
        guard let bytes = try? file.bytes(in: range) else { return ServerAnswer(404) }
        return ServerAnswer(asked == nil ? 200 : 206, headers: headers, body: bytes)
    }

    /// One range with a beginning, `bytes=0-` or `bytes=0-99`; nil for others, which are then answered whole
    /// (RFC 9110 §14.2 allows it).
    private static func range(_ text: String, of count: Int) -> Range<Int>? {
        guard text.hasPrefix("bytes=") else { return nil }
        let ends = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let first = Int(ends[0]), (0..<count).contains(first) else { return nil }
        guard !ends[1].isEmpty else { return first..<count }
        guard let last = Int(ends[1]), last >= first else { return nil }
        return first..<min(last, count - 1) + 1
    }

    /// As in the repository, but with the ending of what it is now.
    private func fileName(of file: MediaFile) -> String {
        let name = file.path.split(separator: "/").last ?? ""
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
        return "\(percentEncoded(String(stem))).\(file.info.format.fileExtension)"
    }
}
