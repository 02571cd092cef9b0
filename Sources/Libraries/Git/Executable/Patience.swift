/// How long a run of git may take. Nothing else decides about time, so that a test can wait for milliseconds.
package struct Patience: Sendable {
    /// The longest silence of a fetch or push, which report their progress at least every second while data flows.
    package var idle: Duration
    /// The longest time of any run.
    package var total: Duration
    /// What git and its children get to remove their lock files between being asked to end and being killed.
    package var grace: Duration

    package init(idle: Duration = .seconds(60), total: Duration = .seconds(300), grace: Duration = .seconds(2)) {
        self.idle = idle
        self.total = total
        self.grace = grace
    }
}
