package import JSON
import Posts

extension Preview {
    /// CONTRACT §2.3: one entry for each account.
    package var json: [JSON] {
        deliveries.sorted { $0.account.id < $1.account.id }.map { delivery in
            var json: JSON = [
                "post": .string(post), "account": .string(delivery.account.id.description),
                "parts": .array(delivery.parts.map(\.json)),
                "problems": .array(Array(Set(problems + delivery.problems)).sorted().map(\.json)),
            ]
            json["firstComment"] = delivery.firstComment?.json
            return json
        }
    }
}

extension Preview.Part {
    fileprivate var json: JSON {
        [
            "text": .string(step.text), "length": length.map { JSON($0.used) } ?? .null,
            "limit": length.map { JSON($0.limit) } ?? .null, "media": .array(step.media.map { .string($0.path) }),
        ]
    }
}
