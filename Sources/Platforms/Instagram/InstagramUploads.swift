import HTTP
import JSON
import Posts

/// The bytes of a video that has no public address: one POST that streams the file, from where an earlier one stopped.
struct InstagramUploads {
    let containers: InstagramContainers

    enum Outcome: Sendable, Hashable {
        case complete
        /// The rest may be sent later.
        case broken(PlatformFailure)
        /// Instagram does not know the upload any more.
        case gone
    }

    private var session: Session { containers.graph.session }

    /// Repeatable: what Instagram has already is not sent again.
    func send(
        _ file: MediaFile, at place: Int, of draft: InstagramDraft
    ) async throws(PlatformFailure) -> Outcome {
        guard let container = draft.container(ofMedia: place) else { return .gone }
        var offset = 0
        if draft.failedUploads > 0 {
            switch try await progress(of: container) {
            case .sent(let count): offset = count
            case .complete: return .complete
            case .gone: return .gone
            }
        }
        let opened = try await session.media.open(file)
        // A file that has shrunk since is another one.
        guard offset <= opened.byteCount else { return .gone }
        guard offset < opened.byteCount else { return .complete }
        let request = try request(opened, from: offset, to: container)
        let response: Response
        do { response = try await session.transport.send(request) } catch {
            return .broken(Asking.repeatable.failure(error, of: .instagram))
        }
        return try outcome(response)
    }

    private func request(
        _ file: any OpenMedia, from offset: Int, to container: String
    ) throws(PlatformFailure) -> Request {
        let token = try session.credentials.require("ACCESS_TOKEN", for: session.account.id)
        var headers: Headers = ["offset": String(offset), "file_size": String(file.byteCount)]
        // The word is OAuth here, not Bearer.
        headers.add("Authorization", secret: Secret("OAuth " + token.reveal()))
        let rest = file.byteCount - offset
        return Request(
            .post, "\(InstagramRules.uploads)/\(InstagramRules.version)/\(container)", headers: headers,
            streaming: StreamedBody(count: rest) {
                try file.bytes(in: $0.lowerBound + offset..<$0.upperBound + offset)
            }, repetition: .allowed, deadline: .seconds(60 + rest / InstagramRules.slowestUpload))
    }

    private func outcome(_ response: Response) throws(PlatformFailure) -> Outcome {
        let answer = response.json
        if (200..<300).contains(response.status), answer?["success"]?.bool == true { return .complete }
        if answer?["error"]?.object != nil { throw containers.graph.failure(response, to: .repeatable) }
        let debug = answer?["debug_info"]
        let words = debug?["message"]?.string.map { ": \(session.quotable($0))" } ?? ""
        let message = "Instagram answered \(response.status) to the upload of a video\(words)"
        func failure(_ meaning: MetaGraphMeaning) -> PlatformFailure {
            var failure = containers.graph.failure(meaning, to: .repeatable, message)
            failure.status = response.status
            return failure
        }
        if response.status == 401 { throw failure(.token) }
        if response.status == 404 { return .gone }
        if response.status == 429 { throw failure(.rateLimited) }
        if debug?["retriable"]?.bool == false { throw failure(.media) }
        if debug == nil, (400..<500).contains(response.status), response.status != 408 { throw failure(.refused) }
        return .broken(failure(.server))
    }

    private enum Progress { case sent(Int), complete, gone }

    private func progress(of container: String) async throws(PlatformFailure) -> Progress {
        let answer: JSON
        do {
            answer = try await containers.graph.get("/\(container)", [("fields", "status_code,video_status")])
        } catch  where error.code == "instagram.not-found" {
            return .gone
        }
        if answer["status_code"]?.string == "EXPIRED" { return .gone }
        let phase = answer["video_status"]?["uploading_phase"]
        if phase?["status"]?.string == "complete" { return .complete }
        return .sent(max(0, phase?["bytes_transferred"]?.integer ?? 0))
    }
}
