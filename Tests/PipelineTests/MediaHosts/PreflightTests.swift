import HTTP
import HTTPServer
import Platforms
import Posts
import Synchronization
import Testing

@testable import Pipeline

private let shop = AccountID(.instagram, "shop")
private let picture = MediaFile(
    reference: MediaReference(path: "media/a b.jpg", place: Diagnostic.Place(path: "posts/a.md")),
    info: MediaInfo(format: .jpeg, width: 400, height: 400, byteCount: 1234), digest: "sha256:00")

private let renditions = Renditions(
    root: "/nowhere", folder: "/nowhere", programs: ConverterPrograms(), digests: MediaDigests(settled: .zero))

private struct At: MediaHost {
    let url: String
    let advice = "look there"

    func offer(_ file: MediaFile, to account: AccountID, from media: any MediaSource) -> String { url }
}

private final class Answering: Transport {
    let answer: Result<Response, TransportError>
    private let seen = Mutex<[Request]>([])

    init(_ answer: Result<Response, TransportError>) { self.answer = answer }

    var requests: [Request] { seen.withLock { $0 } }
    func send(_ request: Request) async throws(TransportError) -> Response {
        seen.withLock { $0.append(request) }
        return try answer.get().kept(by: request)
    }
}

private func ok(
    _ status: Int = 206, type: String? = "image/jpeg", range: String? = "bytes 0-0/1234", body: Int = 1
) -> Result<Response, TransportError> {
    var headers: Headers = [:]
    if let type { headers.add("Content-Type", type) }
    if let range { headers.add("Content-Range", range) }
    return .success(Response(status: status, headers: headers, body: [UInt8](repeating: 0, count: body)))
}

private func url(_ host: any MediaHost, _ transport: any Transport) async throws(PlatformFailure) -> String {
    try await HostedMedia(
        root: "/nowhere", account: shop, host: host, transport: transport, renditions: renditions
    ).publicURL(of: picture)
}

@Suite struct `An address that a network is sent to` {
    @Test func `is tried before, by its first byte`() async throws {
        let transport = Answering(ok())
        #expect(
            try await url(At(url: "https://media.example.com/a.jpg"), transport) == "https://media.example.com/a.jpg")
        let request = try #require(transport.requests.first)
        #expect(request.method == .get && request.headers["Range"] == "bytes=0-0")
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [
        ok(type: "image/jpeg; charset=binary"), ok(range: nil), ok(range: "bytes 0-0/*"),
        ok(200, range: nil, body: 1234),
    ]) func `is good in several ways`(_ answer: Result<Response, TransportError>) async throws {
        _ = try await url(At(url: "https://media.example.com/a.jpg"), Answering(answer))
    }

    @Test(
        arguments: [
            (ok(404), "answers 404"), (ok(403), "answers 403"), (ok(302), "a redirect"),
            (ok(type: "text/html"), "served as text/html, not as image/jpeg"), (ok(type: nil), "served as nothing"),
            (ok(type: "image/jpeg2"), "served as image/jpeg2"),
            (ok(range: "bytes 0-0/131"), "131 bytes there and 1234 here"),
            (ok(200, range: nil, body: 131), "131 bytes there"),
            (.failure(TransportError(sent: .no, reason: "the name could not be resolved")), "could not be resolved"),
        ] as [(Result<Response, TransportError>, String)])
    func `is not used when it does not answer as it should`(
        _ answer: Result<Response, TransportError>, _ words: String
    ) async throws {
        let signed = "https://media.example.com/a.jpg?X-Amz-Signature=5ec"
        let failure = try await #require(throws: PlatformFailure.self) {
            try await url(At(url: signed), Answering(answer))
        }
        #expect(failure.code == "media-host.unreachable" && failure.kind == .retryable && failure.hint == "look there")
        #expect(failure.message.contains(words) && failure.message.contains("https://media.example.com/a.jpg: "))
        #expect(!failure.message.contains("5ec"))
    }

    @Test(arguments: [
        "http://media.example.com/a.jpg", "https://localhost/a.jpg", "https://127.0.0.1/a.jpg",
        "https://10.0.0.1/a.jpg",
        "https://192.168.1.1/a.jpg", "https://172.16.0.1/a.jpg", "https://169.254.169.254/a.jpg", "https://[::1]/a.jpg",
        "https://[fd00::1]/a.jpg", "https://nas.local/a.jpg", "https://intranet/a.jpg", "a.jpg",
    ]) func `is not asked when no network could reach it`(_ address: String) async throws {
        let transport = Answering(ok())
        let failure = try await #require(throws: PlatformFailure.self) { try await url(At(url: address), transport) }
        #expect(failure.message.contains("not a public https address"))
        #expect(transport.requests.isEmpty)
    }
}

