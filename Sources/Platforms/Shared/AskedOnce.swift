import Posts

/// A fact about the account that the network is asked for once in a session. A failure is not kept.
actor AskedOnce {
    private var answer: String?

    /// Repeatable.
    func value(
        asking ask: @Sendable () async throws(PlatformFailure) -> String
    ) async throws(PlatformFailure) -> String {
        if let answer { return answer }
        let asked = try await ask()
        answer = asked
        return asked
    }
}
