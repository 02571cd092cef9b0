/// One track of a film: what `tkhd`, `mdhd`, `hdlr`, `stts` and `elst` say.
struct VideoTrack {
    /// `vide`, `soun`, …
    let kind: String
    let width: Int
    let height: Int
    let seconds: Double
    let samples: Int
    let isEdited: Bool
    /// The first entry of `stsd`, with its head.
    private let entry: Box?

    /// What a picture track is made of.
    struct Picture {
        let codec: String
        let profile: Int?
        let isInterlaced: Bool
        let hasSquarePixels: Bool
    }

    /// Nothing when a box that must be there is missing or too short.
    init?(_ source: ByteSource, _ track: Box) {
        func child(_ name: String, of box: Box?) -> Box? {
            box.flatMap { Boxes.walk(source, in: $0.content) }?.first { $0.name == name }
        }
        let media = child("mdia", of: track)
        let table = child("stbl", of: child("minf", of: media))
        guard let head = BoxFields(source, child("tkhd", of: track)),
            let clock = BoxFields(source, child("mdhd", of: media)),
            let handler = BoxFields(source, child("hdlr", of: media))?.name(8)
        else { return nil }
        kind = handler
        // Size and matrix are the last 44 bytes: nine numbers of the matrix, then width and height in 16.16.
        guard let wide = head.number(head.count - 8, 4), let high = head.number(head.count - 4, 4),
            let turn = head.number(head.count - 40, 4), head.count >= 84
        else { return nil }
        // A quarter turn has no cosine but a sine, which is the matrix's second number.
        let isTurned = head.number(head.count - 44, 4) == 0 && turn != 0
        (width, height) = isTurned ? (high >> 16, wide >> 16) : (wide >> 16, high >> 16)
        let isLong = clock.version == 1
        guard let scale = clock.number(isLong ? 20 : 12, 4), scale > 0,
            let duration = isLong ? clock.number(25, 7) : clock.number(16, 4)
        else { return nil }
        seconds = Double(duration) / Double(scale)
        samples = Self.samples(BoxFields(source, child("stts", of: table), atMost: 32 << 20))
        isEdited = Self.isEdited(BoxFields(source, child("elst", of: child("edts", of: track))))
        entry = child("stsd", of: table)
    }

    /// Nothing when there is no sample description.
    func picture(_ source: ByteSource) -> Picture? {
        guard let (codec, fields, boxes) = description(source, head: 78) else { return nil }
        let configuration = BoxFields(source, boxes.first { $0.name == "avcC" })
        let pixels = BoxFields(source, boxes.first { $0.name == "pasp" })
        let lines = BoxFields(source, boxes.first { $0.name == "fiel" })
        return fields.count >= 78
            ? Picture(
                codec: codec, profile: configuration?.number(1, 1), isInterlaced: (lines?.number(0, 1) ?? 1) > 1,
                hasSquarePixels: pixels.map { $0.number(0, 4) == $0.number(4, 4) } ?? true) : nil
    }

    func audio(_ source: ByteSource) -> Video.Audio? {
        guard let (codec, fields, boxes) = description(source, head: 28), let channels = fields.number(16, 2),
            let rate = fields.number(24, 2)
        else { return nil }
        return Video.Audio(
            codec: codec,
            isLowComplexityAAC: Self.isLowComplexity(BoxFields(source, boxes.first { $0.name == "esds" })),
            channels: channels, samplesPerSecond: rate)
    }

    /// The first sample entry: its name, its fields and the boxes behind them.
    private func description(_ source: ByteSource, head: Int) -> (String, BoxFields, [Box])? {
        guard let entry, entry.content.count > 8,
            let first = Boxes.walk(source, in: entry.content.lowerBound + 8..<entry.content.upperBound)?.first,
            let fields = BoxFields(source, first), first.content.count >= head
        else { return nil }
        let inner = Boxes.walk(source, in: first.content.lowerBound + head..<first.content.upperBound) ?? []
        return (first.name, fields, inner)
    }

    private static func samples(_ table: BoxFields?) -> Int {
        guard let table, let count = table.number(4, 4), count <= (table.count - 8) / 8 else { return 0 }
        return (0..<count).reduce(0) { $0 + (table.number(8 + $1 * 8, 4) ?? 0) }
    }

    /// One entry that begins at zero with the usual speed changes nothing.
    private static func isEdited(_ list: BoxFields?) -> Bool {
        guard let list, let count = list.number(4, 4), count > 0 else { return false }
        let start = list.version == 1 ? list.number(16, 8) : list.number(12, 4)
        return count > 1 || start != 0
    }

    /// Object type 0x40 in the decoder configuration, audio object type 2 in the first five bits of its own part.
    private static func isLowComplexity(_ descriptor: BoxFields?) -> Bool {
        guard let descriptor, let configuration = descriptor.find([0x04], from: 4) else { return false }
        // A length takes one byte, or several of which all but the last have the highest bit.
        func content(after tag: Int) -> Int {
            var place = tag + 1
            while let byte = descriptor.number(place, 1), byte >= 0x80, place < tag + 4 { place += 1 }
            return place + 1
        }
        let start = content(after: configuration)
        guard descriptor.number(start, 1) == 0x40, descriptor.number(start + 13, 1) == 0x05,
            let first = descriptor.number(content(after: start + 13), 1)
        else { return false }
        return first >> 3 == 2
    }
}
