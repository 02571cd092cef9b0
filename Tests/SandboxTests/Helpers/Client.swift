import HTTPServer

@testable import Sandbox

/// What came back.
struct Reply {
    let answer: ServerAnswer

    var status: Int { answer.status }
    var json: Value { Value(json: answer.body) ?? .null }
    var text: String { String(decoding: answer.body, as: UTF8.self) }

    func header(_ name: String) -> String? {
        answer.headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Speaks the networks' wire formats by hand, as their documentation shows them.
struct Client {
    let sandbox: Sandbox

    init(_ sandbox: Sandbox) { self.sandbox = sandbox }

    /// A new world whose clock stands at 2026-12-01T09:00:00Z.
    init(static hosts: [String: String] = [:]) async throws {
        sandbox = try Sandbox(static: hosts)
        await setClock("2026-12-01T09:00:00Z")
    }

    func send(
        _ method: String, _ url: String, _ headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) async -> Reply {
        let rest = url.dropFirst("https://".count)
        let host = String(rest.prefix { $0 != "/" })
        let target = String(rest.dropFirst(host.count))
        let request = ServerRequest(
            method: method, target: target.isEmpty ? "/" : target,
            headers: [("Host", host), ("X-Forwarded-Proto", "https")] + headers, body: body)
        return Reply(answer: await sandbox.answer(request))
    }

    // MARK: The sandbox itself

    @discardableResult
    func control(_ method: String, _ path: String, _ body: Value? = nil) async -> Reply {
        await send(method, "https://127.0.0.1/_sandbox/\(path)", body: body?.json ?? [])
    }

    func setClock(_ now: String) async { await control("POST", "clock", ["now": .string(now)]) }

    func fault(_ fault: Value) async { await control("POST", "faults", fault) }

    var posts: [Value] { get async { await control("GET", "posts").json.array ?? [] } }

    // MARK: X

    /// Signed at the clock of these tests unless told otherwise.
    func x(
        _ method: String, _ path: String, _ body: Value? = nil, account: String = "acme", at time: String? = nil,
        nonce: String? = nil, mark: String = ""
    ) async -> Reply {
        var headers: [(name: String, value: String)] = []
        if body != nil { headers.append(("Content-Type", "application/json")) }
        return await x(method, path, headers, body?.json ?? [], account: account, at: time, nonce: nonce, mark: mark)
    }

    func x(
        _ method: String, _ path: String, _ headers: [(name: String, value: String)], _ body: [UInt8],
        account: String = "acme", at time: String? = nil, nonce: String? = nil, mark: String = ""
    ) async -> Reply {
        let url = "https://api.x.com\(path)"
        let now = await clock
        let authorization = Self.oauth(
            method, url, token: "sandbox-x-\(account)\(mark)", time: time ?? now, nonce: nonce ?? Nonce.next())
        return await send(method, url, headers + [("Authorization", authorization)], body: body)
    }

    var clock: String {
        get async {
            let now = await control("GET", "clock").json["now"]?.string ?? ""
            return String(Moment(rfc3339: now)?.seconds ?? 0)
        }
    }

    func upload(_ bytes: [UInt8], account: String = "acme") async -> Reply {
        let (type, body) = Self.form([("media_category", nil, Array("tweet_image".utf8)), ("media", "a.jpg", bytes)])
        return await x("POST", "/2/media/upload", [("Content-Type", type)], body, account: account)
    }

    func uploaded(_ bytes: [UInt8]) async -> String { await upload(bytes).json["data"]?["id"]?.string ?? "" }

    /// A bearer token instead of a signature.
    func bearer(_ method: String, _ path: String, _ body: Value? = nil, token: String) async -> Reply {
        let type = [(name: "Content-Type", value: "application/json")]
        return await send(
            method, "https://api.x.com\(path)",
            [("Authorization", "Bearer \(token)")] + (body == nil ? [] : type), body: body?.json ?? [])
    }

    /// Initializes, appends in pieces and finalizes; the last answer, whichever it was.
    func chunked(
        _ bytes: [UInt8], _ type: String, _ category: String, piece: Int = 1 << 20, mark: String = ""
    ) async -> Reply {
        let begin: Value = [
            "media_type": .string(type), "total_bytes": .integer(bytes.count), "media_category": .string(category),
        ]
        let start = await x("POST", "/2/media/upload/initialize", begin, mark: mark)
        guard start.status == 200, let id = start.json["data"]?["id"]?.string else { return start }
        for (index, place) in stride(from: 0, to: bytes.count, by: piece).enumerated() {
            let reply = await append(Array(bytes[place..<min(bytes.count, place + piece)]), index, to: id, mark: mark)
            guard reply.status == 200 else { return reply }
        }
        return await x("POST", "/2/media/upload/\(id)/finalize", mark: mark)
    }

    func append(_ bytes: [UInt8], _ index: Int, to id: String, mark: String = "") async -> Reply {
        let (type, body) = Self.form([("segment_index", nil, Array("\(index)".utf8)), ("media", "blob", bytes)])
        return await x("POST", "/2/media/upload/\(id)/append", [("Content-Type", type)], body, mark: mark)
    }

    /// Looks until processing has ended; the last state.
    func settled(_ id: String, mark: String = "") async -> Value? {
        var info: Value?
        for _ in 0..<5 {
            info = await x("GET", "/2/media/upload?command=STATUS&media_id=\(id)", mark: mark).json["data"]?[
                "processing_info"]
            if info?["state"]?.string == "succeeded" || info?["state"]?.string == "failed" { break }
        }
        return info
    }

    static func form(_ parts: [(name: String, file: String?, bytes: [UInt8])]) -> (type: String, body: [UInt8]) {
        var body: [UInt8] = []
        for part in parts {
            let file = part.file.map { "; filename=\"\($0)\"\r\nContent-Type: application/octet-stream" } ?? ""
            body += Array("--edge\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\n\r\n".utf8)
            body += part.bytes + Array("\r\n".utf8)
        }
        return ("multipart/form-data; boundary=edge", body + Array("--edge--\r\n".utf8))
    }

    static func oauth(_ method: String, _ url: String, token: String, time: String, nonce: String) -> String {
        let sides = url.split(separator: "?", maxSplits: 1)
        let fields = [
            ("oauth_consumer_key", SandboxCredentials.consumerKey), ("oauth_nonce", nonce),
            ("oauth_signature_method", "HMAC-SHA1"), ("oauth_timestamp", time), ("oauth_token", token),
            ("oauth_version", "1.0"),
        ].map { (name: $0.0, value: $0.1) }
        let query = sides.count > 1 ? PercentCoding.pairs(sides[1]) ?? [] : []
        let base = OAuth1.baseString(
            method: method, url: String(sides[0]), parameters: OAuth1.parameterString(fields + query))
        let signature = OAuth1.signature(
            baseString: base, consumerSecret: SandboxCredentials.consumerSecret, tokenSecret: token + "-secret")
        let all = fields + [(name: "oauth_signature", value: signature)]
        return "OAuth " + all.map { "\($0.name)=\"\(PercentCoding.encode($0.value))\"" }.joined(separator: ", ")
    }

    // MARK: LinkedIn

    static let member = "urn:li:person:\(SandboxCredentials.linkedInPersonID("acme"))"
    static let organization = "urn:li:organization:2414183"

    func linkedIn(
        _ method: String, _ path: String, _ body: Value? = nil, token: String = "sandbox-linkedin-acme",
        version: String? = "202609", protocol restli: String? = "2.0.0", restliMethod: String? = nil
    ) async -> Reply {
        var headers = [(name: "Authorization", value: "Bearer \(token)")]
        if let version { headers.append(("LinkedIn-Version", version)) }
        if let restli { headers.append(("X-Restli-Protocol-Version", restli)) }
        if let restliMethod { headers.append(("X-RestLi-Method", restliMethod)) }
        if body != nil { headers.append(("Content-Type", "application/json")) }
        return await send(method, "https://api.linkedin.com\(path)", headers, body: body?.json ?? [])
    }

    func share(
        _ text: String, author: String = Client.member, token: String = "sandbox-linkedin-acme", content: Value? = nil
    ) async -> Reply {
        await linkedIn("POST", "/rest/posts", Self.post(text, author: author, content: content), token: token)
    }

    static func post(_ text: String, author: String = Client.member, content: Value? = nil) -> Value {
        var fields: [String: Value] = [
            "author": .string(author), "commentary": .string(text), "visibility": "PUBLIC",
            "distribution": [
                "feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": [],
            ],
            "lifecycleState": "PUBLISHED", "isReshareDisabledByAuthor": false,
        ]
        fields["content"] = content
        return .object(fields)
    }

    /// Registers an image; its URN and where the bytes go.
    func image(owner: String = Client.member, token: String = "sandbox-linkedin-acme") async -> (
        urn: String, url: String
    ) {
        let value = await linkedIn(
            "POST", "/rest/images?action=initializeUpload", ["initializeUploadRequest": ["owner": .string(owner)]],
            token: token
        ).json["value"]
        return (value?["image"]?.string ?? "", value?["uploadUrl"]?.string ?? "")
    }

    func put(_ bytes: [UInt8], to url: String, token: String? = "sandbox-linkedin-acme") async -> Reply {
        await send("PUT", url, token.map { [("Authorization", "Bearer \($0)")] } ?? [], body: bytes)
    }

    // MARK: Instagram

    static let user = SandboxCredentials.instagramUserID("acme")

    func instagram(
        _ method: String, _ path: String, _ form: [(String, String)] = [], host: String = "graph.instagram.com",
        version: String = "v25.0", token: String = "sandbox-instagram-acme"
    ) async -> Reply {
        let body = form.map { "\(PercentCoding.encode($0.0))=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        let type = [(name: "Content-Type", value: "application/x-www-form-urlencoded")]
        return await send(
            method, "https://\(host)/\(version)\(path)",
            [("Authorization", "Bearer \(token)")] + (form.isEmpty ? [] : type), body: Array(body.utf8))
    }

    func container(_ form: [(String, String)]) async -> Reply { await instagram("POST", "/\(Self.user)/media", form) }

    func publish(_ container: String) async -> Reply {
        await instagram("POST", "/\(Self.user)/media_publish", [("creation_id", container)])
    }

    func status(_ container: String) async -> String? {
        await instagram("GET", "/\(container)?fields=status_code").json["status_code"]?.string
    }
}

/// A different text for each call in the process.
enum Nonce {
    static func next() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}
