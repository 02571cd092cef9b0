// expected: 'Claim' initializer is inaccessible due to 'fileprivate' protection level
import Posts

func forge(_ attempt: AttemptID, at moment: Instant) -> Claim {
    Claim(attempt: attempt, step: 0, startedAt: moment)
}
