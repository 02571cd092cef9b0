/// A call of the Graph API: token, version, path and parameters from query and body together.
struct GraphCall: Sendable {
    enum Login: Sendable { case facebook, instagram }

    let login: Login
    let account: String
    /// The 17-digit id that belongs to the token.
    let user: String
    let mayWrite: Bool
    let path: [String]
    /// What the token may do; nothing: everything.
    private let scopes: Set<String>?
    private let parameters: [String: String]

    static let versions: Set = ["v22.0", "v23.0", "v24.0", "v25.0", "v26.0"]
    /// Parameters that every call may carry.
    private static let common: Set = ["access_token", "appsecret_proof", "format", "pretty"]

    init(_ call: Call) throws(Refusal) {
        login = call.host == "graph.facebook.com" ? .facebook : .instagram
        guard let version = call.segments.first, version.hasPrefix("v"), Self.versions.contains(version) else {
            throw GraphErrors.refusal(
                2635, nil, "(#2635) You are calling a deprecated or unknown version of the API. Please update to v26.0."
            )
        }
        path = Array(call.segments.dropFirst())
        parameters = try Self.parameters(of: call)
        guard let text = call.bearer ?? parameters["access_token"] else {
            throw GraphErrors.refusal(
                2500, nil, "An active access token must be used to query information about the current user.")
        }
        let token = try Self.token(text)
        account = token.name
        user = token.subject ?? SandboxCredentials.instagramUserID(token.name)
        mayWrite = token.condition == .good
        let named = token.options.filter { $0.hasPrefix("instagram_") }
        scopes = named.isEmpty ? nil : named
    }

    /// A token that works.
    static func token(_ text: String) throws(Refusal) -> SandboxToken {
        guard let token = SandboxToken(text, network: "instagram") else {
            throw GraphErrors.refusal(190, nil, "Invalid OAuth access token - Cannot parse access token", status: 401)
        }
        switch token.condition {
        case .good, .readonly: return token
        case .expired: throw GraphErrors.expired
        case .revoked:
            throw GraphErrors.refusal(
                190, 458, "Error validating access token: The user has not authorized application.", status: 401)
        }
    }

    /// Demands the permission of that name, which has one more word with Instagram Login.
    func require(_ permission: String) throws(Refusal) {
        let name = login == .facebook ? "instagram_\(permission)" : "instagram_business_\(permission)"
        guard scopes?.contains(name) ?? true else {
            throw GraphErrors.refusal(
                10, nil, "(#10) Application does not have permission for this action: \(name)", status: 403)
        }
    }

    subscript(_ name: String) -> String? { parameters[name] }

    /// Refuses parameters that the operation does not know.
    func allow(_ names: Set<String>) throws(Refusal) {
        if let stranger = parameters.keys.filter({ !names.contains($0) && !Self.common.contains($0) }).min() {
            throw GraphErrors.parameter("Unexpected parameter: \(stranger)")
        }
    }

    func requireWrite() throws(Refusal) {
        guard mayWrite else {
            throw GraphErrors.refusal(
                10, nil, "(#10) Application does not have permission for this action", status: 403)
        }
    }

    /// The id in the path must belong to the token.
    func requireUser(_ id: String) throws(Refusal) {
        guard id == user || id == "me" && login == .instagram else { throw GraphErrors.missing(id) }
    }

    /// A whole number, or nothing when the parameter is absent.
    func integer(_ name: String) throws(Refusal) -> Int? {
        guard let text = parameters[name] else { return nil }
        guard let number = Int(text) else { throw GraphErrors.parameter("Param \(name) must be an integer") }
        return number
    }

    /// A list or object that a form carries as JSON; nothing when the parameter is absent.
    func json(_ name: String) throws(Refusal) -> Value? {
        guard let text = parameters[name] else { return nil }
        guard let value = Value(json: Array(text.utf8)) else {
            throw GraphErrors.parameter("Param \(name) must be JSON")
        }
        return value
    }

    func bool(_ name: String) throws(Refusal) -> Bool {
        switch parameters[name] {
        case nil, "false", "0": return false
        case "true", "1": return true
        default: throw GraphErrors.parameter("Param \(name) must be a boolean")
        }
    }

    /// Requested fields; sub-fields in braces are dropped. Unknown ones are refused.
    func fields(_ known: Set<String>) throws(Refusal) -> Set<String> {
        var depth = 0
        let flat = (parameters["fields"] ?? "").filter { character in
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            return depth == 0 && character != "}"
        }
        let names = Set(flat.split(separator: ",").map { String($0).trimmed })
        if let stranger = names.subtracting(known).min() {
            throw GraphErrors.parameter("Tried accessing nonexisting field (\(stranger))")
        }
        return names
    }

    private static func parameters(of call: Call) throws(Refusal) -> [String: String] {
        var pairs = call.query
        if !call.body.isEmpty {
            switch call.contentType {
            case "application/x-www-form-urlencoded":
                guard let form = PercentCoding.pairs(String(decoding: call.body, as: UTF8.self)) else {
                    throw GraphErrors.parameter("The body is not form-encoded")
                }
                pairs += form
            case "application/json":
                guard let object = Value(json: call.body)?.object else {
                    throw GraphErrors.parameter("The body is not JSON")
                }
                pairs += object.map { ($0.key, $0.value.string ?? String(decoding: $0.value.json, as: UTF8.self)) }
            case "multipart/form-data":
                guard let parts = Multipart.parse(call.body, contentType: call.header("Content-Type")) else {
                    throw GraphErrors.parameter("The body is not multipart/form-data")
                }
                pairs += parts.map { ($0.name, $0.text) }
            default:
                throw GraphErrors.parameter("Content-Type \(call.contentType) is not supported")
            }
        }
        return Dictionary(pairs.map { ($0.name, $0.value) }) { _, last in last }
    }
}
