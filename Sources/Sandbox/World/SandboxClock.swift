/// What time it is in the emulated world.
///
/// A time set by `POST /_sandbox/clock` stands still. Otherwise the clock follows the requests: an OAuth timestamp or
/// an `X-Socials-Now` header more than five minutes from real time is taken over (the latest one seen wins, and
/// stands still); until such a request it is real time.
struct SandboxClock: Codable, Sendable {
    /// Set by a person; only then are OAuth timestamps compared with it.
    private(set) var fixed: Moment?
    private var followed: Moment?

    /// As far as an OAuth timestamp may be from the network's clock (code 135), in seconds.
    static let tolerance = 300.0

    func now(real: Moment) -> Moment { fixed ?? followed ?? real }

    mutating func set(_ moment: Moment?) {
        fixed = moment
        followed = nil
    }

    mutating func observe(_ moment: Moment, real: Moment) {
        guard followed != nil || abs(moment - real) > Self.tolerance else { return }
        followed = max(followed ?? moment, moment)
    }
}
