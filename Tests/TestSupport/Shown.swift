package import JSON

/// What people see of posts that the sandbox lists, in the lines that stand beside the posts of Fixtures/networks.
package enum Shown {
    /// A line for each post of a thread and its comment, and for each thing it shows. `other` is the id of a post that
    /// may be quoted.
    package static func x(_ posts: [JSON], other: String? = nil) -> [String] {
        posts.enumerated().flatMap { index, post in
            let isReply = index > 0 && post["replyTo"] == posts[index - 1]["id"]
            let isComment = !isReply && index > 0 && post["replyTo"] == posts[0]["id"]
            let kind = isReply ? "reply" : isComment ? "comment" : "post"
            let things = (post["media"]?.array ?? []).map(xMedia) + xDetails(post, other: other)
            return ["\(kind) \(String(decoding: (post["text"] ?? .null).compact(), as: UTF8.self))"]
                + things.map { "  " + $0 }
        }
    }

    private static func xMedia(_ media: JSON) -> String {
        var line = "\(media["kind"]?.string ?? "?") \(media["width"]?.integer ?? 0) × \(media["height"]?.integer ?? 0)"
        if let alt = media["alt"]?.string { line += " “\(alt)”" }
        if let title = media["title"]?.string { line += ", title “\(title)”" }
        if let captions = media["captions"]?.array { line += ", subtitles \(captions.compactMap(\.string))" }
        return line
    }

    private static func xDetails(_ post: JSON, other: String?) -> [String] {
        var lines: [String] = []
        if let poll = post["poll"] {
            lines.append(
                "poll \(poll["options"]?.array?.compactMap(\.string) ?? []) until \(poll["endsAt"]?.string ?? "?")")
        }
        if let quoted = post["quoted"]?.string { lines.append(quoted == other ? "quotes the other" : "quotes ?") }
        return lines + (post["labels"]?.array ?? []).compactMap(\.string)
    }

    /// A line for each post and comment.
    package static func linkedIn(_ posts: [JSON]) -> [String] {
        posts.map { post in
            var parts = [post["text"]?.string?.debugDescription ?? ""]
            for file in post["media"]?.array ?? [] {
                let told = [file["kind"], file["alt"], file["title"]].compactMap { $0?.string }
                parts.append("[\(told.joined(separator: ": "))]")
            }
            if let card = post["card"] {
                let told = [card["url"], card["title"], card["description"]].compactMap { $0?.string }
                parts.append("card \(told)" + (card["thumbnail"]?.object == nil ? "" : " with a picture"))
            }
            if let poll = post["poll"] {
                let options = poll["options"]?.array?.compactMap(\.string) ?? []
                parts.append("poll \(poll["question"]?.string ?? "") \(options) until \(poll["endsAt"]?.string ?? "")")
            }
            if post["quoted"]?.string != nil { parts.append("shares another post") }
            if post["replyTo"]?.string != nil { parts.append("below the post") }
            for key in ["labels", "mentions"] {
                let told = post[key]?.array?.compactMap(\.string) ?? []
                if !told.isEmpty { parts.append("\(key) \(told)") }
            }
            return parts.joined(separator: ", ")
        }
    }

    /// A line for each post and comment, and for each thing it shows.
    package static func instagram(_ posts: [JSON]) -> [String] {
        posts.flatMap { post in
            var lines = ["\(post["kind"]?.string ?? "comment"): \(post["text"]?.string ?? "")"]
            for file in post["media"]?.array ?? [] {
                lines.append("  \(file["kind"]?.string ?? "?") \(file["alt"]?.string ?? "")")
            }
            let notes = (post["labels"]?.array ?? []) + (post["mentions"]?.array ?? [])
            lines += notes.map { "  \($0.string ?? "")" }
            return lines.map { $0.replacing(#/ +$/#, with: "") }
        }
    }
}
