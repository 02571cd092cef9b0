/// What the head of an MP4 or MOV file tells; no picture in it is decoded.
struct Video: Sendable, Hashable {
    enum Container: String, Sendable, Codable { case mp4, quicktime }

    let container: Container
    /// As shown, after the rotation in the track's matrix.
    let width: Int
    let height: Int
    let seconds: Double
    let framesPerSecond: Double
    /// `avc1`, `hvc1`, `mp4v`, …
    let codec: String
    /// `profile_idc` of H.264: 66 baseline, 77 main, 100 high; above that other colours or depths.
    let profile: Int?
    let isInterlaced: Bool
    let hasSquarePixels: Bool
    let audio: Audio?
    /// The index stands before the data.
    let isFastStart: Bool
    /// The edit list cuts, delays or repeats something.
    let isEdited: Bool
    let bytes: Int

    struct Audio: Sendable, Hashable {
        /// `mp4a`, …
        let codec: String
        /// AAC-LC, by the object types in `esds`.
        let isLowComplexityAAC: Bool
        let channels: Int
        let samplesPerSecond: Int
    }

    var bitsPerSecond: Double { seconds > 0 ? Double(bytes) * 8 / seconds : 0 }
    var ratio: Double { Double(width) / Double(height) }
    var isH264: Bool { codec == "avc1" || codec == "avc3" }
    var isHEVC: Bool { codec == "hvc1" || codec == "hev1" }
}

/// Why bytes are no film, in a few words.
struct VideoProblem: Error, Hashable { let reason: String }

extension Video {
    /// Longest index that is read.
    private static let indexLimit = 64 << 20

    init(_ source: ByteSource) throws(VideoProblem) {
        guard let boxes = Boxes.walk(source, in: 0..<source.count), let first = boxes.first else {
            throw VideoProblem(reason: "the boxes do not add up")
        }
        container = try Self.container(source, first)
        guard let index = boxes.firstIndex(where: { $0.name == "moov" }),
            let data = boxes.firstIndex(where: { $0.name == "mdat" })
        else { throw VideoProblem(reason: "there is no index or no data") }
        isFastStart = index < data
        guard boxes[index].content.count <= Self.indexLimit,
            let movie = Boxes.walk(source, in: boxes[index].content)
        else { throw VideoProblem(reason: "the index is broken") }
        guard !movie.contains(where: { $0.name == "mvex" }) else {
            throw VideoProblem(reason: "the film is fragmented")
        }
        var picture: VideoTrack?
        var sound: Audio?
        var isEdited = false
        for box in movie where box.name == "trak" {
            guard let track = VideoTrack(source, box) else { throw VideoProblem(reason: "a track is broken") }
            isEdited = isEdited || track.isEdited
            switch track.kind {
            case "vide" where picture == nil: picture = track
            case "soun" where sound == nil: sound = track.audio(source)
            default: break
            }
        }
        guard let picture, picture.width > 0, picture.height > 0, let entry = picture.picture(source) else {
            throw VideoProblem(reason: "there is no picture")
        }
        guard picture.seconds > 0, picture.samples > 0 else { throw VideoProblem(reason: "there is no duration") }
        width = picture.width
        height = picture.height
        seconds = picture.seconds
        framesPerSecond = Double(picture.samples) / picture.seconds
        codec = entry.codec
        profile = entry.profile
        isInterlaced = entry.isInterlaced
        hasSquarePixels = entry.hasSquarePixels
        audio = sound
        self.isEdited = isEdited
        bytes = source.count
    }

    private static func container(_ source: ByteSource, _ first: Box) throws(VideoProblem) -> Container {
        switch first.name {
        case "ftyp":
            let brand = BoxFields(source, first)?.name(0)
            return brand == "qt  " ? .quicktime : .mp4
        // Older QuickTime files have no type box.
        case "moov", "mdat", "wide", "free", "skip": return .quicktime
        default: throw VideoProblem(reason: "the first box is neither ftyp nor one of QuickTime's")
        }
    }
}
