/// A JSON object that X reads with its schema: unknown keys and wrong types are refused.
struct XFields {
    private let members: [String: Value]
    private let path: String

    init(_ value: Value?, at path: String = "$", allowed: Set<String>) throws(Refusal) {
        guard case .object(let members) = value else {
            throw XErrors.invalid("\(path): object expected")
        }
        if let stranger = members.keys.filter({ !allowed.contains($0) }).min() {
            throw XErrors.invalid(
                "\(path).\(stranger): is not defined in the schema and the schema does not allow additional properties",
                parameters: ["\(path).\(stranger)": []])
        }
        self.members = members
        self.path = path
    }

    func has(_ key: String) -> Bool { members[key] != nil }

    subscript(_ key: String) -> Value? { members[key] }

    func string(_ key: String) throws(Refusal) -> String? { try read(key, "string", \.string) }
    func bool(_ key: String) throws(Refusal) -> Bool? { try read(key, "boolean", \.bool) }
    func integer(_ key: String) throws(Refusal) -> Int? { try read(key, "integer", \.integer) }

    func strings(_ key: String) throws(Refusal) -> [String]? {
        guard let values = try read(key, "array", \.array) else { return nil }
        let strings = values.compactMap(\.string)
        guard strings.count == values.count else { throw XErrors.invalid("\(path).\(key)[*]: string expected") }
        return strings
    }

    func object(_ key: String, allowed: Set<String>) throws(Refusal) -> XFields? {
        guard let value = members[key] else { return nil }
        return try XFields(value, at: "\(path).\(key)", allowed: allowed)
    }

    private func read<T>(_ key: String, _ type: String, _ member: (Value) -> T?) throws(Refusal) -> T? {
        guard let value = members[key] else { return nil }
        guard let result = member(value) else { throw XErrors.invalid("\(path).\(key): \(type) expected") }
        return result
    }
}
