import ArgumentParser
import JSON
import Pipeline
import Posts

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what a sync now would do, and when the next delivery is due.",
        discussion: "Nothing is sent and nothing is written.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let environment = try Environment.live(processVariables(), sends: false)
        let plan = try await plan(common.repository, in: environment)
        let console = common.console
        if console.isJSON { return console.say(plan.json) }
        console.show(plan.problems)
        for due in plan.due + plan.open {
            console.say("due   \(due.schedule.rfc3339)  \(due.id)\(due.price.map { "  \($0)" } ?? "")")
        }
        for due in plan.late { console.say("late  \(due.schedule.rfc3339)  \(due.id)") }
        for held in plan.held { console.say("held  \(held.reason.rawValue)  \(held.id)") }
        if let next = plan.next { console.say("next  \(next.schedule.rfc3339)  \(next.id)") }
        if !plan.pause.isEmpty { console.say(plan.pause.sentence) }
        if let (sum, count) = plan.price {
            console.say("costs \(sum) for \(count) \(count == 1 ? "delivery" : "deliveries")")
        }
        console.say("\(plan.posts) posts, \(plan.due.count + plan.open.count) due")
    }
}
