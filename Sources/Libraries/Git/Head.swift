import CGit2

/// What `HEAD` stands for. A reference is named in full, `refs/heads/main`, as the other calls take it.
package enum Head: Equatable, Sendable {
    case branch(reference: String, at: ObjectID)
    /// A branch without a commit: a new repository.
    case unborn(reference: String)
    case detached(at: ObjectID)

    /// The commit, if there is one.
    package var commit: ObjectID? {
        switch self {
        case .branch(_, let id), .detached(let id): id
        case .unborn: nil
        }
    }

    /// The branch without `refs/heads/`; nil when detached.
    package var branch: String? {
        switch self {
        case .branch(let reference, _), .unborn(let reference):
            reference.hasPrefix("refs/heads/") ? String(reference.dropFirst(11)) : reference
        case .detached: nil
        }
    }
}

/// Something a person began and has not finished.
package enum State: Equatable, Sendable {
    case clean, merge, revert, cherryPick, bisect, rebase, applyingMail
}

extension Repository {
    package var head: Head {
        get throws(GitError) {
            var reference: OpaquePointer?
            try check(git_reference_lookup(&reference, raw, "HEAD"), "read HEAD")
            defer { git_reference_free(reference) }
            guard let target = git_reference_symbolic_target(reference) else {
                guard let id = git_reference_target(reference) else {
                    throw GitError(.notFound, "HEAD names neither a branch nor a commit")
                }
                return .detached(at: ObjectID(id.pointee))
            }
            let name = String(cString: target)
            guard let id = try self.reference(named: name) else { return .unborn(reference: name) }
            return .branch(reference: name, at: id)
        }
    }

    /// Whether a merge, rebase or the like is under way.
    package var state: State {
        switch git_repository_state_t(UInt32(bitPattern: git_repository_state(raw))) {
        case GIT_REPOSITORY_STATE_MERGE: .merge
        case GIT_REPOSITORY_STATE_REVERT, GIT_REPOSITORY_STATE_REVERT_SEQUENCE: .revert
        case GIT_REPOSITORY_STATE_CHERRYPICK, GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE: .cherryPick
        case GIT_REPOSITORY_STATE_BISECT: .bisect
        case GIT_REPOSITORY_STATE_REBASE, GIT_REPOSITORY_STATE_REBASE_INTERACTIVE, GIT_REPOSITORY_STATE_REBASE_MERGE:
            .rebase
        case GIT_REPOSITORY_STATE_APPLY_MAILBOX, GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE: .applyingMail
        default: .clean
        }
    }
}
