/// The timelines of the emulated networks, for a person's browser.
enum Page {
    static func html(_ feed: [LivePost], now: Moment) -> String {
        let sections = [Network.x, .linkedin, .instagram].map { network in
            let posts = PageThreads(feed.filter { $0.network == network }).html
            return
                "<section aria-label=\"\(title(network))\"><h2>\(title(network))</h2>\(posts.isEmpty ? "<p class=none>Nothing yet.</p>" : posts)</section>"
        }
        return """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>\(PageStyle.css)</style>
            <h1>Sandbox</h1><p><small>Its clock: \(escape(now.rfc3339)) · <a href="/_sandbox/posts">posts</a> · \
            <a href="/_sandbox/log">log</a> · <a href="/_sandbox/faults">faults</a></small></p>
            <main>\(sections.joined(separator: "\n"))</main></html>
            """
    }

    /// Text as it may stand between tags and in quoted attributes.
    static func escape(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// An address that may be followed from the page; anything but the web becomes plain text.
    static func link(_ url: String, _ words: String) -> String {
        let isWeb = url.lowercased().hasPrefix("https://") || url.lowercased().hasPrefix("http://")
        return isWeb ? "<a rel=\"noreferrer nofollow\" href=\"\(escape(url))\">\(escape(words))</a>" : escape(words)
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
