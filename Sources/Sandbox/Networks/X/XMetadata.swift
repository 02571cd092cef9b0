internal import HTTPServer

/// What is told about media after the upload: `POST /2/media/metadata`, `POST` and `DELETE /2/media/subtitles`.
enum XMetadata {
    static func describe(_ turn: Turn, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let body = try XBodies.read(turn.call, XBodies.metadata)
        let media = try XUploads.own(body["id"]?.string ?? "", turn, caller, world.x)
        try XCredit.charge(XCredit.metadata, &world.x)
        guard let metadata = body["metadata"]?.object else {
            return .json(200, ["data": ["id": .string(String(media.id))]])
        }
        if let text = metadata["alt_text"]?["text"]?.string {
            // Words for pictures; whether a film may have them is not documented.
            guard ["tweet_image", "tweet_gif"].contains(media.category) else {
                throw XErrors.wrong("$.metadata.alt_text", "is for images and GIFs", media.category)
            }
            world.x.media[media.id]?.content?.alt = text.isEmpty ? nil : text
        }
        return .json(
            200, ["data": ["id": .string(String(media.id)), "associated_metadata": .object(metadata)]])
    }

    static func addSubtitles(_ turn: Turn, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let body = try XBodies.read(turn.call, XBodies.subtitles)
        let film = try film(body, turn, caller, world.x)
        let text = try XUploads.own(body["subtitles"]?["id"]?.string ?? "", turn, caller, world.x)
        guard text.category == "subtitles", !text.isOpen else {
            throw XErrors.wrong("$.subtitles.id", "is no uploaded subtitles", String(text.id))
        }
        let language = body["subtitles"]?["language_code"]?.string ?? ""
        var subtitles = film.subtitles
        subtitles[language] = text.id
        keep(subtitles, of: film, &world.x)
        return .json(
            200,
            [
                "data": [
                    "id": .string(String(film.id)), "media_category": body["media_category"] ?? .null,
                    "associated_subtitles": .array(
                        subtitles.sorted { $0.key < $1.key }.map {
                            ["id": .string(String($0.value)), "language_code": .string($0.key)]
                        }),
                ]
            ])
    }

    static func removeSubtitles(_ turn: Turn, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let body = try XBodies.read(turn.call, XBodies.subtitlesGone)
        let film = try film(body, turn, caller, world.x)
        let language = body["language_code"]?.string ?? ""
        var subtitles = film.subtitles
        guard subtitles.removeValue(forKey: language) != nil else {
            throw XErrors.wrong("$.language_code", "has no subtitles", language)
        }
        keep(subtitles, of: film, &world.x)
        return .json(200, ["data": ["deleted": true]])
    }

    private static func keep(_ subtitles: [String: Int], of film: XWorld.Media, _ world: inout XWorld) {
        world.media[film.id]?.subtitles = subtitles
        world.media[film.id]?.content?.captions = subtitles.isEmpty ? nil : subtitles.keys.sorted()
    }

    private static func film(
        _ body: Value, _ turn: Turn, _ caller: XCaller, _ world: XWorld
    ) throws(Refusal) -> XWorld.Media {
        let film = try XUploads.own(body["id"]?.string ?? "", turn, caller, world)
        let category = body["media_category"]?.string == "AmplifyVideo" ? "amplify_video" : "tweet_video"
        guard film.category == category, !film.isOpen else {
            throw XErrors.wrong("$.id", "is no uploaded \(category)", String(film.id))
        }
        return film
    }
}
