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
            guard let attempted = try await repository.attempted(at: base.results, isGateway: isGateway) else {
                return nil
            }
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
}
