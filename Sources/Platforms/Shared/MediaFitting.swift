package import Posts

/// What a network takes of one kind of media.
package struct MediaLimits: Sendable, Hashable {
    package var formats: Set<MediaInfo.Format>
    package var mostBytes: Int
    package var mostWidth = Int.max
    package var mostHeight = Int.max
    package var mostPixels = Int.max
    /// Width by height.
    package var ratios: ClosedRange<Double>?
    /// nil: not checked.
    package var videoCodecs: Set<String>?
    package var audioCodecs: Set<String>?

    package init(formats: Set<MediaInfo.Format>, mostBytes: Int) {
        self.formats = formats
        self.mostBytes = mostBytes
    }
}

/// Which converters are there.
package struct MediaConverters: Sendable, Hashable {
    package var pictures: Bool
    package var videos: Bool

    package init(pictures: Bool, videos: Bool) {
        self.pictures = pictures
        self.videos = videos
    }

    package static let none = MediaConverters(pictures: false, videos: false)
}

/// Decides how a file becomes one that a network takes. Pure.
package enum MediaFitting {
    package enum Decision: Sendable, Hashable {
        /// The network takes it, or no conversion would help.
        case asItIs
        case changed(Rendition)
        /// It could be converted, if one of these programs were installed.
        case lacksConverter(String)
        /// It could be converted, if the post said how.
        case lacksFit
    }

    package static func decide(
        _ file: MediaFile, within limits: MediaLimits, _ converters: MediaConverters
    ) -> Decision {
        let info = file.info
        // Animations would lose their frames; documents and captions are nobody's to change.
        guard info.kind == .picture || info.kind == .video, !info.isAnimated, info.width > 0, info.height > 0 else {
            return .asItIs
        }
        let fitsShape = limits.ratios.map { $0.contains(Double(info.width) / Double(info.height)) } ?? true
        let fit = fitsShape ? nil : file.reference.fit
        if !fitsShape, fit == nil { return .lacksFit }
        if !fitsShape, fit == .shrink { return .asItIs }
        let canvas = canvas(info, fit, limits)
        guard !takes(info, limits) || canvas != Rendition.Size(info.width, info.height) else { return .asItIs }
        guard info.kind == .video ? converters.videos : converters.pictures else {
            return .lacksConverter(info.kind == .video ? "ffmpeg" : "vips or ImageMagick")
        }
        return .changed(rendition(of: file, on: canvas, fit, limits))
    }

    private static func takes(_ info: MediaInfo, _ limits: MediaLimits) -> Bool {
        func isTaken(_ codec: String?, _ taken: Set<String>?) -> Bool {
            guard let codec, let taken else { return true }
            return taken.contains(codec)
        }
        return limits.formats.contains(info.format) && info.byteCount <= limits.mostBytes
            && isTaken(info.videoCodec, limits.videoCodecs) && isTaken(info.audioCodec, limits.audioCodecs)
    }

    /// The size of what comes out: the file's own where it fits, else smaller, in a shape that the network takes.
    private static func canvas(_ info: MediaInfo, _ fit: Rendition.Fit?, _ limits: MediaLimits) -> Rendition.Size {
        var (width, height) = (Double(info.width), Double(info.height))
        if let fit, let ratios = limits.ratios {
            let isWide = width / height > ratios.upperBound
            switch fit {
            case .pad:
                if isWide { height = width / ratios.upperBound } else { width = height * ratios.lowerBound }
            case .crop:
                if isWide { width = height * ratios.upperBound } else { height = width / ratios.lowerBound }
            case .shrink: break
            }
        }
        let most = (Double(limits.mostWidth), Double(limits.mostHeight), Double(limits.mostPixels))
        let scale = min(1, most.0 / width, most.1 / height, (most.2 / (width * height)).squareRoot())
        // Films are coded in pairs of pixels. Those that are not converted keep their odd ones.
        let isChanged = scale < 1 || fit != nil || !takes(info, limits)
        let step = info.isVideo && isChanged ? 2 : 1
        var size = Rendition.Size(whole(width * scale, step), whole(height * scale, step))
        // Cutting off fractions may have made the shape a hair too wide or too high.
        if let ratios = limits.ratios, isChanged {
            while size.width > step, Double(size.width) / Double(size.height) > ratios.upperBound { size.width -= step }
            while size.height > step, Double(size.width) / Double(size.height) < ratios.lowerBound {
                size.height -= step
            }
        }
        return size
    }

    private static func whole(_ length: Double, _ step: Int) -> Int { max(step, Int(length) / step * step) }

    private static func rendition(
        of file: MediaFile, on canvas: Rendition.Size, _ fit: Rendition.Fit?, _ limits: MediaLimits
    ) -> Rendition {
        let info = file.info
        let scales = (Double(canvas.width) / Double(info.width), Double(canvas.height) / Double(info.height))
        var (scaled, left, top) = (canvas, 0, 0)
        switch fit {
        case .pad:
            let scale = min(scales.0, scales.1)
            let step = info.isVideo ? 2 : 1
            scaled = Rendition.Size(
                min(canvas.width, whole(Double(info.width) * scale, step)),
                min(canvas.height, whole(Double(info.height) * scale, step)))
            (left, top) = ((canvas.width - scaled.width) / 2, (canvas.height - scaled.height) / 2)
        case .crop:
            let scale = max(scales.0, scales.1)
            scaled = Rendition.Size(
                max(canvas.width, Int((Double(info.width) * scale).rounded())),
                max(canvas.height, Int((Double(info.height) * scale).rounded())))
            // (0, 0) is the middle, (-1, 1) the upper left corner.
            let focus = file.reference.focus ?? MediaReference.Focus(x: 0, y: 0)
            left = -Int(Double(scaled.width - canvas.width) * (focus.x + 1) / 2)
            top = -Int(Double(scaled.height - canvas.height) * (1 - focus.y) / 2)
        case .shrink, nil: break
        }
        return Rendition(
            of: info, as: info.isVideo ? .mp4 : .jpeg, scaled: scaled, canvas: canvas, left: left, top: top,
            mostBytes: limits.mostBytes)
    }
}
