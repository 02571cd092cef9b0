/// The networks of the emulated world, as they are called on the wire.
enum Network: String, Sendable, Codable, CaseIterable {
    case x, linkedin, instagram
    /// Folders that stand for public web hosts, from which networks fetch media.
    case media
}

/// What a request wants, in words that faults can name.
enum Operation: String, Sendable, CaseIterable {
    case publish, upload, metadata, container, status, find, delete, account, quota, comment, token, fetch, other
}

extension Call {
    /// Which network answers this host; nothing for the sandbox itself and for strangers.
    var network: Network? {
        switch host {
        case "api.x.com", "x.com": .x
        case "api.linkedin.com", "www.linkedin.com": .linkedin
        case "graph.facebook.com", "rupload.facebook.com", "graph.instagram.com", "api.instagram.com",
            "www.instagram.com":
            .instagram
        default: nil
        }
    }

    var isLocal: Bool { ["localhost", "127.0.0.1", "[::1]", ""].contains(host) }

    func operation(on network: Network) -> Operation {
        switch network {
        case .x: xOperation
        case .linkedin: linkedInOperation
        case .instagram: instagramOperation
        case .media: .fetch
        }
    }

    private var xOperation: Operation {
        switch (method, segments.first == "2" ? Array(segments.dropFirst()) : []) {
        case ("POST", ["tweets"]): .publish
        case ("POST", ["oauth2", "token"]): .token
        case ("POST", let path) where path.starts(with: ["media", "upload"]): .upload
        case ("GET", ["media", "upload"]): .status
        case ("POST", ["media", "metadata"]), (_, ["media", "subtitles"]): .metadata
        case ("GET", ["users", "me"]): .account
        case ("GET", let path) where path.first == "tweets" || path.last == "tweets": .find
        case ("DELETE", let path) where path.first == "tweets": .delete
        default: .other
        }
    }

    private var linkedInOperation: Operation {
        switch (method, segments.first ?? "", segments.count > 1 ? segments[1] : "") {
        case ("POST", "rest", "posts"), ("POST", "v2", "ugcPosts"): segments.count == 2 ? .publish : .other
        case ("POST", "rest", "images"), ("POST", "rest", "videos"), ("POST", "rest", "documents"),
            ("POST", "v2", "assets"), ("PUT", "dms-uploads", _), (_, "mediaUpload", _):
            .upload
        case ("GET", "rest", "images"), ("GET", "rest", "videos"), ("GET", "rest", "documents"),
            ("GET", "v2", "assets"):
            .status
        case ("GET", "rest", "posts"), ("GET", "v2", "ugcPosts"), ("GET", "rest", "socialActions"): .find
        case ("DELETE", "rest", "posts"), ("DELETE", "v2", "ugcPosts"), ("DELETE", "v2", "shares"): .delete
        case ("POST", "rest", "socialActions"), ("POST", "v2", "socialActions"): .comment
        case ("GET", "v2", "userinfo"), ("GET", "v2", "me"): .account
        case ("POST", "oauth", "v2"): .token
        default: .other
        }
    }

    private var instagramOperation: Operation {
        if host == "rupload.facebook.com" { return .upload }
        let path = segments.first?.hasPrefix("v") == true ? Array(segments.dropFirst()) : segments
        if ["access_token", "refresh_access_token", "oauth"].contains(path.first) { return .token }
        switch (method, path.count > 1 ? path[1] : "") {
        case ("POST", "media"): return .container
        case ("POST", "media_publish"): return .publish
        case ("POST", "comments"): return .comment
        case ("GET", "media"): return .find
        case ("GET", "content_publishing_limit"): return .quota
        case ("GET", "") where path.first == "me": return .account
        case ("GET", ""): return parameter("fields")?.contains("status") == true ? .status : .find
        case ("DELETE", ""): return .delete
        default: return .other
        }
    }
}
