import Testing

@testable import Sandbox

/// The same numbers in every run (SplitMix64), so that what was found once is found again.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Flips, cuts, repeats and overwrites with values that are often mistaken for lengths.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...6, using: &self) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: bytes[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &self)
            case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &self) ?? 0
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &self)))
            case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: place)
            case 4: bytes.removeLast(Int.random(in: 0...bytes.count / 2, using: &self))
            default:
                for index in place..<min(bytes.count, place + 4) { bytes[index] = place % 2 == 0 ? 0xFF : 0 }
            }
        }
        return bytes
    }
}

@Suite struct `A reader of foreign bytes` {
    private func survives(_ seeds: [[UInt8]], rounds: Int, _ read: ([UInt8]) -> Void) {
        var dice = Dice(state: 5)
        for round in 0..<rounds { read(dice.damaged(seeds[round % seeds.count])) }
    }

    @Test func `of films survives damaged heads, and tells sizes that can be`() throws {
        let films = [
            SmallVideo().bytes, SmallVideo(codec: "hvc1", brand: "qt  ", isFastStart: false, isEdited: true).bytes,
            try MediaRow.bytes("film.mp4"), try MediaRow.bytes("film.mov"), try MediaRow.bytes("fragmented.mp4"),
        ]
        survives(films, rounds: 20_000) { bytes in
            guard let video = try? Video(ByteSource(bytes)) else { return }
            #expect((1...65_535).contains(video.width) && (1...65_535).contains(video.height))
            #expect(video.seconds > 0 && video.framesPerSecond > 0)
        }
    }

    @Test func `of forms survives damaged bodies, and gives no more than it got`() {
        let form = Client.form([("segment_index", nil, [0x30]), ("media", "a", Array("1\r\n--edg\r\n--edge".utf8))])
        let types = [form.type, "multipart/form-data; boundary=\"edge\"", "multipart/form-data; boundary="]
        var count = 0
        survives([form.body], rounds: 20_000) { body in
            count += 1
            let parts = Multipart.parse(body, contentType: types[count % types.count]) ?? []
            #expect(parts.reduce(0) { $0 + $1.bytes.count } <= body.count)
        }
    }

    @Test func `of subtitles and documents survives damaged files`() {
        let files = [
            Array("1\n00:00:01,000 --> 00:00:02,500\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nYou\n".utf8),
            Array("WEBVTT\n\n00:01.000 --> 00:02.500\nHello\n".utf8), SmallDocuments.pdf(pages: 3),
            SmallDocuments.archive("ppt/presentation.xml"),
        ]
        survives(files, rounds: 20_000) { bytes in
            #expect(SubtitleFile(bytes)?.cues ?? 1 > 0)
            #expect(OfficeFile(bytes)?.pages ?? 1 > 0)
        }
    }

    @Test func `of JSON, paths and signatures survives damaged text`() {
        let texts = [
            #"{"text":"Hello","media":{"media_ids":["1"]},"poll":{"options":["a","b"],"duration_minutes":5}}"#,
            "/2/media/upload/1/append?command=STATUS&media_id=%31", #"OAuth oauth_token="a%20b", oauth_nonce="c""#,
        ].map { Array($0.utf8) }
        survives(texts, rounds: 20_000) { bytes in
            if let value = Value(json: bytes) { try? XBodies.post.check(value) }
            let text = String(decoding: bytes, as: UTF8.self)
            _ = PercentCoding.pairs(text)
            _ = OAuth1.header(text)
            #expect(LittleText(text).visible.unicodeScalars.count <= text.unicodeScalars.count)
        }
    }
}
