extension GitEnding {
    /// What a run that only reads failed of, by git's words; git has no other way to say it.
    /// - Parameter doing: "fetching from origin".
    func failure(while doing: String) -> RemoteError {
        switch cause {
        case .cut(let cut): .cut(cut, while: doing)
        case .signalled(let signal): .failed("git was ended by signal \(signal) while \(doing)")
        case .exited(let status):
            // The status with which git refuses an option.
            if status == 129 {
                .tooOld("this git lacks an option; 2.30 or newer is needed: \(words(doing, status))")
            } else if let line = complaints.first(of: Signs.local) {
                .failed(sentence(line, doing))
            } else if let line = complaints.first(of: Signs.notAuthorized + Signs.forbidden) {
                .notAuthorized(sentence(line, doing))
            } else if let line = complaints.first(of: Signs.unreachable) {
                .unreachable(sentence(line, doing))
            } else {
                .failed(words(doing, status))
            }
        }
    }

    func words(_ doing: String, _ status: Int32) -> String {
        complaints.sentence.map { sentence($0, doing) } ?? "git ended with status \(status) while \(doing)"
    }

    func sentence(_ line: String, _ doing: String) -> String {
        var line = line[...]
        for prefix in ["remote: ", "fatal: ", "error: ", "ERROR: "] where line.hasPrefix(prefix) {
            line = line.dropFirst(prefix.count)
        }
        return "\(doing): \(line)"
    }
}

extension RemoteError {
    static func cut(_ cut: GitEnding.Cut, while doing: String) -> RemoteError {
        switch cut {
        case .silent(let limit): .timedOut("\(doing): nothing came for \(limit.words)")
        case .late(let limit): .timedOut("\(doing): not done after \(limit.words)")
        case .cancelled: .failed("\(doing): stopped")
        case .tooMuchOutput(let limit): .failed("\(doing): git printed more than \(limit) bytes")
        }
    }
}

extension Duration {
    fileprivate var words: String {
        let seconds = Double(components.seconds) + Double(components.attoseconds) / 1e18
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}

/// Parts of git's, curl's, ssh's and servers' sentences, in lower case.
enum Signs {
    /// About this repository; trying again or other credentials would not help.
    static let local = ["dubious ownership", "not a git repository", "bad object", "bad config"]
    static let notAuthorized = [
        "could not read username", "could not read password", "authentication failed", "terminal prompts disabled",
        "permission denied (", "too many authentication failures", "returned error: 401", "http basic: access denied",
        "invalid credentials", "invalid username or",
    ]
    /// Known to the remote, but not allowed.
    static let forbidden = [
        "returned error: 403", "http 403", "permission to ", "write access to repository not granted",
        "marked as read only", "you are not allowed to", "insufficient permission",
    ]
    static let unreachable = [
        "could not resolve", "failed to connect", "connection refused", "connection timed out", "timed out",
        "network is unreachable", "no route to host", "unable to access", "does not appear to be a git repository",
        "repository not found", "not found", "host key verification failed", "strange pathname", "rpc failed",
        "early eof", "hung up", "unexpected disconnect", "connection reset", "connection closed",
        "could not read from remote repository", "remote helper", "returned error: ",
    ]
}
