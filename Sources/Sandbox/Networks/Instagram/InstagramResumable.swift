internal import HTTPServer

/// `https://rupload.facebook.com/ig-api-upload/{version}/{container}`: a film without a public address.
enum InstagramResumable {
    static func answer(_ turn: Turn, _ world: inout World) -> ServerAnswer {
        let path = turn.call.segments
        guard turn.call.method == "POST", path.count == 3, path[0] == "ig-api-upload",
            GraphCall.versions.contains(path[1])
        else { return failure("InvalidRequestError", "There is no such upload", status: 404) }
        // The word is OAuth here, not Bearer.
        let words = (turn.call.header("Authorization") ?? "").split(separator: " ")
        guard words.count == 2, words[0] == "OAuth" else {
            return failure("NotAuthorizedError", "Authorization: OAuth TOKEN expected", status: 401)
        }
        do throws(Refusal) {
            let token = try GraphCall.token(String(words[1]))
            let user = token.subject ?? SandboxCredentials.instagramUserID(token.name)
            guard let container = world.instagram.containers[path[2]], container.user == user,
                container.resumable != nil, container.status(turn.now) != .expired
            else { return failure("InvalidRequestError", "There is no such upload", status: 404) }
            guard container.resumable?.isComplete == false else {
                return failure("ProcessingFailedError", "The upload is complete already")
            }
            return try take(container, turn, &world)
        } catch {
            return error.answer
        }
    }

    private static func take(
        _ container: InstagramWorld.Container, _ turn: Turn, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        var container = container
        let offset = container.resumable?.thumbOffset
        if let url = turn.call.header("file_url") {
            guard turn.call.body.isEmpty else { return failure("InvalidRequestError", "file_url goes without a body") }
            guard case .file(let bytes)? = turn.fetched[url] else {
                return failure("ProcessingFailedError", "The file could not be fetched", isRetriable: true)
            }
            container.take(ByteSource(bytes), thumbOffset: offset)
        } else {
            guard let start = turn.call.header("offset").flatMap({ Int($0) }),
                let size = turn.call.header("file_size").flatMap({ Int($0) }), size > 0
            else { return failure("InvalidRequestError", "The headers offset and file_size are required") }
            guard size <= InstagramFilm.reelLimit, container.resumable?.size ?? size == size else {
                return failure("InvalidRequestError", "file_size changed, or is more than 300 MB")
            }
            let bytes = container.resumable?.bytes ?? 0
            guard start == bytes else {
                return failure("OffsetInvalidError", "The next byte is \(bytes)", isRetriable: true)
            }
            guard !turn.call.body.isEmpty, bytes + turn.call.body.count <= size else {
                return failure("InvalidRequestError", "The body does not fit into file_size")
            }
            let index = container.resumable?.pieces.count ?? 0
            turn.shelf.put(turn.call.body, as: container.pieceName(index))
            container.resumable?.size = size
            container.resumable?.pieces.append(turn.call.body.count)
            guard bytes + turn.call.body.count == size else {
                world.instagram.containers[container.id] = container
                return failure("PartialRequestError", "More bytes are expected", isRetriable: true)
            }
            let names = (0...index).map(container.pieceName)
            container.take(turn.shelf.joined(names), thumbOffset: offset)
            turn.shelf.remove(names)
        }
        container.resumable?.isComplete = true
        container.begin(turn, isFilm: true)
        world.instagram.containers[container.id] = container
        return .json(200, ["success": true, "message": "Upload successful."])
    }

    private static func failure(
        _ type: String, _ message: String, isRetriable: Bool = false, status: Int = 400
    ) -> ServerAnswer {
        .json(
            status,
            [
                "debug_info": [
                    "retriable": .bool(isRetriable), "type": .string(type), "message": .string(message),
                ]
            ])
    }
}
