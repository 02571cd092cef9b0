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
    init(
        of files: [MediaFile], container: String? = nil, children: [String] = [], looks: Int = 0, renewals: Int = 0
    ) {
        self.init(user: "1784", media: files.map(\.digest))
        self.container = container
        self.children = children
        self.looks = looks
        self.renewals = renewals
    }
}

/// The answer of a container that is asked for its status.
func container(_ status: String, _ words: String = "") -> Result<Response, TransportError> {
    .json(#"{"status_code":"\#(status)","status":"\#(words)"}"#)
}
