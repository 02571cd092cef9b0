import Crypto
import HTTP
import HTTPServer
import Posts
import Synchronization

/// Serves media itself while the run lasts, under addresses nobody can guess. The port is one that a reverse proxy or a
/// tunnel shows as `publicUrl`.
final class ServerMediaHost: MediaHost {
    private struct State {
        var server: RunningServer?
        var files: [String: (path: String, contentType: String)] = [:]
    }

    private let root: String
    private let publicURL: String
    private let port: UInt16
    private let key: SymmetricKey
    private let state = Mutex(State())

    init(root: String, publicURL: String, port: UInt16) {
        self.root = root
        self.publicURL = publicURL
        self.port = port
        key = SymmetricKey(size: .bits256)
    }

    func offer(_ file: MediaFile) async throws(PlatformFailure) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array((file.digest + file.path).utf8), using: key)
        let name = "/media/" + code.prefix(16).map { String($0, radix: 16) }.joined() + "/" + lastComponent(file.path)
        try await start()
        state.withLock { $0.files[name] = (root + "/" + file.path, file.info.contentType) }
        return (publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL) + name
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
        guard let file = state.withLock({ $0.files[String(path)] }), let bytes = try? Files.read(file.path) else {
            return ServerAnswer(404)
        }
        return ServerAnswer(200, headers: [("Content-Type", file.contentType)], body: bytes)
    }

    private func lastComponent(_ path: String) -> String {
        percentEncoded(String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]))
    }
}
