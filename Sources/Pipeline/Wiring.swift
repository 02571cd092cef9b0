import Git
import HTTP
import Posts

// How the parts of a run are made from the configuration; `Sync.swift` reads without them.

extension RunLock {
    /// - Parameter patience: how long to wait for another run.
    static func taken(inFolder folder: String, patience: Duration, clock: any WallClock) async throws(Refusal)
        -> RunLock
    {
        // Counted, because a clock that stands still never comes to an end.
        var waited = Duration.zero
        while true {
            let lock = try filing { () throws(Files.Failure) in
                try Files.createFolders(folder)
                return try RunLock(folder + "/lock")
            }
            if let lock { return lock }
            guard waited < patience else {
                throw Refusal(.tryAgain, "another run is at work in this repository", hint: "wait until it has ended")
            }
            await clock.sleep(until: clock.now + .milliseconds(200))
            waited += .milliseconds(200)
        }
    }
}

extension Configuration {
    /// With a gateway the claims lie in a ref of their own, so that sandbox and real never mix.
    func claimsReference(_ environment: Environment) -> String {
        environment.gateway == nil ? claims.ref : "refs/socials/sandbox-claims"
    }
}

extension ClaimsObjects {
    init(repository: GitRepository, workspace: Workspace, environment: Environment) {
        let (name, email) = (workspace.configuration.commit.name, workspace.configuration.commit.email)
        self.init(repository: repository, author: { (name, email, environment.clock.now) })
    }
}

extension GitClaims {
    init(repository: GitRepository, workspace: Workspace, environment: Environment) {
        self.init(
            repository: repository,
            objects: ClaimsObjects(repository: repository, workspace: workspace, environment: environment),
            reference: workspace.configuration.claimsReference(environment))
    }
}

extension Policy {
    init(_ configuration: Configuration, runner: String, isGateway: Bool, isShared: Bool) {
        let publishing = configuration.publishing
        self.init(
            runner: runner, lease: configuration.claims.lease,
            concurrency: publishing.concurrency, retries: publishing.retries, wait: publishing.wait,
            giveUpAfter: publishing.giveUpAfter, isGateway: isGateway)
        batch = isShared ? Self.batchOfRemote : Self.batchAlone
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
            return ServerMediaHost(publicURL: publicURL, port: UInt16(clamping: port))
        case .s3(let bucket, let region, let prefix, let endpoint):
            do throws(PlatformFailure) {
                return try S3MediaHost(
                    bucket: bucket, region: region, prefix: prefix, endpoint: endpoint, environment: environment)
            } catch {
                return NoMediaHost(failure: error)
            }
        }
    }
}

extension S3MediaHost {
    convenience init(
        bucket: String, region: String?, prefix: String, endpoint: String?, environment: Environment
    ) throws(PlatformFailure) {
        let aws = AWSEnvironment(variables: environment.variables)
        let keys = try aws.keys()
        let region = try aws.region(region)
        let address = endpoint ?? aws.s3Endpoint
        guard let place = S3Bucket(bucket, region: region, endpoint: address) else {
            throw PlatformFailure(
                .config, scope: .account, code: "media-host.endpoint",
                "the endpoint \"\(address ?? "")\" of mediaHost s3 is no address",
                hint: "write it out, beginning with https://")
        }
        self.init(
            bucket: place, prefix: prefix, signing: SigV4(keys: keys, region: region, service: "s3"),
            transport: environment.directTransport, clock: environment.clock)
    }
}
