import HTTP
import JSON
import Posts

/// Reads what a user posted.
struct XTimeline: Sendable {
    let client: XClient

    /// The user's posts since a moment, newest first, replies among them; nil if X shows only some. Repeatable.
    func posts(of user: String, since start: Instant) async throws(PlatformFailure) -> [JSON]? {
        var (rows, token, names) = ([JSON](), String?.none, XRules.fields[...])
        for _ in 0..<XRules.mostPages {
            let body = try await page(of: user, since: start, token: token, names: &names)
            guard let page = body["data"]?.array ?? (body["meta"]?["result_count"]?.integer == 0 ? [] : nil) else {
                return nil
            }
            rows += page
            token = body["meta"]?["next_token"]?.string
            if token == nil { return rows }
        }
        return nil
    }

    /// One page; the names of the fields that the server does not know are dropped.
    private func page(
        of user: String, since start: Instant, token: String?, names: inout ArraySlice<XRules.Fields>
    ) async throws(PlatformFailure) -> JSON {
        while true {
            guard let asked = names.first else {
                throw PlatformFailure(.permanent, code: "x.invalid-request", "X knows none of the names of fields")
            }
            var query: OAuth1.Parameters = [
                ("since_id", String(XPost.firstID(at: start))), ("max_results", String(XRules.rowsPerPage)),
                ("exclude", "retweets"), (asked.parameter, asked.fields), ("expansions", asked.expansions),
            ]
            if let token { query.append(("pagination_token", token)) }
            let response: Response
            do {
                response = try await client.send(
                    .reading, .get, "/2/users/\(percentEncoded(user))/tweets", query: query)
            } catch {
                guard error.status == 400, names.count > 1, error.message.contains(asked.parameter) else { throw error }
                names = names.dropFirst()
                continue
            }
            guard let body = response.json else {
                throw client.errors.unreadable(response, to: .reading, without: "the user's posts")
            }
            return body
        }
    }
}
