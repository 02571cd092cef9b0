import Crypto
import JSON
import Platforms
package import Posts
import Synchronization

/// Makes of a post what each network will get: words, steps, media, and the digest by which equal posts are known.
package struct Composer: Sendable {
    let root: String
    let configuration: Configuration
    let reader: PostReader
    private let media = MediaLibrary()

    package struct Composed: Sendable {
        package var steps: [Step]
        package var lengths: [Composition.Length]
        package var digest: String
        package var diagnostics: [Diagnostic]
        /// nil where publishing costs nothing.
        package var price: Price?

        package var isInvalid: Bool { diagnostics.contains { $0.severity == .error } }
    }

    package init(root: String, configuration: Configuration, reader: PostReader) {
        self.root = root
        self.configuration = configuration
        self.reader = reader
    }

    /// One post and who gets it.
    struct Request: Sendable {
        var path: String
        var bytes: [UInt8]
        var accounts: [AccountID]
    }

    /// Many posts, on two threads.
    func compose(_ requests: [Request]) async -> [DeliveryID: Composed] {
        let queue = WorkQueue(requests)
        return await withTaskGroup(of: [DeliveryID: Composed].self) { group in
            for _ in 0..<min(2, requests.count) {
                group.addTask {
                    var composed: [DeliveryID: Composed] = [:]
                    while let request = queue.next() {
                        let answers = compose(request.bytes, path: request.path, for: request.accounts)
                        for (account, answer) in zip(request.accounts, answers) {
                            composed[DeliveryID(request.path, account)] = answer
                        }
                    }
                    return composed
                }
            }
            return await group.reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }
        }
    }

    /// One answer for each account; nil: no such account, or a network that is not built yet.
    package func compose(_ bytes: [UInt8], path: String, for ids: [AccountID]) -> [Composed?] {
        var source = PostSource(bytes, path: path)
        return ids.map { id -> Composed? in
            guard let account = configuration.accounts[id], let platform = Catalogue.platform(for: id.network) else {
                return nil
            }
            let (content, diagnostics) = read(&source, for: account)
            guard let content else { return Composed(steps: [], lengths: [], digest: "", diagnostics: diagnostics) }
            let composition = platform.compose(content)
            return Composed(
                steps: composition.steps, lengths: composition.lengths, digest: Self.digest(of: composition.steps),
                diagnostics: diagnostics + composition.diagnostics
                    + unreachableMedia(composition.steps, platform.capabilities(of: account)),
                price: composition.price)
        }
    }

    package func compose(_ bytes: [UInt8], path: String, for id: AccountID) -> Composed? {
        compose(bytes, path: path, for: [id])[0]
    }

    private func read(_ source: inout PostSource?, for account: Account) -> (Content?, [Diagnostic]) {
        guard var opened = source.take() else { return (nil, []) }
        defer { source = opened }
        return reader.content(of: &opened, for: account) { media.file($0, root: root) }
    }

    /// What is wrong with the words and media, whatever the network makes of them.
    package func read(_ bytes: [UInt8], path: String, for id: AccountID) -> [Diagnostic] {
        guard let account = configuration.accounts[id] else { return [] }
        return reader.content(of: bytes, path: path, for: account) { media.file($0, root: root) }.diagnostics
    }

    /// A network that downloads media needs a host to get it from.
    private func unreachableMedia(_ steps: [Step], _ capabilities: Capabilities) -> [Diagnostic] {
        guard let first = capabilities.media.fetched(steps.flatMap(\.media)).first else { return [] }
        switch configuration.mediaHost {
        case .static, .gitRaw, .server, .s3: return []
        case .none:
            return [
                Diagnostic(
                    .error, .mediaHost, at: first.reference.place,
                    "this network downloads media, and socials.yml names no mediaHost",
                    hint: "add mediaHost: {kind: static, baseUrl: https://…} to socials.yml")
            ]
        }
    }

    /// Equal for the same text and media; alt texts, options and the first comment do not make another post.
    static func digest(of steps: [Step]) -> String {
        let parts = steps.filter { $0.kind != .comment }.map { step -> JSON in
            [
                "kind": .string(step.kind.rawValue), "text": .string(step.text),
                "media": .array(step.media.map { .string($0.digest) }),
                "link": step.link.map { .string($0.url) } ?? .null,
            ]
        }
        return sha256(JSON.array(parts).compact())
    }
}

/// Media files, each read once in a run however many posts show it.
final class MediaLibrary: Sendable {
    private struct Known: Sendable {
        var info: MediaInfo
        var digest: String
    }

    private let known = Mutex<[String: Result<Known, Unusable>]>([:])

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
            result = Self.read(reference.path, root: root)
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

    private static func read(_ path: String, root: String) -> Result<Known, Unusable> {
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
            let bytes = try Files.read(resolved, limit: 1 << 30)
            return .success(Known(info: try MediaReader.read(bytes), digest: sha256(bytes)))
        } catch let broken as MediaReader.Broken {
            return .failure(
                Unusable(
                    code: broken == .lfsPointer ? .lfsPointer : .mediaBroken, message: "“\(path)”: \(broken)",
                    hint: broken == .lfsPointer ? "run git lfs pull; in CI check out with lfs: true" : nil))
        } catch {
            return .failure(Unusable(code: .mediaMissing, message: "\(error)", hint: nil))
        }
    }
}
