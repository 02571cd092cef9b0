package import JSON

extension DeliveryResult: JSONRepresentable {
    package init?(json: JSON) {
        guard var members = json.object, let state = members.take("state")?.string.flatMap(State.init) else {
            return nil
        }
        self.init(state: state)
        attempt = members.take("attempt")?.string.map(AttemptID.init)
        attempts = members.take("attempts")?.integer ?? 0
        generation = members.take("generation")?.integer ?? 1
        actor = members.take("actor")?.string
        digest = members.take("digest")?.string
        id = members.take("id")?.identifier
        url = members.take("url")?.string
        publishedAt = members.takeInstant("publishedAt")
        schedule = members.takeInstant("schedule")
        source = members.take("source")?.string
        notBefore = members.takeInstant("notBefore")
        error = members.take("error").flatMap(Failure.init)
        parts = (members.take("parts")?.array ?? []).compactMap(Part.init)
        firstComment = members.take("firstComment").flatMap(FirstComment.init)
        checkpoint = members.take("checkpoint")
        isGateway = members.take("gateway")?.bool ?? false
        other = members
    }

    package var json: JSON {
        var members = other
        members["state"] = .string(state.rawValue)
        members["attempt"] = attempt.map { .string($0.text) }
        members["attempts"] = attempts > 0 ? .some(JSON(attempts)) : .none
        members["generation"] = JSON(generation)
        members["actor"] = actor.map { .string($0) }
        members["digest"] = digest.map { .string($0) }
        members["id"] = id.map { .string($0) }
        members["url"] = url.map { .string($0) }
        members["publishedAt"] = publishedAt.map { .string($0.rfc3339) }
        members["schedule"] = schedule.map { .string($0.rfc3339) }
        members["source"] = source.map { .string($0) }
        members["notBefore"] = notBefore.map { .string($0.rfc3339) }
        members["error"] = error?.json
        members["parts"] = parts.isEmpty ? nil : .array(parts.map(\.json))
        members["firstComment"] = firstComment?.json
        members["checkpoint"] = checkpoint
        members["gateway"] = isGateway ? true : nil
        return .object(members)
    }
}

extension DeliveryResult.Failure: JSONRepresentable {
    package init?(json: JSON) {
        guard let code = json["code"]?.string else { return nil }
        self.init(
            at: json["at"]?.string.flatMap(Instant.init(rfc3339:)) ?? Instant(milliseconds: 0), code: code,
            kind: json["kind"]?.string.flatMap(Kind.init) ?? .transient,
            message: json["message"]?.string ?? "", hint: json["hint"]?.string, status: json["status"]?.integer)
    }

    package var json: JSON {
        var json: JSON = [
            "at": .string(at.rfc3339), "code": .string(code), "kind": .string(kind.rawValue),
            "message": .string(message),
        ]
        json["hint"] = hint.map { .string($0) }
        json["status"] = status.map { JSON($0) }
        return json
    }
}

extension DeliveryResult.Part: JSONRepresentable {
    package init?(json: JSON) {
        guard let id = json["id"]?.identifier else { return nil }
        self.init(id: id, url: json["url"]?.string)
    }

    package var json: JSON {
        var json: JSON = ["id": .string(id)]
        json["url"] = url.map { .string($0) }
        return json
    }
}

extension DeliveryResult.FirstComment: JSONRepresentable {
    package init?(json: JSON) {
        guard let state = json["state"]?.string.flatMap(State.init) else { return nil }
        self.init(state, id: json["id"]?.identifier, error: json["error"].flatMap(DeliveryResult.Failure.init))
    }

    package var json: JSON {
        var json: JSON = ["state": .string(state.rawValue)]
        json["id"] = id.map { .string($0) }
        json["error"] = error?.json
        return json
    }
}

extension [String: JSON] {
    mutating func take(_ key: String) -> JSON? { removeValue(forKey: key) }

    mutating func takeInstant(_ key: String) -> Instant? { take(key)?.string.flatMap(Instant.init(rfc3339:)) }
}
