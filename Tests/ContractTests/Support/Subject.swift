import Foundation
import HTTP
import JSON
import Platforms
import Posts
import Sandbox
import Synchronization
import TestSupport
import Testing

/// 2026-12-01T09:00:00Z.
let nine = Instant(seconds: 1_796_115_600)

/// One kind of account of a network, by which the network is held to the contract.
struct Subject: Sendable, CustomTestStringConvertible {
    let name: String
    let platform: any Platform.Type
    let account: Account
    let credentials: [String: String]
    /// Whether it takes a post without media.
    let takesWords: Bool
    /// More pictures than it takes.
    let tooManyPictures: Int

    var testDescription: String { name }
    var network: String { account.id.network.rawValue }

    /// Every network of the catalogue, in each of its kinds.
    static var all: [Subject] {
        get throws {
            try Catalogue.all.flatMap { platform -> [Subject] in
                switch platform.network {
                case .x:
                    [Subject(platform, "acme", credentials: SandboxCredentials.x(account: "acme"), pictures: 5)]
                case .linkedin:
                    [
                        Subject(
                            platform, "page", author: "urn:li:organization:2414183",
                            credentials: commenting(SandboxCredentials.linkedIn(account: "jane", organization: true)),
                            pictures: 21),
                        Subject(
                            platform, "jane", credentials: commenting(SandboxCredentials.linkedIn(account: "jane")),
                            pictures: 21),
                    ]
                case .instagram:
                    [
                        Subject(
                            platform, "acme", userID: SandboxCredentials.instagramUserID("acme"),
                            credentials: SandboxCredentials.instagram(account: "acme"), takesWords: false, pictures: 11)
                    ]
                case .bluesky, .mastodon, .threads, .facebook:
                    throw NotInTheSandbox(network: platform.network)
                }
            }
        }
    }

    /// With the right to comment, which LinkedIn gives apart from that to post.
    private static func commenting(_ credentials: [String: String]) -> [String: String] {
        credentials.merging(["ACCESS_TOKEN": (credentials["ACCESS_TOKEN"] ?? "") + "+feed"]) { _, new in new }
    }

    struct NotInTheSandbox: Error { let network: Network }

    private init(
        _ platform: any Platform.Type, _ name: String, author: String? = nil, userID: String? = nil,
        credentials: [String: String], takesWords: Bool = true, pictures: Int
    ) {
        var account = Account(id: AccountID(platform.network, name))
        (account.author, account.userID) = (author, userID)
        if userID != nil { account.login = .instagram }
        self.name = account.id.description
        self.platform = platform
        self.account = account
        self.credentials = credentials
        self.takesWords = takesWords
        tooManyPictures = pictures
    }

    var hasThreads: Bool { platform.network.hasThreads }
    var isBlind: Bool { platform.capabilities(of: account).recovery == .askPerson }

    func content(_ text: String, pictures: Int = 1, alt: String? = "A red bicycle") -> Content {
        let place = Diagnostic.Place(path: "posts/a.md", line: 4)
        return Content(
            post: "posts/a.md", account: account, parts: [Content.Part(text: text, place: place)],
            media: (0..<pictures).map { Subject.picture("\($0)", alt: alt) }, place: place)
    }

    static let bytes = SmallJPEG.bytes(width: 400, height: 400)

    /// Where the files of `content` are named.
    static let mediaPlace = Diagnostic.Place(path: "posts/a.md", line: 3, column: 12)

    private static func picture(_ name: String, alt: String?) -> MediaFile {
        MediaFile(
            reference: MediaReference(path: "\(name).jpg", alt: alt, place: mediaPlace),
            info: MediaInfo(format: .jpeg, width: 400, height: 400, byteCount: bytes.count), digest: "sha256:\(name)")
    }

    /// The steps of a post in several parts, with a picture, if it fits.
    func steps(_ texts: [String]) throws -> [Step] {
        var content = content(texts[0])
        content.parts = texts.enumerated().map { index, text in
            Content.Part(text: text, place: Diagnostic.Place(path: "posts/a.md", line: 6 + index))
        }
        let composition = platform.compose(content)
        #expect(composition.diagnostics.filter { $0.severity == .error } == [])
        #expect(composition.lengths.count == composition.steps.count)
        return composition.steps
    }

    /// The one step of a post that fits.
    func step(_ text: String, pictures: Int = 1) throws -> Step {
        let composition = platform.compose(content(text, pictures: pictures))
        #expect(composition.diagnostics.filter { $0.severity == .error } == [])
        return try #require(composition.steps.first)
    }
}
