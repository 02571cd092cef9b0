extension MediaReader {
    /// Reads the size and turn of the primary picture of an HEIC file (ISO/IEC 23008-12, 14496-12 §8.11).
    static func heic(_ bytes: MediaBytes) throws(Broken) -> MediaInfo {
        var boxes = MovieBoxes(bytes)
        var index: MediaBytes?
        var hasData = false
        reading: while true {
            switch boxes.next() {
            case .box(let box):
                // Version and flags stand before the boxes in it.
                if box.tag == "meta" { index = index ?? box.body.rest(from: 4) }
                if box.tag == "mdat" { hasData = true }
            case .end: break reading
            case .damaged(isTooLong: true):
                throw .truncated(.heic, before: index == nil ? "its index" : "its picture data")
            case .damaged(isTooLong: false): throw .malformed(.heic, "with a box of impossible length")
            }
        }
        guard let index else { throw .truncated(.heic, before: "its index") }
        guard hasData else { throw .truncated(.heic, before: "its picture data") }
        guard let primary = primaryItem(index), let all = index.box("iprp"), let list = all.box("ipco"),
            let owned = all.box("ipma").map({ properties(of: primary, in: $0) })
        else { throw .malformed(.heic, "without a main picture") }

        var info = MediaInfo(format: .heic, width: 0, height: 0, byteCount: bytes.count)
        var isTurned = false
        var entries = MovieBoxes(list)
        var number = 0
        // Properties are counted from 1, with 15 bits.
        while number < 0x7FFF, case .box(let box) = entries.next() {
            number += 1
            // Of a second picture that says how opaque the first one is.
            if box.tag == "auxC",
                box.body.has("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", at: 4)
                    || box.body.has("urn:mpeg:hevc:2015:auxid:1", at: 4)
            {
                info.hasAlpha = true
            }
            guard owned.contains(number) else { continue }
            if box.tag == "ispe", let width = box.body.big(4, at: 4), let height = box.body.big(4, at: 8) {
                (info.width, info.height) = (width, height)
            }
            // Quarter turns against the clock.
            if box.tag == "irot", let turns = box.body[0] { isTurned = turns & 1 == 1 }
        }
        guard info.width > 0, info.height > 0 else { throw .malformed(.heic, "without a width and height") }
        if isTurned { (info.width, info.height) = (info.height, info.width) }
        return info
    }

    private static func primaryItem(_ index: MediaBytes) -> Int? {
        index.box("pitm").flatMap { $0.big($0[0] == 0 ? 2 : 4, at: 4) }
    }

    /// The numbers of the properties that belong to an item.
    private static func properties(of item: Int, in associations: MediaBytes) -> Set<Int> {
        guard let version = associations[0], let flags = associations[3], let count = associations.big(4, at: 4) else {
            return []
        }
        let (nameSize, numberSize) = (version == 0 ? 2 : 4, flags & 1 == 1 ? 2 : 1)
        var place = 8
        for _ in 0..<count {
            guard let name = associations.big(nameSize, at: place), let owned = associations[place + nameSize] else {
                break
            }
            place += nameSize + 1
            if name == item {
                // The highest bit says whether a reader must understand the property.
                let mask = numberSize == 2 ? 0x7FFF : 0x7F
                return Set(
                    (0..<Int(owned)).compactMap {
                        associations.big(numberSize, at: place + $0 * numberSize).map { $0 & mask }
                    })
            }
            place += Int(owned) * numberSize
        }
        return []
    }
}
