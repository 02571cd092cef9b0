/// What a reference of a remote shall become.
package struct ReferenceUpdate: Equatable, Sendable {
    /// On what condition.
    package enum Lease: Equatable, Sendable {
        /// Compare-and-swap: only if it stands there now, whether or not the new commit descends from it; nil: only if
        /// it does not exist.
        case expects(ObjectID?)
        /// Only if the new commit descends from where it stands, or if it does not exist. Not for a deletion.
        case fastForward
    }

    /// In full: `refs/heads/main`.
    package let reference: String
    /// nil deletes it.
    package let new: ObjectID?
    package let lease: Lease

    package init(reference: String, new: ObjectID?, lease: Lease) {
        self.reference = reference
        self.new = new
        self.lease = lease
    }
}

/// What the remote made of an update.
package enum UpdateOutcome: Equatable, Sendable {
    /// It stands where it was told to, now or already before.
    case accepted
    /// It stood elsewhere, or somebody moved it in the same moment: fetch and try again.
    case moved(String)
    /// The remote does not want it, and will not next time: a hook, a protected branch, a missing permission.
    case refused(String)
}
