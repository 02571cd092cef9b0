import Platforms
import Posts
import Testing

private func file(
    _ format: MediaInfo.Format, _ width: Int, _ height: Int, bytes: Int = 1000, fit: Rendition.Fit? = nil,
    focus: MediaReference.Focus? = nil, frames: Int = 1
) -> MediaFile {
    var reference = MediaReference(path: "media/a", place: Diagnostic.Place(path: "a.md"))
    (reference.fit, reference.focus) = (fit, focus)
    return MediaFile(
        reference: reference,
        info: MediaInfo(format: format, width: width, height: height, byteCount: bytes, frameCount: frames),
        digest: "sha256:00")
}

private func file(
    _ width: Int, _ height: Int, bytes: Int = 1000, fit: Rendition.Fit? = nil, focus: MediaReference.Focus? = nil
) -> MediaFile {
    file(.jpeg, width, height, bytes: bytes, fit: fit, focus: focus)
}

private let all = MediaConverters(pictures: true, videos: true)

private func limits(ratios: ClosedRange<Double>? = 0.8...1.91) -> MediaLimits {
    var limits = MediaLimits(formats: [.jpeg], mostBytes: 8_000_000)
    (limits.mostWidth, limits.mostHeight, limits.ratios) = (1440, 1800, ratios)
    return limits
}

private func recipe(_ file: MediaFile, _ limits: MediaLimits = limits()) -> String? {
    guard case .changed(let rendition) = MediaFitting.decide(file, within: limits, all) else { return nil }
    return rendition.recipe
}

@Suite struct `A file that a network may not take` {
    @Test func `is left as it is where it fits`() {
        #expect(MediaFitting.decide(file(1000, 1000), within: limits(), all) == .asItIs)
        #expect(MediaFitting.decide(file(1000, 1000), within: limits(), .none) == .asItIs)
    }

    @Test func `gets another format or fewer bytes by itself, its size unchanged`() {
        #expect(recipe(file(.png, 1000, 1000)) == "jpeg 1000x1000 on 1000x1000 at 0,0")
        #expect(recipe(file(.heic, 1000, 1000)) == "jpeg 1000x1000 on 1000x1000 at 0,0")
        #expect(recipe(file(1000, 1000, bytes: 9_000_000)) == "jpeg 1000x1000 on 1000x1000 at 0,0")
    }

    @Test func `gets smaller by itself, its shape unchanged`() {
        #expect(recipe(file(4000, 3000)) == "jpeg 1440x1080 on 1440x1080 at 0,0")
        #expect(recipe(file(3000, 3600)) == "jpeg 1440x1728 on 1440x1728 at 0,0")
        var few = MediaLimits(formats: [.jpeg], mostBytes: 1000)
        few.mostPixels = 1_000_000
        #expect(recipe(file(4000, 4000), few) == "jpeg 1000x1000 on 1000x1000 at 0,0")
    }

    @Test func `keeps its shape unless the post says how it may change`() {
        #expect(MediaFitting.decide(file(1000, 2000), within: limits(), all) == .lacksFit)
        #expect(MediaFitting.decide(file(1000, 2000, fit: .shrink), within: limits(), all) == .asItIs)
        #expect(recipe(file(1000, 2000, fit: .pad)) == "jpeg 900x1800 on 1440x1800 at 270,0")
        #expect(recipe(file(1000, 2000, fit: .crop)) == "jpeg 1000x2000 on 1000x1250 at 0,-375")
    }

    @Test func `keeps the focus when it is cut`() {
        let top = MediaReference.Focus(x: 0, y: 1)
        let right = MediaReference.Focus(x: 1, y: 0)
        #expect(recipe(file(1000, 2000, fit: .crop, focus: top)) == "jpeg 1000x2000 on 1000x1250 at 0,0")
        #expect(recipe(file(1000, 400, fit: .crop, focus: right)) == "jpeg 1000x400 on 764x400 at -236,0")
    }

    @Test func `names the program that would help`() {
        #expect(
            MediaFitting.decide(file(.png, 10, 10), within: limits(), .none)
                == .lacksConverter("vips or ImageMagick"))
        var films = MediaLimits(formats: [.mp4], mostBytes: 1000)
        films.videoCodecs = ["avc1"]
        #expect(MediaFitting.decide(file(.quicktime, 10, 10), within: films, .none) == .lacksConverter("ffmpeg"))
    }

    @Test func `of films gets even sides, and codecs that are taken`() {
        var films = MediaLimits(formats: [.mp4], mostBytes: 1000)
        (films.videoCodecs, films.audioCodecs) = (["avc1"], ["mp4a"])
        var film = file(.mp4, 641, 480)
        film.info.videoCodec = "avc1"
        #expect(MediaFitting.decide(film, within: films, all) == .asItIs)
        film.info.videoCodec = "hvc1"
        #expect(recipe(film, films) == "mp4 640x480 on 640x480 at 0,0")
        film.info.videoCodec = "avc1"
        film.info.audioCodec = "ac-3"
        #expect(recipe(film, films) == "mp4 640x480 on 640x480 at 0,0")
    }

    @Test func `is never an animation, a document or captions`() {
        #expect(MediaFitting.decide(file(.gif, 9000, 9000, frames: 2), within: limits(), all) == .asItIs)
        #expect(MediaFitting.decide(file(.pdf, 0, 0), within: limits(), all) == .asItIs)
    }

    @Test func `always comes out in a shape and size that are taken`() {
        var random = UInt64(3)
        for _ in 0..<5000 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let (width, height) = (Int(random >> 40 & 0xFFF) + 40, Int(random >> 52) + 40)
            for fit in [Rendition.Fit.pad, .crop] {
                guard
                    case .changed(let made) = MediaFitting.decide(
                        file(width, height, fit: fit), within: limits(), all)
                else { continue }
                let ratio = Double(made.canvas.width) / Double(made.canvas.height)
                #expect((0.8...1.91).contains(ratio) && made.canvas.width <= 1440 && made.canvas.height <= 1800)
                if fit == .pad {
                    #expect(made.left >= 0 && made.left + made.scaled.width <= made.canvas.width)
                    #expect(made.top >= 0 && made.top + made.scaled.height <= made.canvas.height)
                } else {
                    #expect(made.left <= 0 && made.left + made.scaled.width >= made.canvas.width)
                    #expect(made.top <= 0 && made.top + made.scaled.height >= made.canvas.height)
                }
            }
        }
    }
}
