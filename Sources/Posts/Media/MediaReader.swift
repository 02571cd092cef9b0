/// Reads what a picture, video, document or file of captions says of itself, by its bytes and never by its name.
///
/// Nothing the bytes say is trusted: every length is checked, and a file is read through in time linear to its size.
package enum MediaReader {
    /// Reads a file of any length in 64 KiB of memory. `load` gives the bytes of a range within `byteCount`, fewer if the
    /// file became shorter meanwhile. Repeatable.
    package static func read(
        byteCount: Int, load: @escaping (Range<Int>) -> [UInt8]
    ) throws(Broken) -> MediaInfo {
        guard byteCount > 0 else { throw .empty }
        let bytes = MediaBytes(MediaWindow(count: byteCount, load: load))
        let format = try format(of: bytes)
        switch format {
        case .jpeg: return try jpeg(bytes)
        case .png: return try png(bytes)
        case .gif: return try gif(bytes)
        case .webp: return try webp(bytes)
        case .heic: return try heic(bytes)
        case .mp4, .quicktime: return try movie(bytes, format)
        case .pdf: return try pdf(bytes)
        case .docx, .pptx: return try office(bytes, format)
        case .doc, .ppt: return MediaInfo(format: format, width: 0, height: 0, byteCount: byteCount)
        case .subRip, .webVTT: return try captions(bytes, format)
        }
    }

    package static func read(_ bytes: [UInt8]) throws(Broken) -> MediaInfo {
        try read(byteCount: bytes.count) { Array(bytes[$0]) }
    }
}

extension MediaReader {
    /// Why a file cannot be posted.
    package enum Broken: Error, Sendable, Hashable {
        case empty
        /// The file stands for one that Git LFS has not fetched.
        case lfsPointer
        /// A ZIP archive, as newer documents are, without its end.
        case cutArchive
        /// A known format that no part of this product reads; `convertTo` names one that it does.
        case unsupported(String, convertTo: String)
        /// A web page, mostly the answer of a server that had no picture.
        case webPage
        case text
        case unknown
        /// The bytes end before what is named.
        case truncated(MediaInfo.Format, before: String)
        /// The bytes contradict the format; the words go on after "is a JPEG file".
        case malformed(MediaInfo.Format, String)

        /// The rest of a sentence that begins with the file's path, without a full stop.
        package var reason: String {
            switch self {
            case .empty: "is empty; save the picture or video again"
            case .lfsPointer: "is a Git LFS pointer, not the file itself"
            case .unsupported(let name, let better): "is \(name), which cannot be posted; convert it to \(better)"
            case .cutArchive:
                "is a ZIP archive that ends before its list of files; it was not copied whole, so copy it again"
            case .webPage: "is a web page, not a picture or video; download the file itself"
            case .text: "is text, not a picture or video; use JPEG, PNG, GIF, WebP, MP4 or MOV"
            case .unknown: "is no picture or video of a known format; use JPEG, PNG, GIF, WebP, MP4 or MOV"
            case .truncated(let format, let part):
                "is \(format.described) file that ends before \(part); it was not copied whole, so copy it again"
            case .malformed(let format, let fault): "is \(format.described) file \(fault); save it again"
            }
        }
    }
}

extension MediaInfo.Format {
    fileprivate var described: String {
        switch self {
        case .jpeg: "a JPEG"
        case .png: "a PNG"
        case .gif: "a GIF"
        case .webp: "a WebP"
        case .mp4: "an MP4"
        case .quicktime: "a QuickTime"
        case .heic: "an HEIC"
        case .pdf: "a PDF"
        case .doc, .docx: "a Word"
        case .ppt, .pptx: "a PowerPoint"
        case .subRip: "a SubRip"
        case .webVTT: "a WebVTT"
        }
    }
}
