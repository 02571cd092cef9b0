import Foundation
import JSON
import Platforms
import Posts

/// What `media.json` says of the posts' files, and their bytes where a post is published.
struct FolderMedia: MediaSource {
    let table: JSON

    func file(_ reference: MediaReference) -> Result<MediaFile, Diagnostic> {
        guard let info = table[reference.path].flatMap(MediaInfo.init(row:)) else {
            return .failure(
                Diagnostic(
                    .error, .mediaMissing, at: reference.place, "there is no file “\(reference.path)”",
                    hint: "paths are from the top of the repository"))
        }
        return .success(MediaFile(reference: reference, info: info, digest: "sha256:\(reference.path)"))
    }

    func open(_ file: MediaFile) async throws(PlatformFailure) -> any OpenMedia {
        let row = table[file.path]
        guard let path = row?["file"]?.string,
            let data = try? Data(contentsOf: NetworkFolder.fixtures.appending(path: path))
        else {
            throw PlatformFailure(.permanent, code: "test.no-media", "there are no bytes of \(file.path)")
        }
        var bytes = Array(data)
        if let count = row?["fill"]?.integer {
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + Array("free".utf8)
            bytes += [UInt8](repeating: 0, count: count - 8)
        }
        return HeldMedia(bytes: bytes, contentType: file.info.contentType)
    }

    func publicURL(of file: MediaFile) async throws(PlatformFailure) -> String {
        throw PlatformFailure(.permanent, code: "test.no-host", "nothing is downloaded")
    }
}
