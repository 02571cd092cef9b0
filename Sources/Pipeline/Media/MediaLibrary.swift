import HTTP
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
    private let downloads: Downloads?

    /// - Parameter downloads: nil: what lies on servers is taken for something that fits.
    init(_ digests: MediaDigests, _ downloads: Downloads?) { (self.digests, self.downloads) = (digests, downloads) }

    fileprivate struct Unusable: Error {
        var code: DiagnosticCode
        var message: String
        var hint: String?
    }

    func file(_ reference: MediaReference, root: String) -> Result<MediaFile, Diagnostic> {
        var stored: String?
        if reference.isRemote {
            if let fault = Self.fault(of: reference) { return .failure(reference.problem(fault)) }
            guard let downloads else { return .success(reference.unseen) }
            switch downloads.file(from: reference.path) {
            case .success(let path): stored = path
            case .failure(let failure):
                return .failure(
                    reference.problem(
                        Unusable(
                            code: .mediaDownload, message: "“\(reference.shownPath)” \(failure.reason)",
                            hint: failure.hint)))
            case nil:
                return .failure(
                    reference.problem(
                        Unusable(code: .mediaDownload, message: "“\(reference.shownPath)” is not here yet", hint: nil)))
            }
        }
        let result: Result<Known, Unusable>
        if let known = known.withLock({ $0[reference.path] }) {
            result = known
        } else {
            result = stored.map { read($0, named: reference.shownPath) } ?? find(reference.path, root: root)
            known.withLock { $0[reference.path] = result }
        }
        switch result {
        case .success(let known):
            var file = MediaFile(reference: reference, info: known.info, digest: known.digest)
            file.stored = stored
            return .success(file)
        case .failure(let unusable): return .failure(reference.problem(unusable))
        }
    }

    /// What can be told of an address without asking anybody.
    private static func fault(of reference: MediaReference) -> Unusable? {
        guard let parts = URLParts(reference.path), parts.scheme == .https else {
            return Unusable(
                code: .mediaDownload, message: "“\(reference.shownPath)” is no address of a file",
                hint: "write https://, a host and a path, without a user's name")
        }
        guard isInnerHost(parts.host) else { return nil }
        return Unusable(
            code: .mediaDownload,
            message: "“\(reference.shownPath)” is in an inner network, where nothing is asked for",
            hint: "put the file into the repository")
    }

    private func find(_ path: String, root: String) -> Result<Known, Unusable> {
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
        return read(resolved, named: path)
    }

    private func read(_ place: String, named path: String) -> Result<Known, Unusable> {
        do {
            let file = try MediaDescriptor(place)
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

private extension MediaReference {
    func problem(_ unusable: MediaLibrary.Unusable) -> Diagnostic {
        Diagnostic(.error, unusable.code, at: place, unusable.message, hint: unusable.hint)
    }
}
