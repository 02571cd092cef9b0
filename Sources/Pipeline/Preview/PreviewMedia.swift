import Posts

/// What a part shows besides words: a grid of pictures, a row to slide through, a video, a document.
struct PreviewMedia {
    private let files: [MediaFile]
    private let network: Network
    private let kind: String?

    init(_ part: Preview.Part, on network: Network) {
        files = part.step.media
        self.network = network
        kind = part.step.options["kind"]
    }

    func html(_ pictures: inout PreviewPictures) -> HTML {
        guard !files.isEmpty else { return .nothing }
        var tiles: [HTML] = []
        for (index, file) in files.enumerated() { tiles.append(tile(file, index, &pictures)) }
        switch network {
        case .instagram:
            let dots: HTML =
                files.count > 1
                ? "<p class=\"dots\" aria-hidden=\"true\">\(files.map { _ -> HTML in "<i></i>" })</p>" : .nothing
            return "<div class=\"slides \(shape)\">\(tiles)</div>\(dots)"
        case .x, .linkedin, .bluesky, .mastodon, .threads, .facebook:
            // A grid has room for four or five; a sign on the last one counts the others.
            let room = network == .linkedin ? 5 : 4
            let hidden = files.count - room
            let rest: HTML = hidden > 0 ? "<span class=\"more\">+\(hidden)</span>" : .nothing
            return "<div class=\"grid of-\(min(files.count, room))\">\(Array(tiles.prefix(room)))\(rest)</div>"
        }
    }

    /// Instagram shows all pictures of a post in the shape of the first, between 4:5 and 1.91:1; reels and stories are 9:16.
    private var shape: String {
        if kind == "story" || kind == "reel" { return "tall" }
        guard let first = files.first?.info, first.width > 0, first.height > 0 else { return "square" }
        if first.isVideo { return "tall" }
        if first.height * 9 > first.width * 10 { return "portrait" }
        return first.width * 9 > first.height * 11 ? "wide" : "square"
    }

    private func tile(_ file: MediaFile, _ index: Int, _ pictures: inout PreviewPictures) -> HTML {
        let badges: HTML = file.alt == nil ? .nothing : "<span class=\"badge\">ALT</span>"
        switch file.info.kind {
        case .picture:
            let image = pictures.image(of: file) ?? still(file)
            let animated: HTML = file.info.isAnimated ? "<span class=\"badge left\">GIF</span>" : .nothing
            return "<figure>\(image)\(badges)\(animated)</figure>"
        case .video:
            let image = file.thumbnail.flatMap { pictures.image(of: $0) } ?? still(file)
            let length: HTML = file.info.duration.map { "<span class=\"badge left\">\($0.clock)</span>" } ?? .nothing
            return
                "<figure class=\"video\">\(image)<span class=\"play\" aria-hidden=\"true\">▶</span>\(badges)\(length)</figure>"
        case .document, .captions:
            let image = file.thumbnail.flatMap { pictures.image(of: $0) } ?? .nothing
            return
                "<figure class=\"document\">\(image)<p><strong>\(file.reference.title ?? file.path)</strong><br><small>\(file.facts)</small></p></figure>"
        }
    }

    /// Where a browser cannot show the file, or it is too large for the page.
    private func still(_ file: MediaFile) -> HTML {
        "<div class=\"still\" role=\"img\" aria-label=\"\(file.alt ?? file.path)\"><small>\(file.path)<br>\(file.facts)</small></div>"
    }

    /// The files by name, with what those hear who cannot see them.
    var facts: HTML {
        guard !files.isEmpty else { return .nothing }
        let items = files.map { file -> HTML in
            let alt: HTML = file.alt.map { "<q>\($0)</q>" } ?? "<em>no alt text</em>"
            let captions: HTML = file.captions.map { " <span>subtitles \($0.path)</span>" } ?? .nothing
            return "<li><code>\(file.path)</code> \(file.facts)<br>\(alt)\(captions)</li>"
        }
        return
            "<details><summary>\(files.count) \(files.count == 1 ? "file" : "files")</summary><ol>\(items)</ol></details>"
    }
}

extension Duration {
    /// `1:05`.
    fileprivate var clock: String {
        let seconds = components.seconds
        return "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
    }
}
