import ArgumentParser
import Pipeline
import Posts

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Publish what is due, record it beside the posts, commit, push.",
        discussion: """
            Examples:
              socials-pipeline sync
              socials-pipeline sync --dry-run --json
              socials-pipeline sync --account x/acme --limit 1
            """)

    @OptionGroup var common: CommonOptions

    @Flag(name: [.customShort("n"), .long], help: "Show what would be published; send nothing, write nothing.")
    var dryRun = false

    @Option(name: .long, help: "Only this account; may be repeated.")
    var account: [AccountID] = []

    @Option(name: .long, help: "Only this network; may be repeated.")
    var network: [Network] = []

    @Option(name: .long, help: "At most so many deliveries in this run.")
    var limit: Int?

    @Option(name: .long, help: "The remote's branch, where HEAD is detached.")
    var branch: String?

    @Flag(name: .long, help: "Leave the remote's branch as it is; claims and outcomes are pushed all the same.")
    var noPush = false

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit \(limit) is less than one") }
    }

    func run() async throws {
        var options = SyncOptions(repository: common.repository)
        options.isDryRun = dryRun
        options.accounts = Set(account)
        options.networks = Set(network)
        options.limit = limit
        options.branch = branch
        options.holdsBackBranch = noPush
        try await publish(options, common).leave()
    }
}

/// Runs a sync and prints it.
func publish(_ options: SyncOptions, _ common: CommonOptions) async throws -> ExitStatus {
    let environment = try Environment.live(processVariables(), sends: !options.isDryRun)
    let (console, signals) = (common.console, SignalHandling())
    let report = try await sync(options, in: environment, stop: signals.stop) { console.show($0) }
    console.endProgress()
    console.show(report)
    return withExtendedLifetime(signals) { signals.status ?? report.status }
}
