import Git
import Posts

extension Meeting {
    /// The remote has no claims: either nobody published yet, or this clone did before it had a remote, or they were
    /// deleted, and then nobody knows what is in flight (EXACTLY-ONCE 0).
    func firstClaims(
        _ base: Base, isGateway: Bool, _ options: SyncOptions
    ) async throws(Refusal) -> ObjectID? {
        do {
            if let own = try await repository.reference(claimsReference) {
                if !options.isDryRun { try await hand(over: own) }
                return own
            }
            guard let attempted = try await attempted(base, isGateway: isGateway) else { return nil }
            throw Refusal(
                .configuration,
                "\(upstream.remote) has no \(claimsReference), but \(attempted) tells of earlier runs: what they left in"
                    + " flight is not known, so nothing is sent",
                hint: "if it was deleted, look at the accounts, then: socials-pipeline doctor --repair-claims")
        } catch let refusal as Refusal {
            throw refusal
        } catch let error as RemoteError {
            throw Refusal(error)
        } catch {
            throw Refusal(.configuration, "\(error)")
        }
    }

    /// From now on the remote's claims count; a local reference of their name would be taken for newer ones one day.
    private func hand(over own: ObjectID) async throws {
        let update = ReferenceUpdate(reference: claimsReference, new: own, lease: .expects(nil))
        switch try await repository.git.push(to: upstream.remote, [update], runsHooks: false)[claimsReference] {
        case .accepted: try await repository.delete(claimsReference)
        case .refused(let reason): throw Refusal(.configuration, upstream.refusedClaims(claimsReference, reason))
        case .moved, nil: throw Refusal(.tryAgain, "another run has just begun to use \(upstream.remote)")
        }
    }

    /// A sidecar that tells of an attempt of this kind, real or through the gateway.
    private func attempted(_ base: Base, isGateway: Bool) async throws -> String? {
        guard let tip = base.results else { return nil }
        for change in try await repository.changes(from: nil, to: tip) {
            guard change.path.hasSuffix(".results.json"), let blob = change.new?.id,
                let results = try? Results(parsing: try await repository.read(blob))
            else { continue }
            if results.deliveries.values.contains(where: { $0.attempt != nil && $0.isGateway == isGateway }) {
                return change.path
            }
        }
        return nil
    }
}
