package import JSON

extension JournalLine: JSONRepresentable {
    package init?(json: JSON) {
        guard let event = json["event"]?.string, let post = json["post"]?.string,
            let account = json["account"]?.string.flatMap({ AccountID($0) }), let attempt = json["attempt"]?.string,
            let generation = json["generation"]?.integer, let step = json["step"]?.integer
        else { return nil }
        let (delivery, attemptID) = (DeliveryID(post, account), AttemptID(attempt))
        switch event {
        case "sending":
            guard let at = json["at"]?.string.flatMap(Instant.init(rfc3339:)) else { return nil }
            self = .sending(
                Sending(
                    delivery: delivery, attempt: attemptID, generation: generation, step: step, at: at,
                    draft: json["draft"] ?? .null, claim: json["claim"].flatMap(ClaimsEntry.init)))
        case "published":
            guard let receipt = json["receipt"].flatMap(Receipt.init) else { return nil }
            self = .answered(
                Answered(
                    delivery: delivery, attempt: attemptID, generation: generation, step: step,
                    answer: .published(receipt)))
        case "refused":
            self = .answered(
                Answered(delivery: delivery, attempt: attemptID, generation: generation, step: step, answer: .refused))
        default: return nil
        }
    }

    package var json: JSON {
        switch self {
        case .sending(let line):
            var json = Self.common("sending", line.delivery, line.attempt, line.generation, line.step)
            json["at"] = .string(line.at.rfc3339)
            json["draft"] = line.draft
            json["claim"] = line.claim?.json
            return json
        case .answered(let line):
            switch line.answer {
            case .published(let receipt):
                var json = Self.common("published", line.delivery, line.attempt, line.generation, line.step)
                json["receipt"] = receipt.json
                return json
            case .refused: return Self.common("refused", line.delivery, line.attempt, line.generation, line.step)
            }
        }
    }

    private static func common(
        _ event: String, _ delivery: DeliveryID, _ attempt: AttemptID, _ generation: Int, _ step: Int
    ) -> JSON {
        [
            "event": .string(event), "post": .string(delivery.post), "account": .string(delivery.account.description),
            "attempt": .string(attempt.text), "generation": JSON(generation), "step": JSON(step),
        ]
    }
}
