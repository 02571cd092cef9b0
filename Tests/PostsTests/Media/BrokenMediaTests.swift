import Posts
import Testing

@Suite struct `Files that cannot be posted` {
    @Test(arguments: [
        ("", "is empty"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "is a Git LFS pointer"),
        ("<!DOCTYPE html><title>404</title>", "is a web page"),
        ("\n<HTML><body>no</body></html>", "is a web page"),
        ("The free software", "is text"),
        ("{\"error\": \"not found\"}", "is text"),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "is SVG"),
        ("<?xml version=\"1.0\"?>\n<!-- x -->\n<svg/>", "is SVG"),
        ("%PDF-1.7\n%\u{1}", "is a PDF file that ends before its end mark"),
        ("PK\u{3}\u{4}\u{14}\0\0\0", "is a ZIP archive that ends before its list of files"),
        ("II*\0\u{8}\0\0\0", "is TIFF"),
        ("MM\0*\0\0\0\u{8}", "is TIFF"),
        ("BM\u{1}\u{1}\0\0\0\0\0\0\u{1}", "is BMP"),
        ("\0\0\0\u{18}ftypheic\0\0\0\0mif1heic", "is an HEIC file that ends before its index"),
        ("\0\0\0\u{18}ftypmif1\0\0\0\0mif1heic", "is an HEIC file that ends before its index"),
        ("\0\0\0\u{18}ftyphevc\0\0\0\0mif1heic", "is an HEIC film"),
        ("\0\0\0\u{1C}ftypmif1\0\0\0\0mif1avifmiaf", "is AVIF"),
        ("\0\0\0\u{18}ftypavif\0\0\0\0mif1avif", "is AVIF"),
        ("\0\0\0\u{C}JXL \r\n", "is JPEG XL"),
        ("RIFF\0\0\0\0AVI LIST", "is AVI"),
        ("\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}", "is no picture or video of a known format"),
        ("GIF89a", "is a GIF file that ends before its picture data"),
        ("RIFF\u{40}\0\0\0WEBPVP8 ", "is a WebP file that ends before the length that it names"),
        ("\0\0\0\u{14}ftypisom\0\0\0\0mp41", "is an MP4 file that ends before its index"),
    ])
    func `are named`(text: String, start: String) throws {
        let reason = try #require(fault(in: Array(text.utf8))).reason
        #expect(reason.hasPrefix(start), "\(reason)")
    }

    @Test(
        arguments: [
            ([0x1A, 0x45, 0xDF, 0xA3, 0x01], "is WebM or Matroska"),
            ([0xFF, 0x0A, 0x00], "is JPEG XL"),
            ([0xFF, 0xD8, 0xFF, 0xD9], "is a JPEG file without picture data"),
            ([0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x01], "is a JPEG file with a segment of impossible length"),
            ([0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x02, 0x41], "is a JPEG file with bytes between its segments"),
            ([0xFF, 0xD8, 0xFF, 0xDA, 0x00, 0x02, 0xFF, 0xD9], "is a JPEG file without a width and height"),
            ([0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A], "is a PNG file whose line ends were changed"),
        ] as [([UInt8], String)])
    func `are named by their bytes`(bytes: [UInt8], start: String) throws {
        let reason = try #require(fault(in: bytes)).reason
        #expect(reason.hasPrefix(start), "\(reason)")
    }

    @Test(arguments: [
        ("baseline.jpg", 2, "is a JPEG file that ends before its end marker"),
        ("progressive.jpg", 2, "is a JPEG file that ends before its end marker"),
        ("orientation-6.jpg", 500, "is a JPEG file that ends before its picture data"),
        ("rgb.png", 1, "is a PNG file that ends before its end chunk"),
        ("animated.gif", 1, "is a GIF file that ends before its end mark"),
        ("lossy.webp", 1, "is a WebP file that ends before the length that it names"),
        ("film.mp4", 9, "is an MP4 file that ends before its index"),
        ("faststart.mp4", 9, "is an MP4 file that ends before its data"),
    ])
    func `lack their end`(name: String, missing: Int, start: String) throws {
        let reason = try #require(fault(in: Array(try MediaFixtures.bytes(name).dropLast(missing)))).reason
        #expect(reason.hasPrefix(start), "\(reason)")
    }

    @Test func `have a damaged PNG header`() throws {
        var bytes = try MediaFixtures.bytes("rgb.png")
        bytes[19] ^= 1
        #expect(fault(in: bytes) == .malformed(.png, "with a damaged header"))
    }

    @Test func `have no picture beside their sound`() throws {
        var bytes = try MediaFixtures.bytes("film.mp4")
        let handler = try #require(bytes.indices.first { bytes[$0...].starts(with: "vide".utf8) })
        bytes.replaceSubrange(handler..<handler + 4, with: "soun".utf8)
        #expect(fault(in: bytes) == .malformed(.mp4, "without a picture"))
    }
}
