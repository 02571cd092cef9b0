package import JSON

extension ClaimsEntry: JSONRepresentable {
    package init?(json: JSON) {
        guard let post = json["post"]?.string, let account = json["account"]?.string.flatMap({ AccountID($0) }),
            let phase = json["phase"]?.string.flatMap(Phase.init), let attempt = json["attempt"]?.string,
            let runner = json["runner"]?.string, let source = json["source"]?.string,
            let schedule = json["schedule"]?.string.flatMap(Instant.init(rfc3339:)), let digest = json["digest"]?.string
        else { return nil }
        self.init(
            delivery: DeliveryID(post, account), phase: phase, attempt: AttemptID(attempt), runner: runner,
            source: source, schedule: schedule, digest: digest)
        step = json["step"]?.integer ?? 0
        receipts = (json["receipts"]?.array ?? []).compactMap(Receipt.init)
        tries = json["tries"]?.integer ?? 0
        actor = json["actor"]?.string
        generation = json["generation"]?.integer ?? 1
        leaseEnd = json["leaseEnd"]?.string.flatMap(Instant.init(rfc3339:))
        sentAt = json["sentAt"]?.string.flatMap(Instant.init(rfc3339:))
        checkpoint = json["checkpoint"]
        settledAt = json["settledAt"]?.string.flatMap(Instant.init(rfc3339:))
        result = json["result"].flatMap(DeliveryResult.init)
        isGateway = json["gateway"]?.bool ?? false
    }

    package var json: JSON {
        var json: JSON = [
            "post": .string(delivery.post), "account": .string(delivery.account.description),
            "phase": .string(phase.rawValue), "attempt": .string(attempt.text), "runner": .string(runner),
            "source": .string(source), "schedule": .string(schedule.rfc3339), "digest": .string(digest),
            "generation": JSON(generation), "step": JSON(step), "tries": JSON(tries),
        ]
        json["receipts"] = receipts.isEmpty ? nil : .array(receipts.map(\.json))
        json["actor"] = actor.map { .string($0) }
        json["leaseEnd"] = leaseEnd.map { .string($0.rfc3339) }
        json["sentAt"] = sentAt.map { .string($0.rfc3339) }
        json["checkpoint"] = checkpoint
        json["settledAt"] = settledAt.map { .string($0.rfc3339) }
        json["result"] = result?.json
        json["gateway"] = isGateway ? true : nil
        return json
    }
}

extension ClaimsEntry {
    /// As it will be read back: whole seconds. Entries are compared to see whether somebody changed them.
    package var asStored: ClaimsEntry { ClaimsEntry(json: json) ?? self }
}

extension Pause: JSONRepresentable {
    package init(json: JSON) {
        everything = json["everything"]?.bool ?? false
        accounts = Set((json["accounts"]?.array ?? []).compactMap { $0.string.flatMap { AccountID($0) } })
        everythingResumed = json["everythingResumed"]?.string.flatMap(Instant.init(rfc3339:))
        for (name, moment) in json["resumed"]?.object ?? [:] {
            if let account = AccountID(name) { resumed[account] = moment.string.flatMap(Instant.init(rfc3339:)) }
        }
    }

    package var json: JSON {
        var json: JSON = [
            "everything": .bool(everything), "accounts": .array(accounts.sorted().map { .string($0.description) }),
        ]
        json["everythingResumed"] = everythingResumed.map { .string($0.rfc3339) }
        if !resumed.isEmpty {
            json["resumed"] = .object(
                Dictionary(uniqueKeysWithValues: resumed.map { ($0.key.description, .string($0.value.rfc3339)) }))
        }
        return json
    }
}

extension Receipt: JSONRepresentable {
    package init?(json: JSON) {
        guard let id = json["id"]?.string, let at = json["publishedAt"]?.string.flatMap(Instant.init(rfc3339:)) else {
            return nil
        }
        self.init(
            id: id, url: json["url"]?.string, publishedAt: at,
            found: json["found"]?.string.flatMap(Found.init) ?? .answered)
    }

    package var json: JSON {
        var json: JSON = [
            "id": .string(id), "publishedAt": .string(publishedAt.rfc3339), "found": .string(found.rawValue),
        ]
        json["url"] = url.map { .string($0) }
        return json
    }
}
