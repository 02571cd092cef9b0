import Foundation

/// The workshop's remote over HTTP, by git's own server program.
struct GitServer: Sendable {
    let address: String
    private let folder: URL
    private let running: Running

    /// - Parameter header: what every request must carry as `Authorization`.
    static func serving(
        _ shop: Workshop, header: String? = nil, _ body: @Sendable (GitServer) async throws -> Void
    ) async throws {
        try await shop.atRemote("config", "http.receivepack", "true")
        let server = try await GitServer(shop, header)
        do { try await body(server) } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private func stop() async {
        running.signal(SIGKILL)
        _ = await running.ending()
    }

    private init(_ shop: Workshop, _ header: String?) async throws {
        folder = shop.remote.deletingLastPathComponent()
        let script = Fixture.folder.deletingLastPathComponent().appending(path: "http/git-server.py").path
        running = try Running(
            "/usr/bin/env", ["python3", script, folder.path] + (header.map { [$0] } ?? []), in: folder,
            environment: shop.variables)
        for _ in 0..<1200 {
            if let port = Int(running.output.trimmingCharacters(in: .newlines)) {
                address = "http://127.0.0.1:\(port)/remote.git"
                return
            }
            try await Task.sleep(for: .milliseconds(25))
        }
        running.signal(SIGKILL)
        throw Trouble("the git server did not say where it listens")
    }

    func behave(_ mode: String) throws {
        try Data(mode.utf8).write(to: folder.appending(path: "mode"))
    }
}
