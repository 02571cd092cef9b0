internal import HTTPServer

/// The consent pages of the networks: whoever types an account name is that account.
enum Consent {
    /// Whether a request is for a consent page, and of which network.
    static func network(of call: Call) -> Network? {
        switch (call.host, call.segments) {
        case ("x.com", ["i", "oauth2", "authorize"]): .x
        case ("www.linkedin.com", ["oauth", "v2", "authorization"]): .linkedin
        case ("www.instagram.com", ["oauth", "authorize"]), ("api.instagram.com", ["oauth", "authorize"]): .instagram
        default: nil
        }
    }

    /// `GET` shows the page; `POST` with the form field `account` redirects with a code, without it with a refusal.
    static func answer(_ network: Network, _ turn: Turn, _ world: inout World) -> ServerAnswer {
        let call = turn.call
        guard call.parameter("response_type") == "code", call.parameter("client_id") == SandboxCredentials.clientID,
            let redirect = call.parameter("redirect_uri"), redirect.contains("://")
        else {
            return .html(
                400, "<!doctype html><title>Error</title><p>client_id, redirect_uri or response_type is wrong.")
        }
        if network == .x {
            guard call.parameter("code_challenge_method") == "S256", call.parameter("code_challenge") != nil else {
                return .html(400, "<!doctype html><title>Error</title><p>code_challenge with S256 is required.")
            }
            let scopes = Set((call.parameter("scope") ?? "").split(separator: " ").map(String.init))
            guard !scopes.isEmpty, scopes.isSubset(of: XCaller.allScopes), (call.parameter("state") ?? "").count <= 500
            else { return .html(400, "<!doctype html><title>Error</title><p>scope or state is wrong.") }
        }
        guard call.method == "POST" else { return .html(200, page(network, call)) }
        let form = PercentCoding.pairs(String(decoding: call.body, as: UTF8.self)) ?? []
        var parameters: [(String, String)] = []
        if let account = form.first(where: { $0.name == "account" })?.value,
            SandboxToken("sandbox-\(network.rawValue)-\(account)", network: network.rawValue) != nil
        {
            let code = StableHash.word("code/\(world.nextSequence())/\(account)", count: 40)
            world.signIn.grants[code] = SignInWorld.Grant(
                network: network, account: account, clientID: SandboxCredentials.clientID, redirect: redirect,
                scope: call.parameter("scope") ?? "", challenge: call.parameter("code_challenge"), createdAt: turn.now)
            parameters.append(("code", code))
        } else {
            parameters.append(("error", network == .linkedin ? "user_cancelled_authorize" : "access_denied"))
        }
        if let state = call.parameter("state") { parameters.append(("state", state)) }
        let query = parameters.map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        // Instagram ends its address with a fragment that is no part of the code.
        let location = redirect + (redirect.contains("?") ? "&" : "?") + query + (network == .instagram ? "#_" : "")
        return ServerAnswer(302, headers: [("Location", location)])
    }

    private static func page(_ network: Network, _ call: Call) -> String {
        let target = Page.escape("/\(call.rawSegments.joined(separator: "/"))?\(call.rawQuery)")
        return """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in to the sandbox</title>
            <style>body { font: 16px/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 30rem; padding: 0 1rem }</style>
            <h1>Sign in</h1><p>An application asks for: \(Page.escape(call.parameter("scope") ?? "nothing")).</p>
            <form method="post" action="\(target)"><label>Account <input name="account" required></label> \
            <button>Allow</button></form><form method="post" action="\(target)"><button>Refuse</button></form></html>
            """
    }
}
