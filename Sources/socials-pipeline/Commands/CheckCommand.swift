import ArgumentParser
import JSON
import Pipeline
import Posts

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "List every problem of posts, media and socials.yml; no network is asked.",
        discussion: """
            Examples:
              socials-pipeline check
              socials-pipeline check posts/2026/12/launch.md --format json
              socials-pipeline check --explain unknown-account
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case human, json, github }

    @OptionGroup var common: CommonOptions

    @Argument(help: "Posts to check; paths that are no posts are ignored. Default: all.")
    var paths: [String] = []

    @Option(name: .long, help: "human, json or github (annotations of a workflow run).")
    var format: Format?

    @Option(name: .long, help: "Explain a code, or “all”, and end.")
    var explain: String?

    func run() async throws {
        if let explain { return try explainCode(explain) }
        let environment = try Environment.live(processVariables(), sends: false)
        do {
            let asked = Set(paths.compactMap { typed in try? postPath(typed, in: common.repository) })
            let isNothing = !paths.isEmpty && asked.isEmpty
            let diagnostics = isNothing ? [] : try await check(common.repository, paths: asked, in: environment)
            show(diagnostics)
            if diagnostics.contains(where: { $0.severity == .error }) { try ExitStatus.invalidPost.leave() }
        } catch let refusal as Refusal where !refusal.diagnostics.isEmpty {
            show(refusal.diagnostics)
            try refusal.status.leave()
        }
    }

    private func show(_ diagnostics: [Diagnostic]) {
        let console = common.console
        switch format ?? (common.json ? .json : .human) {
        case .json: console.say(.array(diagnostics.map(\.json)))
        case .github: showAnnotations(diagnostics)
        case .human:
            for diagnostic in diagnostics { console.say(diagnostic.line) }
            let errors = diagnostics.count { $0.severity == .error }
            console.note("\(errors) errors, \(diagnostics.count { $0.severity == .warning }) warnings")
        }
    }

    /// A run shows 10 annotations of a severity and drops the rest silently, so the last one says how many.
    private func showAnnotations(_ diagnostics: [Diagnostic]) {
        let most = 10
        for severity in [Diagnostic.Severity.error, .warning, .note] {
            let all = diagnostics.filter { $0.severity == severity }
            for diagnostic in all.prefix(all.count > most ? most - 1 : most) {
                common.console.say(diagnostic.gitHubAnnotation)
            }
            if all.count > most {
                let kind = severity == .note ? "notice" : severity.rawValue
                common.console.say(
                    "::\(kind)::and \(all.count - most + 1) more; run socials-pipeline check to see them")
            }
        }
    }

    private func explainCode(_ name: String) throws {
        let codes = DiagnosticCode.allCases.filter { name == "all" || $0.rawValue == name }
        guard !codes.isEmpty else {
            throw Refusal(.usage, "there is no code “\(name)”", hint: "list them with check --explain all")
        }
        for code in codes { common.console.say("\(code.rawValue)\n  \(code.explanation)\n") }
    }
}
