import Git
import HTTP
import Posts

extension Doctor {
    /// EXACTLY-ONCE, "To be stated in the README".
    private static var tolerance: Duration { .minutes(2) }

    /// Compares this machine's clock with that of a server: the remote's, if it speaks HTTP, else a network's.
    mutating func lookAtClock(_ upstream: Upstream, _ configuration: Configuration) async {
        guard environment.variables["SOCIALS_NOW"]?.isEmpty ?? true, environment.gateway == nil else {
            return lines.append(.ok("clock", "not compared: SOCIALS_NOW or SOCIALS_GATEWAY is set"))
        }
        let networks = configuration.order.compactMap { Self.homes[$0.network] }
        guard let address = upstream.address.origin ?? networks.first else {
            return lines.append(.ok("clock", "not compared: there is no server to ask"))
        }
        let request = Request(.get, address + "/", repetition: .allowed, deadline: .seconds(10))
        let before = environment.clock.now
        let answer: Response
        do { answer = try await environment.transport.send(request) } catch {
            return lines.append(.warning("clock", "not compared: \(error.reason)"))
        }
        let middle = before + (environment.clock.now - before) / 2
        guard let theirs = answer.headers["Date"].flatMap(httpDate).map({ Instant(seconds: $0) }) else {
            return lines.append(.ok("clock", "not compared: \(address) does not say what time it is"))
        }
        let difference = max(middle - theirs, theirs - middle)
        lines.append(
            difference > Self.tolerance
                ? .failure(
                    "clock", "differs by \(difference.words) from that of \(address)",
                    fix: "set the clock: timedatectl set-ntp true")
                : .ok("clock", "agrees with that of \(address)"))
    }

    private static let homes: [Network: String] = [
        .x: "https://api.x.com", .linkedin: "https://api.linkedin.com", .instagram: "https://graph.facebook.com",
    ]
}
