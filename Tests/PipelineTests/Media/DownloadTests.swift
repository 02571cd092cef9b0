import Foundation
import HTTP
import Platforms
import Posts
import Testing

@testable import Pipeline

private let address = "https://media.example.com/files/a.jpg?key=5ec"

private func answer(
    _ status: Int = 200, _ text: String = "", _ headers: Headers = [:]
) -> Result<Response, TransportError> {
    .success(Response(status: status, headers: headers, body: Array(text.utf8)))
}

private func redirect(_ location: String, _ status: Int = 302) -> Result<Response, TransportError> {
    answer(status, "", ["Location": location])
}

/// A folder for downloads, as long as the suite of a test lives.
private final class Cellar: Sendable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "downloads-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func download(_ transport: any Transport) -> Download {
        Download(folder: folder, transport: transport, digests: MediaDigests(settled: .zero))
    }

    func downloads(_ transport: any Transport) -> Downloads {
        Downloads(folder: folder, transport: transport, digests: MediaDigests(settled: .zero))
    }

    /// What lies there, without what only this run needs.
    func files(_ part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(part)").sorted()
    }
}

private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

private func failure(_ download: Download, _ address: String = address) async throws -> Downloads.Failure {
    try await #require(throws: Downloads.Failure.self) { try await download.run(address) }
}

@Suite final class `A download` {
    private let cellar = Cellar()

    @Test func `lies by its digest, and tells nobody its address`() async throws {
        let transport = ScriptedAnswers([address: answer(200, "some bytes")])
        let path = try await cellar.download(transport).run(address)
        #expect(try text(path) == "some bytes")
        #expect(path == "\(cellar.folder)/content/\(sha256(Array("some bytes".utf8)).dropFirst("sha256:".count))")
        #expect(try cellar.files("") == ["content", "index"])
        for name in try cellar.files("index") {
            let written = try text("\(cellar.folder)/index/\(name)")
            #expect(!name.contains("5ec") && !written.contains("5ec"))
        }
    }

    @Test func `is asked for within its limits`() async throws {
        let transport = ScriptedAnswers([address: answer(200, "some bytes")])
        _ = try await cellar.download(transport).run(address)
        let request = try #require(transport.requests.first)
        #expect(request.method == .get && request.reach == .publicHosts)
        #expect(request.maximumAnswer == 1 << 30 && request.deadline == .seconds(120))
        #expect(request.headers.fields.isEmpty)
    }

    @Test func `is not repeated while the server knows it has nothing newer`() async throws {
        let date = "Tue, 01 Dec 2026 08:00:00 GMT"
        let transport = ScriptedAnswers([address: answer(200, "old", ["ETag": "\"1\"", "Last-Modified": date])])
        let first = try await cellar.download(transport).run(address)
        transport.change(address, to: answer(304))
        #expect(try await cellar.download(transport).run(address) == first)
        let request = try #require(transport.requests.last)
        #expect(request.headers["If-None-Match"] == "\"1\"" && request.headers["If-Modified-Since"] == date)
        transport.change(address, to: answer(200, "new", ["ETag": "\"2\""]))
        #expect(try text(try await cellar.download(transport).run(address)) == "new")
        #expect(try text(first) == "old")
        transport.change(address, to: answer(304))
        #expect(try text(try await cellar.download(transport).run(address)) == "new")
        #expect(transport.requests.last?.headers["If-Modified-Since"] == nil)
    }

    @Test func `is repeated when what was kept is gone or another`() async throws {
        let transport = ScriptedAnswers([address: answer(200, "some bytes", ["ETag": "\"1\""])])
        let path = try await cellar.download(transport).run(address)
        try Data("other bits".utf8).write(to: URL(filePath: path))
        #expect(try text(try await cellar.download(transport).run(address)) == "some bytes")
        try FileManager.default.removeItem(atPath: path)
        #expect(try text(try await cellar.download(transport).run(address)) == "some bytes")
        #expect(transport.requests.allSatisfy { $0.headers["If-None-Match"] == nil })
        transport.change(address, to: answer(304))
        try FileManager.default.removeItem(atPath: path)
        #expect(try await failure(cellar.download(transport)).reason == "is answered with 304")
    }

