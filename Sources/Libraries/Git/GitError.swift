import CGit2

/// What went wrong with a repository: a code to decide on, a sentence for people, and the way out where one is known.
package struct GitError: Error, Equatable, Sendable {
    package enum Code: Equatable, Sendable {
        /// No repository at the path or above it.
        case notARepository
        /// An object, reference or path that does not exist.
        case notFound
        /// A setting of the repository that libgit2 cannot read.
        case unsupported
        /// The repository belongs to another user and `safe.directory` does not name it.
        case owner
        /// Somebody else holds a lock file.
        case locked
        /// A name, path or value that git does not allow.
        case invalid
        /// The operation needs a working directory.
        case bare
        /// Anything else, with libgit2's own number.
        case other(Int32)
    }

    package let code: Code
    package let message: String
    package let hint: String?

    package init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}

extension GitError: CustomStringConvertible {
    package var description: String { hint.map { "\(message); \($0)" } ?? message }
}

/// Throws when libgit2 answered with an error; must follow the call directly, its text is kept per thread.
func check(_ code: Int32, _ doing: @autoclosure () -> String) throws(GitError) {
    guard code < 0 else { return }
    throw GitError(code, doing())
}

/// libgit2's last text on this thread.
func lastMessage() -> String {
    guard let error = git_error_last(), let text = error.pointee.message else { return "no reason was given" }
    return String(cString: text)
}

extension GitError {
    init(_ code: Int32, _ doing: String) {
        let reason = lastMessage()
        switch git_error_code(code) {
        case GIT_ENOTFOUND: self.init(.notFound, "cannot \(doing): \(reason)")
        case GIT_ELOCKED:
            self.init(
                .locked, "cannot \(doing): \(reason)",
                hint: "another git process is at work; if none runs, remove the lock file")
        case GIT_EINVALIDSPEC, GIT_EINVALID: self.init(.invalid, "cannot \(doing): \(reason)")
        case GIT_EBAREREPO: self.init(.bare, "cannot \(doing): the repository has no working directory")
        default: self.init(.other(code), "cannot \(doing): \(reason)")
        }
    }
}
