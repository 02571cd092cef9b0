/// What the bytes of a picture or video say of themselves.
package struct MediaInfo: Sendable, Hashable {
    package enum Format: String, Sendable, Hashable { case jpeg, png, gif, webp, mp4, quicktime }

    package var format: Format
    /// In pixels, after the orientation that the file asks for.
    package var width: Int
    package var height: Int
    package var byteCount: Int
    package var frameCount: Int
    package var hasAlpha: Bool
    /// Of a video, to the millisecond; nil where the file does not tell, and for pictures, animated or not.
    package var duration: Duration?

    package init(
        format: Format, width: Int, height: Int, byteCount: Int, frameCount: Int = 1, hasAlpha: Bool = false,
        duration: Duration? = nil
    ) {
        self.format = format
        self.width = width
        self.height = height
        self.byteCount = byteCount
        self.frameCount = frameCount
        self.hasAlpha = hasAlpha
        self.duration = duration
    }

    package var isVideo: Bool { format == .mp4 || format == .quicktime }
    package var isAnimated: Bool { frameCount > 1 }

    package var contentType: String {
        switch format {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .gif: "image/gif"
        case .webp: "image/webp"
        case .mp4: "video/mp4"
        case .quicktime: "video/quicktime"
        }
    }
}

/// A file that a post shows, as written in the post.
package struct MediaReference: Sendable, Hashable {
    /// Path from the top of the repository, without a leading slash.
    package var path: String
    package var alt: String?
    package var title: String?
    package var place: Diagnostic.Place

    package init(path: String, alt: String? = nil, title: String? = nil, place: Diagnostic.Place) {
        self.path = path
        self.alt = alt
        self.title = title
        self.place = place
    }
}

/// A media file that was found and read.
package struct MediaFile: Sendable, Hashable {
    package var reference: MediaReference
    package var info: MediaInfo
    /// `sha256:` and the digest of its bytes in lower-case hexadecimal.
    package var digest: String

    package init(reference: MediaReference, info: MediaInfo, digest: String) {
        self.reference = reference
        self.info = info
        self.digest = digest
    }

    package var path: String { reference.path }
    package var alt: String? { reference.alt }
}
