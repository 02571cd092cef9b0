import Posts

/// A fact about the account that the network is asked for once in a session, also when several want to know it at the
/// same time. A failure is not kept.
actor AskedOnce {
    private typealias Asking = Task<Result<String, PlatformFailure>, Never>

    private var asking: Asking?

    /// Repeatable.
    func value(
        asking ask: @escaping @Sendable () async throws(PlatformFailure) -> String
    ) async throws(PlatformFailure) -> String {
        let present =
            asking
            ?? Asking {
                do throws(PlatformFailure) { return .success(try await ask()) } catch { return .failure(error) }
            }
        asking = present
        let answer = await present.value
        if case .failure = answer, asking == present { asking = nil }
        return try answer.get()
    }
}
