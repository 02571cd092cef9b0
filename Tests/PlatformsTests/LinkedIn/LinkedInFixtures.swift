import JSON
import Posts

@testable import Platforms

let page = account("page", author: "urn:li:organization:5")
let member = account("jane", author: nil)
let linkedInCredentials = ["ACCESS_TOKEN": "secret-token"]

private func account(_ name: String, author: String?) -> Account {
    var account = Account(id: AccountID(.linkedin, name))
    account.author = author
    return account
}

func linkedIn(
    _ account: Account, _ transport: ScriptedTransport, media: TestMedia = TestMedia()
) -> LinkedInPlatform {
    LinkedInPlatform(
        session(account: account, credentials: linkedInCredentials, transport: transport, media: media))
}

func picture(
    _ path: String, alt: String? = "A red bicycle", format: MediaInfo.Format = .jpeg, width: Int = 1080,
    height: Int = 1080, bytes: Int = 1000, frames: Int = 1
) -> MediaFile {
    MediaFile(
        reference: MediaReference(path: path, alt: alt, place: Diagnostic.Place(path: "posts/a.md", line: 4)),
        info: MediaInfo(format: format, width: width, height: height, byteCount: bytes, frameCount: frames),
        digest: "sha256:\(path)")
}

func words(_ account: Account, _ parts: String..., media: [MediaFile] = []) -> Content {
    let place = Diagnostic.Place(path: "posts/a.md", line: 7)
    return Content(
        post: "posts/a.md", account: account, parts: parts.map { Content.Part(text: $0, place: place) }, media: media,
        place: Diagnostic.Place(path: "posts/a.md"))
}

func written<Value>(_ value: Value) -> Written<Value> {
    Written(value, at: Diagnostic.Place(path: "posts/a.md", line: 3))
}

/// Code and severity of each complaint, in order.
func complaints(_ composition: Composition) -> [String] {
    composition.diagnostics.map { "\($0.severity.rawValue) \($0.code.rawValue)" }
}
