/// A server on this machine that takes every request in place of the real hosts: the sandbox, or a recorder.
package struct Gateway: Sendable, Hashable, CustomStringConvertible {
    /// Host and port as they stand in a URL, e.g. `127.0.0.1:8080`.
    package let authority: String

    /// - Parameter text: `http://127.0.0.1:PORT`, or `[::1]` or `localhost` in place of the address; nothing after it
    ///   but a `/`. Anything else is an error: a gateway elsewhere would be handed every token.
    package init(_ text: String) throws(GatewayError) {
        guard let parts = URLParts(text), parts.scheme == .http, parts.isLoopback, parts.target == "/" else {
            throw GatewayError(
                description: "the gateway \"\(text)\" is not of the form http://127.0.0.1:PORT on this machine")
        }
        authority = parts.authority
    }

    package var description: String { "http://\(authority)" }
}

/// The text names no gateway; `description` is one sentence that quotes it.
package struct GatewayError: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String
}
