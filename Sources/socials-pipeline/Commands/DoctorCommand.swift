import ArgumentParser
import JSON
import Pipeline
import Posts

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Show what works and what does not: git, remote, claims, clock, credentials.",
        discussion: """
            Posts nothing. On the remote one reference is made and removed again, to see whether claims can be made.
            """)

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "The remote's branch, where HEAD is detached.")
    var branch: String?

    @Flag(name: .long, help: "Make claims anew that were deleted; what is open is asked for before anything is sent.")
    var repairClaims = false

    func run() async throws {
        let environment = try Environment.live(processVariables(), sends: repairClaims)
        let lines =
            repairClaims
            ? try await Pipeline.repairClaims(common.repository, branch: branch, in: environment)
            : await doctor(common.repository, branch: branch, in: environment)
        let console = common.console
        if console.isJSON { console.say(.array(lines.map(\.json))) } else { lines.forEach(console.show) }
        try lines.exitStatus.leave()
    }
}

extension Console {
    fileprivate func show(_ line: HealthLine) {
        let tint: Tint =
            switch line.status {
            case .ok: .green
            case .warning: .yellow
            case .failure: .red
            }
        let text = "\(tinted(line.status.rawValue, tint))  \(line.check): \(line.message)"
        let words = line.fix.map { text + "\n  \($0)" } ?? text
        if line.status == .ok { say(words) } else { Self.printLine(words) }
    }
}
