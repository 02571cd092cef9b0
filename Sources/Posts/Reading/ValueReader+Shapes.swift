import YAML

/// One picture or video as written, its parts still in the document.
struct WrittenMedia {
    let path: YAMLNode
    var alt: YAMLNode?
    var title: YAMLNode?
    var thumbnail: YAMLNode?
    var captions: YAMLNode?
    var focus: MediaReference.Focus?
    var fit: Rendition.Fit?
}

/// A link card as written.
struct WrittenLink {
    let url: YAMLNode
    var title: YAMLNode?
    var description: YAMLNode?
    var image: YAMLNode?
    var hasCard = true
}

extension ValueReader {
    /// Visits each well-shaped entry of `media:`; reports the others.
    mutating func forEachMedia(_ node: YAMLNode, _ body: (inout ValueReader, WrittenMedia) -> Void) {
        switch yaml.kind(of: node) {
        case .sequence:
            for element in yaml.elements(of: node) { media(element, body) }
        case .scalar, .mapping:
            if !yaml.isNull(node) { media(node, body) }
        }
    }

    private mutating func media(_ node: YAMLNode, _ body: (inout ValueReader, WrittenMedia) -> Void) {
        switch yaml.kind(of: node) {
        case .scalar:
            guard !yaml.isNull(node) else {
                error(.wrongType, at: node, "an entry of media is empty", hint: "write a path, or remove the line")
                return
            }
            body(&self, WrittenMedia(path: node))
        case .sequence: error(.wrongType, at: node, "an entry of media must be a path or a mapping, not a list")
        case .mapping:
            var (path, alt, title): (YAMLNode?, YAMLNode?, YAMLNode?)
            var (thumbnail, captions): (YAMLNode?, YAMLNode?)
            var focus: MediaReference.Focus?
            var fit: Rendition.Fit?
            for (key, value) in yaml.pairs(of: node) {
                if yaml.equals(key, "path") {
                    if isText(value, "path") { path = value }
                } else if yaml.equals(key, "alt") {
                    if isText(value, "alt") { alt = value }
                } else if yaml.equals(key, "title") {
                    if isText(value, "title") { title = value }
                } else if yaml.equals(key, "thumbnail") {
                    if isText(value, "thumbnail") { thumbnail = value }
                } else if yaml.equals(key, "captions") {
                    if isText(value, "captions") { captions = value }
                } else if yaml.equals(key, "focus") {
                    focus = self.focus(value)
                } else if yaml.equals(key, "fit") {
                    fit = self.fit(value)
                } else {
                    unknownKey(
                        key, in: "an entry of media",
                        among: ["path", "alt", "title", "focus", "fit", "thumbnail", "captions"])
                }
            }
            guard let path else {
                if !yaml.pairs(of: node).contains(where: { yaml.equals($0.key, "path") && !yaml.isNull($0.value) }) {
                    error(.wrongType, at: node, "an entry of media has no path", hint: "add “path: media/…”")
                }
                return
            }
            body(
                &self,
                WrittenMedia(
                    path: path, alt: alt, title: title, thumbnail: thumbnail, captions: captions, focus: focus,
                    fit: fit))
        }
    }

    /// Two numbers from -1 to 1, the point to keep when a picture is cut.
    private mutating func focus(_ node: YAMLNode) -> MediaReference.Focus? {
        guard !yaml.isNull(node) else { return nil }
        let numbers = yaml.elements(of: node).map { yaml.kind(of: $0) == .scalar ? Double(yaml.text(of: $0)) : nil }
        guard numbers.count == 2, let x = numbers[0], let y = numbers[1], (-1...1).contains(x), (-1...1).contains(y)
        else {
            error(
                .wrongType, at: node, "focus must be two numbers from -1 to 1, not \(shown(node))", hint: "write [0, 0]"
            )
            return nil
        }
        return MediaReference.Focus(x: x, y: y)
    }

    private mutating func fit(_ node: YAMLNode) -> Rendition.Fit? {
        guard !yaml.isNull(node), isText(node, "fit"),
            isChoice(node, "fit", of: Rendition.Fit.allCases.map(\.rawValue))
        else { return nil }
        return Rendition.Fit(rawValue: yaml.text(of: node))
    }

    /// nil if it is null, or wrong and reported.
    mutating func link(_ node: YAMLNode) -> WrittenLink? {
        switch yaml.kind(of: node) {
        case .scalar: return !yaml.isNull(node) && isWebAddress(node, "link") ? WrittenLink(url: node) : nil
        case .sequence:
            error(.wrongType, at: node, "link must be an address or a mapping, not a list", hint: "a post has one link")
            return nil
        case .mapping:
            var link: WrittenLink?
            var (title, description, image): (YAMLNode?, YAMLNode?, YAMLNode?)
            var (hasCard, sawURL) = (true, false)
            for (key, value) in yaml.pairs(of: node) {
                if yaml.equals(key, "url") {
                    sawURL = true
                    if isText(value, "url"), isWebAddress(value, "url") { link = WrittenLink(url: value) }
                } else if yaml.equals(key, "title") {
                    if isText(value, "title") { title = value }
                } else if yaml.equals(key, "description") {
                    if isText(value, "description") { description = value }
                } else if yaml.equals(key, "image") {
                    if isText(value, "image") { image = value }
                } else if yaml.equals(key, "card") {
                    hasCard = flag(value, "card") ?? true
                } else {
                    unknownKey(key, in: "link", among: ["url", "title", "description", "image", "card"])
                }
            }
            if !sawURL { error(.badLink, at: node, "link has no url", hint: "add “url: https://…”") }
            link?.title = title
            link?.description = description
            link?.image = image
            link?.hasCard = hasCard
            return link
        }
    }

