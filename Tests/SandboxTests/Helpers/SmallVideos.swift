/// The smallest film with a given head; there is no picture in it.
struct SmallVideo {
    var width = 720
    var height = 1280
    var seconds = 5.0
    var framesPerSecond = 30.0
    var codec = "avc1"
    /// 100: H.264 High, 4:2:0.
    var profile: UInt8 = 100
    var brand = "isom"
    /// Channels of AAC-LC at 48 kHz; none without.
    var channels = 2
    var isFastStart = true
    var isEdited = false
    /// Whether the pictures are stored on their side.
    var isTurned = false
    /// Of the whole file; filled up with zeros.
    var count = 0

    var bytes: [UInt8] {
        let tracks = track(picture: true) + (channels > 0 ? track(picture: false) : [])
        let index = Self.box("moov", Self.box("mvhd", [UInt8](repeating: 0, count: 100)) + tracks)
        let start = Self.box("ftyp", Array(brand.utf8) + Self.big(512, 4))
        let rest = max(1, count - start.count - index.count - 8)
        let data = Self.box("mdat", [UInt8](repeating: 0, count: rest))
        return isFastStart ? start + index + data : start + data + index
    }

    private func track(picture: Bool) -> [UInt8] {
        let one = Self.big(0x1_0000, 4)
        let none = Self.big(0, 4)
        let minus = Self.big(0xFFFF_0000, 4)
        let turn = isTurned && picture
        let matrix =
            (turn ? none + one : one + none) + none + (turn ? minus + none : none + one) + none + none + none
            + Self.big(0x4000_0000, 4)
        let size = picture ? (turn ? (height, width) : (width, height)) : (0, 0)
        let head = Self.box(
            "tkhd",
            [UInt8](repeating: 0, count: 40) + matrix + Self.big(size.0 << 16, 4) + Self.big(size.1 << 16, 4))
        let scale = 90_000
        let clock = Self.box(
            "mdhd", none + none + none + Self.big(scale, 4) + Self.big(Int(seconds * Double(scale)), 4) + none)
        let handler = Self.box(
            "hdlr", none + none + Array((picture ? "vide" : "soun").utf8) + [UInt8](repeating: 0, count: 13))
        let samples = Int((picture ? framesPerSecond : 46.875) * seconds)
        let times = Self.box("stts", none + Self.big(1, 4) + Self.big(samples, 4) + Self.big(3000, 4))
        let kinds = Self.box("stsd", none + Self.big(1, 4) + (picture ? pictureEntry : soundEntry))
        let media = Self.box(
            "mdia", clock + handler + Self.box("minf", Self.box("stbl", kinds + times)))
        let edits = Self.box(
            "edts", Self.box("elst", none + Self.big(1, 4) + Self.big(1000, 4) + Self.big(1024, 4) + one))
        return Self.box("trak", head + (isEdited && picture ? edits : []) + media)
    }

    private var pictureEntry: [UInt8] {
        let fields = [UInt8](repeating: 0, count: 24) + Self.big(width, 2) + Self.big(height, 2)
        let configuration = codec.hasPrefix("avc") ? Self.box("avcC", [1, profile, 0, 31, 0xFF, 0xE0, 0]) : []
        return Self.box(codec, fields + [UInt8](repeating: 0, count: 78 - fields.count) + configuration)
    }

    private var soundEntry: [UInt8] {
        let fields =
            [UInt8](repeating: 0, count: 16) + Self.big(channels, 2) + Self.big(16, 2) + Self.big(0, 4)
            + Self.big(48_000 << 16, 4)
        let decoder: [UInt8] = [0x04, 17, 0x40, 0x15] + [UInt8](repeating: 0, count: 11) + [0x05, 2, 0x11, 0x90]
        let description: [UInt8] = [0, 0, 0, 0, 0x03, 25, 0, 1, 0] + decoder + [0x06, 1, 2]
        return Self.box("mp4a", fields + Self.box("esds", description))
    }

    static func box(_ name: String, _ content: [UInt8]) -> [UInt8] {
        big(content.count + 8, 4) + Array(name.utf8) + content
    }

    static func big(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}
