import Platforms
import Posts

/// One post card, drawn in the manner of its network: who posts, the words with what is linked in them, what they show.
struct PreviewCard {
    private let account: Account
    private let network: Network

    init(_ delivery: Preview.Delivery) {
        account = delivery.account
        network = delivery.account.id.network
    }

    func article(
        _ part: Preview.Part, number: String?, isLast: Bool, _ pictures: inout PreviewPictures
    ) -> HTML {
        let media = PreviewMedia(part, on: network).html(&pictures)
        let card = part.step.link.map { link(card: $0, &pictures) } ?? .nothing
        let words =
            part.step.text.isEmpty ? HTML.nothing : "<p class=\"words\" dir=\"auto\">\(marked(part.step.text))</p>"
        // Instagram's words stand below the picture, with the name before them.
        let caption: HTML =
            part.step.text.isEmpty
            ? .nothing
            : "<p class=\"words\" dir=\"auto\"><strong>\(account.id.name)</strong> \(marked(part.step.text))</p>"
        let shown: HTML =
            switch network {
            case .instagram: "\(media)\(actions)\(caption)"
            case .x, .linkedin, .bluesky, .mastodon, .threads, .facebook:
                "\(words)\(media)\(card)\(poll(part))\(actions)"
            }
        return """
            <article class="card\(isLast ? "" : " goes-on")">
            <div class="avatar\(account.isPage ? " page" : "")" aria-hidden="true">\(initial)</div>
            <div class="head">\(name)\(number.map { "<span class=\"number\">\($0)</span>" } ?? HTML.nothing)</div>
            <div class="body">\(shown)</div>
            </article>
            <footer class="facts">\(meter(part))\(settings(part))\(PreviewMedia(part, on: network).facts)</footer>
            """
    }

    func comment(_ part: Preview.Part) -> HTML {
        """
        <article class="card comment" aria-label="first comment">
        <div class="avatar\(account.isPage ? " page" : "")" aria-hidden="true">\(initial)</div>
        <div class="body"><strong>\(account.id.name)</strong>
        <p class="words" dir="auto">\(marked(part.step.text))</p></div>
        </article>
        <footer class="facts"><p>first comment</p>\(meter(part))</footer>
        """
    }

    private var initial: String { String(account.id.name.prefix(1).uppercased()) }

    private var name: HTML {
        switch network {
        case .x: "<strong>\(account.id.name)</strong> <span>@\(account.id.name)</span>"
        case .linkedin: "<strong>\(account.id.name)</strong> <span>\(account.isPage ? "Page" : "Member")</span>"
        case .instagram, .bluesky, .mastodon, .threads, .facebook: "<strong>\(account.id.name)</strong>"
        }
    }

    private func marked(_ text: String) -> [HTML] {
        MarkedText(text, on: network).runs.map { run in
            run.mark == nil ? "\(run.text)" : "<a>\(run.text)</a>"
        }
    }

    private func link(card link: Link, _ pictures: inout PreviewPictures) -> HTML {
        let image = link.image.flatMap { pictures.image(of: $0) } ?? .nothing
        let words: HTML = link.description.map { "<span>\($0)</span>" } ?? .nothing
        return """
            <div class="link">\(image)<div><strong>\(link.title ?? link.url)</strong>\(words)<small>\(link.host)</small></div></div>
            """
    }

    private func poll(_ part: Preview.Part) -> HTML {
        guard !part.pollOptions.isEmpty else { return .nothing }
        let question: HTML = part.pollQuestion.map { "<strong>\($0)</strong>" } ?? .nothing
        let options = part.pollOptions.map { option -> HTML in "<li>\(option)</li>" }
        let end: HTML = part.pollTime.map { "<small>\($0)</small>" } ?? .nothing
        return "<div class=\"poll\">\(question)<ul>\(options)</ul>\(end)</div>"
    }

    /// What a reader may do, in words or signs of the network's own order; for the look alone.
    private var actions: HTML {
        let signs: [HTML] =
            switch network {
            case .x: [.reply, .again, .heart, .bars, .send]
            case .linkedin: ["<b>Like</b>", "<b>Comment</b>", "<b>Repost</b>", "<b>Send</b>"]
            case .instagram: [.heart, .reply, .send]
            case .bluesky, .mastodon, .threads, .facebook: [.reply, .again, .heart]
            }
        return "<div class=\"actions\" aria-hidden=\"true\">\(signs)</div>"
    }

    /// How much of the length is used.
    private func meter(_ part: Preview.Part) -> HTML {
        guard let length = part.length, length.limit > 0, let count = part.count else { return .nothing }
        let percent = min(100, length.used * 100 / length.limit)
        let state = length.used > length.limit ? "over" : percent >= 90 ? "near" : ""
        return """
            <div class="meter \(state)" role="img" aria-label="\(count) characters"><i style="width:\(percent)%"></i></div>
            <p>\(count) characters</p>
            """
    }

    private func settings(_ part: Preview.Part) -> HTML {
        let tags = part.settings.map { setting -> HTML in
            "<span class=\"tag\">\(setting.key): \(setting.value)</span> "
        }
        return tags.isEmpty ? .nothing : "<p>\(tags)</p>"
    }
}

extension Account {
    /// Drawn with a square picture.
    fileprivate var isPage: Bool { author?.contains(":organization:") ?? false }
}
