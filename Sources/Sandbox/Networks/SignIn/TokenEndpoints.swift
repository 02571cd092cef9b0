internal import Crypto
internal import Foundation
internal import HTTPServer

/// Where codes become tokens and tokens are refreshed, looked at and revoked.
enum TokenEndpoints {
    /// Seconds in which a code must be exchanged.
    private static let codeLifetime: [Network: Double] = [.x: 30, .linkedin: 1800, .instagram: 3600]
    /// Seconds for which an access token of X works.
    private static let xLifetime = 7200

    /// The answer of a token endpoint; nothing when the request is for another part of the network.
    static func answer(_ turn: Turn, _ world: inout World) -> ServerAnswer? {
        // Every request comes by here; only a form is read as one, a film of megabytes is not.
        let isForm = turn.call.contentType == "application/x-www-form-urlencoded"
        let form = isForm ? PercentCoding.pairs(String(decoding: turn.call.body, as: UTF8.self)) ?? [] : []
        let fields = Dictionary(form.map { ($0.name, $0.value) }) { _, last in last }
        switch (turn.call.method, turn.call.host, turn.call.segments) {
        case ("POST", "api.x.com", ["2", "oauth2", "token"]): return x(fields, turn, &world)
        case ("POST", "api.x.com", ["2", "oauth2", "revoke"]):
            if let token = XRefreshToken(fields["token"] ?? "") { world.signIn.ended.insert(token.account) }
            return .json(200, ["revoked": true])
        case ("POST", "www.linkedin.com", ["oauth", "v2", "accessToken"]): return linkedIn(fields, turn, &world)
        case ("POST", "www.linkedin.com", ["oauth", "v2", "introspectToken"]): return introspect(fields, turn)
        case ("POST", "www.linkedin.com", ["oauth", "v2", "revoke"]): return ServerAnswer(200)
        case ("POST", "api.instagram.com", ["oauth", "access_token"]): return instagram(fields, turn, &world)
        case ("GET", "graph.instagram.com", ["access_token"]): return longLived(turn.call)
        default: return nil
        }
    }

    private static func x(_ fields: [String: String], _ turn: Turn, _ world: inout World) -> ServerAnswer {
        let pair = Data("\(SandboxCredentials.clientID):\(SandboxCredentials.clientSecret)".utf8).base64EncodedString()
        let isConfidential = turn.call.header("Authorization") == "Basic \(pair)"
        guard
            isConfidential
                || turn.call.header("Authorization") == nil && fields["client_id"] == SandboxCredentials.clientID
        else { return failure(401, "unauthorized_client", "Missing valid authorization header") }
        let account: String
        switch fields["grant_type"] {
        case "authorization_code":
            guard let grant = redeem(fields, .x, turn.now, &world) else { return spent }
            account = grant.account
            world.signIn.ended.remove(account)
            world.signIn.scopes[account] = grant.scope.split(separator: " ").map(String.init)
        case "refresh_token":
            guard let token = XRefreshToken(fields["refresh_token"] ?? "") else { return spent }
            account = token.account
            guard token.number == world.signIn.refreshes[account] ?? 0, !world.signIn.ended.contains(account) else {
                // A spent token in use again may be a thief's: the whole grant ends.
                world.signIn.ended.insert(account)
                return spent
            }
        default: return failure(400, "invalid_request", "Value passed for the grant_type was invalid.")
        }
        let number = (world.signIn.refreshes[account] ?? 0) + 1
        world.signIn.refreshes[account] = number
        let scopes = world.signIn.scopes[account] ?? XCaller.allScopes.sorted()
        let named = Set(scopes) == XCaller.allScopes ? "" : scopes.map { "+\($0)" }.joined()
        var answer: [String: Value] = [
            "token_type": "bearer", "expires_in": .integer(xLifetime),
            "access_token": .string("sandbox-x-\(account)\(named)@\(turn.now.seconds + xLifetime)"),
            "scope": .string(scopes.joined(separator: " ")),
        ]
        if scopes.contains("offline.access") {
            answer["refresh_token"] = .string("sandbox-x-\(account)-refresh~\(number)")
        }
        return .json(200, .object(answer))
    }

