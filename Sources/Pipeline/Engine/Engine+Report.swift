package import Posts

extension Engine {
    /// What became of each delivery of the run, by path, then account.
    package var outcomes: [(id: DeliveryID, result: DeliveryResult)] {
        machines.compactMap { id, machine in machine.result.map { (id, $0) } }.sorted { $0.id < $1.id }
    }

    /// Due deliveries that were not begun, and why.
    package var skipped: [(id: DeliveryID, reason: String)] {
        machines.compactMap { id, machine -> (id: DeliveryID, reason: String)? in
            guard machine.result == nil else { return nil }
            if machine.stage == .lost { return (id, "claimed-elsewhere") }
            return (id, lanes.first { $0.account == id.account }?.stopped ?? "interrupted")
        }
        .sorted { $0.id < $1.id }
    }

    /// Whether every request that left has its answer in the claims ref, so that the journal may be emptied.
    package var isJournalSpent: Bool { faults.isEmpty && held.isEmpty && outbox.isEmpty }
}
