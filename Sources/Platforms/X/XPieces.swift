import HTTP
import Posts

/// Sends a file piece by piece, a few at a time, each read when its turn comes: as much memory for any length.
struct XPieces: Sendable {
    let client: XClient
    let file: MediaFile

    /// Sends the pieces that are missing; false if the time for one stretch is over before the last. What arrived is in
    /// `media` also if it throws. Repeatable: a piece may be sent again under its number.
    func send(_ media: inout XDraft.Media) async throws(PlatformFailure) -> Bool {
        guard case .sending(var next, let piece) = media.stage else { return true }
        let source = try await client.session.media.open(file)
        let (began, id) = (now, percentEncoded(media.id))
        let count = (source.byteCount + piece - 1) / piece
        while next < count {
            if now - began >= XMediaRules.stretch { return false }
            let failures = try await concurrently(Array(next..<min(next + XMediaRules.piecesAtOnce, count))) {
                index async throws(PlatformFailure) -> PlatformFailure? in
                await append(source, index, of: piece, to: id)
            }
            next += failures.prefix { $0 == nil }.count
            media.stage = .sending(next: next, piece: piece)
            if let failure = failures.lazy.compactMap(\.self).first { throw failure }
        }
        return true
    }

    private var now: Instant { client.session.clock.now }

    /// Tries a few times; the failure that ended them.
    private func append(
        _ source: any OpenMedia, _ index: Int, of piece: Int, to id: String
    ) async -> PlatformFailure? {
        var tries = 1
        while true {
            do {
                let start = index * piece
                let bytes = try source.bytes(in: start..<min(start + piece, source.byteCount))
                _ = try await client.send(
                    .uploading, .post, "/2/media/upload/\(id)/append",
                    body: .parts([
                        .field("segment_index", String(index)), .media(bytes, type: "application/octet-stream"),
                    ]))
                return nil
            } catch {
                guard error.kind == .retryable, tries < XMediaRules.mostTries else { return error }
                await client.session.clock.sleep(until: now + .seconds(1 << tries))
                tries += 1
            }
        }
    }
}
