import Crypto
import Posts

extension MediaReference {
    /// A file on a server that nobody has looked at: taken for one of its name that every network takes, so that what
    /// else is wrong with the post can be told.
    var unseen: MediaFile {
        let ending = shownPath.split(separator: "/").last?.split(separator: ".").last?.lowercased() ?? ""
        var info: MediaInfo
        switch ending {
        case "mp4", "m4v", "mov":
            info = MediaInfo(
                format: .mp4, width: 1280, height: 720, byteCount: 5 << 20, duration: .seconds(10))
            (info.videoCodec, info.audioCodec, info.framesPerSecond) = ("avc1", "mp4a", 30)
        case "pdf": info = MediaInfo(format: .pdf, width: 0, height: 0, byteCount: 1 << 20)
        case "docx": info = MediaInfo(format: .docx, width: 0, height: 0, byteCount: 1 << 20)
        case "pptx": info = MediaInfo(format: .pptx, width: 0, height: 0, byteCount: 1 << 20)
        case "srt": info = MediaInfo(format: .subRip, width: 0, height: 0, byteCount: 1 << 10)
        case "vtt": info = MediaInfo(format: .webVTT, width: 0, height: 0, byteCount: 1 << 10)
        default: info = MediaInfo(format: .jpeg, width: 1080, height: 1080, byteCount: 1 << 20)
        }
        return MediaFile(reference: self, info: info, digest: sha256(Array(path.utf8)))
    }
}

extension Composer {
    /// Says of which media nothing is known yet.
    static func unseen(_ files: [MediaFile]) -> [Diagnostic] {
        files.filter(\.isUnseen).map {
            Diagnostic(
                .note, .mediaDownload, at: $0.reference.place,
                "“\($0.path)” is downloaded when the post is due, and looked at only then")
        }
    }
}
