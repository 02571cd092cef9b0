import CGit2

extension Repository {
    /// Reads all references whose names begin with the prefix, and deletes them.
    func takeReferences(below prefix: String) throws(GitError) -> [String: ObjectID] {
        var taken: [String: ObjectID] = [:]
        for name in try referenceNames(below: prefix) {
            taken[name] = try reference(named: name)
            try check(git_reference_remove(raw, name), "delete \(name)")
        }
        return taken
    }

    private func referenceNames(below prefix: String) throws(GitError) -> [String] {
        var iterator: OpaquePointer?
        try check(git_reference_iterator_glob_new(&iterator, raw, prefix + "*"), "list \(prefix)")
        defer { git_reference_iterator_free(iterator) }
        var names: [String] = []
        var name: UnsafePointer<CChar>?
        while git_reference_next_name(&name, iterator) == 0, let name { names.append(String(cString: name)) }
        return names
    }
}
