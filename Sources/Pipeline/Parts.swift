import HTTP
import Posts

/// Everything through which a run changes the world.
struct Parts: Sendable {
    var transport: any Transport
    var journal: any Journal
    var exchanger: any Exchanger
}

/// Writes outcomes where people see them. Repeatable: the claims ref has them, so whatever fails is done by the next run.
protocol Recorder: Sendable {
    func record(_ outcomes: [DeliveryID: DeliveryResult]) async -> Recorded
}
