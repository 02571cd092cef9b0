/// Posts that come too close to each other: the same words for the same account within 7 days, or two deliveries of an
/// account nearer than its `minGap`.
package enum Neighbours {
    package struct Delivery: Sendable {
        package var id: DeliveryID
        package var schedule: Instant
        /// nil: what it would say cannot be told, because something is wrong with it.
        package var digest: String?
        package var repeats: Bool

        package init(id: DeliveryID, schedule: Instant, digest: String?, repeats: Bool) {
            self.id = id
            self.schedule = schedule
            self.digest = digest
            self.repeats = repeats
        }
    }

    package static func warnings(_ deliveries: [Delivery], minGap: (AccountID) -> Duration) -> [Diagnostic] {
        var warnings: [Diagnostic] = []
        for (account, all) in Dictionary(grouping: deliveries, by: \.id.account) {
            let ordered = all.sorted { ($0.schedule, $0.id) < ($1.schedule, $1.id) }
            var latest: [String: Delivery] = [:]
            for (index, delivery) in ordered.enumerated() {
                if let earlier = delivery.digest.flatMap({ latest[$0] }), !delivery.repeats,
                    delivery.schedule - earlier.schedule < Past.memory
                {
                    warnings.append(
                        Diagnostic(
                            .warning, .duplicateText, at: .init(path: delivery.id.post),
                            "\(account) gets the same words as by \(earlier.id.post) within 7 days; the delivery will be held",
                            hint: "write repeat: true if it is meant"))
                }
                if let digest = delivery.digest { latest[digest] = delivery }
                if index > 0, delivery.schedule - ordered[index - 1].schedule < minGap(account) {
                    warnings.append(
                        Diagnostic(
                            .warning, .tooClose, at: .init(path: delivery.id.post),
                            "\(account) gets \(ordered[index - 1].id.post) less than minGap earlier",
                            hint: "the later one waits until minGap is over"))
                }
            }
        }
        return warnings
    }
}
