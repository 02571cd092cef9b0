import Testing

@testable import Sandbox

/// One body of the sandbox beside the operation that it belongs to.
private struct BodyCase: Sendable, CustomTestStringConvertible {
    let method: String
    let path: String
    let schema: XSchema
    /// Places that the sandbox leaves out, and why.
    var without: [String: String] = [:]
    /// Values that the sandbox leaves out.
    var withoutValues: Set<String> = []
    /// Members that the sandbox requires although the documents do not.
    var alsoRequired: Set<String> = []

    var testDescription: String { "\(method) \(path)" }

    static let all: [BodyCase] = [
        BodyCase(method: "POST", path: "/2/tweets", schema: XBodies.post),
        BodyCase(
            method: "POST", path: "/2/media/upload", schema: XBodies.oneShot,
            withoutValues: ["dm_image", "tweet_video", "tweet_gif", "dm_video", "dm_gif"]),
        BodyCase(
            method: "POST", path: "/2/media/upload/initialize", schema: XBodies.initialize,
            withoutValues: [
                // Direct messages; formats that the media page does not name.
                "dm_gif", "dm_image", "dm_video", "video/webm", "video/mp2t", "image/bmp", "image/tiff",
                "model/gltf-binary", "model/vnd.usdz+zip",
            ], alsoRequired: ["media_type", "media_category", "total_bytes"]),
        BodyCase(method: "POST", path: "/2/media/upload/{id}/append", schema: XBodies.append),
        BodyCase(
            method: "POST", path: "/2/media/metadata", schema: XBodies.metadata,
            without: [
                "$.metadata.audience_policy": "not for teams", "$.metadata.geo_restrictions": "not for teams",
                "$.metadata.sticker_info": "not for teams",
            ]),
        BodyCase(
            method: "POST", path: "/2/media/subtitles", schema: XBodies.subtitles,
            alsoRequired: ["id", "media_category", "subtitles", "language_code"]),
        BodyCase(method: "DELETE", path: "/2/media/subtitles", schema: XBodies.subtitlesGone),
    ]
}

@Suite(.enabled(if: Specifications.openAPI != nil, Comment(rawValue: Specifications.excuse)))
struct `The bodies that X takes` {
    @Test(arguments: BodyCase.all)
    fileprivate func `are what both documents allow, no more and no less`(_ row: BodyCase) throws {
        let documents = try #require(Specifications.openAPI)
        let before = OpenAPI.body(documents.before, row.method, row.path)
        let after = OpenAPI.body(documents.after, row.method, row.path)
        #expect(!before.isEmpty && !after.isEmpty)
        var expected: SchemaMap = [:]
        for path in Set(before.keys).union(after.keys) {
            guard !row.without.keys.contains(where: { path == $0 || path.hasPrefix("\($0).") }) else { continue }
            switch (before[path], after[path]) {
            case (let old?, let new?): expected[path] = old.both(new)
            case (let only?, nil): expected[path] = Self.isFree(path, after) ? only : nil
            case (nil, let only?): expected[path] = Self.isFree(path, before) ? only : nil
            case (nil, nil): break
            }
            expected[path]?.values?.subtract(row.withoutValues)
        }
        // An item of a list that is no member has no place either.
        expected = expected.filter { path, _ in !path.hasSuffix("[]") || expected[String(path.dropLast(2))] != nil }
        var ours = row.schema.map
        for (path, facts) in ours {
            let extra = facts.required.subtracting(expected[path]?.required ?? [])
            #expect(extra.isSubset(of: row.alsoRequired), "\(path)")
            ours[path]?.required.subtract(extra)
        }
        #expect(Set(ours.keys) == Set(expected.keys))
        for (path, facts) in expected {
            var wanted = facts
            // What one document leaves open the other names.
            wanted.isOpen = ours[path]?.isOpen ?? false
            #expect(ours[path] == wanted, "\(path)")
        }
    }

    @Test(arguments: ["/2/media/upload", "/2/media/upload/{id}/append"])
    func `have the same members as forms`(_ path: String) throws {
        let documents = try #require(Specifications.openAPI)
        let form = OpenAPI.body(documents.after, "POST", path, type: "multipart/form-data")
        let json = OpenAPI.body(documents.after, "POST", path)
        #expect(form == json)
        #expect(form["$"]?.required == (path.hasSuffix("append") ? XBodies.append : XBodies.oneShot).map["$"]?.required)
    }

    /// Whether a document has an open object above a place that it does not name.
    private static func isFree(_ path: String, _ map: SchemaMap) -> Bool {
        var place = path[...]
        while let dot = place.lastIndex(of: ".") {
            place = place[..<dot]
            let parent = place.hasSuffix("[]") ? String(place) : String(place)
            if let facts = map[parent] { return facts.isOpen }
        }
        return false
    }
}

@Suite(.enabled(if: Specifications.openAPI != nil, Comment(rawValue: Specifications.excuse)))
struct `The names that X knows` {
    @Test(arguments: ["/2/tweets", "/2/tweets/{id}", "/2/users/{id}/tweets"])
    func `are those of the documents, before and after the renaming`(_ path: String) throws {
        let documents = try #require(Specifications.openAPI)
        for (names, document, posts) in [
            (XNames.before, documents.before, "tweet.fields"), (.after, documents.after, "post.fields"),
        ] {
            #expect(OpenAPI.list(document, "GET", path, posts) == XFieldNames.post(names))
            #expect(OpenAPI.list(document, "GET", path, "user.fields") == XFieldNames.user(names))
            #expect(OpenAPI.list(document, "GET", path, "expansions") == XFieldNames.expansions(names))
            #expect(OpenAPI.list(document, "GET", path, "media.fields") == XFieldNames.media)
            #expect(OpenAPI.list(document, "GET", path, "poll.fields") == XFieldNames.poll)
            #expect(OpenAPI.list(document, "GET", path, "place.fields") == XFieldNames.place)
            let other = names == .before ? "post.fields" : "tweet.fields"
            #expect(OpenAPI.list(document, "GET", path, other) == nil)
        }
    }

    @Test(arguments: [
        ("POST", "/2/tweets"), ("DELETE", "/2/tweets/{id}"), ("GET", "/2/tweets"), ("GET", "/2/tweets/{id}"),
        ("GET", "/2/users/me"), ("GET", "/2/users/{id}/tweets"), ("POST", "/2/media/upload"),
        ("GET", "/2/media/upload"), ("POST", "/2/media/upload/initialize"), ("POST", "/2/media/upload/{id}/append"),
        ("POST", "/2/media/upload/{id}/finalize"), ("POST", "/2/media/metadata"), ("POST", "/2/media/subtitles"),
        ("DELETE", "/2/media/subtitles"),
    ])
    func `of scopes are demanded, each of them`(_ method: String, _ path: String) async throws {
        let documents = try #require(Specifications.openAPI)
        let scopes = OpenAPI.scopes(documents.after, method, path)
        #expect(!scopes.isEmpty)
        #expect(OpenAPI.scopes(documents.before, method, path) == scopes)
        let client = try await Client()
        func status(_ scopes: Set<String>) async -> Int {
            let token = "sandbox-x-acme+offline.access" + scopes.sorted().map { "+\($0)" }.joined()
            return await client.bearer(method, path.replacing("{id}", with: "5"), token: token).status
        }
        for scope in scopes { #expect(await status(scopes.subtracting([scope])) == 403) }
        #expect(await status(scopes) != 403)
    }
}
