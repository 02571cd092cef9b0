import Foundation
import HTTP
import JSON
import TestSupport

/// What a network answers to one call of its client, request by request.
struct FuzzedAnswers: Sendable {
    enum Call: String, Sendable, CaseIterable { case actor, prepare, publish, find }

    struct Answer: Sendable {
        /// 0: none came, although the request may have arrived. 1: it never left.
        var status: Int
        var headers: [String: String] = [:]
        var body: [UInt8] = []

        var result: Result<Response, TransportError> {
            switch status {
            case 0: .lost
            case 1: .neverSent
            default: .success(Response(status: status, headers: fields, body: body))
            }
        }

        private var fields: Headers {
            var fields: Headers = [:]
            for (name, value) in headers.sorted(by: { $0.key < $1.key }) { fields.add(name, value) }
            return fields
        }

        var json: JSON {
            [
                "status": JSON(status), "headers": .object(headers.mapValues { JSON($0) }),
                "body": JSON(Data(body).base64EncodedString()),
            ]
        }

        init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
            (self.status, self.headers, self.body) = (status, headers, body)
        }

        init?(json: JSON) {
            guard let status = json["status"]?.integer, let body = Data(base64Encoded: json["body"]?.string ?? "")
            else {
                return nil
            }
            self.init(
                status: status, headers: (json["headers"]?.object ?? [:]).compactMapValues(\.string), body: Array(body))
        }
    }

    var call: Call
    var answers: [Answer]
    var outcome: String?

    var size: Int { answers.reduce(0) { $0 + 20 + $1.body.count + 20 * $1.headers.count } }

    var json: JSON {
        [
            "call": JSON(call.rawValue), "outcome": outcome.map { JSON($0) } ?? .null,
            "answers": .array(answers.map(\.json)),
        ]
    }
}

extension FuzzedAnswers {
    init?(json: JSON) {
        guard let call = json["call"]?.string.flatMap(Call.init) else { return nil }
        self.init(
            call: call, answers: (json["answers"]?.array ?? []).compactMap(Answer.init),
            outcome: json["outcome"]?.string)
    }
}

/// Answers that networks give, from which others are made.
struct AnswerSeeds: Sendable {
    let answers: [FuzzedAnswers.Answer]

    /// One of them: as it is, with another status, with a header or a body changed at random, or none at all.
    func random(with random: inout SeededRandom) -> FuzzedAnswers.Answer {
        guard var answer = answers.randomElement(using: &random), !random.once(in: 16) else {
            return FuzzedAnswers.Answer(status: Int.random(in: 0...1, using: &random))
        }
        if random.once(in: 3) { return answer }
        if random.once(in: 4) {
            answer.status =
                [200, 201, 204, 302, 400, 401, 403, 404, 409, 422, 426, 429, 500, 503]
                .randomElement(using: &random) ?? 200
        }
        if random.once(in: 4), let name = answer.headers.keys.sorted().randomElement(using: &random) {
            let value = mutated(Array((answer.headers[name] ?? "").utf8), with: &random)
            answer.headers[name] = String(decoding: value, as: UTF8.self)
        }
        if random.once(in: 2) { answer.body = mutated(answer.body, with: &random) }
        return answer
    }
}
