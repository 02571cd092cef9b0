import Posts

/// Which videos Instagram takes: in reels and carousels the same, in stories shorter and smaller ones.
enum InstagramVideoRules {
    static func problems(of file: MediaFile, _ kind: InstagramKind) -> [Diagnostic] {
        let (info, isStory) = (file.info, kind == .story)
        var problems: [Diagnostic] = []
        func add(_ code: DiagnosticCode, _ message: String, hint: String? = nil) {
            problems.append(InstagramMediaRules.problem(with: file, code, message, hint: hint))
        }
        let largest = isStory ? InstagramRules.largestStoryVideo : InstagramRules.largestVideo
        if info.byteCount > largest { add(.mediaTooLarge, "has \(info.byteCount) bytes, Instagram takes \(largest)") }
        if let duration = info.duration {
            let longest = isStory ? InstagramRules.longestStoryVideo : InstagramRules.longestVideo
            if duration < InstagramRules.shortestVideo {
                add(.mediaTooLarge, "takes \(duration), Instagram takes videos from \(InstagramRules.shortestVideo)")
            } else if duration > longest {
                add(.mediaTooLarge, "takes \(duration), Instagram takes up to \(longest) in a \(kind.name)")
            }
            let rate = Double(info.byteCount) * 8 / (duration / .seconds(1))
            if duration > .zero, rate > InstagramRules.highestBitRate {
                add(
                    .mediaTooLarge,
                    "has \(Int(rate / 1000)) kbit/s, Instagram takes \(Int(InstagramRules.highestBitRate / 1000))",
                    hint: "encode it with a lower bit rate")
            }
        }
        let shape = "is \(info.width) × \(info.height) pixels"
        if info.width > InstagramRules.widestVideo {
            add(.mediaShape, "\(shape), Instagram takes videos up to a width of \(InstagramRules.widestVideo)")
        }
        if !(InstagramRules.tallestVideo...InstagramRules.flattestVideo).contains(InstagramMediaRules.ratio(of: file)) {
            add(.mediaShape, "\(shape), Instagram takes 0.01:1 to 10:1")
        }
        if let codec = info.videoCodec, !InstagramRules.videoCodecs.contains(codec) {
            add(.mediaFormat, "is encoded as \(codec), Instagram takes H.264 and HEVC", hint: "encode it as H.264")
        }
        if let codec = info.audioCodec, !InstagramRules.audioCodecs.contains(codec) {
            add(.mediaFormat, "has sound encoded as \(codec), Instagram takes AAC", hint: "encode the sound as AAC")
        }
        return problems
    }
}
