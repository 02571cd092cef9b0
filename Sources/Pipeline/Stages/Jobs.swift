import Platforms
import Posts

extension Planning {
    /// The plan as the engine gets it: what others left first, then what is due, then what is too late.
    func jobs(_ isWanted: (DeliveryID) -> Bool, limit: Int?) -> [Job] {
        let late = plan.late.map(\.id)
        let schedules = Dictionary(
            (plan.due + plan.open + plan.late).map { ($0.id, $0.schedule) }, uniquingKeysWith: { first, _ in first })
        let due = plan.due.map(\.id).filter {
            isWanted($0) && !overRun.contains($0) && material[$0]?.composed?.isInvalid == false
        }
        let begun = due.prefix(limit ?? due.count)
        return (plan.open.map(\.id) + begun + late).filter(isWanted).compactMap { id in
            guard let material = material[id] else { return nil }
            return Job(
                id: id, steps: material.composed?.steps ?? [], digest: material.composed?.digest ?? "",
                source: material.source, schedule: schedules[id] ?? now, recovery: recovery(of: id),
                previous: material.result,
                receipts: material.receipts, origin: material.origin,
                generation: material.generation)
        }
    }

    private func recovery(of id: DeliveryID) -> Recovery {
        guard let account = configuration.accounts[id.account],
            let platform = Catalogue.platform(for: id.account.network)
        else { return .askPerson }
        return platform.capabilities(of: account).recovery
    }
}
