import ArgumentParser
import Pipeline
import Posts

struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Say what became of a delivery that is unknown.",
        discussion: """
            Look at the account first. With --published the delivery is written down as published, there. With
            --not-published it is due again, or missed if its time is more than maxLateness ago; that is taken only
            15 minutes after the request, because until then it may still arrive. Of a thread the part is meant that
            nobody knows of; the rest is sent.

            Examples:
              socials-pipeline resolve posts/2026/12/launch.md --account x/acme --published https://x.com/acme/status/1234567890
              socials-pipeline resolve posts/2026/12/launch.md --account linkedin/jane --not-published
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The post, as a path.", completion: .file(extensions: ["md", "markdown"]))
    var post: String

    @Option(name: .long, help: "Which account of the post.")
    var account: [AccountID] = []

    @Option(name: .long, help: ArgumentHelp("It is live, there.", valueName: "id-or-url"))
    var published: String?

    @Flag(name: .long, help: "It is not live.")
    var notPublished = false

    func validate() throws {
        guard (published != nil) != notPublished else {
            throw ValidationError("say either --published ID_OR_URL or --not-published")
        }
    }

    func run() async throws {
        try await obey(published.map { .published($0) } ?? .notPublished, [post], account, common).leave()
    }
}
