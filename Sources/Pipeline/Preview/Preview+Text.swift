import Posts

extension Preview {
    /// For a terminal.
    package var text: String {
        var lines = ["\(post)\(title.map { "  “\($0)”" } ?? "")\(isDraft ? "  draft" : "")".printable]
        lines += problems.map { "  " + $0.line }
        for delivery in deliveries {
            lines += ["", "  \(delivery.account.id)  \(delivery.facts)"]
            for (index, part) in delivery.parts.enumerated() {
                let number = delivery.parts.count > 1 ? "part \(index + 1) of \(delivery.parts.count)" : nil
                lines += part.lines(title: number)
            }
            if let comment = delivery.firstComment { lines += comment.lines(title: "first comment") }
            lines += delivery.problems.map { "    " + $0.line }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Preview.Part {
    fileprivate func lines(title: String?) -> [String] {
        let head = [title, count.map { $0 + " characters" }].compactMap(\.self).joined(separator: ", ")
        var lines = head.isEmpty ? [] : ["    \(head)"]
        if !step.text.isEmpty { lines += step.text.printable.lines.map { "    │ \($0)" } }
        lines += step.media.map { file in
            "    ▣ \(file.path)  \(file.facts)\(file.alt.map { "  “\($0)”" } ?? "")".printable.oneBlank
        }
        if let link = step.link { lines.append("    → \(link.title ?? link.url)  \(link.host)".printable.oneBlank) }
        if !pollOptions.isEmpty {
            let facts = [pollQuestion, pollTime].compactMap(\.self).joined(separator: ", ")
            lines.append("    poll: \(facts)".printable.oneBlank)
            lines += pollOptions.map { "    ○ \($0)".printable }
        }
        if !settings.isEmpty {
            lines.append("    " + settings.map { "\($0.key): \($0.value)" }.joined(separator: ", ").printable.oneBlank)
        }
        return lines
    }
}

extension String {
    /// On one line.
    fileprivate var oneBlank: String { replacing("\n", with: " ") }
}
