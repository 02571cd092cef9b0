/// The shape of a JSON value as X's OpenAPI document describes it. An object takes no member that it does not name.
indirect enum XSchema: Sendable, Hashable {
    case text(XText = XText())
    case integer(ClosedRange<Int> = Int.min...Int.max)
    case number
    case boolean
    case list(XSchema, ClosedRange<Int> = 0...Int.max)
    case object([String: XSchema], required: Set<String> = [])

    static let id = XSchema.text(XText(pattern: .id))

    static func oneOf(_ values: [String]) -> XSchema { .text(XText(values: values)) }

    /// Refuses what deviates, naming the place as `$.media.media_ids[0]`.
    func check(_ value: Value, at path: String = "$") throws(Refusal) {
        switch (self, value) {
        case (.text(let text), .string(let string)): try text.check(string, at: path)
        case (.integer(let range), .integer(let number)):
            guard range.contains(number) else {
                throw XErrors.wrong(path, "must be between \(range.lowerBound) and \(range.upperBound)", "\(number)")
            }
        case (.number, .integer), (.number, .number), (.boolean, .bool): break
        case (.list(let item, let counts), .array(let values)):
            guard counts.contains(values.count) else {
                throw XErrors.wrong(
                    path, "must have \(counts.lowerBound) to \(counts.upperBound) items but found \(values.count)", "")
            }
            for (index, value) in values.enumerated() { try item.check(value, at: "\(path)[\(index)]") }
        case (.object(let members, let required), .object(let values)):
            if let stranger = values.keys.filter({ members[$0] == nil }).min() {
                throw XErrors.wrong(
                    "\(path).\(stranger)",
                    "is not defined in the schema and the schema does not allow additional properties", "")
            }
            if let missing = required.filter({ values[$0] == nil }).min() {
                throw XErrors.wrong("\(path).\(missing)", "is missing but it is required", "")
            }
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                try members[name]?.check(value, at: "\(path).\(name)")
            }
        case (.text, _), (.integer, _), (.number, _), (.boolean, _), (.list, _), (.object, _):
            throw XErrors.wrong(path, "\(name) expected", "")
        }
    }

    private var name: String {
        switch self {
        case .text: "string"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .list: "array"
        case .object: "object"
        }
    }
}

/// What a text must be; lengths are in code points, as JSON Schema counts them.
struct XText: Sendable, Hashable {
    enum Pattern: String, Sendable {
        case id = "^[0-9]{1,19}$"
        case language = "^[A-Z]{2}$"
        case mediaKey = "^([0-9]+)_([0-9]+)$"

        func matches(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            let isDigits = { (part: ArraySlice<UInt8>) in
                !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) }
            }
            switch self {
            case .id: return bytes.count <= 19 && isDigits(bytes[...])
            case .language: return bytes.count == 2 && bytes.allSatisfy { (0x41...0x5A).contains($0) }
            case .mediaKey:
                let parts = bytes.split(separator: 0x5F, omittingEmptySubsequences: false)
                return parts.count == 2 && parts.allSatisfy(isDigits)
            }
        }
    }

    var lengths: ClosedRange<Int> = 0...Int.max
    var pattern: Pattern?
    /// Empty: any.
    var values: [String] = []

    func check(_ text: String, at path: String) throws(Refusal) {
        let count = text.unicodeScalars.count
        guard lengths.contains(count) else {
            throw XErrors.wrong(
                path, "must be \(lengths.lowerBound) to \(lengths.upperBound) characters long but has \(count)", text)
        }
        if let pattern, !pattern.matches(text) {
            throw XErrors.wrong(path, "does not match the regex pattern \(pattern.rawValue)", text)
        }
        guard values.isEmpty || values.contains(text) else {
            throw XErrors.wrong(
                path, "does not have a value in the enumeration [\(values.joined(separator: ", "))]", text)
        }
    }
}
