internal import HTTPServer

/// What tests and people may change about the emulated networks.
///
/// | page | body |
/// |---|---|
/// | `credit` | `{"x": 0.5}`: dollars on the app's balance; `null`: no end (the default) |
/// | `names` | `{"x": "both"}`, `"before"` or `"after"` the renaming of fields |
/// | `limits` | `{"x": {"postsPerUserDay": 17}, "linkedin": {"callsPerMemberDay": 150, "callsPerAppDay": 100000}, "instagram": {"containersPerDay": 400, "postsPerDay": 100}}`, each optional; `null` where there is no limit |
/// | `versions` | `{"linkedin": {"202609": "2027-09-17T00:00:00Z"}}`: when a version is switched off; `null`: it never existed |
extension Sandbox {
    func setRules(_ call: Call, _ page: String) -> ServerAnswer {
        guard let body = Value(json: call.body)?.object, !body.isEmpty else {
            return .text(400, "An object is needed\n")
        }
        var changed = world
        let isGood =
            switch page {
            case "credit": Self.setCredit(body, &changed)
            case "names": Self.setNames(body, &changed)
            case "limits": Self.setLimits(body, &changed)
            default: Self.setVersions(body, &changed)
            }
        guard isGood else { return .text(400, "\(page): not known, or of the wrong type\n") }
        world = changed
        save()
        return .json(200, .object(body))
    }

    /// A picture that the page shows; only what is one.
    func picture(_ name: String) -> ServerAnswer {
        guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }),
            let bytes = shelf.bytes(name)
        else { return .text(404, "There is no such picture.\n") }
        let kinds: [(start: [UInt8], type: String)] = [
            ([0xFF, 0xD8], "image/jpeg"), ([0x89, 0x50], "image/png"), (Array("GIF8".utf8), "image/gif"),
            (Array("RIFF".utf8), "image/webp"),
        ]
        guard let kind = kinds.first(where: { bytes.starts(with: $0.start) }) else {
            return .text(404, "There is no such picture.\n")
        }
        return ServerAnswer(
            200, headers: [("Content-Type", kind.type), ("X-Content-Type-Options", "nosniff")], body: bytes)
    }
}

private extension Sandbox {
    static func setCredit(_ body: [String: Value], _ world: inout World) -> Bool {
        guard Set(body.keys) == ["x"] else { return false }
        if body["x"] == .null {
            world.x.credit = nil
            return true
        }
        guard let dollars = body["x"]?.double, dollars >= 0, dollars < 1_000_000 else { return false }
        world.x.credit = Int((dollars * 1000).rounded())
        return true
    }

    static func setNames(_ body: [String: Value], _ world: inout World) -> Bool {
        guard Set(body.keys) == ["x"], let names = body["x"]?.string.flatMap(XNames.init(rawValue:)) else {
            return false
        }
        world.x.names = names
        return true
    }

    static func setLimits(_ body: [String: Value], _ world: inout World) -> Bool {
        for (network, limits) in body {
            for (name, value) in limits.object ?? ["": .null] {
                let count = value.integer
                guard count ?? 0 >= 0, count != nil || value == .null else { return false }
                switch (network, name, count) {
                case ("x", "postsPerUserDay", _): world.x.userDayLimit = count
                case ("linkedin", "callsPerMemberDay", let count?): world.linkedIn.memberLimit = count
                case ("linkedin", "callsPerAppDay", let count?): world.linkedIn.appLimit = count
                case ("instagram", "containersPerDay", let count?): world.instagram.containerLimit = count
                case ("instagram", "postsPerDay", let count?): world.instagram.quotaTotal = count
                default: return false
                }
            }
        }
        return true
    }

    static func setVersions(_ body: [String: Value], _ world: inout World) -> Bool {
        guard Set(body.keys) == ["linkedin"], let versions = body["linkedin"]?.object else { return false }
        for (version, end) in versions {
            let moment = end.string.flatMap(Moment.init(rfc3339:))
            guard version.count == 6, version.allSatisfy(\.isNumber), moment != nil || end == .null else {
                return false
            }
            world.linkedIn.versions.ends[version] = moment
        }
        return true
    }
}
