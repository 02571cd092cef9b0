import Git
import HTTP
import Posts

// How the parts of a run are made from the configuration; `Sync.swift` reads without them.

extension RunLock {
    convenience init?(inFolder folder: String) throws(Files.Failure) {
        try Files.createFolders(folder)
        try self.init(folder + "/lock")
    }
}

extension GitClaims {
    /// With a gateway the claims lie in a ref of their own, so that sandbox and real never mix.
    init(repository: GitRepository, workspace: Workspace, environment: Environment) {
        let (name, email) = (workspace.configuration.commit.name, workspace.configuration.commit.email)
        self.init(
            repository: repository,
            reference: environment.gateway == nil ? workspace.configuration.claims.ref : "refs/socials/sandbox-claims",
            author: { (name, email, environment.clock.now) })
    }
}

extension Policy {
    /// A lease must outlast the longest request and leave time to renew it.
    private static var shortestLease: Duration { .minutes(6) }

    init(_ configuration: Configuration, runner: String, isGateway: Bool) {
        let publishing = configuration.publishing
        self.init(
            runner: runner, lease: max(configuration.claims.lease, Self.shortestLease),
            concurrency: publishing.concurrency, retries: publishing.retries, wait: publishing.wait,
            giveUpAfter: publishing.giveUpAfter, isGateway: isGateway)
    }
}

extension Planning {
    /// As `run`, for a command: trouble with the repository's objects ends it.
    mutating func fill(from scan: Scan) async throws(Refusal) {
        do { try await run(scan) } catch let failure as Files.Failure {
            throw Refusal(.file, failure.description)
        } catch {
            throw Refusal(.configuration, "\(error)")
        }
    }
}

extension GitRepository {
    var headCommit: String? {
        get throws(Refusal) {
            do { return try head.commit?.hex } catch { throw Refusal(.configuration, error.message, hint: error.hint) }
        }
    }
}

extension Workspace {
    func mediaHost(_ environment: Environment, commit: String?) -> any MediaHost {
        switch configuration.mediaHost {
        case .none: return NoMediaHost(reason: "this network downloads media, and socials.yml names no mediaHost")
        case .static(let baseURL): return StaticMediaHost(baseURL: baseURL)
        case .gitRaw(let baseURL):
            let base = baseURL ?? configuration.repository.flatMap(GitRawMediaHost.baseURL(ofRepository:))
            guard let base, let commit else {
                return NoMediaHost(reason: "mediaHost git-raw needs a baseUrl, or a repository on a host that is known")
            }
            return GitRawMediaHost(baseURL: base, commit: commit)
        case .server(let publicURL, let port):
            return ServerMediaHost(root: root, publicURL: publicURL, port: UInt16(clamping: port))
        case .s3: return NoMediaHost(reason: "mediaHost s3 is not available in this version")
        }
    }
}
