import HTTP
import JSON
import Posts

@testable import Platforms

let shop = instagramAccount("shop", login: .facebook, userID: "1784")

func instagramAccount(_ name: String, login: Account.Login, userID: String?) -> Account {
    var account = Account(id: AccountID(.instagram, name))
    account.login = login
    account.userID = userID
    return account
}

func instagram(_ transport: ScriptedTransport, account: Account = shop) -> InstagramPlatform {
    InstagramPlatform(
        session(account: account, credentials: ["ACCESS_TOKEN": "secret-token"], transport: transport))
}

extension InstagramDraft {
    init(of step: Step, container: String? = nil, children: [String] = [], looks: Int = 0, renewals: Int = 0) {
        self.init(user: "1784", form: InstagramForm.digest(of: step))
        self.container = container
        self.children = children
        self.looks = looks
        self.renewals = renewals
    }
}

/// Answers in order whatever is asked but the quota.
func answering(
    _ answers: [Result<Response, TransportError>], quota: Result<Response, TransportError> = quota(2, of: 50)
) -> ScriptedTransport {
    ScriptedTransport(
        [.on(.get, "content_publishing_limit", quota, always: true)]
            + answers.map { answer in
                .init(matches: { !$0.url.contains("content_publishing_limit") }, answer: answer)
            })
}

func quota(_ used: Int, of total: Int) -> Result<Response, TransportError> {
    .json(#"{"data":[{"quota_usage":\#(used),"config":{"quota_total":\#(total),"quota_duration":86400}}]}"#)
}

extension ScriptedTransport {
    /// Without the question for the quota, which goes beside others.
    var asked: [Request] { requests.filter { !$0.url.contains("content_publishing_limit") } }
}

/// A film as its reader tells it.
func video(
    _ path: String, _ format: MediaInfo.Format = .mp4, width: Int = 1080, height: Int = 1920, bytes: Int = 1 << 20,
    seconds: Double? = 10, video: String? = "avc1", audio: String? = "mp4a", thumbnail: MediaFile? = nil
) -> MediaFile {
    var info = MediaInfo(
        format: format, width: width, height: height, byteCount: bytes, duration: seconds.map { .seconds($0) })
    (info.videoCodec, info.audioCodec) = (video, audio)
    let place = Diagnostic.Place(path: "posts/a.md", line: 3)
    var file = MediaFile(
        reference: MediaReference(path: path, place: place), info: info, digest: "sha256:\(path)")
    file.thumbnail = thumbnail
    return file
}

/// The answer of a container that is asked for its status.
func container(_ status: String, _ words: String = "") -> Result<Response, TransportError> {
    .json(#"{"status_code":"\#(status)","status":"\#(words)"}"#)
}
