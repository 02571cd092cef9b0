import Foundation
import JSON

/// Files that are too large or too odd to be kept, made of small ones: what they say of themselves is what a row of a
/// `media.json` says.
enum MadeMedia {
    static func make(_ row: JSON, at place: URL) throws {
        let format = row["format"]?.string ?? ""
        let (width, height) = (row["width"]?.integer ?? 0, row["height"]?.integer ?? 0)
        let bytes = row["bytes"]?.integer ?? 0
        var file: Data
        switch format {
        case "jpeg": file = try jpeg(width, height, bytes)
        case "png": file = try png(width, height)
        case "gif": file = gif(width, height, frames: row["frames"]?.integer ?? 1)
        case "mp4", "quicktime": file = film(try small("networks/x/media/film.mp4"), row)
        case "heic": file = try heic(width, height)
        case "pdf": file = pdf(pages: row["pages"]?.integer)
        default: throw Trouble("nobody makes files of the format \(format)")
        }
        if ["mp4", "quicktime", "heic"].contains(format), bytes >= file.count + 8 {
            file.append(big(bytes - file.count, 4) + Data("free".utf8))
        }
        try file.write(to: place)
        guard bytes > file.count else { return }
        // Zeros that take no room on the disk.
        let handle = try FileHandle(forWritingTo: place)
        let end = format == "pdf" ? Data("%%EOF\n".utf8) : Data()
        try handle.truncate(atOffset: UInt64(bytes - end.count))
        try handle.seekToEnd()
        try handle.write(contentsOf: end)
        try handle.close()
    }

    private static func small(_ name: String) throws -> Data {
        try Data(contentsOf: Fixture.all.appending(path: name))
    }

    private static func big(_ number: Int, _ count: Int) -> Data {
        Data((0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * (count - 1 - $0))) })
    }

    /// Another size in the header of the frame, and zeros before the end of the scan.
    private static func jpeg(_ width: Int, _ height: Int, _ bytes: Int) throws -> Data {
        var file = try small("media/baseline.jpg")
        guard let frame = file.firstRange(of: Data([0xFF, 0xC0])) else { throw Trouble("there is no frame") }
        // Behind the marker: the length of the segment and the bits of a sample.
        file.replaceSubrange(frame.upperBound + 3..<frame.upperBound + 7, with: big(height, 2) + big(width, 2))
        file.insert(contentsOf: Data(count: max(0, bytes - file.count)), at: file.count - 2)
        return file
    }

    /// Without a number, objects may be packed into streams, so that nobody counts the pages.
    private static func pdf(pages: Int?) -> Data {
        let objects = pages.map { String(repeating: "3 0 obj<</Type /Page>>\n", count: $0) }
        return Data("%PDF-1.5\n\(objects ?? "1 0 obj<</Type /ObjStm>>\n")".utf8)
    }

    private static func png(_ width: Int, _ height: Int) throws -> Data {
        var file = try small("media/rgb.png")
        file.replaceSubrange(16..<24, with: big(width, 4) + big(height, 4))
        file.replaceSubrange(29..<33, with: big(Int(checksum(file[12..<29])), 4))
        return file
    }

    /// CRC-32 as PNG has it.
    private static func checksum(_ bytes: Data) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
    }

    /// Two colours, and frames of one pixel.
    private static func gif(_ width: Int, _ height: Int, frames: Int) -> Data {
        let size = [width & 0xFF, width >> 8, height & 0xFF, height >> 8].map { UInt8($0) }
        var file = Data("GIF89a".utf8) + size + [0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF]
        for _ in 0..<frames { file += [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0] }
        return file + [0x3B]
    }

    /// Another length in the header of the film, other sizes in those of its tracks, other names of codecs.
    private static func film(_ small: Data, _ row: JSON) -> Data {
        var file = small
        if let header = file.firstRange(of: Data("mvhd".utf8))?.upperBound {
            let length = big(1000, 4) + big(row["milliseconds"]?.integer ?? 0, 4)
            file.replaceSubrange(header + 12..<header + 20, with: length)
        }
        // The first track is the picture.
        if let track = file.firstRange(of: Data("tkhd".utf8))?.upperBound {
            let size = big((row["width"]?.integer ?? 0) << 16, 4) + big((row["height"]?.integer ?? 0) << 16, 4)
            file.replaceSubrange(track + 76..<track + 84, with: size)
        }
        for (usual, key) in [("avc1", "videoCodec"), ("mp4a", "audioCodec")] {
            guard let other = row[key]?.string, let place = file.range(of: Data(usual.utf8), options: .backwards) else {
                continue
            }
            file.replaceSubrange(place, with: Data(other.utf8))
        }
        return file
    }

    private static func heic(_ width: Int, _ height: Int) throws -> Data {
        var file = try small("media/plain.heic")
        if let size = file.firstRange(of: Data("ispe".utf8))?.upperBound {
            file.replaceSubrange(size + 4..<size + 12, with: big(width, 4) + big(height, 4))
        }
        return file
    }
}