    @Test(arguments: [
        ("https://cdn.example.net/b.jpg", "https://cdn.example.net/b.jpg"),
        ("//cdn.example.net/b.jpg", "https://cdn.example.net/b.jpg"),
        ("/b.jpg", "https://media.example.com/b.jpg"), ("b.jpg?x=/", "https://media.example.com/files/b.jpg?x=/"),
    ])
    func `follows where the server leads`(_ location: String, _ next: String) async throws {
        for status in [301, 302, 303, 307, 308] {
            let transport = ScriptedAnswers([address: redirect(location, status), next: answer(200, "bytes")])
            #expect(try text(try await cellar.download(transport).run(address)) == "bytes")
            #expect(transport.requests.allSatisfy { $0.reach == .publicHosts })
        }
    }

    @Test(arguments: [
        "http://media.example.com/b.jpg", "ftp://example.com/b.jpg", "https://u:p@example.com/", "https://",
    ])
    func `does not follow to what is no https address`(_ location: String) async throws {
        let transport = ScriptedAnswers([address: redirect(location)])
        let failure = try await failure(cellar.download(transport))
        #expect(failure.reason == "leads on to something that is no https address")
        #expect(transport.requests.count == 1)
    }

    @Test func `follows five times and no more`() async throws {
        var answers = [address: redirect("https://media.example.com/1")]
        for hop in 1...5 {
            answers["https://media.example.com/\(hop)"] = redirect("https://media.example.com/\(hop + 1)")
        }
        answers["https://media.example.com/5"] = answer(200, "bytes")
        let transport = ScriptedAnswers(answers)
        #expect(try text(try await cellar.download(transport).run(address)) == "bytes")
        transport.change("https://media.example.com/5", to: redirect("https://media.example.com/6"))
        let failure = try await failure(cellar.download(transport))
        #expect(failure.reason == "leads on more than 5 times")
    }

    @Test func `does not follow into an inner network`() async throws {
        let server = ScriptedAnswers([address: redirect("https://169.254.169.254/latest/meta-data")])
        // The first answer is scripted, the second one is libcurl's.
        struct Both: Transport {
            let first: ScriptedAnswers
            let second = CurlTransport(userAgent: "t")

            func send(_ request: Request) async throws(TransportError) -> Response {
                request.url == address ? try await first.send(request) : try await second.send(request)
            }
        }
        let failure = try await failure(cellar.download(Both(first: server)))
        #expect(failure.reason == "could not be downloaded: 169.254.169.254 is in an inner network")
    }

    @Test(
        arguments: [
            (answer(404), "is answered with 404"), (answer(206, "a"), "is answered with 206"),
            (answer(302), "leads on to something that is no https address"),
            (
                .failure(TransportError(sent: .maybe, reason: "the answer from a is longer than 1073741824 bytes")),
                "could not be downloaded: the answer from a is longer than 1073741824 bytes"
            ),
        ] as [(Result<Response, TransportError>, String)])
    func `that fails leaves nothing behind`(_ answer: Result<Response, TransportError>, _ reason: String) async throws {
        let failure = try await failure(cellar.download(ScriptedAnswers([address: answer])))
        #expect(failure.reason == reason && !failure.hint.isEmpty)
        #expect(try cellar.files("") == ["content", "index"])
        #expect(try cellar.files("content").isEmpty)
    }
}

@Suite final class `Media on a server` {
    private let cellar = Cellar()

    private static let settings = """
        version: 1
        accounts:
          x/acme: {}
          linkedin/acme: {}
          instagram/acme: {userId: "17841499000417001"}
        """

    private func composer(_ downloads: Downloads?, host: String = "none") throws -> Composer {
        let text = Self.settings + (host == "none" ? "" : "\nmediaHost: \(host)") + "\n"
        let (read, diagnostics) = Configuration.read(Array(text.utf8), path: "socials.yml", zones: .system)
        let configuration = try #require(read, "\(diagnostics)")
        return Composer(
            root: "/nowhere", configuration: configuration,
            reader: PostReader(configuration: configuration, zones: .system), converters: MediaConverters.none,
            digests: MediaDigests(settled: .zero), downloads: downloads)
    }

    private func post(_ media: String) -> [UInt8] {
        Array("---\nmedia: [{path: \"\(media)\", alt: A wheel}]\n---\nHello\n".utf8)
    }

    private func picture() throws -> Result<Response, TransportError> {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/media/instagram/square.jpg")
        return .success(Response(status: 200, headers: [:], body: Array(try Data(contentsOf: url))))
    }

    private let anna = AccountID(.x, "acme")

