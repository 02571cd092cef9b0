extension GitExecutable {
    /// One fetch of several references, named in full (`refs/heads/main`). One that the remote lacks is absent from
    /// the answer. Remote-tracking references, tags and `FETCH_HEAD` stay as they are.
    ///
    /// A shallow clone stays shallow; what a reference gained since is transferred whole. In a partial clone the new
    /// blobs come along, but a blob that the remote believes to be here already may be missing: `readBlob` fetches it.
    /// Must not run twice at once in one repository and its worktrees; the caller's lock sees to that.
    package func fetch(from remote: String, references: [String]) async throws(RemoteError) -> [String: ObjectID] {
        try await fetch(from: remote, references: references, ["--no-filter"])
    }

    /// Brings so many more commits of a reference from behind a shallow clone's boundary, if the remote gives them.
    /// A partial clone stays partial.
    package func deepen(_ reference: String, from remote: String, by count: Int) async throws(RemoteError) {
        _ = try await fetch(from: remote, references: [reference], ["--deepen=\(count)"])
    }

    private func fetch(
        from remote: String, references: [String], _ options: [String]
    ) async throws(RemoteError) -> [String: ObjectID] {
        guard !references.isEmpty else { return [:] }
        let doing = "fetching from \(withoutSecrets(remote))"
        try checkNames(references)
        var command = GitCommand(
            [
                "fetch", "--progress", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no",
                "--no-auto-maintenance", "--prune", "--no-prune-tags", "--no-show-forced-updates", "--refmap=",
            ] + options + ["--", remote] + references.map { "+\(glob($0)):\(Scratch.name(glob($0)))" })
        command.isIdleLimited = true
        // A graph of commits is for people who read history; newer git would also write `refs/remotes/…/HEAD`.
        command.settings = [("fetch.writeCommitGraph", "false"), ("remote.\(remote).followRemoteHEAD", "never")]
        var ending = try await run(command)
        var fetched = try scratchReferences(doing)
        // What a killed run left, a lock, or `heads/a` where `heads/a/b` is to be, was in the way and is cleared.
        if !ending.succeeded, ending.complaints.first(of: ["cannot lock ref"]) != nil {
            ending = try await run(command)
            fetched = try scratchReferences(doing)
        }
        guard ending.succeeded else { throw ending.failure(while: doing) }
        return Dictionary(
            uniqueKeysWithValues: Set(references).compactMap { name in fetched[Scratch.name(name)].map { (name, $0) } })
    }

    /// The references that the remote has, by full name; with `HEAD`, if it names a commit.
    /// - Parameter references: full names to ask for; empty: all.
    package func lsRemote(
        _ remote: String, references: [String] = []
    ) async throws(RemoteError) -> [String: ObjectID] {
        try checkNames(references)
        let command = GitCommand(["ls-remote", "--quiet", "--", remote] + references)
        let ending = try await run(command)
        guard ending.succeeded else { throw ending.failure(while: "asking \(withoutSecrets(remote))") }
        var found: [String: ObjectID] = [:]
        for line in String(decoding: ending.output, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2, let id = ObjectID(hex: String(parts[0])) else { continue }
            let name = String(parts[1])
            // The commit that a tag stands for; it is no reference.
            if name.hasSuffix("^{}") { continue }
            // git matches the ends of names.
            if references.isEmpty || references.contains(name) { found[name] = id }
        }
        return found
    }

    /// Reads what a fetch left in the scratch namespace, also of a run that was killed, and clears it.
    private func scratchReferences(_ doing: String) throws(RemoteError) -> [String: ObjectID] {
        do {
            let repository = try Repository.open(at: workingDirectory, environment: environment)
            repository.removeLocks(below: Scratch.root)
            return try repository.takeReferences(below: Scratch.root)
        } catch {
            throw .failed("\(doing): \(error)")
        }
    }

    func checkNames(_ references: [String]) throws(RemoteError) {
        for name in references where !isReferenceName(name) { throw .failed("\(name) is not the name of a reference") }
    }
}

/// Where a fetch puts what it got, until it is read. No local reference ever has the name that it has on the remote.
private enum Scratch {
    static let root = "refs/socials-pipeline/fetched/"

    static func name(_ reference: String) -> String { root + reference.dropFirst("refs/".count) }
}

/// A pattern for one reference: git ends with an error where a plain name is missing on the remote, a pattern may match
/// nothing. The star stands for no letter, inside the last part (`refs/heads/m*ain`): at its end it would bring
/// `main-old` and `main/2` along, in a shallow clone with all their history.
private func glob(_ reference: String) -> String {
    let start = reference.lastIndex(of: "/").map(reference.index(after:)) ?? reference.startIndex
    let second = reference.index(after: start)
    let place = second < reference.endIndex ? second : start
    return reference[..<place] + "*" + reference[place...]
}

/// git's rules (`git check-ref-format`) for a name below `refs/`.
func isReferenceName(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1, parts[0] == "refs", !name.contains(".."), !name.contains("@{"), !name.hasSuffix(".") else {
        return false
    }
    guard !name.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f || "~^:?*[\\".utf8.contains($0) }) else { return false }
    return parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock") }
}
