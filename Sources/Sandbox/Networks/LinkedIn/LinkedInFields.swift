/// A JSON object that LinkedIn reads with its schema.
struct LinkedInFields {
    private let members: [String: Value]
    private let path: String

    init(_ value: Value?, at path: String = "", allowed: Set<String>) throws(Refusal) {
        guard case .object(let members) = value else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", path.isEmpty ? "/" : path, "is not an object")
        }
        if let stranger = members.keys.filter({ !allowed.contains($0) }).min() {
            throw LinkedInErrors.refusal(
                403, "ACCESS_DENIED",
                "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while "
                    + "processing fields [\(path)/\(stranger)]", service: 100)
        }
        self.members = members
        self.path = path
    }

    func has(_ key: String) -> Bool { members[key] != nil }
    subscript(_ key: String) -> Value? { members[key] }

    func string(_ key: String) throws(Refusal) -> String? { try read(key, \.string) }
    func bool(_ key: String) throws(Refusal) -> Bool? { try read(key, \.bool) }
    func array(_ key: String) throws(Refusal) -> [Value]? { try read(key, \.array) }

    func required(_ key: String) throws(Refusal) -> String {
        guard let text = try string(key) else {
            throw LinkedInErrors.invalid("MISSING_FIELD", "\(path)/\(key)", "is required")
        }
        guard !text.isEmpty else {
            throw LinkedInErrors.invalid("INVALID_VALUE_BLANK_FIELD", "\(path)/\(key)", "is blank")
        }
        return text
    }

    func oneOf(_ key: String, _ allowed: [String]) throws(Refusal) -> String {
        let text = try required(key)
        guard allowed.contains(text) else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "\(path)/\(key)", "\(text) is none of \(allowed)")
        }
        return text
    }

    func object(_ key: String, allowed: Set<String>) throws(Refusal) -> LinkedInFields? {
        guard let value = members[key] else { return nil }
        return try LinkedInFields(value, at: "\(path)/\(key)", allowed: allowed)
    }

    /// A text of at most so many UTF-16 units.
    func string(_ key: String, atMost limit: Int) throws(Refusal) -> String? {
        guard let text = try string(key) else { return nil }
        guard text.utf16.count <= limit else {
            throw LinkedInErrors.invalid(
                "FIELD_LENGTH_TOO_LONG", "\(path)/\(key)", "is longer than \(limit) characters")
        }
        return text
    }

    private func read<T>(_ key: String, _ member: (Value) -> T?) throws(Refusal) -> T? {
        guard let value = members[key] else { return nil }
        guard let result = member(value) else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "\(path)/\(key)", "has the wrong type")
        }
        return result
    }
}
