import ArgumentParser
import Pipeline
import Posts

@main
struct SocialsPipeline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "socials-pipeline",
        abstract: "Publishes Markdown posts from a git repository to social networks, each exactly once.",
        version: Pipeline.version,
        subcommands: [
            CheckCommand.self, PreviewCommand.self, PlanCommand.self, SyncCommand.self, PublishCommand.self,
            StatusCommand.self,
            CancelCommand.self, RetryCommand.self, ResolveCommand.self, PauseCommand.self, ResumeCommand.self,
            DoctorCommand.self, SandboxCommand.self, DemoCommand.self,
        ])

    /// Usage errors end with 64, refusals with their own status and one sentence.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let refusal as Refusal {
            Console.complain(refusal.description)
            exit(withError: ExitCode(refusal.status.rawValue))
        } catch {
            exit(withError: error)
        }
    }
}

extension ExitStatus {
    /// Ends the command with this status; success returns.
    func leave() throws {
        if self != .success { throw ExitCode(rawValue) }
    }
}
