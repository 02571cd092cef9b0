/// What a picture file holds, known only after all of it was read.
package struct Picture: Sendable, Hashable {
    package enum Format: String, Sendable, Hashable { case jpeg, png, gif, webp }

    package let format: Format
    /// Pixels as stored; an orientation in the metadata is not applied.
    package let width: Int
    package let height: Int
    /// 1 for a still picture.
    package let frames: Int

    package init(format: Format, width: Int, height: Int, frames: Int = 1) {
        self.format = format
        self.width = width
        self.height = height
        self.frames = frames
    }
}

/// Why bytes are no picture that can be shown.
package enum PictureError: Error, Sendable, Hashable {
    case unknownFormat
    /// More pixels than the caller's limit; nothing was decoded.
    case tooLarge(width: Int, height: Int)
    /// What the decoder said, or which part of the structure is broken.
    case broken(String)
}

extension Picture {
    /// Decodes every pixel of a JPEG or PNG, and walks every block of a GIF or WebP.
    ///
    /// Blocking; memory is four bytes for each pixel, so `pixelLimit` bounds it. Safe to call from any thread.
    package static func decode(_ bytes: [UInt8], pixelLimit: Int = 100_000_000) throws(PictureError) -> Picture {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return try decodeJPEG(bytes, pixelLimit: pixelLimit) }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return try decodePNG(bytes, pixelLimit: pixelLimit) }
        if bytes.starts(with: Array("GIF8".utf8)) { return try walkGIF(bytes, pixelLimit: pixelLimit) }
        if bytes.starts(with: Array("RIFF".utf8)), bytes.count > 12, Array(bytes[8..<12]) == Array("WEBP".utf8) {
            return try walkWebP(bytes, pixelLimit: pixelLimit)
        }
        throw .unknownFormat
    }

    static func checkSize(_ width: Int, _ height: Int, limit: Int) throws(PictureError) {
        guard width > 0, height > 0 else { throw .broken("a side of \(width) × \(height) is not positive") }
        guard width <= limit / height else { throw .tooLarge(width: width, height: height) }
    }
}
