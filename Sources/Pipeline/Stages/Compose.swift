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
    private let media: MediaLibrary
    private let downloads: Downloads?

    package struct Composed: Sendable {
        package var steps: [Step]
        package var lengths: [Composition.Length]
        package var digest: String
        package var diagnostics: [Diagnostic]
        /// nil where publishing costs nothing.
        package var price: Price?

        fileprivate var waitsForMedia: Bool { diagnostics.contains { $0.code == .mediaDownload } }
        package var isInvalid: Bool { diagnostics.contains { $0.severity == .error } }
    }

    package init(
        root: String, configuration: Configuration, reader: PostReader, converters: MediaConverters,
        digests: MediaDigests, downloads: Downloads? = nil
    ) {
        self.root = root
        self.configuration = configuration
        self.reader = reader
        self.converters = converters
        self.downloads = downloads
        media = MediaLibrary(digests, downloads)
    }

    /// - Parameter downloads: nil: nobody is asked for media that lie on servers.
    init(_ workspace: Workspace, _ reader: PostReader, in environment: Environment, downloads: Downloads? = nil) {
        self.init(
            root: workspace.root, configuration: workspace.configuration, reader: reader,
            converters: environment.converters.known, digests: environment.digests, downloads: downloads)
    }

    /// One post and who gets it.
    struct Request: Sendable {
        var path: String
        var bytes: [UInt8]
        var accounts: [AccountID]
    }

    /// Many posts, on two threads, with all media that lie on servers.
    func compose(_ requests: [Request]) async -> [DeliveryID: Composed] {
        var composed = await composeAtHand(requests)
        while let downloads, await downloads.fetch() {
            let waiting = requests.filter { request in
                request.accounts.contains { composed[DeliveryID(request.path, $0)]?.waitsForMedia == true }
            }
            composed.merge(await composeAtHand(waiting)) { _, new in new }
        }
        return composed
    }

    /// One post for one account, with all media that lie on servers; nil as below.
    func composeFetching(_ bytes: [UInt8], path: String, for id: AccountID) async -> Composed? {
        var composed = compose(bytes, path: path, for: id)
        while let downloads, await downloads.fetch() { composed = compose(bytes, path: path, for: id) }
        return composed
    }

    private func composeAtHand(_ requests: [Request]) async -> [DeliveryID: Composed] {
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
            let files = Self.files(composition.steps)
            return Composed(
                steps: composition.steps, lengths: composition.lengths, digest: Self.digest(of: composition.steps),
                diagnostics: diagnostics + notes + composition.diagnostics
                    + unreachableMedia(composition.steps, platform.capabilities(of: account))
                    + Self.locations(composition.steps)
                    + (downloads == nil ? Self.unseen(files) : []),
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
        let fetched = capabilities.media.fetched(steps.flatMap(\.media))
        guard let first = fetched.first else { return [] }
        switch configuration.mediaHost {
        case .server, .s3: return []
        case .static, .gitRaw: return fetched.compactMap(Self.missingFromHost)
        case .none:
            return [
                Diagnostic(
                    .error, .mediaHost, at: first.reference.place,
                    "this network downloads media, and socials.yml names no mediaHost",
                    hint: "add mediaHost: {kind: static, baseUrl: https://…} to socials.yml")
            ]
        }
    }

    /// A host that serves the repository's files has none that are made or downloaded for a post.
    private static func missingFromHost(_ file: MediaFile) -> Diagnostic? {
        let why: String
        let wayOut: String
        if file.reference.isRemote {
            why = "lies on another host than mediaHost, from which this network gets it"
            wayOut = "put it into the repository"
        } else if file.rendition != nil {
            why = "must be converted for this network, which mediaHost then does not have"
            wayOut = "convert it yourself"
        } else {
            return nil
        }
        return Diagnostic(
            .error, .mediaHost, at: file.reference.place, "“\(file.path)” \(why)",
            hint: "\(wayOut), or use mediaHost of kind s3 or server")
    }

    private static func files(_ steps: [Step]) -> [MediaFile] {
        (steps.flatMap(\.media) + steps.compactMap { $0.link?.image })
            .flatMap { [$0, $0.thumbnail, $0.captions].compactMap(\.self) }
    }

    /// Pictures and videos go out as they are, with what their cameras wrote into them.
    private static func locations(_ steps: [Step]) -> [Diagnostic] {
        files(steps).filter(\.info.hasLocation).map {
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