    /// `http` or `https`, a host, no blanks.
    mutating func isWebAddress(_ node: YAMLNode, _ name: String) -> Bool {
        if yaml.withBytes(of: node, isWeb) { return true }
        error(
            .badLink, at: node, "\(name) \(shown(node)) is not a web address",
            hint: "write it out, beginning with https://")
        return false
    }

    /// A network's own values: reports what is wrong, and visits each good one as the text that goes to the network.
    mutating func value(
        _ node: YAMLNode, of key: OverrideKey, named name: String,
        _ body: (inout ValueReader, _ name: String, YAMLNode, _ value: String) -> Void = { _, _, _, _ in }
    ) {
        let yaml = yaml
        guard !yaml.isNull(node) else { return }
        switch key.shape {
        case .words, .media, .link, .schedule, .skip, .firstComment, .thread:
            preconditionFailure("\(key.name) is read by those who know what to do with it")
        case .flag: if let value = flag(node, name) { body(&self, name, node, value ? "true" : "false") }
        case .text: if isText(node, name) { body(&self, name, node, yaml.text(of: node)) }
        case .number(let range): if let value = number(node, name, in: range) { body(&self, name, node, String(value)) }
        case .decimal(let range): if let value = decimal(node, name, in: range) { body(&self, name, node, value) }
        case .choice(let words):
            if isText(node, name), isChoice(node, name, of: words) { body(&self, name, node, yaml.text(of: node)) }
        case .list(let words, let count): list(node, name, of: words, count: count, separator: ",", body)
        case .lines(let count): list(node, name, of: [], count: count, separator: "\n", body)
        case .fields(let keys): fields(node, name, keys, body)
        case .entries(let keys, let count):
            guard yaml.kind(of: node) == .sequence else {
                return error(.wrongType, at: node, "\(name) must be a list, not \(shown(node))")
            }
            let entries = Array(yaml.elements(of: node))
            guard count.contains(entries.count) else { return wrongCount(node, name, entries.count, count) }
            for (index, entry) in entries.enumerated() { fields(entry, "\(name).\(index + 1)", keys, body) }
        }
    }

    private mutating func fields(
        _ node: YAMLNode, _ name: String, _ keys: [OverrideKey],
        _ body: (inout ValueReader, _ name: String, YAMLNode, _ value: String) -> Void
    ) {
        guard isMapping(node, name) else { return }
        let pairs = yaml.pairs(of: node)
        for (key, value) in pairs {
            guard let field = keys.first(where: { yaml.text(of: key) == $0.name }) else {
                unknownKey(key, in: name, among: keys.map(\.name))
                continue
            }
            self.value(value, of: field, named: "\(name).\(field.name)", body)
        }
        for key in keys where key.isRequired {
            let isThere = pairs.contains { yaml.text(of: $0.key) == key.name && !yaml.isNull($0.value) }
            if !isThere { error(.wrongType, at: node, "\(name) has no \(key.name)") }
        }
    }

    private mutating func decimal(_ node: YAMLNode, _ name: String, in range: ClosedRange<Double>) -> String? {
        guard yaml.kind(of: node) == .scalar, let number = Double(yaml.text(of: node)), range.contains(number) else {
            error(
                .wrongType, at: node,
                "\(name) must be a number from \(range.lowerBound) to \(range.upperBound), not \(shown(node))")
            return nil
        }
        return String(number)
    }

    private mutating func wrongCount(_ node: YAMLNode, _ name: String, _ count: Int, _ allowed: ClosedRange<Int>) {
        error(
            .badValue, at: node,
            "\(name) has \(count) entries; from \(allowed.lowerBound) to \(allowed.upperBound) are allowed")
    }

    private mutating func isChoice(_ node: YAMLNode, _ name: String, of words: [String]) -> Bool {
        let text = yaml.text(of: node)
        guard !words.contains(text) else { return true }
        let hint = nearest(text, among: words).map { "did you mean \(inQuotes($0))?" }
        error(
            .badValue, at: node, "\(name) cannot be \(inQuotes(text))",
            hint: hint ?? "write one of \(words.joined(separator: ", "))")
        return false
    }

    private mutating func list(
        _ node: YAMLNode, _ name: String, of words: [String], count: ClosedRange<Int>, separator: String,
        _ body: (inout ValueReader, _ name: String, YAMLNode, _ value: String) -> Void
    ) {
        var (texts, isGood) = ([String](), true)
        forEachText(node, name) { reader, element in
            let text = reader.yaml.text(of: element)
            texts.append(text)
            if !words.isEmpty, !reader.isChoice(element, name, of: words) { isGood = false }
            if text.contains(separator) {
                reader.error(
                    .badValue, at: element,
                    "\(inQuotes(text)) in \(name) cannot hold \(separator == "," ? "a comma" : "a line end")")
                isGood = false
            }
        }
        if !count.contains(texts.count) {
            wrongCount(node, name, texts.count, count)
            isGood = false
        }
        if isGood { body(&self, name, node, texts.joined(separator: separator)) }
    }
}

/// `http://` or `https://` in any case, then at least one character that begins a host, and no blank anywhere.
func isWeb(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    func begins(with scheme: StaticString) -> Bool {
        guard bytes.count > scheme.utf8CodeUnitCount else { return false }
        for index in 0..<scheme.utf8CodeUnitCount {
            let byte = bytes[index]
            let lower = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
            guard lower == scheme.utf8Start[index] else { return false }
        }
        switch bytes[scheme.utf8CodeUnitCount] {
        case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "?"), UInt8(ascii: "#"): return false
        default: return true
        }
    }
    return (begins(with: "https://") || begins(with: "http://")) && bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F }
}

func isWeb(_ text: String) -> Bool {
    var text = text
    return text.withUTF8(isWeb)
}
