/// The smallest documents that are recognized as such.
enum SmallDocuments {
    static func pdf(pages: Int) -> [UInt8] {
        var text = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages >>\nendobj\n"
        for page in 0..<pages { text += "\(page + 3) 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n" }
        return Array((text + "trailer\n<< /Root 1 0 R >>\n%%EOF\n").utf8)
    }

    /// A ZIP archive with one empty file of that name.
    static func archive(_ name: String) -> [UInt8] {
        [0x50, 0x4B, 0x03, 0x04, 20, 0] + [UInt8](repeating: 0, count: 20) + [UInt8(name.utf8.count), 0, 0, 0]
            + Array(name.utf8) + [0x50, 0x4B, 0x05, 0x06] + [UInt8](repeating: 0, count: 18)
    }
}
