/// Why git did not do what it was asked to. Each case carries one sentence for people, free of passwords and tokens.
package enum RemoteError: Error, Equatable, Sendable {
    /// There is no `git` in `PATH`.
    case noExecutable(String)
    /// The `git` in `PATH` lacks what is used here.
    case tooOld(String)
    /// No connection, or no repository at its other end.
    case unreachable(String)
    /// Credentials are missing or were refused before anything was transferred.
    case notAuthorized(String)
    /// A limit of `Patience` was reached; of a push: before anything was sent.
    case timedOut(String)
    /// A push that the remote may or may not have taken. Only a fetch can tell.
    case uncertain(String)
    /// Anything else; nothing was changed on the remote.
    case failed(String)

    package var message: String {
        switch self {
        case .noExecutable(let text), .tooOld(let text), .unreachable(let text), .notAuthorized(let text),
            .timedOut(let text), .uncertain(let text), .failed(let text):
            text
        }
    }
}

extension RemoteError: CustomStringConvertible {
    package var description: String { message }
}
