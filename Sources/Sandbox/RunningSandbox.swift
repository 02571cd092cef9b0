internal import HTTPServer

/// The sandbox behind a port of this machine.
package struct RunningSandbox: Sendable {
    /// What `SOCIALS_GATEWAY` is set to, e.g. `http://127.0.0.1:8081`.
    package let gateway: String
    package let port: UInt16
    private let server: RunningServer

    /// Closes every connection and returns when no request is being answered any more.
    package func stop() async { await server.stop() }

    fileprivate init(_ server: RunningServer) {
        self.server = server
        port = server.port
        gateway = "http://127.0.0.1:\(server.port)"
    }
}

extension Sandbox {
    /// The largest film of any network in one request, and some.
    private static let longestBody = 520 << 20

    /// Starts a sandbox that listens on 127.0.0.1.
    ///
    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - state: A folder in which what is live survives a restart.
    ///   - hosts: A host name and the folder, or local server, that stands for `https://HOST/`.
    /// - Throws: when the port is taken or the state cannot be read.
    package static func start(
        port: UInt16 = 0, state: String? = nil, static hosts: [String: String] = [:]
    ) async throws -> RunningSandbox {
        let sandbox = try Sandbox(state: state, static: hosts)
        return RunningSandbox(
            try await RunningServer.start(port: port, maximumBody: longestBody) { await sandbox.answer($0) })
    }
}
