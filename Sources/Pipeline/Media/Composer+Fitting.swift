import Platforms
import Posts

extension Composer {
    /// The content with all media that the network does not take changed where that can be done; notes tell what would
    /// have helped where it cannot. Whether the network takes what is left is for its own `compose` to say.
    func fitted(_ content: Content, for platform: any Platform.Type) -> (Content, [Diagnostic]) {
        var (fitted, notes) = (content, [Diagnostic]())
        func fit(_ file: MediaFile) -> MediaFile {
            guard let limits = platform.limits(of: file, in: content) else { return file }
            switch MediaFitting.decide(file, within: limits, converters) {
            case .asItIs: return file
            case .changed(let rendition): return file.changed(by: rendition)
            case .lacksConverter(let programs):
                notes.append(
                    Diagnostic(
                        .note, .mediaConverter, at: file.reference.place,
                        "“\(file.path)” could be converted for this network, if \(programs) were installed",
                        hint: programs == "ffmpeg" ? "apt-get install ffmpeg" : "apt-get install libvips-tools"))
            case .lacksFit:
                notes.append(
                    Diagnostic(
                        .note, .mediaShape, at: file.reference.place,
                        "“\(file.path)” could be padded or cropped for this network, if the post said so",
                        hint: "write {path: \(file.path), fit: pad} or fit: crop in media:"))
            }
            return file
        }
        fitted.media = content.media.map(fit)
        for index in fitted.parts.indices { fitted.parts[index].media = content.parts[index].media.map(fit) }
        return (fitted, notes)
    }
}
