import Posts
import Synchronization

/// Media files, each read once in a run however many posts show it.
final class MediaLibrary: Sendable {
    private struct Known: Sendable {
        var info: MediaInfo
        var digest: String
    }

    private let known = Mutex<[String: Result<Known, Unusable>]>([:])
    private let digests: MediaDigests

    init(_ digests: MediaDigests) { self.digests = digests }

    private struct Unusable: Error {
        var code: DiagnosticCode
        var message: String
        var hint: String?
    }

    func file(_ reference: MediaReference, root: String) -> Result<MediaFile, Diagnostic> {
        let result: Result<Known, Unusable>
        if let known = known.withLock({ $0[reference.path] }) {
            result = known
        } else {
            result = read(reference.path, root: root)
            known.withLock { $0[reference.path] = result }
        }
        switch result {
        case .success(let known):
            return .success(MediaFile(reference: reference, info: known.info, digest: known.digest))
        case .failure(let unusable):
            return .failure(
                Diagnostic(.error, unusable.code, at: reference.place, unusable.message, hint: unusable.hint))
        }
    }

    private func read(_ path: String, root: String) -> Result<Known, Unusable> {
        // Links may not lead out of the repository, wherever on the way to the file they stand.
        guard let resolved = Files.resolve(root + "/" + path) else {
            return .failure(
                Unusable(
                    code: .mediaMissing, message: "there is no file “\(path)”",
                    hint: "paths are from the top of the repository"))
        }
        guard resolved.hasPrefix(root + "/") else {
            return .failure(Unusable(code: .mediaOutside, message: "“\(path)” leads out of the repository", hint: nil))
        }
        do {
            let file = try MediaDescriptor(resolved)
            let info = try MediaReader.read(byteCount: file.byteCount) { file.bytes(in: $0) }
            guard let digest = digests.digest(of: file) else {
                return .failure(Unusable(code: .mediaBroken, message: "“\(path)” is being written", hint: nil))
            }
            return .success(Known(info: info, digest: digest))
        } catch let broken as MediaReader.Broken {
            return .failure(
                Unusable(
                    code: broken == .lfsPointer ? .lfsPointer : .mediaBroken, message: "“\(path)” \(broken.reason)",
                    hint: broken == .lfsPointer ? "run git lfs pull; in CI check out with lfs: true" : nil))
        } catch {
            return .failure(Unusable(code: .mediaMissing, message: "\(error)", hint: nil))
        }
    }
}
