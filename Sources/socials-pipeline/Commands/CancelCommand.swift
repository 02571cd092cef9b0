import ArgumentParser
import Pipeline
import Posts

struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Say no to posts that are not live yet.",
        discussion: """
            Nothing more is sent for them by any runner, until retry or publish. What is live stays live. If a request was
            sent and nobody knows its end, the delivery becomes unknown, and resolve is to say which it is.

            Examples:
              socials-pipeline cancel posts/2026/12/launch.md
              socials-pipeline cancel posts/2026/12/launch.md --account linkedin/acme
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var order: OrderOptions

    func run() async throws { try await obey(.cancel, order.posts, order.account, common).leave() }
}

/// What `cancel` and `retry` take.
struct OrderOptions: ParsableArguments {
    @Argument(help: "Posts, as paths.", completion: .file(extensions: ["md", "markdown"]))
    var posts: [String]

    @Option(name: .long, help: "Only this account; may be repeated.")
    var account: [AccountID] = []
}
