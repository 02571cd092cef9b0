import Glibc
package import Platforms

/// The programs of this machine that convert pictures and videos.
package struct ConverterPrograms: Sendable, Hashable {
    package enum Pictures: Sendable, Hashable {
        case vips(String)
        /// ImageMagick's `magick`, or `convert` as it was called before version 7.
        case imageMagick(String)
    }

    /// Names of programs in PATH; nil without such a one.
    package var pictures: Pictures?
    package var ffmpeg: String?

    package init() {}

    /// - Parameter path: folders with colons between them, as in the variable PATH.
    package init(searching path: String) {
        let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
        func program(_ name: String) -> String? {
            folders.contains { access("\($0)/\(name)", X_OK) == 0 } ? name : nil
        }
        pictures =
            program("vips").map { .vips($0) } ?? (program("magick") ?? program("convert")).map { .imageMagick($0) }
        ffmpeg = program("ffmpeg")
    }

    package var known: MediaConverters { MediaConverters(pictures: pictures != nil, videos: ffmpeg != nil) }
}
