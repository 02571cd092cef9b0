internal import HTTPServer

/// Reading posts and identities back.
enum LinkedInReading {
    static func single(_ urn: String, _ turn: Turn, _ caller: LinkedInCaller, _ world: LinkedInWorld) throws(Refusal)
        -> ServerAnswer
    {
        try RestLi.checkParameters(turn.call, known: ["viewContext", "fields"])
        guard caller.scopes.contains("r_organization_social") else { throw LinkedInErrors.denied("posts.GET") }
        guard let post = visible(urn, turn.now, world) else {
            throw LinkedInErrors.notFound
        }
        try caller.requireReading(post.author, for: "posts.GET")
        return .json(200, value(of: post))
    }

    static func batch(_ turn: Turn, _ caller: LinkedInCaller, _ world: LinkedInWorld) throws(Refusal) -> ServerAnswer {
        try RestLi.checkParameters(turn.call, known: ["ids", "viewContext", "fields"])
        guard caller.scopes.contains("r_organization_social") else { throw LinkedInErrors.denied("posts.BATCH_GET") }
        guard let ids = RestLi.list(turn.call, "ids") else { throw LinkedInErrors.wrongEncoding }
        var results: [String: Value] = [:]
        var statuses: [String: Value] = [:]
        var errors: [String: Value] = [:]
        for urn in ids {
            if let post = visible(urn, turn.now, world), LinkedInURN.isOrganization(post.author) {
                results[urn] = value(of: post)
                statuses[urn] = 200
            } else {
                errors[urn] = ["status": 404, "code": "NOT_FOUND", "message": "Could not find entity"]
                statuses[urn] = 404
            }
        }
        return .json(200, ["results": .object(results), "statuses": .object(statuses), "errors": .object(errors)])
    }

    /// `q=author`; newest first.
    static func find(_ turn: Turn, _ caller: LinkedInCaller, _ world: LinkedInWorld) throws(Refusal) -> ServerAnswer {
        let call = turn.call
        try RestLi.checkParameters(
            call, known: ["q", "author", "count", "start", "sortBy", "isDsc", "viewContext", "fields"])
        guard call.parameter("q") == "author", let author = call.parameter("author") else {
            throw LinkedInErrors.refusal(400, "ILLEGAL_ARGUMENT", "Resource method could not be resolved")
        }
        try caller.requireReading(author, for: "posts.FINDER-author")
        let (count, start) = try RestLi.page(call)
        guard ["LAST_MODIFIED", "CREATED"].contains(call.parameter("sortBy") ?? "LAST_MODIFIED") else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "sortBy", "LAST_MODIFIED or CREATED expected")
        }
        let all = world.posts.values
            .filter { $0.author == author && visible($0.urn, turn.now, world) != nil }
            .sorted { ($0.createdAt, $0.sequence) > ($1.createdAt, $1.sequence) }
        let shown = all.dropFirst(start).prefix(count).map(value)
        return .json(
            200,
            [
                "elements": .array(Array(shown)),
                "paging": [
                    "start": .integer(start), "count": .integer(count), "total": .integer(all.count), "links": [],
                ],
            ])
    }

    static func userinfo(_ caller: LinkedInCaller) -> ServerAnswer {
        .json(
            200,
            [
                "sub": .string(SandboxCredentials.linkedInPersonID(caller.account)), "name": .string(caller.account),
                "given_name": .string(caller.account), "family_name": "Sandbox",
                "locale": ["country": "US", "language": "en"],
            ])
    }

    static func me(_ caller: LinkedInCaller) throws(Refusal) -> ServerAnswer {
        guard caller.scopes.contains("r_basicprofile") else { throw LinkedInErrors.denied("me.GET.NO_VERSION") }
        return .json(
            200,
            [
                "id": .string(SandboxCredentials.linkedInPersonID(caller.account)),
                "localizedFirstName": .string(caller.account), "localizedLastName": "Sandbox",
                "vanityName": .string(caller.account),
            ])
    }

    private static func visible(_ urn: String, _ now: Moment, _ world: LinkedInWorld) -> LinkedInWorld.Post? {
        guard let post = world.posts[urn], !post.isDeleted, now >= post.visibleAt else { return nil }
        return post
    }

    private static func value(of post: LinkedInWorld.Post) -> Value {
        var fields: [String: Value] = [
            "id": .string(post.urn), "author": .string(post.author), "commentary": .string(post.little),
            "visibility": .string(post.visibility), "lifecycleState": "PUBLISHED", "isReshareDisabledByAuthor": false,
            "createdAt": .integer(post.createdAt.milliseconds), "publishedAt": .integer(post.createdAt.milliseconds),
            "lastModifiedAt": .integer(post.createdAt.milliseconds),
            "distribution": [
                "feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": [],
            ],
        ]
        fields["content"] = post.content
        return .object(fields)
    }
}
