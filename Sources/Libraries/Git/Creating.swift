import CGit2

extension Repository {
    /// Creates an empty repository with folders up to it; one that exists stays as it is.
    package static func initialise(at path: String, branch: String) throws(GitError) -> Repository {
        try Library.ensureStarted()
        var options = git_repository_init_options()
        try check(
            git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION)), "prepare \(path)")
        options.flags = GIT_REPOSITORY_INIT_MKPATH.rawValue
        var raw: OpaquePointer?
        let code = branch.withCString { name in
            options.initial_head = name
            return git_repository_init_ext(&raw, path, &options)
        }
        try check(code, "create a repository at \(path)")
        guard let raw else { throw GitError(.notARepository, "no repository came to be at \(path)") }
        return Repository(owning: raw)
    }

    /// Stages every change of the working directory and commits it on the branch of `HEAD`, as `git add -A` and
    /// `git commit` would, without hooks. For the demonstration and for tests.
    package func commitAll(message: String, author: Author) throws(GitError) -> ObjectID {
        var index: OpaquePointer?
        try check(git_repository_index(&index, raw), "open the index")
        defer { git_index_free(index) }
        try check(git_index_read(index, 1), "read the index")
        try check(git_index_add_all(index, nil, 0, nil, nil), "stage all files")
        try check(git_index_update_all(index, nil, nil, nil), "stage removed files")
        try check(git_index_write(index), "write the index")
        var tree = git_oid()
        try check(git_index_write_tree(&tree, index), "store the staged files")
        let head = try head
        let commit = try createCommit(
            tree: ObjectID(tree), parents: head.commit.map { [$0] } ?? [], author: author, message: message)
        let reference: String
        switch head {
        case .branch(let name, _), .unborn(let name): reference = name
        case .detached: reference = "HEAD"
        }
        guard try compareAndSwap(reference: reference, to: commit, expecting: head.commit, log: "commit: \(message)")
        else { throw GitError(.locked, "\(reference) moved during the commit", hint: "try again") }
        return commit
    }
}
