import CGit2

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension Repository {
    /// Removes the locks that a killed git left below a folder of references which nobody else writes.
    func removeLocks(below prefix: String) {
        let root = commonDirectory + "/" + prefix
        var folders = [root]
        while let folder = folders.popLast() {
            guard let stream = opendir(folder) else { continue }
            defer { closedir(stream) }
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name == "." || name == ".." { continue }
                if name.hasSuffix(".lock") { unlink(folder + "/" + name) } else { folders.append(folder + "/" + name) }
            }
        }
    }

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
