// expected: 'claim' consumed more than once
import Platforms
import Posts

func publish<Network: Platform>(
    _ network: Network, _ step: Step, _ draft: Network.Draft, _ claim: consuming Claim
) async throws(PlatformFailure) -> Receipt {
    do throws(PlatformFailure) {
        return try await network.publish(step, draft: draft, after: [], claim: claim)
    } catch {
        return try await network.publish(step, draft: draft, after: [], claim: claim)
    }
}
