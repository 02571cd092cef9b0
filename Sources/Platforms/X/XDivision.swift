import Posts

/// Divides words that are too long for one post into parts that fit.
struct XDivision {
    private let text: [Character]
    /// The places inside URLs.
    private let urls: Set<Int>

    /// Parts that end with a paragraph, else a sentence, else a word; never inside a URL.
    /// nil if a word alone is too long.
    static func divide(_ text: String) -> [String]? { XDivision(text).parts() }

    private init(_ text: String) {
        self.text = Array(text)
        urls = Self.places(of: URLText.urls(in: text), in: self.text)
    }

    private func parts() -> [String]? {
        var (parts, start) = ([String](), 0)
        while true {
            while start < text.count, text[start].isWhitespace { start += 1 }
            guard start < text.count else { return parts }
            guard let end = end(from: start) else { return nil }
            parts.append(String(text[start..<end]))
            start = end
        }
    }

    /// How good a place is to end a part.
    private enum Border: Int, CaseIterable { case paragraph, sentence, word }

    /// Where a part ends. A paragraph or a sentence that would leave more than half of the part empty gives way.
    private func end(from start: Int) -> Int? {
        var last: [Border: (end: Int, used: Int)] = [:]
        for end in (start + 1)...text.count {
            guard let border = border(at: end) else { continue }
            let length = WeightedLength(String(text[start..<end]))
            guard length.fits else { break }
            for coarser in Border.allCases where coarser.rawValue >= border.rawValue {
                last[coarser] = (end, length.used)
            }
            if end == text.count { return end }
        }
        let full = Border.allCases.lazy.compactMap { last[$0] }.first { $0.used * 2 >= XRules.longestText }
        return (full ?? last[.word])?.end
    }

    /// What ends at a place, if a part may end there.
    private func border(at end: Int) -> Border? {
        guard end < text.count else { return text[end - 1].isWhitespace ? nil : .paragraph }
        guard !urls.contains(end) else { return nil }
        let (before, after) = (text[end - 1], text[end])
        if after.isWhitespace, !before.isWhitespace {
            let blanks = text[end...].prefix(while: \.isWhitespace)
            if end + blanks.count == text.count || blanks.count(where: \.isNewline) > 1 { return .paragraph }
            return after.isNewline || endsSentence(at: end) ? .sentence : .word
        }
        // East Asian sentences have no blank behind them.
        return !after.isWhitespace && "。！？".contains(before) && !"。！？」』）".contains(after) ? .sentence : nil
    }

    private func endsSentence(at end: Int) -> Bool {
        text[..<end].last { !"\"'”’)]»」』）".contains($0) }.map { ".!?…。！？".contains($0) } ?? false
    }

    private static func places(of urls: [FoundURL], in text: [Character]) -> Set<Int> {
        guard !urls.isEmpty else { return [] }
        var (places, scalar, next) = (Set<Int>(), 0, 0)
        for (index, character) in text.enumerated() {
            while next < urls.count, urls[next].range.upperBound <= scalar { next += 1 }
            if next < urls.count, urls[next].range.lowerBound < scalar { places.insert(index) }
            scalar += character.unicodeScalars.count
        }
        return places
    }
}
