/// The lines of one paragraph while they grow. A line that held only pictures vanishes with them.
struct BodyLines {
    private struct Line {
        var text = ""
        var hadImage = false
    }

    private var lines = [Line()]
    /// The blank on one side of a picture that was taken out goes with it.
    private var isBehindImage = false

    var text: String {
        lines.map { (trimmed($0.text), $0.hadImage) }.filter { !$0.0.isEmpty || !$0.1 }.map(\.0).joined(separator: "\n")
    }

    /// What the present line ends with, to see in what a piece stands.
    func ends(with words: String) -> Bool { lines[lines.count - 1].text.hasSuffix(words) }

    mutating func append(_ words: some StringProtocol) {
        guard !words.isEmpty else { return }
        let last = lines.count - 1
        if isBehindImage, lines[last].text.isEmpty || lines[last].text.hasSuffix(" ") {
            lines[last].text += words.drop { $0 == " " }
        } else {
            lines[last].text += words
        }
        isBehindImage = false
    }

    /// Takes back what the present line ends with.
    mutating func drop(_ count: Int) { lines[lines.count - 1].text.removeLast(count) }

    mutating func breakLine() {
        lines.append(Line())
        isBehindImage = false
    }

    mutating func skipImage() {
        lines[lines.count - 1].hadImage = true
        isBehindImage = true
    }
}
