import ArgumentParser
import Pipeline
import Posts

struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Publish posts now, whatever their time.",
        discussion: """
            Releases posts that were missed, cancelled or failed, and those without or before their schedule. Refuses
            drafts, expired and invalid posts, and what nobody is sure about. What is live already is not sent again.

            Example:
              socials-pipeline publish posts/2026/12/launch.md --account x/acme
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "Posts, as paths.", completion: .file(extensions: ["md", "markdown"]))
    var posts: [String]

    @Option(name: .long, help: "Only this account; may be repeated.")
    var account: [AccountID] = []

    func run() async throws {
        var options = SyncOptions(repository: common.repository)
        options.lockPatience = SyncOptions.personsPatience
        options.order = Order(
            posts: Set(try posts.map { try postPath($0, in: common.repository) }), accounts: Set(account))
        try await publish(options, common).leave()
    }
}
