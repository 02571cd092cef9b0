/// Reads what a picture or video says of itself, by its bytes and never by its name.
///
/// Nothing the bytes say is trusted: every length is checked, and a file is read through in time linear to its size.
package enum MediaReader {
    /// Reads a whole file. Pure: any thread, as often as one likes.
    package static func read(_ bytes: UnsafeRawBufferPointer) throws(Broken) -> MediaInfo {
        guard bytes.count > 0 else { throw .empty }
        let bytes = MediaBytes(bytes)
        switch try format(of: bytes) {
        case .jpeg: return try jpeg(bytes)
        case .png: return try png(bytes)
        case .gif: return try gif(bytes)
        case .webp: return try webp(bytes)
        case .mp4: return try movie(bytes, .mp4)
        case .quicktime: return try movie(bytes, .quicktime)
        case .heic, .pdf, .doc, .docx, .ppt, .pptx, .subRip, .webVTT: throw .unknown
        }
    }

    package static func read(_ bytes: [UInt8]) throws(Broken) -> MediaInfo {
        try bytes.withUnsafeBytes { buffer in
            Result { () throws(Broken) in try read(buffer) }
        }.get()
    }
}

extension MediaReader {
    /// Why a file cannot be posted.
    package enum Broken: Error, Sendable, Hashable {
        case empty
        /// The file stands for one that Git LFS has not fetched.
        case lfsPointer
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
            case .lfsPointer: "is a Git LFS pointer, not the file itself; run git lfs pull, or check out with LFS"
            case .unsupported(let name, let better): "is \(name), which cannot be posted; convert it to \(better)"
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
