package import Posts

extension Engine {
    /// What became of each delivery of the run, by path, then account.
    package var outcomes: [(id: DeliveryID, result: DeliveryResult)] {
        machines.keys.sorted().compactMap { id in machines[id]?.result.map { (id, $0) } }
    }

    /// Due deliveries that were not begun, and why.
    package var skipped: [(id: DeliveryID, reason: String)] {
        machines.filter { $0.value.result == nil }.keys.sorted().map { id in
            if machines[id]?.stage == .lost { return (id, "claimed-elsewhere") }
            return (id, lanes.first { $0.account == id.account }?.stopped ?? "interrupted")
        }
    }

    /// Whether no open claim may need the journal, so that it may be emptied. Claims that this run left alone count too:
    /// for a claim of ours, silence of the journal means that nothing was sent.
    package var isJournalSpent: Bool {
        let isOpen = claims.entries.values.contains { $0.phase == .claimed || $0.phase == .inherited }
        return faults.isEmpty && held.isEmpty && outbox.isEmpty && !isOpen
    }
}
