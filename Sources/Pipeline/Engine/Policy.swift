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
    /// Deliveries that one exchange may claim, and outcomes after which it is worth its price.
    package var batch = batchOfRemote

    /// EXACTLY-ONCE 4: others must look each of them up when this machine is lost.
    package static let batchOfRemote = 20
    /// Nobody else has these claims, and the journal tells which were sent. An exchange takes some 10 ms of CPU (measured),
    /// and what has come together is written when the last answer is there, so that it cannot be the whole run.
    package static let batchAlone = 64

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
