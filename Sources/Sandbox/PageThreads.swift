/// Posts of one network as the page shows them: the newest first, with answers and comments below what they answer.
struct PageThreads {
    private let posts: [LivePost]
    private let answers: [String: [LivePost]]

    init(_ posts: [LivePost]) {
        self.posts = posts
        answers = Dictionary(grouping: posts) { $0.replyTo ?? "" }
    }

    var html: String {
        let known = Set(posts.map(\.id))
        return posts.filter { $0.replyTo.map { !known.contains($0) } ?? true }.reversed()
            .map { "<article>\(thread(from: $0))</article>" }.joined(separator: "\n")
    }

    /// A post and everything below it. A list, not a recursion: threads may be long.
    private func thread(from first: LivePost) -> String {
        var html = ""
        var waiting = [first]
        while let post = waiting.popLast() {
            html += PagePost(post).html(isAnswer: post.id != first.id)
            waiting += (answers[post.id] ?? []).reversed()
        }
        return html
    }
}

/// One post on the page.
struct PagePost {
    private let post: LivePost

    init(_ post: LivePost) { self.post = post }

    func html(isAnswer: Bool) -> String {
        let reply = isAnswer ? "<small>in reply to \(Page.escape(post.replyTo ?? ""))</small>" : ""
        return """
            <div class="\(isAnswer ? "post answer" : "post")"><header><strong>\(Page.escape(post.account))</strong> \
            <small>\(Page.escape(post.createdAt.rfc3339))</small> \(reply)\(kind)</header>\(labels)
            <p>\(Page.escape(post.text))</p>\(media)\(poll)\(card)\(quoted)\
            <footer><small>\(Page.link(post.url, post.id))</small></footer></div>
            """
    }
}

private extension PagePost {
    var kind: String { post.details.kind.map { "<span class=label>\(Page.escape($0))</span>" } ?? "" }

    var labels: String {
        let all = post.details.labels + post.details.mentions.map { "names \($0)" }
        return all.isEmpty
            ? "" : "<p class=labels>\(all.map { "<span class=label>\(Page.escape($0))</span>" }.joined())</p>"
    }

    var media: String {
        guard !post.media.isEmpty else { return "" }
        let count = post.media.count == 1 ? "one" : "many"
        return "<ul class=\"media \(count)\">\(post.media.map(figure).joined())</ul>"
    }

    func figure(_ media: StoredMedia) -> String {
        let alt = media.alt.map(Page.escape) ?? "no description"
        var facts = [media.kind.rawValue.replacing("_", with: " ")]
        if media.width > 0 { facts.append("\(media.width) × \(media.height)") }
        if let seconds = media.seconds { facts.append("\(Double(Int(seconds * 10)) / 10) s") }
        if let title = media.title { facts.append(title) }
        if let captions = media.captions, !captions.isEmpty {
            facts.append("subtitles " + captions.joined(separator: ", "))
        }
        let symbol =
            switch media.kind {
            case .photo, .animatedGIF: "▣"
            case .video: "▶"
            case .document: "▤"
            }
        let picture =
            media.thumbnail.map {
                "<img src=\"/_sandbox/media/\(Page.escape($0))\" alt=\"\(media.alt.map(Page.escape) ?? "")\" loading=lazy>"
            } ?? "<span class=still aria-hidden=true>\(symbol)</span>"
        return
            "<li><figure>\(picture)<figcaption><small>\(Page.escape(facts.joined(separator: " · "))): \(alt)</small></figcaption></figure></li>"
    }

    var poll: String {
        guard let poll = post.details.poll else { return "" }
        let question = poll.question.map { "<p><b>\(Page.escape($0))</b></p>" } ?? ""
        let options = poll.options.map { "<li>\(Page.escape($0))</li>" }.joined()
        return
            "<div class=poll>\(question)<ol>\(options)</ol><small>until \(Page.escape(poll.endsAt.rfc3339))</small></div>"
    }

    var card: String {
        guard let card = post.details.card else { return "" }
        let picture = card.thumbnail.map { "<ul class=\"media one\">\(figure($0))</ul>" } ?? ""
        return """
            <div class=card>\(picture)<b>\(Page.link(card.url, card.title))</b><p>\(Page.escape(card.description))</p>\
            <small>\(Page.escape(card.url))</small></div>
            """
    }

    var quoted: String {
        post.details.quoted.map { "<div class=card><small>quotes \(Page.escape($0))</small></div>" } ?? ""
    }
}
