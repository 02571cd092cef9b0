import Git
import Posts

extension Doctor {
    mutating func look(at repository: GitRepository) async {
        switch await repository.state {
        case .clean: lines.append(.ok("state", "no merge or rebase is under way"))
        case let state:
            lines.append(
                .warning("state", "in the middle of something: \(state); sync waits", fix: "finish or abort it"))
        }
        switch await repository.indexReading {
        case .readable: lines.append(.ok("index", "can be read"))
        case .onlyByGit(let setting): lines.append(.ok("index", "\(setting); the git executable keeps it up to date"))
        case .broken(let reason):
            lines.append(.failure("index", reason, fix: "rm \(repository.indexPath) && git reset"))
        }
        lookAtIndexLock(of: repository)
        lines.append(
            await repository.isShallow
                ? .ok("history", "shallow; what `schedule: now` needs is fetched when it is needed")
                : .ok("history", "whole"))
    }

    private mutating func lookAtIndexLock(of repository: GitRepository) {
        let path = repository.indexPath + ".lock"
        guard let since = Files.modified(path) else { return lines.append(.ok("index-lock", "nobody holds it")) }
        let age = max(.zero, environment.clock.now - since)
        guard age >= .minutes(10) else {
            return lines.append(.ok("index-lock", "another git process is at work since \(age.words)"))
        }
        lines.append(
            .warning(
                "index-lock", "has been there for \(age.words); until it is gone git status shows results as changed",
                fix: "rm \(path), if no git is at work"))
    }

    /// Media whose bytes Git LFS did not fetch.
    mutating func lookForPointers(_ workspace: Workspace) async {
        let diagnostics: [Diagnostic]
        do { diagnostics = try await check(workspace.root, paths: [], in: environment) } catch {
            return lines.append(.failure("posts", error))
        }
        let pointers = Set(diagnostics.filter { $0.code == .lfsPointer }.map(\.place.path)).sorted()
        lines.append(
            pointers.isEmpty
                ? .ok("lfs", "no picture is a pointer of Git LFS")
                : .warning(
                    "lfs",
                    "pictures of \(pointers.joined(separator: ", ")) were not fetched; the posts are not published",
                    fix: "git lfs pull; in GitHub Actions lfs: true for actions/checkout"))
    }
}
