import ArgumentParser
import Pipeline
import Posts

struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Send nothing to an account, or to any, until resume.",
        discussion: """
            It counts for every runner that shares the claims. One that is at work stops as soon as it looks at them again;
            a request that has left is finished and written down.

            Examples:
              socials-pipeline pause
              socials-pipeline pause x/acme
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The account; absent: all.")
    var account: AccountID?

    func run() async throws { try await change(.pause, account, common) }
}

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "End a pause.",
        discussion: """
            What came due meanwhile is sent by the next sync, unless its time is more than giveUpAfter ago. Without an
            account every pause ends, also those of single accounts.

            Examples:
              socials-pipeline resume
              socials-pipeline resume x/acme
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The account; absent: all.")
    var account: AccountID?

    func run() async throws { try await change(.resume, account, common) }
}

private func change(_ pausing: Pausing, _ account: AccountID?, _ common: CommonOptions) async throws {
    let environment = try Environment.live(processVariables(), sends: true)
    var options = SyncOptions(repository: common.repository)
    options.lockPatience = SyncOptions.personsPatience
    let report = try await change(pausing, account, options, in: environment)
    let console = common.console
    if console.isJSON { return console.say(report.json) }
    console.say(report.pause.sentence)
}

extension Pause {
    /// `everything is paused`, `paused: x/acme`
    var sentence: String {
        if everything { return "everything is paused" }
        if accounts.isEmpty { return "nothing is paused" }
        return "paused: " + accounts.sorted().map(\.description).joined(separator: ", ")
    }
}
