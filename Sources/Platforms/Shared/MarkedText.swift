package import Posts

/// Words as a network shows them, with what it links in them.
package struct MarkedText: Sendable, Hashable {
    package enum Mark: Sendable, Hashable { case url, mention, hashtag, cashtag }

    package struct Run: Sendable, Hashable {
        package var text: String
        /// nil: plain words.
        package var mark: Mark?
    }

    /// In order; together they are the text as a reader sees it.
    package let runs: [Run]

    /// - Parameter text: of a `Step`.
    package init(_ text: String, on network: Network) {
        switch network {
        case .linkedin: runs = LittleText.elements(of: text).map(Run.init)
        case .x: runs = Self.runs(text, urls: true, cashtags: true)
        // Addresses are plain words there.
        case .instagram: runs = Self.runs(text, urls: false)
        case .bluesky, .mastodon, .threads, .facebook: runs = Self.runs(text, urls: true)
        }
    }

    private static func runs(_ text: String, urls: Bool, cashtags: Bool = false) -> [Run] {
        let scalars = text.scalarArray
        var found = urls ? URLText.urls(in: scalars).map { ($0.range, Mark.url) } : []
        found += TextEntities.mentions(in: scalars).map { ($0.range, .mention) }
        found += TextEntities.hashtags(in: scalars).map { ($0.range, .hashtag) }
        if cashtags { found += TextEntities.cashtags(in: scalars).map { ($0.range, .cashtag) } }
        var (runs, end) = ([Run](), 0)
        func take(_ range: Range<Int>, _ mark: Mark?) {
            if !range.isEmpty { runs.append(Run(text: String(scalars[range]), mark: mark)) }
        }
        for (range, mark) in found.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) where range.lowerBound >= end {
            take(end..<range.lowerBound, nil)
            take(range, mark)
            end = range.upperBound
        }
        take(end..<scalars.count, nil)
        return runs
    }
}

extension MarkedText.Run {
    fileprivate init(_ element: LittleText.Element) {
        switch element {
        case .mention(let name, _): self.init(text: name, mark: .mention)
        case .hashtag(let hash, let word): self.init(text: hash + word, mark: .hashtag)
        case .url(let url): self.init(text: url, mark: .url)
        case .words(let words): self.init(text: words, mark: nil)
        }
    }
}
