import Crypto
import JSON
package import Platforms
package import Posts

/// Makes of a post what each network will get: words, steps, media, and the digest by which equal posts are known.
package struct Composer: Sendable {
    let root: String
    let configuration: Configuration
    let reader: PostReader
    let converters: MediaConverters
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

    package init(root: String, configuration: Configuration, reader: PostReader, converters: MediaConverters) {
        self.root = root
        self.configuration = configuration
        self.reader = reader
        self.converters = converters
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
            let (written, diagnostics) = read(&source, for: account)
            guard let (content, notes) = written.map({ fitted($0, for: platform) }) else {
                return Composed(steps: [], lengths: [], digest: "", diagnostics: diagnostics)
            }
            let composition = platform.compose(content)
            return Composed(
                steps: composition.steps, lengths: composition.lengths, digest: Self.digest(of: composition.steps),
                diagnostics: diagnostics + notes + composition.diagnostics
                    + unreachableMedia(composition.steps, platform.capabilities(of: account))
                    + Self.locations(composition.steps),
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
        case .server, .s3: return []
        case .static, .gitRaw:
            return capabilities.media.fetched(steps.flatMap(\.media)).filter { $0.rendition != nil }.map { file in
                Diagnostic(
                    .error, .mediaHost, at: file.reference.place,
                    "“\(file.path)” must be converted for this network, which mediaHost then does not have",
                    hint: "convert it yourself, or use mediaHost of kind s3 or server")
            }
        case .none:
            return [
                Diagnostic(
                    .error, .mediaHost, at: first.reference.place,
                    "this network downloads media, and socials.yml names no mediaHost",
                    hint: "add mediaHost: {kind: static, baseUrl: https://…} to socials.yml")
            ]
        }
    }

    /// Pictures and videos go out as they are, with what their cameras wrote into them.
    private static func locations(_ steps: [Step]) -> [Diagnostic] {
        steps.flatMap(\.media).flatMap { [$0, $0.thumbnail].compactMap(\.self) }.filter(\.info.hasLocation).map {
            Diagnostic(
                .warning, .mediaLocation, at: $0.reference.place, "“\($0.path)” tells where it was made",
                hint: "save it without its position")
        }
    }

    /// Equal for the same text and media; alt texts, options and the first comment do not make another post. Of a post
    /// without either, a poll or a post that is shared again, the options are all there is.
    static func digest(of steps: [Step]) -> String {
        let parts = steps.filter { $0.kind != .comment }.map { step -> JSON in
            var part: JSON = [
                "kind": .string(step.kind.rawValue), "text": .string(step.text),
                "media": .array(step.media.map { .string($0.identity) }),
                "link": step.link.map { .string($0.url) } ?? .null,
            ]
            if step.text.isEmpty, step.media.isEmpty, step.link == nil {
                part["options"] = .object(step.options.mapValues { .string($0) })
            }
            return part
        }
        return sha256(JSON.array(parts).compact())
    }
}
