package import Posts

/// What goes out in one push: the next state of the claims, and results for the branch. The claims may be taken where
/// the branch is not, so nothing may stand among the results that would be wrong without these claims.
package struct Exchange: Sendable {
    /// nil: the claims stay as they are.
    package var claims: ClaimsTree?
    /// The version that `claims` replaces.
    package var version: String?
    package var results: [DeliveryID: DeliveryResult]

    package init(claims: ClaimsTree?, version: String?, results: [DeliveryID: DeliveryResult]) {
        self.claims = claims
        self.version = version
        self.results = results
    }
}

/// How an exchange came out.
package struct Exchanged: Sendable {
    /// The new version of the claims; nil if none were to be replaced.
    package var claims: Result<String, ClaimsStoreError>?
    /// nil: the results were not tried, or nobody knows whether the branch took them.
    package var recorded: Recorded?

    package init(claims: Result<String, ClaimsStoreError>?, recorded: Recorded?) {
        self.claims = claims
        self.recorded = recorded
    }
}

/// How the sidecars and their commit came out. What failed stays in the claims ref, for the next run.
package struct Recorded: Sendable {
    package enum Failure: Sendable, Hashable {
        /// A file, or the repository on this machine.
        case file(String)
        /// The branch is protected, or the right to write is missing.
        case refused(String)
        case unreachable(String)
        /// Others kept changing the branch.
        case tryAgain(String)
    }

    package var commit: String?
    /// Whether the remote's branch has it.
    package var isPushed = false
    package var failures: [Failure]
    /// What people should know although nothing failed.
    package var notes: [String] = []

    package init(commit: String?, failures: [Failure] = []) {
        self.commit = commit
        self.failures = failures
    }
}

/// Where claims and results are kept: this repository, or a remote. One call at a time.
package protocol Exchanger: Sendable {
    /// The tree and the version that the next exchange wants to see again; nil version if there is none yet.
    func read() async throws(ClaimsStoreError) -> (tree: ClaimsTree, version: String?)
    /// Repeatable only with a version that was read since.
    func exchange(_ exchange: Exchange) async -> Exchanged
}
