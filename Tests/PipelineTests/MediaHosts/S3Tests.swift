import HTTP
import HTTPServer
import Platforms
import Posts
import TestSupport
import Testing

@testable import Pipeline

private let shop = AccountID(.instagram, "shop")

private func file(_ name: String = "a.jpg", _ bytes: [UInt8] = Array("picture".utf8)) -> MediaFile {
    MediaFile(
        reference: MediaReference(path: "media/\(name)", place: Diagnostic.Place(path: "posts/a.md")),
        info: MediaInfo(format: .jpeg, width: 400, height: 400, byteCount: bytes.count), digest: sha256(bytes))
}

private struct Bytes: MediaSource, OpenMedia {
    var content = Array("picture".utf8)

    var byteCount: Int { content.count }
    var contentType: String { "image/jpeg" }
    func open(_ file: MediaFile) async throws(PlatformFailure) -> any OpenMedia { self }
    func publicURL(of file: MediaFile) async throws(PlatformFailure) -> String { "" }
    func bytes(in range: Range<Int>) throws(PlatformFailure) -> [UInt8] { Array(content[range]) }
}

private func host(
    _ transport: any Transport, endpoint: String?, variables: [String: String] = BucketServer.variables,
    clock: TestClock = TestClock(nine), region: String? = nil
) throws -> S3MediaHost {
    var environment = Environment(
        variables: variables, clock: clock, gateway: nil, transport: transport, random: { 1 }, zones: .system,
        git: { _ in fatalError("no git here") })
    environment.directTransport = transport
    return try S3MediaHost(
        bucket: "acme-social", region: region, prefix: "tmp/", endpoint: endpoint, environment: environment)
}

private struct Always: Transport {
    let answer: Result<Response, TransportError>

    init(_ status: Int, _ body: String = "", headers: Headers = [:]) {
        answer = .success(Response(status: status, headers: headers, body: Array(body.utf8)))
    }
    init(_ error: TransportError) { answer = .failure(error) }
    func send(_ request: Request) async throws(TransportError) -> Response { try answer.get() }
}

@Suite struct `A bucket` {
    @Test func `gets a file over the wire, opens it by its address, and loses it again`() async throws {
        let clock = TestClock(nine)
        let bucket = BucketServer(clock: clock)
        let server = try await RunningServer.start(port: 0) { bucket.answer($0) }
        let curl = CurlTransport(userAgent: "test")
        let host = try host(curl, endpoint: "http://127.0.0.1:\(server.port)", clock: clock)
        let url = try await host.offer(file(), to: shop, from: Bytes())
        let path = try #require(bucket.objects.keys.first)
        let digest = file().digest.dropFirst("sha256:".count)
        #expect(path.hasPrefix("/acme-social/tmp/\(digest)-") && path.hasSuffix(".jpg"))
        #expect(bucket.objects[path] == .init(bytes: Array("picture".utf8), type: "image/jpeg"))
        let fetched = try await curl.send(Request(.get, url, repetition: .allowed))
        #expect(fetched.text == "picture" && fetched.headers["Content-Type"] == "image/jpeg")

        clock.advance(by: .hours(48) - .seconds(1))
        #expect(try await curl.send(Request(.get, url, repetition: .allowed)).status == 200)
        clock.advance(by: .seconds(1))
        #expect(try await curl.send(Request(.get, url, repetition: .allowed)).status == 403)
        let forged = url.replacing("tmp/", with: "other/")
        #expect(try await curl.send(Request(.get, forged, repetition: .allowed)).status == 403)

        await host.withdraw(file(), from: shop)
        #expect(bucket.objects.isEmpty)
        await host.withdraw(file(), from: shop)
        #expect(bucket.log.allSatisfy { !$0.contains("PUT") || !$0.contains("refused") })
        await server.stop()
    }

    @Test func `is given the same bytes once, and each account its own object`() async throws {
        let bucket = BucketServer(clock: TestClock(nine))
        let server = try await RunningServer.start(port: 0) { bucket.answer($0) }
        let host = try host(CurlTransport(userAgent: "test"), endpoint: "http://127.0.0.1:\(server.port)")
        for _ in 0..<2 { _ = try await host.offer(file(), to: shop, from: Bytes()) }
        #expect(bucket.log.count { $0.hasPrefix("PUT") } == 1)
        _ = try await host.offer(file(), to: AccountID(.instagram, "other"), from: Bytes())
        #expect(bucket.objects.count == 2)
        await host.withdraw(file(), from: shop)
        #expect(bucket.objects.count == 1)
        _ = try await host.offer(file(), to: shop, from: Bytes())
        #expect(bucket.objects.count == 2)
        await server.stop()
    }

