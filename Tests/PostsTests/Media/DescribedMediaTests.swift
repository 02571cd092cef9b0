import Foundation
import Posts
import Testing

@Suite struct `What else files tell` {
    @Test func `is codecs, frames a second, pages, and where they were made`() throws {
        for row in try MediaFixtures.described() {
            let info = try MediaReader.read(MediaFixtures.bytes(row.name))
            #expect(info.format.rawValue == row.format, "\(row.name)")
            #expect("\(info.width)x\(info.height)" == "\(row.width)x\(row.height)", "\(row.name)")
            #expect(info.hasAlpha == row.hasAlpha ?? false, "\(row.name)")
            #expect(info.videoCodec == row.videoCodec && info.audioCodec == row.audioCodec, "\(row.name)")
            #expect(info.framesPerSecond == row.framesPerSecond, "\(row.name)")
            #expect(info.pageCount == row.pageCount, "\(row.name)")
            #expect(info.hasLocation == row.hasLocation ?? false, "\(row.name)")
        }
    }

    @Test(arguments: [
        "plain.heic", "turned.heic", "sound.mp4", "located.mov", "letter.docx", "three-pages.pdf", "letter.doc",
    ])
    func `is refused when they are cut short`(name: String) throws {
        let bytes = try MediaFixtures.bytes(name)
        // A document may lack the line end behind its mark, and sectors that nothing leads to.
        for end in stride(from: 1, to: name.hasSuffix(".doc") ? 1024 : bytes.count - 1, by: 1) {
            #expect(fault(in: Array(bytes[..<end])) != nil, "\(name) cut at \(end)")
        }
    }

    @Test func `leaves open how many pages a document has that was changed behind its end`() throws {
        let bytes = try MediaFixtures.bytes("three-pages.pdf")
        let page = "4 0 obj\n<</Type /Page/Parent 2 0 R>>\nendobj\n"
        let end = "trailer\n<</Prev 9>>\nstartxref\n400\n%%EOF\n"
        #expect(try MediaReader.read(bytes).pageCount == 3)
        #expect(try MediaReader.read(bytes + Array((page + end).utf8)).pageCount == nil)
        let linearized = Array("%PDF-1.4\n9 0 obj\n<</Linearized 1>>\nendobj\nstartxref\n0\n%%EOF\n".utf8)
        #expect(try MediaReader.read(linearized + bytes).pageCount == 3)
        #expect(try MediaReader.read(linearized + bytes + Array(end.utf8)).pageCount == nil)
    }

    @Test(arguments: [
        ("sound-only.mp4", "is an MP4 file without a picture"),
        ("archive.zip", "is a ZIP archive, which"),
        ("table.xlsx", "is an Excel file, which"),
        ("table.xls", "is an Excel file, which"),
    ])
    func `is why they cannot be posted`(name: String, start: String) throws {
        let reason = try #require(fault(in: try MediaFixtures.bytes(name))).reason
        #expect(reason.hasPrefix(start), "\(reason)")
    }

    @Test(arguments: [
        ("1\n00:00:01,000 --> 00:00:02,000\nHello\n", nil),
        ("\n\n1\r\n00:00:01,000 --> 00:00:02,000 X1:40\r\nHello", nil),
        ("1\n00:00:01.000 --> 00:00:02.000\nHello\n", "is a SubRip file whose line 2 has times that cannot be read"),
        ("1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:02 --> 3\n", "is a SubRip file whose line 6 has times"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", nil),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nHello\n", "is a WebVTT file whose line 3 has times"),
        ("WEBVTT\n\nNOTE nothing\n", "is a WebVTT file without captions"),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\n", "is text"),
        ("1\nHello\n", "is text"),
    ])
    func `is captions, if their times can be read`(text: String, reason: String?) {
        let found = fault(in: Array(text.utf8))?.reason
        #expect(reason.map { found?.hasPrefix($0) == true } ?? (found == nil), "\(found ?? "read")")
    }

    @Test func `is read in one block at a time, each seldom`() throws {
        let film = try MediaFixtures.bytes("sound.mp4")
        // The data of the film become 300 MB, which no reader needs: only its length is looked at.
        let data = try #require(film.indices.first { film[$0...].starts(with: "mdat".utf8) }) - 4
        let added = 300 << 20
        let length = film[data..<data + 4].reduce(0) { $0 << 8 | Int($1) }
        let long = withUnsafeBytes(of: UInt32(length + added).bigEndian) { Array($0) }
        let head = Array(film[..<data]) + long + Array(film[(data + 4)..<(data + length)])
        let tail = Array(film[(data + length)...])
        var (loaded, longest) = (0, 0)
        let info = try MediaReader.read(byteCount: film.count + added) { range in
            (loaded, longest) = (loaded + range.count, max(longest, range.count))
            return range.map { place in
                if place < head.count { return head[place] }
                return place < head.count + added ? 0 : tail[place - head.count - added]
            }
        }
        #expect(info.width == 64 && info.audioCodec == "mp4a")
        #expect(longest <= 64 << 10 && loaded <= 8 * 64 << 10)
    }
}
