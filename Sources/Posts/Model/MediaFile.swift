/// What the bytes of a picture, video, document or file of captions say of themselves.
package struct MediaInfo: Sendable, Hashable {
    package enum Format: String, Sendable, Hashable {
        case jpeg, png, gif, webp, heic
        case mp4, quicktime
        case pdf, doc, docx, ppt, pptx
        case subRip, webVTT
    }

    package enum Kind: Sendable, Hashable { case picture, video, document, captions }

    package var format: Format
    /// In pixels, after the orientation that the file asks for; 0 of documents and captions.
    package var width: Int
    package var height: Int
    package var byteCount: Int
    package var frameCount: Int
    package var hasAlpha: Bool
    /// Of a video, to the millisecond; nil where the file does not tell, and for pictures, animated or not.
    package var duration: Duration?
    /// Of a video, as the file names them, e.g. `avc1`, `mp4a`; nil without such a track.
    package var videoCodec: String?
    package var audioCodec: String?
    /// Of a video, on average; nil where the file does not tell.
    package var framesPerSecond: Double?
    /// Of a document; nil where only the program that made it could tell.
    package var pageCount: Int?
    /// Whether it tells everyone where the picture or video was made.
    package var hasLocation = false

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

    package var kind: Kind {
        switch format {
        case .jpeg, .png, .gif, .webp, .heic: .picture
        case .mp4, .quicktime: .video
        case .pdf, .doc, .docx, .ppt, .pptx: .document
        case .subRip, .webVTT: .captions
        }
    }
    package var isVideo: Bool { kind == .video }
    package var isAnimated: Bool { frameCount > 1 }

    package var contentType: String {
        switch format {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .gif: "image/gif"
        case .webp: "image/webp"
        case .heic: "image/heic"
        case .mp4: "video/mp4"
        case .quicktime: "video/quicktime"
        case .pdf: "application/pdf"
        case .doc: "application/msword"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .ppt: "application/vnd.ms-powerpoint"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .subRip: "application/x-subrip"
        case .webVTT: "text/vtt"
        }
    }
}

/// A file that a post shows, as written in the post.
package struct MediaReference: Sendable, Hashable {
    /// The point to keep when a picture is cut: (0, 0) is the middle, (-1, 1) the upper left corner.
    package struct Focus: Sendable, Hashable {
        package var x: Double
        package var y: Double

        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// Path from the top of the repository, without a leading slash, or an address that begins with `https://`.
    package var path: String
    package var alt: String?
    package var title: String?
    package var focus: Focus?
    /// How its shape may be changed where a network does not take it; nil: not at all.
    package var fit: Rendition.Fit?
    package var place: Diagnostic.Place

    package init(path: String, alt: String? = nil, title: String? = nil, place: Diagnostic.Place) {
        self.path = path
        self.alt = alt
        self.title = title
        self.place = place
    }

    /// Whether it lies on a server.
    package var isRemote: Bool { path.hasPrefix(MediaPath.encrypted) }

    /// As it may be told to anybody: what follows in an address may be a signature.
    package var shownPath: String { isRemote ? String(path.prefix { $0 != "?" }) : path }
}

/// A media file that was found and read, and what goes with it.
package struct MediaFile: Sendable, Hashable {
    package var reference: MediaReference
    package var info: MediaInfo
    /// `sha256:` and the digest of its bytes in lower-case hexadecimal.
    package var digest: String
    /// Absolute path of the bytes, where they do not lie at the file's own path.
    package var stored: String?
    /// How it is changed before a network gets it; `info` then tells what comes of it, `digest` is of the file as it is.
    package private(set) var rendition: Rendition?
    /// A picture to show before a video plays, or for a document.
    package var thumbnail: MediaFile? {
        get { companions[.thumbnail] }
        set { companions[.thumbnail] = newValue }
    }
    /// Subtitles of a video.
    package var captions: MediaFile? {
        get { companions[.captions] }
        set { companions[.captions] = newValue }
    }

    private enum Companion: Sendable, Hashable { case thumbnail, captions }
    /// In a dictionary, because a structure cannot hold itself.
    private var companions: [Companion: MediaFile] = [:]

    package init(reference: MediaReference, info: MediaInfo, digest: String) {
        self.reference = reference
        self.info = info
        self.digest = digest
    }

    /// The same file, to be changed before a network gets it.
    package func changed(by rendition: Rendition) -> MediaFile {
        var file = self
        (file.rendition, file.info) = (rendition, rendition.info)
        return file
    }

    /// The result of its rendition, which lies at `path`.
    package func done(_ info: MediaInfo, digest: String, at path: String) -> MediaFile {
        var file = self
        (file.rendition, file.info, file.digest, file.stored) = (nil, info, digest, path)
        return file
    }

    /// By what equal media are known: the bytes, and what is made of them.
    package var identity: String { rendition.map { "\(digest) \($0.recipe)" } ?? digest }

    package var path: String { reference.shownPath }
    /// Whether it lies on a server and nobody has looked at it: what `info` says is a guess.
    package var isUnseen: Bool { reference.isRemote && stored == nil }
    package var alt: String? { reference.alt }
}
