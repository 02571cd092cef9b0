import Posts

/// The engine's settings, from socials.yml and the environment.
package struct Policy: Sendable {
    package var runner: String
    package var lease: Duration
    /// Accounts that publish side by side.
    package var concurrency: Int
    package var retries: Int
    /// The longest wait for a network inside a run.
    package var wait: Duration
    package var giveUpAfter: Duration
    package var isGateway: Bool
    /// Deliveries that one replacement of the claims ref may claim (EXACTLY-ONCE 4).
    package var batch = 20

    package init(
        runner: String, lease: Duration = .minutes(15), concurrency: Int = 8, retries: Int = 5,
        wait: Duration = .seconds(20), giveUpAfter: Duration = .hours(72), isGateway: Bool
    ) {
        self.runner = runner
        self.lease = lease
        self.concurrency = concurrency
        self.retries = retries
        self.wait = wait
        self.giveUpAfter = giveUpAfter
        self.isGateway = isGateway
    }
}
