/// Subtitles as SubRip (`.srt`) or WebVTT (`.vtt`).
struct SubtitleFile: Sendable, Hashable {
    enum Format: String, Sendable { case srt = "text/srt", vtt = "text/vtt" }

    let format: Format
    let cues: Int

    /// Nothing when the text is not UTF-8, has no cue, or a cue ends before it begins.
    init?(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let first = lines.first.map { String($0.drop { $0 == "\u{FEFF}" }) } ?? ""
        let isVTT = first == "WEBVTT" || first.hasPrefix("WEBVTT ") || first.hasPrefix("WEBVTT\t")
        format = isVTT ? .vtt : .srt
        var cues = 0
        for line in lines where line.contains("-->") {
            let sides = line.split(separator: " ", omittingEmptySubsequences: true)
            guard sides.count >= 3, sides[1] == "-->", let start = Self.time(sides[0], isVTT),
                let end = Self.time(sides[2], isVTT), start <= end
            else { return nil }
            cues += 1
        }
        guard cues > 0 else { return nil }
        self.cues = cues
    }

    /// `00:01:02,345` in SubRip; `01:02.345` with or without hours in WebVTT. Milliseconds.
    private static func time(_ text: Substring, _ isVTT: Bool) -> Int? {
        let sides = text.split(separator: isVTT ? "." : ",", omittingEmptySubsequences: false)
        let numbers = sides.first?.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) } ?? []
        guard sides.count == 2, sides[1].count == 3, let rest = Int(sides[1]),
            numbers.count == 3 || isVTT && numbers.count == 2,
            numbers.allSatisfy({ ($0 ?? -1) >= 0 }), numbers.suffix(2).allSatisfy({ ($0 ?? 60) < 60 })
        else { return nil }
        return numbers.reduce(0) { $0 * 60 + ($1 ?? 0) } * 1000 + rest
    }
}
