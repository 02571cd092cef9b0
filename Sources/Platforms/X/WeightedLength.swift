import Posts

/// How long words are on X, where letters of some scripts, emoji and URLs have weights.
///
/// Source: twitter-text configuration v3 (commit 30e2430, 2021-10-21) with emoji by Unicode's grapheme clusters.
struct WeightedLength: Sendable, Hashable {
    /// A Latin letter is 1, a URL 23, an emoji or a Chinese character 2.
    let used: Int
    let limit: Int
    /// Scalars of the text's normal form C that fit, up to the first forbidden one.
    let fitting: Int
    /// What X refuses at any length, in order.
    let forbidden: [Unicode.Scalar]
    /// URLs that are written without `http://` or `https://`.
    let bareURLs: [String]

    init(_ text: String, limit: Int = XRules.longestText) {
        let scalars = text.composedScalars
        let urls = URLText.urls(in: scalars)
        let emoji = Self.emoji(in: scalars)
        var (used, fitting, at, nextURL, nextEmoji) = (0, 0, 0, 0, 0)
        var forbidden: [Unicode.Scalar] = []
        while at < scalars.count {
            while nextEmoji < emoji.count, emoji[nextEmoji].lowerBound < at { nextEmoji += 1 }
            if nextURL < urls.count, urls[nextURL].range.lowerBound == at {
                used += XRules.urlWeight
                at = urls[nextURL].range.upperBound
                nextURL += 1
            } else if nextEmoji < emoji.count, emoji[nextEmoji].lowerBound == at {
                used += XRules.emojiWeight
                at = emoji[nextEmoji].upperBound
            } else {
                if scalars[at].isForbiddenInPosts { forbidden.append(scalars[at]) }
                used += XRules.isLight(scalars[at]) ? 1 : 2
                at += 1
            }
            if used <= limit, forbidden.isEmpty { fitting = at }
        }
        self.used = used
        self.limit = limit
        self.fitting = fitting
        self.forbidden = forbidden
        bareURLs = urls.filter { !$0.hasScheme }.map { String(scalars[$0.range]) }
    }

    var fits: Bool { used <= limit }

    /// The clusters that are drawn as one picture.
    private static func emoji(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        // Below U+20E3 there is neither an emoji of its own nor, but for the joiner, a character that makes one.
        guard scalars.contains(where: { $0.value >= 0x20E3 || $0.value == 0x200D }) else { return [] }
        var (found, start) = ([Range<Int>](), 0)
        for end in 1...scalars.count {
            // Between two ASCII characters a cluster ends always: only what lies around the others has to be divided.
            if end < scalars.count, !(scalars[end - 1].isASCII && scalars[end].isASCII) { continue }
            if end > start + 1 || !scalars[start].isASCII { found += emoji(in: scalars[start..<end]) }
            start = end
        }
        return found
    }

    private static func emoji(in stretch: ArraySlice<Unicode.Scalar>) -> [Range<Int>] {
        var (found, at) = ([Range<Int>](), stretch.startIndex)
        for cluster in String(stretch) {
            let end = at + cluster.unicodeScalars.count
            if isEmoji(cluster.unicodeScalars) { found.append(at..<end) }
            at = end
        }
        return found
    }

    private static func isEmoji(_ cluster: Character.UnicodeScalarView) -> Bool {
        guard let first = cluster.first else { return false }
        if first.properties.isEmojiPresentation || (0x1F1E6...0x1F1FF).contains(first.value) { return true }
        guard first.properties.isEmoji else { return false }
        return cluster.dropFirst().contains { scalar in
            switch scalar.value {
            // A keycap, the selector of the colourful form, a joiner, letters of a flag
            case 0x20E3, 0xFE0F, 0x200D, 0xE0020...0xE007F: true
            default: scalar.properties.isEmojiModifier
            }
        }
    }
}
