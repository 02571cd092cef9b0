// compiles
import Platforms
import Posts

/// The control: the same imports and calls as its neighbours, with the claim used up once.
func publish<Network: Platform>(
    _ network: Network, _ step: Step, _ draft: Network.Draft, _ claim: consuming Claim
) async throws(PlatformFailure) -> Receipt {
    try await network.publish(step, draft: draft, after: [], claim: claim)
}
