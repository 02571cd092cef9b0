/// Who calls LinkedIn and what the token allows.
struct LinkedInCaller: Sendable {
    let account: String
    let scopes: Set<String>

    var person: String { "urn:li:person:\(SandboxCredentials.linkedInPersonID(account))" }

    static func authorize(_ call: Call) throws(Refusal) -> LinkedInCaller {
        guard let bearer = call.bearer, !bearer.isEmpty else {
            throw LinkedInErrors.refusal(401, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token", service: 65604)
        }
        guard let token = SandboxToken(bearer, network: "linkedin") else {
            throw LinkedInErrors.refusal(401, "INVALID_ACCESS_TOKEN", "Invalid access token", service: 65600)
        }
        switch token.condition {
        case .good, .readonly: return LinkedInCaller(account: token.name, scopes: scopes(of: token))
        case .expired: throw LinkedInErrors.expired
        case .revoked:
            throw LinkedInErrors.refusal(
                401, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user",
                service: 65601)
        }
    }

    /// What a token may do.
    static func scopes(of token: SandboxToken) -> Set<String> {
        var scopes: Set = ["openid", "profile", "w_member_social"]
        if token.options.contains("org") {
            scopes.formUnion([
                "w_organization_social", "r_organization_social", "rw_organization_admin", "r_basicprofile",
            ])
        }
        // Comments are a right of their own, which vetted apps have.
        if token.options.contains("feed") {
            scopes.insert("w_member_social_feed")
            if token.options.contains("org") {
                scopes.formUnion(["w_organization_social_feed", "r_organization_social_feed"])
            }
        }
        return token.condition == .readonly ? scopes.filter { !$0.hasPrefix("w_") } : scopes
    }

    /// An author must be the token's member, or an organization when the token speaks for organizations.
    func requireAuthor(_ urn: String, for what: String) throws(Refusal) {
        if LinkedInURN.isOrganization(urn) {
            guard scopes.contains("w_organization_social") else { throw LinkedInErrors.denied(what) }
        } else if urn.hasPrefix("urn:li:person:") {
            guard urn == person, scopes.contains("w_member_social") else { throw LinkedInErrors.denied(what) }
        } else {
            throw LinkedInErrors.invalid(
                "INVALID_URN_TYPE", "/author", "\(urn) is neither a person nor an organization")
        }
    }

    /// Who comments must be the caller, with the right to.
    func requireActor(_ urn: String) throws(Refusal) {
        let isOrganization = LinkedInURN.isOrganization(urn)
        guard isOrganization || urn == person,
            scopes.contains(isOrganization ? "w_organization_social_feed" : "w_member_social_feed")
        else { throw LinkedInErrors.denied("partnerApiSocialActions.CREATE") }
    }

    /// `r_member_social_feed` is closed, so that a member's token reads no comments.
    func requireReadingComments() throws(Refusal) {
        guard scopes.contains("r_organization_social_feed") else {
            throw LinkedInErrors.denied(LinkedInComments.reading)
        }
    }

    /// Only organizations can be read back; `r_member_social` is closed.
    func requireReading(_ author: String, for what: String) throws(Refusal) {
        guard LinkedInURN.isOrganization(author), scopes.contains("r_organization_social") else {
            throw LinkedInErrors.denied(what)
        }
    }
}

enum LinkedInURN {
    static func isOrganization(_ urn: String) -> Bool {
        let digits = urn.dropFirst("urn:li:organization:".count)
        return urn.hasPrefix("urn:li:organization:") && !digits.isEmpty && digits.allSatisfy(\.isNumber)
    }
}
