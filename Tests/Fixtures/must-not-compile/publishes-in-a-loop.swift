// expected: 'claim' consumed in a loop
import Platforms
import Posts

func publish<Network: Platform>(
    _ network: Network, _ step: Step, _ draft: Network.Draft, _ claim: consuming Claim
) async throws(PlatformFailure) {
    for _ in 0..<3 {
        _ = try await network.publish(step, draft: draft, after: [], claim: claim)
    }
}
