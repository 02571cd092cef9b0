// expected: 'claim' is borrowed and cannot be consumed
import Platforms
import Posts

func publish<Network: Platform>(
    _ network: Network, _ step: Step, _ draft: Network.Draft, _ claim: borrowing Claim
) async throws(PlatformFailure) -> Receipt {
    try await network.publish(step, draft: draft, after: [], claim: claim)
}
