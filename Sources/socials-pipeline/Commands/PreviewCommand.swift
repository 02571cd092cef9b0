import ArgumentParser
import JSON
import Pipeline
import Posts

struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Show posts as each network would; nothing is sent, and no secret is needed.",
        discussion: """
            Examples:
              socials-pipeline preview posts/2026/12/launch.md
              socials-pipeline preview --changed-since origin/main --format html > preview.html
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, html, markdown, json }

    @OptionGroup var common: CommonOptions

    @Argument(help: "Posts to show.")
    var posts: [String] = []

    @Option(name: .long, help: "text, html (one page that needs nothing else), markdown (for a pull request) or json.")
    var format: Format?

    @Option(
        name: .long,
        help: "Also the posts whose files changed since HEAD and this commit or branch parted, e.g. origin/main.")
    var changedSince: String?

    func validate() throws {
        if posts.isEmpty, changedSince == nil { throw ValidationError("name a post, or say --changed-since") }
    }

    func run() async throws {
        let environment = try Environment.live(processVariables(), sends: false)
        var paths: Set<String> = []
        for typed in posts { paths.insert(try postPath(typed, in: common.repository)) }
        let previews = try await preview(common.repository, posts: paths, changedSince: changedSince, in: environment)
        try show(previews)
        if previews.contains(where: \.isInvalid) { try ExitStatus.invalidPost.leave() }
    }

    private func show(_ previews: [Preview]) throws {
        let console = common.console
        if previews.isEmpty { console.note("no post changed since \(changedSince ?? "")") }
        switch format ?? (common.json ? .json : .text) {
        case .json: console.say(.array(previews.flatMap(\.json)))
        case .text: for preview in previews { console.say(preview.text) }
        case .markdown: for preview in previews { console.say(preview.markdown) }
        case .html: console.say(previews.page(root: try Workspace.open(at: common.repository, zones: .system).root))
        }
        // The entries of a post are those of its accounts; what is wrong with one that has none is told apart.
        for preview in previews where preview.deliveries.isEmpty { console.show(preview.problems) }
    }
}
