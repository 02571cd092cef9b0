import Posts
import Testing

/// What a delivery would get, written down to be compared with a file.
private func outline(_ bytes: [UInt8], path: String, _ reader: PostReader, _ account: Account) -> String {
    let (content, diagnostics) = reader.content(of: bytes, path: path, for: account) { reference in
        guard !reference.path.contains("missing") else {
            return .failure(
                Diagnostic(.error, .mediaMissing, at: reference.place, "there is no file “\(reference.path)”"))
        }
        let info = MediaInfo(format: .jpeg, width: 1, height: 1, byteCount: 1)
        return .success(MediaFile(reference: reference, info: info, digest: "sha256:"))
    }
    var lines = ["# \(account.id)"]
    for part in content?.parts ?? [] {
        lines.append("== part at \(part.place.line):\(part.place.column)")
        lines.append(part.text)
        lines += part.media.map { outline($0, "media of the part") }
    }
    for file in content?.media ?? [] {
        lines.append(outline(file, "media"))
        if let thumbnail = file.thumbnail { lines.append(outline(thumbnail, "its thumbnail")) }
        if let captions = file.captions { lines.append(outline(captions, "its captions")) }
    }
    if let content {
        if let link = content.link { lines.append("== link: \(link.url), \(link.title ?? "-"), \(link.card)") }
        if let image = content.link?.image { lines.append(outline(image, "image of the link")) }
        if let comment = content.firstComment {
            lines.append("== first comment at \(comment.place.line):\(comment.place.column): \(comment.value)")
        }
        for (key, value) in content.options.sorted(by: { $0.key < $1.key }) {
            lines.append("== \(key) at \(value.place.line):\(value.place.column): \(value.value)")
        }
        if content.dividesAutomatically { lines.append("== divided where needed") }
        if !content.tags.isEmpty { lines.append("== tags: \(content.tags.map(\.value))") }
    }
    lines += diagnostics.map(\.line)
    return lines.joined(separator: "\n") + "\n"
}

private func outline(_ file: MediaFile, _ role: String) -> String {
    let (reference, place) = (file.reference, file.reference.place)
    let focus = reference.focus.map { ", focus \($0.x) \($0.y)" } ?? ""
    return "== \(role) at \(place.line):\(place.column): \(reference.path), \(reference.alt ?? "-"), "
        + "\(reference.title ?? "-")\(focus)"
}

@Suite struct `The content of a delivery` {
    @Test(arguments: try ReadingFixtures.names(in: "posts/bodies", ending: ".md"))
    func `is what the file beside it says`(name: String) throws {
        let bytes = try ReadingFixtures.bytes("posts/bodies/\(name)")
        let reader = try ReadingFixtures.reader()
        let outlines = ["x/acme", "linkedin/acme"].compactMap { AccountID($0) }.map { id in
            outline(bytes, path: "posts/2026/\(name)", reader, Account(id: id))
        }
        #expect(outlines.count == 2)
        try ReadingFixtures.compare(outlines.joined(separator: "\n"), with: "posts/bodies/\(name.dropLast(3)).expected")
    }

    @Test func `is read although the front matter is wrong`() throws {
        let reader = try ReadingFixtures.reader()
        let account = Account(id: AccountID(.x, "acme"))
        let text = "---\nschedule: never\n---\n{{ x }}\n"
        let (content, diagnostics) = reader.content(of: Array(text.utf8), path: "a.md", for: account) {
            .failure(
                Diagnostic(.error, .mediaMissing, at: $0.place, "none"))
        }
        #expect(content == nil && diagnostics.map(\.code) == [.shortcode])
    }
}
