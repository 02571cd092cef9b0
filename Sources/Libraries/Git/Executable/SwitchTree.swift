extension GitExecutable {
    /// Makes of index and working tree, which stand at one commit, those of another, and moves no reference. Staged and
    /// unstaged work on files that are the same in both stays; where it is in the way, nothing is touched. May be repeated.
    package func switchTree(from old: ObjectID, to new: ObjectID) async throws(FastForwardError) {
        // Unlike a merge, read-tree takes a file for changed whose times it does not know, without reading it. That some
        // files have changed is no failure here.
        var refresh = GitCommand(["update-index", "-q", "--refresh"])
        refresh.whenCancelled = .finishes
        do { _ = try await run(refresh) } catch { throw .git(error) }
        var command = GitCommand(["read-tree", "-m", "-u", "--no-recurse-submodules", old.hex, new.hex])
        command.whenCancelled = .finishes
        let ending: GitEnding
        do { ending = try await run(command) } catch { throw .git(error) }
        guard !ending.succeeded else { return }
        let doing = "going from \(old.hex.prefix(10)) to \(new.hex.prefix(10))"
        if let line = ending.complaints.first(of: ["overwritten by merge", "not uptodate", "would be overwritten"]) {
            throw .diverged(ending.sentence(line, doing))
        }
        throw .git(ending.failure(while: doing))
    }
}
