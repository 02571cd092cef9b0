/// What is to go wrong, and when.
struct Fault: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        /// The request takes effect, its answer comes after `seconds` of real time.
        case delay
        /// `status` with `headers` and `body` instead of the answer; with `effect: true` the request took effect.
        case status
        /// The connection closes, nothing happened.
        case dropBefore = "drop-before"
        /// The connection closes, the request took effect.
        case dropAfter = "drop-after"
        /// The request took effect, its answer ends after `bytes` of the body (default: half).
        case truncate
        /// What the request creates is missing in look-ups for `seconds` of the sandbox clock (default 60).
        case lateVisibility = "late-visibility"
        /// The network says that the token has expired.
        case expiredToken = "expired-token"
        /// The network's rate limit, for `seconds` (default 900); with `bucket` `app` or `user` X's limit of a day.
        case rateLimit = "rate-limit"
        /// The app's balance on X is empty.
        case noCredit = "no-credit"
        /// Instagram's error with that `subcode`, as the table of error codes has it.
        case graphError = "graph-error"
        /// Media stays unfinished for `seconds` of the sandbox clock, or for `polls` status requests (default 1).
        case slowProcessing = "slow-processing"
        /// Media ends in an error; `subcode` is Instagram's.
        case processingError = "processing-error"
    }

    let id: Int
    let kind: Kind
    /// Absent: any.
    let network: Network?
    let operation: Operation?
    /// Fires at this matching request, counted from 1, and at the `times - 1` after it.
    let nth: Int
    let times: Int
    let settings: Value
    private var seen = 0

    /// Nothing when a field is missing, unknown or of the wrong type.
    init?(_ value: Value, id: Int) {
        let known: Set = [
            "network", "operation", "nth", "times", "fault", "status", "headers", "body", "seconds", "bytes", "effect",
            "polls", "subcode", "bucket",
        ]
        guard let fields = value.object, known.isSuperset(of: fields.keys),
            let kind = fields["fault"]?.string.flatMap(Kind.init(rawValue:)),
            fields["bucket"].map({ ["app", "user"].contains($0.string) }) ?? true,
            kind != .graphError || fields["subcode"]?.integer.flatMap({ GraphErrors.row($0) }) != nil,
            let nth = Self.count(fields["nth"]), let times = Self.count(fields["times"]), nth >= 1, times >= 1
        else { return nil }
        if let name = fields["network"]?.string, name != "any" {
            guard let known = Network(rawValue: name) else { return nil }
            network = known
        } else {
            network = nil
        }
        if let name = fields["operation"]?.string, name != "any" {
            guard let known = Operation(rawValue: name) else { return nil }
            operation = known
        } else {
            operation = nil
        }
        self.id = id
        self.kind = kind
        self.nth = nth
        self.times = times
        settings = value
    }

    private static func count(_ value: Value?) -> Int? {
        guard let value else { return 1 }
        return value.integer
    }

    var seconds: Double? { settings["seconds"]?.double }

    /// Counts a request and tells whether the fault strikes it.
    mutating func strikes(_ network: Network, _ operation: Operation) -> Bool {
        guard self.network == nil || self.network == network, self.operation == nil || self.operation == operation
        else { return false }
        seen += 1
        return seen >= nth && seen < nth + times
    }

    var value: Value {
        var fields = settings.object ?? [:]
        fields["id"] = .integer(id)
        fields["seen"] = .integer(seen)
        return .object(fields)
    }
}

/// What faults change inside a network, as opposed to on the way to it.
struct FaultEffects: Sendable {
    var invisibleFor: Double = 0
    var slow: Slow?
    var processingError: Int?

    struct Slow: Sendable {
        let seconds: Double
        let polls: Int
    }

    init(_ faults: [Fault] = []) {
        for fault in faults {
            switch fault.kind {
            case .lateVisibility: invisibleFor = fault.seconds ?? 60
            case .slowProcessing:
                slow = Slow(
                    seconds: fault.seconds ?? 0,
                    polls: fault.settings["polls"]?.integer ?? (fault.seconds == nil ? 1 : 0))
            case .processingError: processingError = fault.settings["subcode"]?.integer ?? 2_207_026
            case .delay, .status, .dropBefore, .dropAfter, .truncate, .expiredToken, .rateLimit, .noCredit, .graphError:
                break
            }
        }
    }
}
