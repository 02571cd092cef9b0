/// The boxes of an MP4 or QuickTime file (ISO/IEC 14496-12 §4.2) within some bytes, one after the other.
struct MovieBoxes {
    struct Box {
        let tag: MediaBytes.Tag
        let body: MediaBytes
    }

    enum Step {
        case box(Box)
        case end
        /// A box is longer than what holds it, or shorter than its own header.
        case damaged(isTooLong: Bool)
    }

    private let bytes: MediaBytes
    private var place = 0

    init(_ bytes: MediaBytes) { self.bytes = bytes }

    mutating func next() -> Step {
        // Fewer than eight bytes are padding; QuickTime ends some lists with four zeros.
        guard let length = bytes.big(4, at: place), let tag = bytes.tag(at: place + 4) else { return .end }
        var (size, headerSize) = (length, 8)
        if length == 1 {
            guard let long = bytes.big(8, at: place + 8) else { return .damaged(isTooLong: true) }
            (size, headerSize) = (long, 16)
        } else if length == 0 {
            size = bytes.count - place
        }
        guard size >= headerSize else { return .damaged(isTooLong: false) }
        guard size <= bytes.count - place, let body = bytes.slice(size - headerSize, at: place + headerSize) else {
            return .damaged(isTooLong: true)
        }
        place += size
        return .box(Box(tag: tag, body: body))
    }
}

extension MediaBytes {
    /// The first box of that name; nil also behind damage.
    func box(_ tag: Tag) -> MediaBytes? {
        var boxes = MovieBoxes(self)
        while case .box(let box) = boxes.next() {
            if box.tag == tag { return box.body }
        }
        return nil
    }
}
