import Git
import Platforms
import Posts

extension Planning {
    mutating func addCandidate(
        _ due: Plan.Due, of post: Post, account: Account, known: Known, results: Results, file: inout PostFile,
        generation: Int? = nil
    ) async throws {
        let id = due.id
        guard Catalogue.platform(for: account.id.network) != nil else {
            plan.held.append(Plan.Held(id: id, reason: .notAvailable))
            return
        }
        let isCommitted = try await file.isCommitted(in: repository, at: base.posts)
        if !isCommitted, try await repository.isIgnored(post.path) { return }
        let receipts = known.receipts
        // A thread that stopped half-way goes on with the words it began with, never with an edited file, and never again
        // from its first part, also when its first end was a failure.
        let source =
            receipts.isEmpty
            ? try await file.blob(in: repository).hex : known.claim?.source ?? known.result?.source ?? ""
        let bytes = receipts.isEmpty ? try file.bytes() : try await claimedBytes(source)
        if let last = requests.indices.last, requests[last].path == post.path, requests[last].bytes == bytes {
            requests[last].accounts.append(account.id)
        } else {
            requests.append(Composer.Request(path: post.path, bytes: bytes, accounts: [account.id]))
        }
        material[id] = Material(
            source: source, result: known.result, receipts: receipts, generation: generation)
        candidates.append(
            Candidate(
                due: due,
                facts: Facts(
                    isCommitted: isCommitted || !receipts.isEmpty,
                    digest: nil, repeats: post.repeats, actor: account.author ?? account.userID,
                    siblings: results.deliveries.filter { $0.key != account.id },
                    hasResult: known.result != nil, hasRealResult: known.result.map { !$0.isGateway } ?? false),
                isInvalid: true))
    }

    /// All at once, because it takes longer than everything else that is done for a candidate. Nothing is downloaded for
    /// accounts that get nothing now.
    mutating func composeCandidates() async {
        var wanted = requests
        for index in wanted.indices { wanted[index].accounts.removeAll { holdReason(of: $0) != nil } }
        let composed = await composer.compose(wanted.filter { !$0.accounts.isEmpty })
        requests = []
        for index in candidates.indices {
            let id = candidates[index].due.id
            guard let answer = composed[id] else { continue }
            material[id]?.composed = answer
            candidates[index].facts.digest = answer.isInvalid ? nil : answer.digest
            candidates[index].isInvalid = answer.isInvalid
        }
    }

    func claimedBytes(_ source: String) async throws -> [UInt8] {
        guard let blob = ObjectID(hex: source) else {
            throw GitError(.notFound, "the claimed post \(source) is not in the repository")
        }
        return try await repository.read(blob)
    }

    /// Holds and caps, in the order in which the deliveries go out.
    mutating func admitCandidates() {
        var caps: [AccountID: Caps] = [:]
        for candidate in candidates {
            let (due, account) = (candidate.due, candidate.due.id.account)
            if let reason = holdReason(candidate) {
                plan.held.append(Plan.Held(id: due.id, reason: reason))
                continue
            }
            plan.problems += material[due.id]?.composed?.diagnostics.filter { $0.severity == .error } ?? []
            if !candidate.isInvalid {
                let limits = configuration.accounts[account]?.limits ?? Account.Limits()
                var cap = caps[account] ?? Caps(limits, published: past.publishTimes(of: account), at: now)
                let reason = order == nil ? cap.admit() : nil
                caps[account] = cap
                if reason == .maxPerRun {
                    overRun.insert(due.id)
                } else if let reason {
                    plan.held.append(Plan.Held(id: due.id, reason: reason))
                    continue
                }
                if reason == nil {
                    past.published[account, default: []].append(
                        Past.Trace(
                            id: due.id, digest: candidate.facts.digest, schedule: due.schedule, publishedAt: now))
                }
            }
            plan.due.append(due)
        }
    }

    private func holdReason(_ candidate: Candidate) -> HoldReason? {
        holdReason(of: candidate.due.id.account)
            ?? candidate.due.hold(candidate.facts, past: past, isGateway: isGateway, at: now)
    }

    /// Why an account gets nothing now, whatever the post.
    private func holdReason(of account: AccountID) -> HoldReason? {
        if claims.pause.holds(account) { return .paused }
        if taken.contains(account) { return .claimedElsewhere }
        return limited.contains(account) ? .rateLimited : nil
    }
}

extension DeliveryResult {
    /// The network named a moment for the whole account, and it has not come (CONTRACT §1.4).
    func limitsAccount(at now: Instant) -> Bool {
        guard state == .retrying, let notBefore, notBefore > now else { return false }
        return error?.code.hasSuffix(".rate-limited") ?? false
    }
}
