import Posts

extension Preview {
    /// For a comment on a pull request. All that a person wrote stands in code, where nothing of it is Markdown, HTML or
    /// a mention that notifies somebody.
    package var markdown: String {
        var blocks = ["## \(title.map { "\(code($0)) · " } ?? "")\(code(post))\(isDraft ? " (draft)" : "")"]
        blocks += list(problems)
        for delivery in deliveries {
            blocks.append("### \(code(delivery.account.id.description)) · \(delivery.facts)")
            for (index, part) in delivery.parts.enumerated() {
                let number = delivery.parts.count > 1 ? "part \(index + 1) of \(delivery.parts.count)" : nil
                blocks += part.blocks(title: number)
            }
            if let comment = delivery.firstComment { blocks += comment.blocks(title: "first comment") }
            blocks += list(delivery.problems)
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private func list(_ problems: [Diagnostic]) -> [String] {
        let lines = problems.map { problem in
            "- \(problem.severity == .error ? "❌" : "⚠️") line \(problem.place.line): "
                + code(problem.message + (problem.hint.map { "; \($0)" } ?? "")) + " \(code(problem.code.rawValue))"
        }
        return lines.isEmpty ? [] : [lines.joined(separator: "\n")]
    }
}

extension Preview.Part {
    fileprivate func blocks(title: String?) -> [String] {
        var blocks: [String] = []
        let head = [title, count.map { "\($0) characters" }].compactMap(\.self).joined(separator: ", ")
        if !head.isEmpty { blocks.append("*\(head)*") }
        if !step.text.isEmpty {
            let fence = String(repeating: "`", count: max(3, step.text.longestRun(of: "`") + 1))
            blocks.append("\(fence)text\n\(step.text.printable)\n\(fence)")
        }
        var items = step.media.map { file in
            "\(code(file.path)), \(file.facts)\(file.alt.map { ": \(code($0))" } ?? "")"
        }
        if let link = step.link { items.append("card \(code(link.title ?? link.url)) on \(code(link.host))") }
        if !pollOptions.isEmpty {
            let facts = [pollQuestion, pollTime].compactMap(\.self).map(code).joined(separator: ", ")
            items.append("poll \(facts): \(pollOptions.map(code).joined(separator: " · "))")
        }
        items += settings.map { "\(code($0.key)): \(code($0.value))" }
        if !items.isEmpty { blocks.append(items.map { "- \($0)" }.joined(separator: "\n")) }
        return blocks
    }
}

/// A code span that its words cannot end.
private func code(_ words: String) -> String {
    let line = words.printable.replacing("\n", with: " ")
    let ticks = String(repeating: "`", count: line.longestRun(of: "`") + 1)
    return line.isEmpty ? "" : "\(ticks) \(line) \(ticks)"
}

extension String {
    fileprivate func longestRun(of character: Character) -> Int {
        var (longest, run) = (0, 0)
        for each in self {
            run = each == character ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
