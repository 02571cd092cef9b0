import JSON
import Posts

/// Leases written by a clock that is far ahead, and when this clone saw each first. Kept beside the journal; without the
/// file they are seen anew.
struct FarLeases: Sendable {
    private let path: String
    private let known: [AttemptID: Instant]

    init(folder: String) {
        path = folder + "/far-leases"
        let json = (try? Files.read(path, limit: 1 << 20)).flatMap { try? JSON(parsing: $0) }
        known = (json?.object ?? [:]).reduce(into: [:]) { known, member in
            known[AttemptID(member.key)] = member.value.string.flatMap(Instant.init(rfc3339:))
        }
    }

    func firstSeen(_ entry: ClaimsEntry) -> Instant? { known[entry.attempt] }

    /// Remembers those that the claims hold now, and forgets the rest.
    func note(_ claims: ClaimsTree, at now: Instant, lease: Duration) {
        let far = claims.entries.values.filter { $0.isFarAhead(at: now, lease: lease) }
        if far.isEmpty, known.isEmpty { return }
        let members = far.map { ($0.attempt.text, JSON.string((known[$0.attempt] ?? now).rfc3339)) }
        // Not written, they are seen anew by the next run, which only waits longer.
        try? Files.replace(
            path, with: JSON.object(Dictionary(members) { first, _ in first }).pretty(), durable: false)
    }
}