    private static func linkedIn(_ fields: [String: String], _ turn: Turn, _ world: inout World) -> ServerAnswer {
        guard isClient(fields) else { return failure(401, "invalid_client", "Client authentication failed") }
        guard fields["grant_type"] == "authorization_code", let grant = redeem(fields, .linkedin, turn.now, &world)
        else {
            return failure(
                400, "invalid_request",
                "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired."
            )
        }
        return .json(
            200,
            [
                "access_token": .string("sandbox-linkedin-\(grant.account)"), "expires_in": 5_184_000,
                "scope": .string(grant.scope.replacing(" ", with: ",")), "token_type": "Bearer",
            ])
    }

    private static func introspect(_ fields: [String: String], _ turn: Turn) -> ServerAnswer {
        guard isClient(fields) else { return failure(401, "invalid_client", "Client authentication failed") }
        guard let token = SandboxToken(fields["token"] ?? "", network: "linkedin") else {
            return .json(200, ["active": false])
        }
        let scopes = LinkedInCaller.scopes(of: token).sorted()
        let isActive = token.condition == .good || token.condition == .readonly
        let end = turn.now.seconds + (token.condition == .expired ? -3600 : 5_184_000)
        return .json(
            200,
            [
                "active": .bool(isActive), "client_id": .string(SandboxCredentials.clientID),
                "status": .string(isActive ? "active" : token.condition.rawValue), "expires_at": .integer(end),
                "authorized_at": .integer(turn.now.seconds - 60), "created_at": .integer(turn.now.seconds - 60),
                "scope": .string(scopes.joined(separator: ",")), "auth_type": "3L",
            ])
    }

    private static func instagram(_ fields: [String: String], _ turn: Turn, _ world: inout World) -> ServerAnswer {
        guard isClient(fields), fields["grant_type"] == "authorization_code",
            let grant = redeem(fields, .instagram, turn.now, &world)
        else {
            return .json(
                400,
                [
                    "error_type": "OAuthException", "code": 400,
                    "error_message": "This authorization code has been used or expired",
                ])
        }
        let user =
            grant.account.split(separator: "@").dropFirst().first.map(String.init)
            ?? SandboxCredentials.instagramUserID(grant.account)
        let answer: Value = [
            "access_token": .string("sandbox-instagram-\(grant.account)"), "user_id": .string(user),
            "permissions": .string(grant.scope),
        ]
        return .json(200, ["data": [answer]])
    }

    /// A short token for one of sixty days.
    private static func longLived(_ call: Call) -> ServerAnswer {
        guard call.parameter("grant_type") == "ig_exchange_token",
            call.parameter("client_secret") == SandboxCredentials.clientSecret,
            let text = call.bearer ?? call.parameter("access_token"), SandboxToken(text, network: "instagram") != nil
        else { return GraphErrors.parameter("Missing or wrong grant_type, client_secret or access_token").answer }
        return .json(200, ["access_token": .string(text), "token_type": "bearer", "expires_in": 5_184_000])
    }
}

/// `sandbox-x-NAME-refresh`, then `~` and how many were issued before.
struct XRefreshToken {
    let account: String
    let number: Int

    init?(_ text: String) {
        let parts = text.split(separator: "~", maxSplits: 1)
        guard let first = parts.first, first.hasPrefix("sandbox-x-"), first.hasSuffix("-refresh"),
            SandboxToken(String(first.dropLast("-refresh".count)), network: "x") != nil,
            let number = Int(parts.count > 1 ? parts[1] : "0")
        else { return nil }
        account = String(first.dropFirst("sandbox-x-".count).dropLast("-refresh".count))
        self.number = number
    }
}

private extension TokenEndpoints {
    static let spent = failure(400, "invalid_request", "Value passed for the token was invalid.")

    static func failure(_ status: Int, _ error: String, _ description: String) -> ServerAnswer {
        .json(status, ["error": .string(error), "error_description": .string(description)])
    }

    static func isClient(_ fields: [String: String]) -> Bool {
        fields["client_id"] == SandboxCredentials.clientID && fields["client_secret"] == SandboxCredentials.clientSecret
    }

    /// The grant of a code, which is used up by asking.
    static func redeem(
        _ fields: [String: String], _ network: Network, _ now: Moment, _ world: inout World
    ) -> SignInWorld.Grant? {
        guard let code = fields["code"], let grant = world.signIn.grants.removeValue(forKey: code),
            grant.network == network, grant.redirect == fields["redirect_uri"],
            now - grant.createdAt <= codeLifetime[network] ?? 0
        else { return nil }
        guard let challenge = grant.challenge else { return grant }
        let digest = Data(SHA256.hash(data: Data((fields["code_verifier"] ?? "").utf8))).base64EncodedString()
        let expected = digest.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        return challenge == expected ? grant : nil
    }
}
