import Posts

/// What X's refusals mean. The first row that fits is taken. Codes are those of v1.1, which v2 still gives.
/// Source: docs.x.com, 2026-08-22, and the codes of node-twitter-api-v2 1.29, 2026-01.
enum XFailureRules {
    static let rows: [Row] = [
        Row(402, .any, .account("x.no-credit", .network, "buy credits at console.x.com; all accounts of the app wait")),
        Row(429, .type("usage-capped"), .account("x.usage-capped", .network, "the app's cap ends with its cycle")),
        Row(429, .says(["spending limit"]), .account("x.usage-capped", .network, "raise the limit at console.x.com")),
        Row(429, .any, .rateLimited),
        Row(nil, .code([88]), .rateLimited),
        Row(nil, .code([130, 131]), .unanswered),

        Row(401, .code([135]), .clockSkew),
        Row(401, .any, .deadToken),
        Row(403, .code([89, 99]), .deadToken),

        Row(403, .says(["duplicate content"]), .duplicate),
        Row(nil, .code([187]), .duplicate),
        Row(403, .reason("client-not-enrolled"), .config("x.app-not-enrolled", "attach the app to a project")),
        Row(403, .type("client-forbidden"), .config("x.app-not-enrolled", "attach the app to a project")),
        Row(
            403, .type("oauth1-permissions"),
            .auth("x.read-only-token", "allow the app to read and write, then make new tokens")),
        Row(
            403, .type("unsupported-authentication"),
            .auth("x.wrong-credentials", "use a token of the user, not of the app")),
        Row(403, .code([220]), .auth("x.wrong-credentials", "use a token of the user, not of the app")),
        Row(403, .code([64, 326]), .account("x.account-locked", .account, "sign in at x.com and see what X asks for")),
        Row(
            403, .says(["suspended", "temporarily locked"]),
            .account("x.account-locked", .account, "sign in at x.com and see what X asks for")),
        Row(403, .code([186]), .permanent("x.text-too-long", tooLongHint)),
        Row(403, .says(["too long"]), .permanent("x.text-too-long", tooLongHint)),
        Row(403, .code([185, 344]), .later("x.posting-limit", "the account has reached its limit of posts")),
        Row(
            403, .code([226]),
            .stop(
                "x.looks-automated",
                "X took the post for spam; give the account its label \"Automated\" before you try again")),
        Row(403, .code([261, 453]), .config("x.app-not-allowed", "the app's plan does not allow this")),
        Row(403, .code([323, 324, 325, 386]), .permanent("x.media-invalid", nil)),
        Row(
            403, .says(["cashtag"]),
            .permanent("x.cashtags-refused", "write all but one without $; more of them need an Enterprise plan")),
        Row(
            on: [.publishing, .replying], 403, .says(["quot"]),
            .permanent("x.quote-refused", "quotes need an Enterprise plan; write the address of the post instead")),
        Row(on: [.replying], 403, .any, .permanent("x.reply-refused", replyHint)),
        Row(
            on: [.uploading], 403, .any,
            .auth("x.no-media-right", "the token needs the scope media.write; sign in again")),
        Row(403, .code([385, 433]), .permanent("x.reply-refused", nil)),
        Row(403, .any, .permanent("x.forbidden", nil)),

        // Uploads answered 404 for hours in 2025 and 2026.
        Row(on: [.uploading], 404, .any, .transient("x.upload-not-found")),
        Row(on: [.uploading], 413, .any, .permanent("x.media-too-large", "make the file smaller")),
        Row(nil, .code([323, 324, 325]), .permanent("x.media-invalid", nil)),
        Row(
            400, .says(["media ids are invalid"]),
            .permanent("x.media-invalid", "some large PNGs are refused; try a JPEG")),
        Row(408, .any, .unanswered),
    ]

    private static let tooLongHint =
        "longer posts need X Premium: take premium: true out of socials.yml if the account has none"
    private static let replyHint =
        "the parts before this one are live; X lets apps that serve themselves reply only where it allows it: "
        + "post the rest by hand, or delete the first parts"

    struct Row: Sendable {
        /// None for all.
        let calls: Set<XCall>
        let status: Int?
        let sign: Sign
        let meaning: Meaning

        init(on calls: Set<XCall> = [], _ status: Int?, _ sign: Sign, _ meaning: Meaning) {
            self.calls = calls
            self.status = status
            self.sign = sign
            self.meaning = meaning
        }
    }

    /// What an answer of that kind is known by.
    enum Sign: Sendable, Hashable {
        case any
        case code(Set<Int>)
        /// The last component of the problem's `type`.
        case type(String)
        case reason(String)
        /// Any of these in its words, without case.
        case says([String])
    }

    enum Meaning: Sendable, Hashable {
        case duplicate, rateLimited
        /// Nobody knows whether it was done.
        case unanswered
        /// The token, or a signature with it, is not taken.
        case deadToken
        case clockSkew
        case transient(String)
        case later(String, String)
        case permanent(String, String?)
        /// This post never; the account should rest.
        case stop(String, String)
        case auth(String, String)
        case account(String, PlatformFailure.Scope, String)
        case config(String, String)
    }
}
