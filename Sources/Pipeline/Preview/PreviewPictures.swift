import HTTP
import Posts

/// Pictures as `data:` addresses, each once read, as long as the page stays of a size that a browser likes.
struct PreviewPictures {
    /// Bytes of one picture, and of all, before they grow by a third in base 64.
    private static let (largest, most) = (4 << 20, 24 << 20)

    private let root: String
    private var known: [String: HTML?] = [:]
    private var used = 0

    init(root: String) { self.root = root }

    /// The picture, or nil where a browser cannot show it or the page would grow too large.
    mutating func image(of file: MediaFile) -> HTML? {
        if let known = known[file.path] { return known.map { Self.image($0, file.alt) } }
        let address = address(of: file)
        known[file.path] = .some(address)
        return address.map { Self.image($0, file.alt) }
    }

    private static func image(_ address: HTML, _ alt: String?) -> HTML {
        "<img src=\"\(address)\" alt=\"\(alt ?? "")\">"
    }

    private mutating func address(of file: MediaFile) -> HTML? {
        switch file.info.format {
        case .jpeg, .png, .gif, .webp: break
        case .heic, .mp4, .quicktime, .pdf, .doc, .docx, .ppt, .pptx, .subRip, .webVTT: return nil
        }
        guard file.info.byteCount <= Self.largest, used + file.info.byteCount <= Self.most,
            let path = Files.resolve(root + "/" + file.path), path.hasPrefix(root + "/"),
            let bytes = try? Files.read(path, limit: Self.largest)
        else { return nil }
        used += bytes.count
        return "data:\(file.info.contentType);base64,\(base64(bytes))"
    }
}