    @Test func `refuses a file that is no longer the one whose digest is known`() async throws {
        let bucket = BucketServer(clock: TestClock(nine))
        let server = try await RunningServer.start(port: 0) { bucket.answer($0) }
        let host = try host(CurlTransport(userAgent: "test"), endpoint: "http://127.0.0.1:\(server.port)")
        let failure = try await #require(throws: PlatformFailure.self) {
            try await host.offer(file(), to: shop, from: Bytes(content: Array("another".utf8)))
        }
        #expect(failure.code == "media-changed" && failure.kind == .retryable)
        await server.stop()
    }

    @Test(
        arguments: [
            ("acme", "eu-central-1", nil, "https://acme.s3.eu-central-1.amazonaws.com", "/a/b%20c.jpg"),
            ("acme.social", "us-east-1", nil, "https://s3.us-east-1.amazonaws.com", "/acme.social/a/b%20c.jpg"),
            ("acme", "cn-north-1", nil, "https://acme.s3.cn-north-1.amazonaws.com.cn", "/a/b%20c.jpg"),
            ("acme", "auto", "https://id.r2.example", "https://id.r2.example", "/acme/a/b%20c.jpg"),
            ("acme", "x", "http://127.0.0.1:9000/s3/", "http://127.0.0.1:9000", "/s3/acme/a/b%20c.jpg"),
        ] as [(String, String, String?, String, String)])
    func `has its address by name or by path`(
        _ name: String, _ region: String, _ endpoint: String?, _ base: String, _ path: String
    ) throws {
        let bucket = try #require(S3Bucket(name, region: region, endpoint: endpoint))
        #expect(bucket.base == base && bucket.path(of: "a/b c.jpg") == path)
    }

    @Test(
        arguments: [
            (
                403,
                "<Error><Code>SignatureDoesNotMatch</Code><Message>The key AKID</Message><StringToSign>x</StringToSign></Error>",
                PlatformFailure.Kind.config, "media-host.refused", "AWS_SECRET_ACCESS_KEY"
            ),
            (403, "<Error><Code>ExpiredToken</Code></Error>", .config, "media-host.refused", "AWS_SESSION_TOKEN"),
            (403, "<Error><Code>RequestTimeTooSkewed</Code></Error>", .config, "media-host.refused", "clock"),
            (404, "<Error><Code>NoSuchBucket</Code></Error>", .config, "media-host.refused", "bucket"),
            (301, "<Error><Code>PermanentRedirect</Code></Error>", .config, "media-host.refused", "region: eu-west-1"),
            (400, "<Error><Code>XAmzContentSHA256Mismatch</Code></Error>", .retryable, "media-changed", nil),
            (503, "<Error><Code>SlowDown</Code></Error>", .retryable, "media-host.unavailable", nil),
            (500, "", .retryable, "media-host.unavailable", nil), (418, "<html>", .config, "media-host.refused", "AWS"),
        ] as [(Int, String, PlatformFailure.Kind, String, String?)])
    func `tells why it takes nothing`(
        _ status: Int, _ body: String, _ kind: PlatformFailure.Kind, _ code: String, _ hint: String?
    ) async throws {
        let transport = Always(status, body, headers: ["x-amz-bucket-region": "eu-west-1"])
        let failure = try await #require(throws: PlatformFailure.self) {
            try await host(transport, endpoint: nil).offer(file(), to: shop, from: Bytes())
        }
        #expect(failure.kind == kind && failure.code == code && failure.status == status)
        #expect(hint.map { failure.hint?.contains($0) == true } ?? true, "\(failure)")
        #expect(!"\(failure)".contains("secret/key+"))
    }

    @Test func `that cannot be reached is tried again`() async throws {
        let transport = Always(TransportError(sent: .no, reason: "the connection was refused"))
        let failure = try await #require(throws: PlatformFailure.self) {
            try await host(transport, endpoint: nil).offer(file(), to: shop, from: Bytes())
        }
        #expect(failure.kind == .retryable && failure.code == "media-host.unreachable")
    }

    @Test(arguments: [
        (["AWS_SECRET_ACCESS_KEY": ""], "AWS_SECRET_ACCESS_KEY", "media-host.no-credentials"),
        (
            ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""], "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
            "media-host.no-credentials"
        ),
        (["AWS_REGION": ""], "AWS_REGION", "media-host.no-region"),
        (["AWS_ENDPOINT_URL": "localhost"], "https://", "media-host.endpoint"),
    ])
    func `names the variables that are missing`(_ change: [String: String], _ hint: String, _ code: String) throws {
        let variables = BucketServer.variables.merging(change) { $1 }
        let failure = try #require(throws: PlatformFailure.self) {
            try host(Always(200), endpoint: nil, variables: variables)
        }
        #expect(failure.kind == .config && failure.code == code && failure.hint?.contains(hint) == true)
    }

    @Test func `takes region and endpoint from the environment, temporary keys too`() async throws {
        let variables = [
            "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t+o",
            "AWS_DEFAULT_REGION": "eu-west-3", "AWS_ENDPOINT_URL": "https://a.example",
            "AWS_ENDPOINT_URL_S3": "https://s3.example",
        ]
        let host = try host(Always(200), endpoint: nil, variables: variables)
        let url = try await host.offer(file(), to: shop, from: Bytes())
        #expect(url.hasPrefix("https://s3.example/acme-social/tmp/"))
        #expect(url.contains("%2Feu-west-3%2Fs3%2F") && url.contains("X-Amz-Security-Token=t%2Bo"))
        #expect(url.contains("X-Amz-Expires=172800"))
    }
}
