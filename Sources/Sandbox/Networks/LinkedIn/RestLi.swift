/// The wire rules of Rest.li 2.0.
enum RestLi {
    /// `isVersioned`: of the newer API, where every call names a version that is served now.
    static func checkHeaders(
        _ call: Call, _ versions: LinkedInVersions, at now: Moment, isVersioned: Bool = true
    ) throws(Refusal) {
        if isVersioned { try checkVersion(call, versions, at: now) }
        guard call.header("X-Restli-Protocol-Version") == "2.0.0" else {
            throw LinkedInErrors.refusal(400, "ILLEGAL_ARGUMENT", "X-Restli-Protocol-Version 2.0.0 is required")
        }
        if !call.body.isEmpty, call.contentType != "application/json" {
            throw LinkedInErrors.refusal(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type must be application/json")
        }
        // A colon in a path, and punctuation in a value that is no structure, must be percent-encoded.
        guard call.rawSegments.allSatisfy({ !$0.contains(where: { ":(),'".contains($0) }) }),
            rawPairs(call).allSatisfy({ isWellFormed($0.value) })
        else { throw LinkedInErrors.wrongEncoding }
    }

    private static func checkVersion(
        _ call: Call, _ versions: LinkedInVersions, at now: Moment
    ) throws(Refusal) {
        guard let version = call.header("LinkedIn-Version") else {
            throw LinkedInErrors.refusal(
                400, "VERSION_MISSING",
                "A version must be present. Please specify a version by adding the LinkedIn-Version header.")
        }
        guard versions.isServed(version, at: now) else {
            throw LinkedInErrors.refusal(426, "NONEXISTENT_VERSION", "Requested version \(version) is not active")
        }
    }

    static func checkMethod(_ call: Call, _ method: String, isRequired: Bool = false) throws(Refusal) {
        let sent = call.header("X-RestLi-Method")?.uppercased()
        guard sent == method || sent == nil && !isRequired else {
            throw LinkedInErrors.refusal(400, "ILLEGAL_ARGUMENT", "Resource method could not be resolved")
        }
    }

    static func checkParameters(_ call: Call, known: Set<String>) throws(Refusal) {
        if let stranger = call.query.map(\.name).filter({ !known.contains($0) }).min() {
            throw LinkedInErrors.refusal(
                403, "ACCESS_DENIED",
                "Unpermitted fields present in PARAMETER: Data Processing Exception while processing fields [/\(stranger)]",
                service: 100)
        }
    }

    /// Which part of a collection is asked for: `count` of 1 to 100, 10 without one, after `start`.
    static func page(_ call: Call) throws(Refusal) -> (count: Int, start: Int) {
        (try number(call, "count", in: 1...100) ?? 10, try number(call, "start", in: 0...Int.max) ?? 0)
    }

    private static func number(_ call: Call, _ name: String, in range: ClosedRange<Int>) throws(Refusal) -> Int? {
        guard let text = call.parameter(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", name, "\(text) is out of range")
        }
        return number
    }

    /// The elements of `name=List(a,b)`.
    static func list(_ call: Call, _ name: String) -> [String]? {
        guard let raw = rawPairs(call).first(where: { $0.name == name })?.value, raw.hasPrefix("List("),
            raw.hasSuffix(")")
        else { return nil }
        let elements = raw.dropFirst("List(".count).dropLast().split(separator: ",")
        let decoded = elements.compactMap { PercentCoding.decode($0) }
        return decoded.count == elements.count ? decoded : nil
    }

    private static func rawPairs(_ call: Call) -> [(name: String, value: String)] {
        call.rawQuery.split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(sides[0]), sides.count > 1 ? String(sides[1]) : "")
        }
    }

    private static func isWellFormed(_ raw: String) -> Bool {
        if raw == "''" { return true }
        let isStructure = raw.hasPrefix("List(") || raw.hasPrefix("(")
        guard isStructure else { return !raw.contains { ":(),'".contains($0) } }
        guard raw.hasSuffix(")"), raw.filter({ $0 == "(" }).count == raw.filter({ $0 == ")" }).count else {
            return false
        }
        // In a list of plain values no colon stands bare.
        return !raw.hasPrefix("List(") || raw.dropFirst("List(".count).contains("(") || !raw.contains(":")
    }
}
