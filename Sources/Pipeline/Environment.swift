import Git
package import HTTP
package import Posts

/// What a run uses of the world, built in one place; nothing else reads variables, clocks or chance.
package struct Environment: Sendable {
    package var variables: [String: String]
    package var clock: any WallClock
    /// Every request goes there instead of the networks, and nothing that comes of it counts as real.
    package var gateway: Gateway?
    package var transport: any Transport
    /// Goes to the real hosts even with a gateway (CONTRACT §3): AWS.
    package var directTransport: any Transport
    package var random: @Sendable () -> UInt128
    package var zones: TimeZones
    /// The git executable at work in a repository's folder.
    package var git: @Sendable (String) -> any GitCommands
    /// Whether the clock must agree with those of the servers; a made-up one need not.
    package var checksClock = false
    /// Programs that convert media.
    package var converters = ConverterPrograms()
    /// Of media files that were read already.
    package let digests = MediaDigests(settled: MediaDigests.patience)

    package init(
        variables: [String: String], clock: any WallClock, gateway: Gateway?, transport: any Transport,
        random: @escaping @Sendable () -> UInt128, zones: TimeZones,
        git: @escaping @Sendable (String) -> any GitCommands
    ) {
        self.variables = variables
        self.clock = clock
        self.gateway = gateway
        self.transport = transport
        directTransport = transport
        self.random = random
        self.zones = zones
        self.git = git
    }

    /// The real world as the process sees it (CONTRACT §3).
    /// - Parameter sends: whether the command sends anything; then `SOCIALS_NOW` needs a gateway.
    package static func live(_ variables: [String: String], sends: Bool) throws(Refusal) -> Environment {
        let gateway: Gateway?
        do { gateway = try variables["SOCIALS_GATEWAY"].flatMap(\.nonEmpty).map(Gateway.init) } catch {
            throw Refusal(.usage, "SOCIALS_GATEWAY: \(error)", hint: "write http://127.0.0.1:PORT")
        }
        let now = variables["SOCIALS_NOW"]?.nonEmpty
        if now != nil, sends, gateway == nil {
            throw Refusal(
                .usage, "SOCIALS_NOW would publish to real networks at a made-up time",
                hint: "unset it, or set SOCIALS_GATEWAY to a sandbox")
        }
        let clock = if let now { try SystemClock(variable: now) } else { SystemClock() }
        var environment = Environment(
            variables: variables, clock: clock, gateway: gateway,
            // The sandbox's clock follows ours.
            transport: CurlTransport(gateway: gateway, userAgent: "socials-pipeline/\(version)") {
                now == nil ? [:] : ["X-Socials-Now": clock.now.rfc3339]
            },
            random: RandomBits().next, zones: .system,
            git: {
                GitExecutable(workingDirectory: $0, environment: variables, patience: Patience(total: .seconds(120)))
            })
        environment.checksClock = now == nil
        if gateway != nil { environment.directTransport = CurlTransport(userAgent: "socials-pipeline/\(version)") }
        environment.converters = ConverterPrograms(searching: variables["PATH"] ?? "")
        return environment
    }
}

/// The version of this program.
package let version = "0.1.0"

extension TimeZones {
    /// The zones of Debian's `tzdata`.
    package static let system = TimeZones { name in try? Files.read("/usr/share/zoneinfo/" + name, limit: 1 << 20) }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }
}
