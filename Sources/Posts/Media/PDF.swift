extension MediaReader {
    /// Looks for the end mark of a PDF (ISO 32000-1 §7.5.5), and counts its pages where they are written in the open.
    static func pdf(_ bytes: MediaBytes) throws(Broken) -> MediaInfo {
        // Readers look for the mark in the last 1024 bytes, since some writers put something behind it.
        let tail = bytes.rest(from: max(0, bytes.count - 1024)) ?? bytes
        guard tail.firstPlace(of: "%%EOF") != nil else { throw .truncated(.pdf, before: "its end mark") }
        var info = MediaInfo(format: .pdf, width: 0, height: 0, byteCount: bytes.count)
        info.pageCount = pages(bytes)
        return info
    }

    /// Every page is a dictionary of its own with `/Type /Page`; nil if objects are packed into streams, or if a later
    /// part of the file replaces objects of an earlier one (§7.5.6), which may then be counted twice.
    private static func pages(_ bytes: MediaBytes) -> Int? {
        // A linearized file (annex F) says so in its first object, and has its table in two parts from the beginning.
        let isLinearized = bytes.slice(min(1024, bytes.count), at: 0)?.firstPlace(of: "/Linearized") != nil
        guard places(of: "startxref", in: bytes) <= (isLinearized ? 2 : 1) else { return nil }
        var (count, place) = (0, 0)
        while let found = bytes.firstPlace(of: "/Type", from: place) {
            var name = found + 5
            while let byte = bytes[name], [0x20, 0x0A, 0x0D, 0x09].contains(byte), name < found + 16 { name += 1 }
            if bytes.has("/ObjStm", at: name) { return nil }
            if bytes.has("/Page", at: name), bytes[name + 5].map(isEndOfName) ?? true { count += 1 }
            place = found + 5
        }
        return count > 0 ? count : nil
    }

    private static func places(of mark: StaticString, in bytes: MediaBytes) -> Int {
        var (count, place) = (0, 0)
        while let found = bytes.firstPlace(of: mark, from: place) { (count, place) = (count + 1, found + 1) }
        return count
    }

    /// White space or a delimiter (§7.2.2).
    private static func isEndOfName(_ byte: UInt8) -> Bool { byte <= 0x20 || "/<>[](){}%".utf8.contains(byte) }
}
