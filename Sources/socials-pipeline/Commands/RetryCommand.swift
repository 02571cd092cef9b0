import ArgumentParser
import Pipeline
import Posts

struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Make posts due again that failed, were missed or cancelled.",
        discussion: """
            The next sync sends them, counting its attempts anew; those that wait for another try wait no longer. A post
            that is to go out later still waits for its time. What is live is never sent again.

            Example:
              socials-pipeline retry posts/2026/12/launch.md --account x/acme
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var order: OrderOptions

    func run() async throws { try await obey(.retry, order.posts, order.account, common).leave() }
}
