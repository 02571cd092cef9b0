/// Looks at the boxes of an MP4 or MOV file; the pictures in it are not decoded.
enum MP4 {
    /// Width and height of the first track that has them, when the boxes add up, `ftyp` is first and there is a `moov`.
    static func videoSize(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        guard let top = boxes(bytes[...]), top.first?.name == "ftyp",
            let movie = top.first(where: { $0.name == "moov" }).flatMap({ boxes($0.content) }),
            top.contains(where: { $0.name == "mdat" })
        else { return nil }
        for track in movie where track.name == "trak" {
            // The last eight bytes of a track header are its size in 16.16 fixed point.
            guard let header = boxes(track.content)?.first(where: { $0.name == "tkhd" })?.content, header.count >= 84
            else { continue }
            let width = big(header.suffix(8).prefix(4)) >> 16
            let height = big(header.suffix(4)) >> 16
            if width > 0, height > 0 { return (width, height) }
        }
        return nil
    }

    private static func boxes(_ bytes: ArraySlice<UInt8>) -> [(name: String, content: ArraySlice<UInt8>)]? {
        var found: [(name: String, content: ArraySlice<UInt8>)] = []
        var rest = bytes
        while !rest.isEmpty {
            guard rest.count >= 8 else { return nil }
            let name = String(decoding: rest.dropFirst(4).prefix(4), as: UTF8.self)
            var length = big(rest.prefix(4))
            var head = 8
            if length == 1 {
                guard rest.count >= 16, rest.dropFirst(8).prefix(4).allSatisfy({ $0 == 0 }) else { return nil }
                length = big(rest.dropFirst(12).prefix(4))
                head = 16
            }
            if length == 0 { length = rest.count }
            guard length >= head, length <= rest.count else { return nil }
            found.append((name, rest.dropFirst(head).prefix(length - head)))
            rest = rest.dropFirst(length)
        }
        return found
    }

    private static func big(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }
}
