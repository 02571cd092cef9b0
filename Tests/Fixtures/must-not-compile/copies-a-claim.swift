// expected: 'copy' cannot be applied to noncopyable types
import Posts

func twice(_ claim: borrowing Claim) -> Claim {
    copy claim
}
