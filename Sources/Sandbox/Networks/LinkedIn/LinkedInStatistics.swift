internal import HTTPServer

/// Numbers of an imagined public for the posts of organizations; members have none without a vetted scope.
enum LinkedInStatistics {
    static func shares(_ turn: Turn, _ caller: LinkedInCaller, _ world: LinkedInWorld) throws(Refusal) -> ServerAnswer {
        let call = turn.call
        try RestLi.checkParameters(
            call, known: ["q", "organizationalEntity", "shares", "ugcPosts", "timeIntervals", "count", "start"])
        guard call.parameter("q") == "organizationalEntity", let entity = call.parameter("organizationalEntity") else {
            throw LinkedInErrors.refusal(400, "ILLEGAL_ARGUMENT", "Resource method could not be resolved")
        }
        guard caller.scopes.contains("rw_organization_admin"), LinkedInURN.isOrganization(entity) else {
            throw LinkedInErrors.denied("organizationalEntityShareStatistics.FINDER-organizationalEntity")
        }
        let kinds = [("shares", "share"), ("ugcPosts", "ugcPost")]
        var elements: [Value] = []
        for (parameter, field) in kinds where call.parameter(parameter) != nil {
            guard let urns = RestLi.list(call, parameter) else { throw LinkedInErrors.wrongEncoding }
            for urn in urns {
                // What nobody has seen yet has no element; that means zero.
                guard let post = world.posts[urn], post.author == entity, !post.isDeleted, turn.now > post.createdAt
                else {
                    continue
                }
                elements.append([
                    "organizationalEntity": .string(entity), field: .string(urn),
                    "totalShareStatistics": statistics(post, turn.now),
                ])
            }
        }
        return .json(
            200,
            ["elements": .array(elements), "paging": ["start": 0, "count": .integer(elements.count), "links": []]])
    }

    private static func statistics(_ post: LinkedInWorld.Post, _ now: Moment) -> Value {
        let hours = (now - post.createdAt) / 3600
        let views = Int(Double(100 + StableHash.of(post.urn) % 900) * hours / (hours + 24))
        return [
            "impressionCount": .integer(views), "uniqueImpressionsCount": .integer(views / 2),
            "clickCount": .integer(views / 30), "likeCount": .integer(views / 15), "commentCount": .integer(views / 90),
            "shareCount": .integer(views / 70), "engagement": .number(views == 0 ? 0 : 0.1),
        ]
    }
}
