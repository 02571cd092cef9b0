import Foundation
import Testing

@testable import Sandbox

struct MediaRow: Decodable, Sendable {
    let name: String
    let format: String
    let width: Int
    let height: Int
    let milliseconds: Int?

    /// Films with a duration, made by other programs.
    static func films() throws -> [MediaRow] {
        let rows = try JSONDecoder().decode([MediaRow].self, from: Data(bytes("files.json")))
        return rows.filter { ["mp4", "quicktime"].contains($0.format) }
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return Array(try Data(contentsOf: folder.appendingPathComponent("Fixtures/media/\(name)")))
    }
}

@Suite struct `The head of a film` {
    @Test(arguments: ["film.mp4", "faststart.mp4", "film.mov", "turned.mp4", "upside-down.mp4"])
    func `is read as other programs wrote it`(_ name: String) throws {
        let row = try #require(try MediaRow.films().first { $0.name == name })
        let video = try Video(ByteSource(try MediaRow.bytes(name)))
        #expect(video.container.rawValue == row.format)
        #expect(video.width == row.width && video.height == row.height)
        #expect(Int((video.seconds * 1000).rounded()) == row.milliseconds)
        #expect(video.isFastStart == (name == "faststart.mp4"))
    }

    @Test(arguments: ["fragmented.mp4", "fragments-header.mp4", "endless.mp4", "version-1.mp4"])
    func `is refused when it is in fragments or only a head`(_ name: String) throws {
        let bytes = try MediaRow.bytes(name)
        #expect(throws: VideoProblem.self) { try Video(ByteSource(bytes)) }
    }

    @Test func `tells codec, speed, sound and order`() throws {
        let video = try Video(ByteSource(SmallVideo(seconds: 7, framesPerSecond: 25).bytes))
        #expect(video.codec == "avc1")
        #expect(video.profile == 100)
        #expect(video.framesPerSecond == 25)
        #expect(video.seconds == 7)
        #expect(video.isFastStart && !video.isEdited && video.hasSquarePixels && !video.isInterlaced)
        #expect(
            video.audio
                == Video.Audio(codec: "mp4a", isLowComplexityAAC: true, channels: 2, samplesPerSecond: 48_000))
        let other = try Video(
            ByteSource(
                SmallVideo(
                    codec: "hvc1", brand: "qt  ", channels: 0, isFastStart: false, isEdited: true, isTurned: true
                )
                .bytes))
        #expect(other.container == .quicktime && other.isHEVC && other.audio == nil)
        #expect(other.width == 720 && other.height == 1280)
        #expect(!other.isFastStart && other.isEdited)
    }

    @Test func `is found in a file of many pieces`() throws {
        let shelf = Shelf(state: nil)
        let bytes = SmallVideo(isFastStart: false, count: 300_000).bytes
        var names: [String] = []
        for place in stride(from: 0, to: bytes.count, by: 70_001) {
            names.append("piece-\(place)")
            shelf.put(Array(bytes[place..<min(bytes.count, place + 70_001)]), as: "piece-\(place)")
        }
        let source = shelf.joined(names)
        #expect(source.count == bytes.count)
        #expect(source.all == bytes)
        #expect(try Video(source) == Video(ByteSource(bytes)))
    }
}

@Suite struct `Subtitles` {
    @Test(arguments: [
        ("1\n00:00:01,000 --> 00:00:02,500\nHello\n", SubtitleFile.Format.srt),
        ("\u{FEFF}1\r\n00:00:01,000 --> 00:00:02,500\r\nHello\r\n", .srt),
        ("WEBVTT\n\n00:01.000 --> 00:02.500 align:start\nHello\n", .vtt),
        ("WEBVTT - words\n\n01:00:01.000 --> 01:00:02.500\nHello\n", .vtt),
    ])
    func `are SubRip or WebVTT`(_ text: String, _ format: SubtitleFile.Format) {
        #expect(SubtitleFile(Array(text.utf8))?.format == format)
    }

    @Test(arguments: [
        "", "Hello", "1\n00:00:03,000 --> 00:00:02,500\nBackwards\n", "1\n00:00:01.000 --> 00:00:02.500\nDots\n",
        "WEBVTT\n\n00:01,000 --> 00:02,500\nCommas\n", "1\n00:61:01,000 --> 00:62:02,500\nMinutes\n",
    ])
    func `are nothing else`(_ text: String) {
        #expect(SubtitleFile(Array(text.utf8)) == nil)
    }
}
