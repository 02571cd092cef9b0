import Git
import Posts

extension Doctor {
    /// How long a run that is at work is waited for.
    private static var patience: Duration { .seconds(20) }

    mutating func lookAtRemote(of repository: GitRepository, _ workspace: Workspace, branch: String?) async {
        let upstream: Upstream
        do throws(Refusal) {
            guard
                let found = try await Upstream.find(
                    of: repository, workspace.configuration, in: environment, branch: branch)
            else { return await lookAtClaimsHere(repository, workspace) }
            upstream = found
        } catch {
            return lines.append(.failure("remote", error))
        }
        lines.append(.ok("remote", "\(upstream.remote) is \(upstream.address.text), branch \(upstream.branch)"))
        lookAtIdentity(workspace.configuration, upstream)
        let folder = repository.commonDirectory + "/socials-pipeline"
        let lock: RunLock
        do throws(Refusal) {
            lock = try await RunLock.taken(inFolder: folder, patience: Self.patience, clock: environment.clock)
        } catch {
            return lines.append(
                .warning("lock", "\(error.message); the remote was not asked", fix: "wait until it has ended"))
        }
        await ask(upstream, repository, workspace)
        withExtendedLifetime(lock) {}
    }

    /// What keeps a fork from publishing.
    private mutating func lookAtIdentity(_ configuration: Configuration, _ upstream: Upstream) {
        if environment.gateway != nil {
            return lines.append(.ok("repository-match", "not compared in a run against the sandbox"))
        }
        let missing = [
            configuration.repository == nil ? "repository: https://\(upstream.address.text)" : nil,
            configuration.branch == nil ? "branch: \(upstream.branch)" : nil,
        ].compactMap(\.self)
        lines.append(
            missing.isEmpty
                ? .ok("repository-match", "remote and branch are those of socials.yml")
                : .warning(
                    "repository-match",
                    "socials.yml does not say which repository and branch publish; a fork would, too",
                    fix: "write into socials.yml: \(missing.joined(separator: ", "))"))
    }

    private mutating func ask(_ upstream: Upstream, _ repository: GitRepository, _ workspace: Workspace) async {
        let reference = workspace.configuration.claimsReference(environment)
        let found: [String: ObjectID]
        do throws(RemoteError) {
            found = try await repository.git.fetch(
                from: upstream.remote,
                references: Array(Set([upstream.reference, upstream.resultsReference, reference])).sorted())
        } catch {
            return lines.append(.failure("reachable", Refusal(error)))
        }
        lines.append(.ok("reachable", "\(upstream.remote) answers"))
        await lookAtClock(upstream, workspace.configuration)
        await lookAtBranch(upstream, repository, tip: found[upstream.reference])
        await probe(upstream, repository, workspace)
        let results = found[upstream.resultsReference] ?? found[upstream.reference]
        await lookAtClaims(found[reference], results: results, name: reference, upstream.remote, repository, workspace)
    }

    private mutating func lookAtBranch(_ upstream: Upstream, _ repository: GitRepository, tip: ObjectID?) async {
        guard let tip else {
            return lines.append(
                .warning(
                    "branch", "\(upstream.remote) has no branch \(upstream.branch) yet",
                    fix: "git push \(upstream.remote) \(upstream.branch)"))
        }
        let update = ReferenceUpdate(reference: upstream.resultsReference, new: tip, lease: .fastForward)
        do throws(RemoteError) {
            switch try await repository.git.rehearsePush(to: upstream.remote, update) {
            case .accepted, .moved:
                lines.append(
                    .ok(
                        "branch",
                        "\(upstream.resultsBranch) may be pushed, as far as can be seen without doing it: protection of a branch"
                            + " shows only then"))
            case .refused(let reason):
                lines.append(
                    .failure("branch", "\(upstream.resultsBranch) may not be pushed: \(reason)", fix: Self.allow))
            }
        } catch {
            lines.append(.failure("branch", failure(error)))
        }
    }

    /// A reference that nobody uses, made and removed.
    private mutating func probe(_ upstream: Upstream, _ repository: GitRepository, _ workspace: Workspace) async {
        let name = "refs/socials/probe-" + String(environment.random(), radix: 36)
        let commit = workspace.configuration.commit
        do {
            let made = try await repository.writeCommit(
                flatTree: [:],
                author: Author(name: commit.name, email: commit.email, seconds: environment.clock.now.seconds),
                message: "Probe\n")
            let make = ReferenceUpdate(reference: name, new: made, lease: .expects(nil))
            switch try await repository.git.push(to: upstream.remote, [make], runsHooks: false)[name] {
            case .accepted: break
            case .refused(let reason), .moved(let reason):
                return lines.append(
                    .failure("claims-push", "\(upstream.remote) does not take \(name): \(reason)", fix: Self.allow))
            case nil: return lines.append(.failure("claims-push", "\(upstream.remote) said nothing of \(name)"))
            }
            let remove = ReferenceUpdate(reference: name, new: nil, lease: .expects(made))
            let removed = try? await repository.git.push(to: upstream.remote, [remove], runsHooks: false)[name]
            lines.append(
                removed == .accepted
                    ? .ok("claims-push", "a reference beside the claims was made and removed")
                    : .warning(
                        "claims-push", "claims may be made, but \(name) could not be removed",
                        fix: "git push \(upstream.remote) :\(name)"))
        } catch let error as RemoteError {
            lines.append(.failure("claims-push", failure(error)))
        } catch {
            lines.append(.failure("claims-push", "\(error)"))
        }
    }

    private func failure(_ error: RemoteError) -> Refusal {
        var refusal = Refusal(error)
        if refusal.status != .unavailable { refusal.hint = Self.allow }
        return refusal
    }

    private static var allow: String {
        "allow writing: in GitHub Actions permissions: contents: write, elsewhere a token or key that may push"
    }
}
