package import JSON
package import Posts

/// The kill switch (CONTRACT §2): while an account is paused no runner begins anything for it.
package enum Pausing: Sendable, Hashable { case pause, resume }

/// What is paused from now on.
package struct PauseReport: Sendable {
    package let now: Instant
    package let pause: Pause
    package let isChanged: Bool

    package var json: JSON {
        [
            "now": .string(now.rfc3339), "everything": .bool(pause.everything),
            "accounts": .array(pause.accounts.sorted().map { .string($0.description) }), "changed": .bool(isChanged),
        ]
    }
}

/// Holds or releases an account, or everything. It lies in the claims, so that runners that are at work see it too as
/// soon as they change anything there; what they have already sent is finished.
/// - Parameter account: nil: all of them, also those that were paused by name.
package func change(
    _ pausing: Pausing, _ account: AccountID?, _ options: SyncOptions, in environment: Environment
) async throws(Refusal) -> PauseReport {
    try refuseEarly(environment.variables)
    let run = try await Run(options, in: environment)
    try run.ground.workspace.configuration.refuseUnknown(account.map { [$0] } ?? [])
    let now = environment.clock.now
    return try await run.change { tree throws(Refusal) -> (next: ClaimsTree?, PauseReport) in
        var next = tree
        next.pause = try tree.pause.after(pausing, account, at: now)
        let isChanged = next.pause != tree.pause
        return (isChanged ? next : nil, PauseReport(now: now, pause: next.pause, isChanged: isChanged))
    }
}

extension Pause {
    fileprivate func after(_ pausing: Pausing, _ account: AccountID?, at now: Instant) throws(Refusal) -> Pause {
        var pause = self
        switch (pausing, account) {
        case (.pause, nil): pause.everything = true
        case (.pause, let account?): pause.accounts.insert(account)
        case (.resume, nil):
            if everything { pause.everythingResumed = Instant(seconds: now.seconds) }
            pause.everything = false
            for account in accounts { pause.resume(account, at: now) }
        case (.resume, let account?):
            guard !everything else {
                throw Refusal(
                    .failed, "everything is paused, so \(account) alone cannot be resumed",
                    hint: "resume everything with socials-pipeline resume, then pause the others by name")
            }
            if accounts.contains(account) { pause.resume(account, at: now) }
        }
        return pause
    }

    private mutating func resume(_ account: AccountID, at now: Instant) {
        accounts.remove(account)
        // As it will be read back.
        resumed[account] = Instant(seconds: now.seconds)
    }
}

extension Configuration {
    /// An account that a person named and socials.yml does not.
    package func refuseUnknown(_ accounts: some Sequence<AccountID>) throws(Refusal) {
        for account in accounts where self.accounts[account] == nil {
            let meant = nearest(account.description, among: order.map(\.description))
            throw Refusal(
                .usage, "socials.yml has no account \(account)", hint: meant.map { "did you mean \($0)?" })
        }
    }
}
