/// A request that reached an emulated network, without its secrets.
struct LogEntry: Sendable {
    let sequence: Int
    let at: Moment
    let network: Network
    let operation: Operation
    let method: String
    let host: String
    let target: String
    /// 0 when no answer was sent.
    let status: Int
    let faults: [Fault.Kind]

    var value: Value {
        [
            "sequence": .integer(sequence), "at": .string(at.rfc3339), "network": .string(network.rawValue),
            "operation": .string(operation.rawValue), "method": .string(method), "host": .string(host),
            "path": .string(target), "status": .integer(status),
            "faults": .array(faults.map { .string($0.rawValue) }),
        ]
    }

    /// Path and query, with the values of secret parameters hidden.
    static func target(of call: Call) -> String {
        let path = "/" + call.rawSegments.joined(separator: "/")
        guard !call.rawQuery.isEmpty else { return path }
        let secret: Set = ["access_token", "appsecret_proof", "client_secret", "input_token", "fb_exchange_token"]
        let query = call.rawQuery.split(separator: "&").map { pair in
            let name = pair.prefix { $0 != "=" }
            return secret.contains(String(name)) ? "\(name)=•••" : String(pair)
        }
        return path + "?" + query.joined(separator: "&")
    }
}
