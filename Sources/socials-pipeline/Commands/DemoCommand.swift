import ArgumentParser
import JSON
import Pipeline
import Posts

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Publish the example content to the sandbox and show what happened.",
        discussion: """
            Copies example-content to a temporary git repository, starts the sandbox, runs one sync at the time kept in
            the example's demo-now.txt, and shows what went where. No account is needed.
            """)

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "The example; by default example-content here or beside the program's package.")
    var from: String?

    @Flag(name: .long, help: "Leave the sandbox running, so that its web page can be looked at.")
    var keepRunning = false

    func run() async throws {
        let console = common.console
        let demo = try await Demo(example: try exampleFolder())
        let environment = try demo.environment(processVariables())
        let report = try await sync(SyncOptions(repository: demo.repository), in: environment) { console.show($0) }
        console.endProgress()
        let live = try await demo.live()
        if console.isJSON {
            console.say(["live": live, "repository": .string(demo.repository), "sync": report.json])
        } else {
            console.show(report)
            console.say("\nlive in the sandbox:")
            for post in live.array ?? [] { console.say("  " + Demo.line(post)) }
            console.say("\nrepository: \(demo.repository)\nlook:       git -C \(demo.repository) show --stat")
        }
        if keepRunning {
            console.say("sandbox:    \(demo.gateway)/   (Ctrl-C ends it)")
            await SignalHandling().asked()
        }
        await demo.stop()
        try report.status.leave()
    }

    private func exampleFolder() throws(Refusal) -> String {
        let program = Files.resolve("/proc/self/exe") ?? ""
        var candidates = [from ?? "example-content"]
        if from == nil {
            var folder = program[...]
            while let slash = folder.lastIndex(of: "/") {
                folder = folder[..<slash]
                candidates.append(folder + "/example-content")
            }
        }
        for candidate in candidates {
            if let folder = Files.resolve(candidate), Files.exists(folder + "/" + Workspace.configurationName) {
                return folder
            }
        }
        throw Refusal(.usage, "there is no example-content here", hint: "name the folder with --from")
    }
}
