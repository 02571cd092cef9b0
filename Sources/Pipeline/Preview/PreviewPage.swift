import Posts

extension [Preview] {
    /// One page without scripts that needs nothing but itself: pictures up to a size are inside, larger ones are named.
    /// - Parameter root: of the content repository, to read the pictures.
    package func page(root: String) -> String {
        var pictures = PreviewPictures(root: root)
        let posts = isEmpty ? ["<p class=\"none\">No post to show.</p>"] : map { $0.section(&pictures) }
        let page: HTML = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Preview</title>
            <style>\(PreviewStyle.css)</style>
            </head>
            <body>
            <main>
            \(posts)
            </main>
            </body>
            </html>

            """
        return page.source
    }
}

extension Preview {
    fileprivate func section(_ pictures: inout PreviewPictures) -> HTML {
        let cards = deliveries.map { $0.card(&pictures) }
        let draft: HTML = isDraft ? " <span class=\"tag\">draft</span>" : ""
        let name: HTML =
            title.map { "<h1>\($0)\(draft)</h1><p class=\"path\">\(post)</p>" } ?? "<h1>\(post)\(draft)</h1>"
        return """
            <section class="post">
            <header>\(name)</header>
            \(problems.list)
            <div class="networks">\(cards)</div>
            </section>
            """
    }
}

extension Preview.Delivery {
    fileprivate func card(_ pictures: inout PreviewPictures) -> HTML {
        let drawing = PreviewCard(self)
        let numbered = parts.count > 1
        var articles: [HTML] = []
        for (index, part) in parts.enumerated() {
            let number = numbered ? "\(index + 1) of \(parts.count)" : nil
            articles.append(drawing.article(part, number: number, isLast: index == parts.count - 1, &pictures))
        }
        let comment = firstComment.map { drawing.comment($0) } ?? .nothing
        return """
            <section class="delivery \(account.id.network.rawValue)" aria-label="\(account.id.description)">
            <h2>\(account.id.network.title) <span>\(account.id.name)</span></h2>
            <p class="time">\(facts)</p>
            <div class="thread">\(articles)\(comment)</div>
            \(problems.list)
            </section>
            """
    }
}

extension [Diagnostic] {
    var list: HTML {
        guard !isEmpty else { return .nothing }
        let items = map { problem -> HTML in
            let hint: HTML = problem.hint.map { "<br><small>\($0)</small>" } ?? .nothing
            return """
                <li class="\(problem.severity.rawValue)"><strong>\(problem.severity.rawValue)</strong> line \
                \(problem.place.line): \(problem.message)\(hint) <code>\(problem.code.rawValue)</code></li>
                """
        }
        return "<ul class=\"problems\">\(items)</ul>"
    }
}
