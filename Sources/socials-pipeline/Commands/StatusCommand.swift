import ArgumentParser
import JSON
import Pipeline
import Posts

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "List deliveries and where they stand.", aliases: ["list"])

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "Only this state; may be repeated.")
    var state: [String] = []

    @Option(name: .long, help: "Only this account; may be repeated.")
    var account: [AccountID] = []

    @Option(name: .long, help: "Only this network; may be repeated.")
    var network: [Network] = []

    @Option(name: .long, help: "At most so many lines.")
    var limit: Int?

    func run() async throws {
        let environment = try Environment.live(processVariables(), sends: false)
        let entries = try await status(common.repository, in: environment).filter { entry in
            (state.isEmpty || state.contains(entry.state)) && (account.isEmpty || account.contains(entry.id.account))
                && (network.isEmpty || network.contains(entry.id.account.network))
        }
        let shown = entries.prefix(limit ?? entries.count)
        let console = common.console
        if console.isJSON { return console.say(.array(shown.map(\.json))) }
        for entry in shown {
            let moment = entry.result?.publishedAt ?? entry.schedule
            let edited = entry.isEdited ? "  edited since" : ""
            console.say(
                "\(entry.state)  \(moment?.rfc3339 ?? "-")  \(entry.id)  \(entry.result?.url ?? "")\(edited)")
        }
        let published = entries.count { $0.state == "published" }
        let failed = entries.count { ["failed", "unknown", "missed"].contains($0.state) }
        let pause = try await lastSeenPause(common.repository, in: environment)
        if !pause.isEmpty { console.say(pause.sentence) }
        console.say("\(entries.count) deliveries, \(published) published, \(failed) failed, unknown or missed")
    }
}
