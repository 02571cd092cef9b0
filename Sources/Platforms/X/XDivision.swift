import Posts

/// Divides words that are too long for one post into parts that fit.
struct XDivision {
    private let text: [Character]
    private let limit: Int
    /// Where a part may end, in order.
    private let borders: [(end: Int, kind: Border)]

    /// Parts that end with a paragraph, else a sentence, else a word; never inside a URL, a hashtag or an emoji.
    /// nil if a word alone is too long.
    static func divide(_ text: String, limit: Int) -> [String]? { XDivision(text, limit: limit).parts() }

    private init(_ text: String, limit: Int) {
        self.text = Array(text)
        self.limit = limit
        borders = Borders(text).all
    }

    private func parts() -> [String]? {
        var (parts, start, next) = ([String](), 0, 0)
        while true {
            while start < text.count, text[start].isWhitespace { start += 1 }
            guard start < text.count else { return parts }
            while next < borders.count, borders[next].end <= start { next += 1 }
            guard let last = lastThatFits(from: start, next), let end = end(from: start, borders[next...last]) else {
                return nil
            }
            parts.append(String(text[start..<end]))
            start = end
        }
    }

    /// The last border up to which the words fit: sought by ever longer steps, then by halves.
    private func lastThatFits(from start: Int, _ first: Int) -> Int? {
        guard first < borders.count, fits(start, first) else { return nil }
        var (good, step) = (first, 1)
        while good + step < borders.count, fits(start, good + step) { (good, step) = (good + step, step * 2) }
        var bad = min(good + step, borders.count)
        while bad - good > 1 {
            let middle = (good + bad) / 2
            if fits(start, middle) { good = middle } else { bad = middle }
        }
        return good
    }

    private func length(_ start: Int, _ end: Int) -> WeightedLength {
        WeightedLength(String(text[start..<end]), limit: limit)
    }
    private func fits(_ start: Int, _ border: Int) -> Bool { length(start, borders[border].end).fits }

    /// Where a part ends. A paragraph or a sentence that would leave more than half of the part empty gives way.
    private func end(from start: Int, _ borders: ArraySlice<(end: Int, kind: Border)>) -> Int? {
        guard let last = borders.last else { return nil }
        if last.end == text.count { return last.end }
        for kind in Border.allCases {
            let coarse = borders.last { $0.kind.rawValue <= kind.rawValue }
            if let coarse, length(start, coarse.end).used * 2 >= limit { return coarse.end }
        }
        return last.end
    }
}

/// How good a place is to end a part.
private enum Border: Int, CaseIterable { case paragraph, sentence, word }

/// The places of a text where a part may end.
private struct Borders {
    private let text: [Character]
    /// The places inside URLs and hashtags.
    private let bound: Set<Int>

    init(_ text: String) {
        let scalars = text.scalarArray
        self.text = Array(text)
        let ranges = URLText.urls(in: text).map(\.range) + TextEntities.hashtags(in: scalars).map(\.range)
        bound = Self.places(inside: ranges.sorted { $0.lowerBound < $1.lowerBound }, of: self.text)
    }

    var all: [(end: Int, kind: Border)] {
        text.isEmpty ? [] : (1...text.count).compactMap { end in kind(at: end).map { (end, $0) } }
    }

    /// What ends at a place, if a part may end there.
    private func kind(at end: Int) -> Border? {
        guard end < text.count else { return text[end - 1].isWhitespace ? nil : .paragraph }
        guard !bound.contains(end) else { return nil }
        let (before, after) = (text[end - 1], text[end])
        if after.isWhitespace, !before.isWhitespace {
            var (next, lines) = (end, 0)
            while next < text.count, text[next].isWhitespace {
                if text[next].isNewline { lines += 1 }
                next += 1
            }
            if next == text.count || lines > 1 { return .paragraph }
            return after.isNewline || endsSentence(at: end) ? .sentence : .word
        }
        // East Asian sentences have no blank behind them.
        return !after.isWhitespace && "。！？".contains(before) && !"。！？」』）".contains(after) ? .sentence : nil
    }

    private func endsSentence(at end: Int) -> Bool {
        text[..<end].last { !"\"'”’)]»」』）".contains($0) }.map { ".!?…。！？".contains($0) } ?? false
    }

    private static func places(inside ranges: [Range<Int>], of text: [Character]) -> Set<Int> {
        guard !ranges.isEmpty else { return [] }
        var (places, scalar, next) = (Set<Int>(), 0, 0)
        for (index, character) in text.enumerated() {
            while next < ranges.count, ranges[next].upperBound <= scalar { next += 1 }
            if next < ranges.count, ranges[next].lowerBound < scalar { places.insert(index) }
            scalar += character.unicodeScalars.count
        }
        return places
    }
}