    @Test func `are there when a post is composed, each asked for once, and known by their bytes`() async throws {
        let other = "https://media.example.com/other.jpg"
        let transport = ScriptedAnswers([address: try picture(), other: try picture()])
        let composer = try composer(cellar.downloads(transport))
        let accounts = [anna, AccountID(.linkedin, "acme")]
        let requests = ["a", "b", "c"].map {
            Composer.Request(path: "posts/\($0).md", bytes: post($0 == "c" ? other : address), accounts: accounts)
        }
        let composed = await composer.compose(requests)
        #expect(transport.requests.map(\.url).sorted() == [address, other].sorted())
        for request in requests {
            for account in accounts {
                let answer = try #require(composed[DeliveryID(request.path, account)])
                #expect(!answer.isInvalid, "\(answer.diagnostics)")
                let file = try #require(answer.steps.first?.media.first)
                #expect(file.stored?.hasPrefix(cellar.folder) == true && file.info.width > 0)
            }
        }
        #expect(Set(composed.filter { $0.key.account == anna }.map(\.value.digest)).count == 1)
    }

    @Test func `that cannot be had make the post wait, with the address but not what follows it`() async throws {
        let transport = ScriptedAnswers([address: answer(404)])
        let composer = try composer(cellar.downloads(transport))
        let composed = try #require(await composer.composeFetching(post(address), path: "posts/a.md", for: anna))
        #expect(
            composed.diagnostics.filter { $0.severity == .error }.map(\.line) == [
                "posts/a.md:2:16: error: “https://media.example.com/files/a.jpg” is answered with 404; "
                    + "open it where you are not signed in, or put the file into the repository [media-download]"
            ])
    }

    @Test func `that are a web page are refused as any other file`() async throws {
        let transport = ScriptedAnswers([address: answer(200, "<!DOCTYPE html><html></html>")])
        let composer = try composer(cellar.downloads(transport))
        let composed = try #require(await composer.composeFetching(post(address), path: "posts/a.md", for: anna))
        #expect(composed.diagnostics.map(\.code) == [.mediaBroken])
        #expect(composed.diagnostics[0].message.contains("is a web page"))
    }

    @Test(arguments: ["a.jpg", "a", "a.mp4?x=1", "a.pdf"])
    func `are not asked for by commands that send nothing, which tell the rest`(_ name: String) throws {
        let composer = try composer(nil)
        let network: Network = name == "a.pdf" ? .linkedin : .x
        let bytes = Array("---\nmedia: {path: \"https://media.example.com/\(name)\", title: A}\n---\nHello\n".utf8)
        let composed = try #require(composer.compose(bytes, path: "posts/a.md", for: AccountID(network, "acme")))
        #expect(!composed.isInvalid, "\(composed.diagnostics)")
        #expect(composed.diagnostics.contains { $0.code == .mediaDownload && $0.severity == .note })
        let words = String(repeating: "word ", count: 99)
        let long = Array("---\nmedia: https://media.example.com/a.jpg\n---\n\(words)\n".utf8)
        let refused = try #require(composer.compose(long, path: "posts/a.md", for: anna))
        #expect(refused.diagnostics.contains { $0.code == .textTooLong })
    }

    @Test(arguments: [
        "https://10.0.0.1/a.jpg", "https://u:p@example.com/a.jpg", "https://intranet/a.jpg", "https:///a",
    ])
    func `that are no public files are refused without a look`(_ address: String) async throws {
        let transport = ScriptedAnswers([:])
        for downloads in [nil, cellar.downloads(transport)] {
            let composer = try composer(downloads)
            let composed = try #require(await composer.composeFetching(post(address), path: "posts/a.md", for: anna))
            #expect(composed.isInvalid && composed.diagnostics.map(\.code) == [.mediaDownload])
        }
        #expect(transport.requests.isEmpty)
    }

    @Test func `go to a network that downloads them by a host that can hold them`() throws {
        let shop = AccountID(.instagram, "acme")
        for (host, codes) in [
            ("{kind: static, baseUrl: \"https://media.example.com\"}", [DiagnosticCode.mediaHost]),
            ("{kind: s3, bucket: acme, region: eu-central-1}", []),
        ] {
            let composed = try #require(
                try composer(nil, host: host).compose(post(address), path: "posts/a.md", for: shop))
            #expect(composed.diagnostics.filter { $0.severity == .error }.map(\.code) == codes)
        }
    }
}
