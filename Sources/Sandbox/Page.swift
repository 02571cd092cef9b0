/// The timelines of the emulated networks, for a person's browser.
enum Page {
    static func html(_ feed: [LivePost], now: Moment) -> String {
        let sections = [Network.x, .linkedin, .instagram].map { network in
            let posts = feed.filter { $0.network == network }.reversed().map(article).joined()
            return
                "<section><h2>\(title(network))</h2>\(posts.isEmpty ? "<p class=none>Nothing yet.</p>" : posts)</section>"
        }
        return """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #222 }
            main { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1.5rem }
            article { border: 1px solid #ccc; border-radius: .5rem; padding: .75rem 1rem; margin-bottom: 1rem }
            article p { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0 }
            small, .none { color: #666 } ul { margin: .25rem 0; padding-left: 1.2rem }
            @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } small, .none { color: #aaa } a { color: #8cf } }
            </style>
            <h1>Sandbox</h1><p><small>Its clock: \(escape(now.rfc3339)) · <a href="/_sandbox/posts">posts</a> · \
            <a href="/_sandbox/log">log</a> · <a href="/_sandbox/faults">faults</a></small></p>
            <main>\(sections.joined(separator: "\n"))</main></html>
            """
    }

    /// Text as it may stand between tags and in quoted attributes.
    static func escape(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
    }

    private static func article(_ post: LivePost) -> String {
        let media = post.media.map { media in
            let alt = media.alt.map(escape) ?? "no description"
            return "<li>\(media.kind.rawValue.replacing("_", with: " ")) \(media.width) × \(media.height): \(alt)</li>"
        }
        let reply = post.replyTo.map { "<small>in reply to \(escape($0))</small>" } ?? ""
        return """
            <article><strong>\(escape(post.account))</strong> <small>\(escape(post.createdAt.rfc3339))</small> \(reply)
            <p>\(escape(post.text))</p>\(media.isEmpty ? "" : "<ul>\(media.joined())</ul>")
            <small>\(escape(post.id))</small></article>
            """
    }

    private static func title(_ network: Network) -> String {
        switch network {
        case .x: "X"
        case .linkedin: "LinkedIn"
        case .instagram: "Instagram"
        case .media: "Media"
        }
    }
}
