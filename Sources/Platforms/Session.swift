package import HTTP
package import Posts

/// What a platform may use of the world: one account, its token, the transport, the clock, the post's media.
package struct Session: Sendable {
    package let account: Account
    package let credentials: Credentials
    package let transport: any Transport
    package let clock: any WallClock
    package let media: any MediaSource
    package let random: @Sendable () -> UInt128

    package init(
        account: Account, credentials: Credentials, transport: any Transport, clock: any WallClock,
        media: any MediaSource, random: @escaping @Sendable () -> UInt128
    ) {
        self.account = account
        self.credentials = credentials
        self.transport = transport
        self.clock = clock
        self.media = media
        self.random = random
    }
}

/// The fields of an account and its app (CONTRACT §3), by their names in upper case: `ACCESS_TOKEN`, `CONSUMER_KEY`, …
/// An account's field wins over its app's. Empty values count as unset.
package struct Credentials: Sendable {
    private let fields: [String: Secret]

    package init(_ fields: [String: Secret]) { self.fields = fields.filter { !$0.value.isEmpty } }

    package subscript(_ field: String) -> Secret? { fields[field] }

    /// The field, or a failure that names the environment variable to set.
    package func require(_ field: String, for account: AccountID, ofApp: Bool = false) throws(PlatformFailure) -> Secret
    {
        if let value = fields[field] { return value }
        let variable =
            ofApp
            ? "SOCIALS_APP_\(account.network.rawValue.uppercased())_\(field)" : account.environmentVariable(field)
        throw PlatformFailure(
            .auth, scope: .account, code: "\(account.network.rawValue).no-credentials", "\(account) has no \(field)",
            hint: "set \(variable)")
    }
}

extension AccountID {
    /// `SOCIALS_ACCOUNT_X_ACME_ACCESS_TOKEN`; characters that a variable cannot have become `_`.
    package func environmentVariable(_ field: String) -> String {
        let name = String(self.name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return "SOCIALS_ACCOUNT_\(network.rawValue.uppercased())_\(name)_\(field)"
    }
}

/// The bytes of a post's media, and where a network can fetch them.
package protocol MediaSource: Sendable {
    /// Opens a file for reading, converted if the network needs that. Throws if it is no longer the file that was
    /// composed. Repeatable.
    func open(_ file: MediaFile) async throws(PlatformFailure) -> any OpenMedia
    /// A public URL of the file, checked to answer. Repeatable: same bytes, same name.
    func publicURL(of file: MediaFile) async throws(PlatformFailure) -> String
    /// The public URL is no longer needed. Repeatable; what cannot be taken away is left.
    func withdraw(_ file: MediaFile) async
}

/// A file being read, whatever becomes of its name meanwhile.
package protocol OpenMedia: Sendable {
    var byteCount: Int { get }
    /// Of what is read, e.g. `image/jpeg`.
    var contentType: String { get }
    /// The bytes of a range within `byteCount`; as much memory, however long the file is.
    func bytes(in range: Range<Int>) throws(PlatformFailure) -> [UInt8]
}

extension OpenMedia {
    package func bytes() throws(PlatformFailure) -> [UInt8] { try bytes(in: 0..<byteCount) }
}

extension MediaSource {
    package func withdraw(_ file: MediaFile) async {}
}
