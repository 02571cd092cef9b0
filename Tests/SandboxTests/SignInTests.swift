import HTTPServer
import Testing

@testable import Sandbox

@Suite struct `Signing in` {
    // RFC 7636, appendix B.
    private let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    private let redirect = "http://127.0.0.1:9999/callback"

    private func code(_ client: Client, _ page: String, _ more: String = "") async -> String? {
        let url =
            "\(page)?response_type=code&client_id=sandbox-client-id&redirect_uri=\(PercentCoding.encode(redirect))&state=s\(more)"
        #expect(await client.send("GET", url).text.contains("<form"))
        let location = await client.send("POST", url, body: Array("account=acme".utf8)).header("Location") ?? ""
        #expect(location.hasPrefix(redirect))
        let query = location.split(separator: "?").last?.prefix { $0 != "#" } ?? ""
        return PercentCoding.pairs(query)?.first { $0.name == "code" }?.value
    }

    private func exchange(_ client: Client, _ url: String, _ fields: [(String, String)]) async -> Reply {
        let body = fields.map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        return await client.send(
            "POST", url, [("Content-Type", "application/x-www-form-urlencoded")], body: Array(body.utf8))
    }

    @Test func `on X needs the verifier, within thirty seconds, once`() async throws {
        let client = try await Client()
        let token = "https://api.x.com/2/oauth2/token"
        let page = "https://x.com/i/oauth2/authorize"
        let more =
            "&scope=tweet.read%20tweet.write%20users.read%20media.write%20offline.access&code_challenge=\(challenge)&code_challenge_method=S256"
        func fields(_ code: String?, _ verifier: String) -> [(String, String)] {
            [
                ("grant_type", "authorization_code"), ("code", code ?? ""), ("redirect_uri", redirect),
                ("code_verifier", verifier), ("client_id", "sandbox-client-id"),
            ]
        }
        #expect(await exchange(client, token, fields(await code(client, page, more), "wrong")).status == 400)
        let good = fields(await code(client, page, more), verifier)
        let reply = await exchange(client, token, good)
        #expect(reply.json["expires_in"]?.integer == 7200)
        #expect(await exchange(client, token, good).status == 400)
        let late = fields(await code(client, page, more), verifier)
        await client.setClock("2026-12-01T09:00:31Z")
        #expect(await exchange(client, token, late).status == 400)

        let bearer = [(name: "Authorization", value: "Bearer \(reply.json["access_token"]?.string ?? "")")]
        #expect(await client.send("GET", "https://api.x.com/2/users/me", bearer).status == 200)
        await client.setClock("2026-12-01T11:00:00Z")
        #expect(await client.send("GET", "https://api.x.com/2/users/me", bearer).status == 401)
    }

    @Test func `on X goes on with refresh tokens that work once`() async throws {
        let client = try await Client()
        func refresh(_ token: String?) async -> Reply {
            await exchange(
                client, "https://api.x.com/2/oauth2/token",
                [("grant_type", "refresh_token"), ("refresh_token", token ?? ""), ("client_id", "sandbox-client-id")])
        }
        let first = SandboxCredentials.xOAuth2(account: "acme")["REFRESH_TOKEN"]
        let second = await refresh(first).json["refresh_token"]?.string
        let third = await refresh(second).json["refresh_token"]?.string
        #expect(third != nil)
        let reused = await refresh(second)
        #expect(reused.status == 400)
        #expect(reused.json["error"]?.string == "invalid_request")
        // The reuse ended the grant.
        #expect(await refresh(third).status == 400)
    }

    @Test func `on LinkedIn gives a token for sixty days that can be looked at`() async throws {
        let client = try await Client()
        let code = await code(client, "https://www.linkedin.com/oauth/v2/authorization")
        let app = [("client_id", "sandbox-client-id"), ("client_secret", "sandbox-client-secret")]
        let fields = [("grant_type", "authorization_code"), ("code", code ?? ""), ("redirect_uri", redirect)]
        let reply = await exchange(client, "https://www.linkedin.com/oauth/v2/accessToken", fields + app)
        #expect(reply.json["access_token"]?.string == "sandbox-linkedin-acme")
        #expect(reply.json["expires_in"]?.integer == 5_184_000)
        let look = await exchange(
            client, "https://www.linkedin.com/oauth/v2/introspectToken",
            [("token", "sandbox-linkedin-acme!expired")] + app)
        #expect(look.json["active"]?.bool == false)
        #expect(look.json["status"]?.string == "expired")
    }

    @Test func `on Instagram gives a short token, then a long one`() async throws {
        let client = try await Client()
        let code = await code(client, "https://www.instagram.com/oauth/authorize")
        let reply = await exchange(
            client, "https://api.instagram.com/oauth/access_token",
            [
                ("grant_type", "authorization_code"), ("code", code ?? ""), ("redirect_uri", redirect),
                ("client_id", "sandbox-client-id"), ("client_secret", "sandbox-client-secret"),
            ])
        let token = reply.json["data"]?.array?.first?["access_token"]?.string ?? ""
        #expect(reply.json["data"]?.array?.first?["user_id"]?.string == Client.user)
        let long = await client.send(
            "GET",
            "https://graph.instagram.com/access_token?grant_type=ig_exchange_token&client_secret=sandbox-client-secret&access_token=\(token)"
        )
        #expect(long.json["expires_in"]?.integer == 5_184_000)
        let again = await client.send(
            "GET", "https://graph.instagram.com/refresh_access_token?grant_type=ig_refresh_token&access_token=\(token)")
        #expect(again.json["access_token"]?.string == token)
    }

    @Test func `can be refused by the person`() async throws {
        let client = try await Client()
        let url =
            "https://www.linkedin.com/oauth/v2/authorization?response_type=code&client_id=sandbox-client-id&redirect_uri=http%3A%2F%2Flocalhost%2F&state=s"
        #expect(
            await client.send("POST", url).header("Location")
                == "http://localhost/?error=user_cancelled_authorize&state=s")
    }
}