@Suite struct `Where a public file lies` {
    @Test func `is told by the path, or by the commit and the path`() async throws {
        let media = HostedMedia(
            root: "/nowhere", account: shop, host: At(url: ""), transport: Answering(ok()), renditions: renditions)
        let folder = StaticMediaHost(baseURL: "https://media.example.com/files/")
        #expect(folder.offer(picture, to: shop, from: media) == "https://media.example.com/files/media/a%20b.jpg")
        let raw = GitRawMediaHost(baseURL: "https://raw.example/acme/social", commit: "c0ffee")
        #expect(raw.offer(picture, to: shop, from: media) == "https://raw.example/acme/social/c0ffee/media/a%20b.jpg")
        #expect(raw.advice.contains("c0ffee pushed"))
    }

    @Test(
        arguments: [
            ("https://github.com/acme/social.git", "https://raw.githubusercontent.com/acme/social"),
            ("https://gitlab.com/acme/social", "https://gitlab.com/acme/social/-/raw"),
            ("https://codeberg.org/acme/social", "https://codeberg.org/acme/social/raw/commit"),
            ("https://git.example/acme/social", nil), ("git@github.com:acme/social.git", nil),
        ] as [(String, String?)]) func `is known of some hosts of repositories`(_ repository: String, _ base: String?)
    {
        #expect(GitRawMediaHost.baseURL(ofRepository: repository) == base)
    }
}

@Suite struct `The server of the program itself` {
    private struct Bytes: MediaSource, OpenMedia {
        var byteCount: Int { 10 }
        var contentType: String { "image/jpeg" }
        func open(_ file: MediaFile) async throws(PlatformFailure) -> any OpenMedia { self }
        func publicURL(of file: MediaFile) async throws(PlatformFailure) -> String { "" }
        func bytes(in range: Range<Int>) throws(PlatformFailure) -> [UInt8] { range.map { UInt8($0) } }
    }

    @Test(
        arguments: [
            ("bytes=0-0", 206, [0], "bytes 0-0/10"), ("bytes=8-", 206, [8, 9], "bytes 8-9/10"),
            ("bytes=7-99", 206, [7, 8, 9], "bytes 7-9/10"), ("bytes=-2", 200, Array(0..<10), nil),
            ("bytes=10-", 200, Array(0..<10), nil), ("bytes=5-4", 200, Array(0..<10), nil),
        ] as [(String, Int, [UInt8], String?)])
    func `shows a file, or a part of it, until the post is live`(
        _ range: String, _ status: Int, _ bytes: [UInt8], _ shown: String?
    ) async throws {
        let free = try await RunningServer.start(port: 0) { _ in ServerAnswer(200) }
        await free.stop()
        let host = ServerMediaHost(publicURL: "http://127.0.0.1:\(free.port)/", port: free.port)
        let url = try await host.offer(picture, to: shop, from: Bytes())
        #expect(url.hasSuffix("/a%20b.jpg") && url.utf8.count > 60)
        let curl = CurlTransport(userAgent: "test")
        let answer = try await curl.send(Request(.get, url, headers: ["Range": range], repetition: .allowed))
        #expect(answer.status == status && answer.body == bytes)
        #expect(answer.headers["Content-Range"] == shown && answer.headers["Content-Type"] == "image/jpeg")
        await host.withdraw(picture, from: shop)
        #expect(try await curl.send(Request(.get, url, repetition: .allowed)).status == 404)
        await host.stop()
    }
}
