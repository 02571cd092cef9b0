/// How a picture or video is changed before a network gets it: format, size, and only if the post says so, shape.
///
/// What its camera wrote into it is left out, its orientation is put into its pixels, its colours become sRGB.
package struct Rendition: Sendable, Hashable {
    /// What the post allows where the network does not take the shape.
    package enum Fit: String, Sendable, Hashable, CaseIterable {
        /// White is put at two sides.
        case pad
        /// Two sides are cut off, around the focus.
        case crop
        /// Nothing but a smaller size; the shape stays.
        case shrink
    }

    package struct Size: Sendable, Hashable {
        package var width: Int
        package var height: Int

        package init(_ width: Int, _ height: Int) { (self.width, self.height) = (width, height) }
    }

    /// What the file says of itself as it is.
    package var original: MediaInfo
    /// `jpeg` or `mp4`.
    package var format: MediaInfo.Format
    /// Of the whole content, before it is padded or cut.
    package var scaled: Size
    /// Of what comes out.
    package var canvas: Size
    /// Where the content begins on the canvas; negative where it is cut.
    package var left: Int
    package var top: Int
    package var mostBytes: Int

    package init(
        of original: MediaInfo, as format: MediaInfo.Format, scaled: Size, canvas: Size, left: Int, top: Int,
        mostBytes: Int
    ) {
        self.original = original
        self.format = format
        self.scaled = scaled
        self.canvas = canvas
        self.left = left
        self.top = top
        self.mostBytes = mostBytes
    }

    /// The same for the same result, on every machine. A network's limit of bytes is no part of it.
    package var recipe: String {
        "\(format.rawValue) \(scaled.width)x\(scaled.height) on \(canvas.width)x\(canvas.height) at \(left),\(top)"
    }

    /// What the result will say of itself, as far as it is known before: it has at most so many bytes.
    package var info: MediaInfo {
        var info = MediaInfo(
            format: format, width: canvas.width, height: canvas.height, byteCount: min(original.byteCount, mostBytes),
            duration: original.duration)
        info.framesPerSecond = original.framesPerSecond
        if info.isVideo { info.videoCodec = "avc1" }
        if info.isVideo, original.audioCodec != nil { info.audioCodec = "mp4a" }
        return info
    }
}
