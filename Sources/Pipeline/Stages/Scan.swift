import Glibc
package import Posts

/// Everything a run needs to know of the posts folders: read once, on two threads.
package struct Scan: Sendable {
    package struct ScannedPost: Sendable {
        package var post: Post
        package var sidecar: Sidecar
    }

    package enum Sidecar: Sendable {
        case none
        case read(Results)
        /// There is one that proves nobody knows what: nothing of the post may be published.
        case unreadable
    }

    /// Which posts are worth keeping.
    package enum Keep: Sendable, Hashable {
        /// Those with something to do at this moment; of all others only the count, the next time and the errors.
        case due(Instant)
        /// These alone; no other file is read.
        case only(Set<String>)
        case all
    }

    package private(set) var postCount = 0
    package private(set) var posts: [ScannedPost] = []
    package private(set) var diagnostics: [Diagnostic] = []
    /// The next schedule among the posts that were not kept.
    package private(set) var next: Plan.Due?
    /// What went out in the last 7 days, by the sidecars that were read.
    package private(set) var published: [Past.Trace] = []
    package private(set) var orphans: [String] = []

    /// - Parameter open: posts that the claims have something to do for, whatever the sidecar beside them says: a branch
    ///   that is protected may not have the latest order yet.
    package init(
        root: String, folders: [String], reader: PostReader, keep: Keep, open: Set<String> = []
    ) async {
        let walk = Walk(root: root, folders: folders)
        await withTaskGroup(of: Scan.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    var worker = Worker(root: root, reader: reader, keep: keep, open: open)
                    while let chunk = walk.next() { worker.read(chunk) }
                    return worker.scan
                }
            }
            for await part in group { add(part) }
        }
        let oddities = walk.oddities
        orphans = oddities.orphans
        for path in oddities.sameSidecar {
            let name = Results.path(of: path)
            diagnostics.append(
                Diagnostic(
                    .error, .sameSidecar, at: .init(path: path), "another post has the same sidecar, \(name)",
                    hint: "rename one of them"))
            if let index = posts.firstIndex(where: { $0.post.path == path }) { posts.remove(at: index) }
        }
        posts.sort { $0.post.path < $1.post.path }
    }

    private init() {}

    private mutating func add(_ part: Scan) {
        postCount += part.postCount
        posts += part.posts
        diagnostics += part.diagnostics
        published += part.published
        if let candidate = part.next { consider(candidate) }
    }

    private mutating func consider(_ candidate: Plan.Due) {
        if let next, (next.schedule, next.id) <= (candidate.schedule, candidate.id) { return }
        next = candidate
    }

    /// Reads the files of a chunk into one buffer that it keeps.
    private struct Worker {
        let root: String
        let reader: PostReader
        let keep: Keep
        let opened: Set<String>
        var scan = Scan()
        private var buffer = [UInt8](repeating: 0, count: 4096)

        init(root: String, reader: PostReader, keep: Keep, open: Set<String>) {
            self.root = root
            self.reader = reader
            self.keep = keep
            opened = open
        }

        mutating func read(_ chunk: Walk.Chunk) {
            let folder = open(root + "/" + chunk.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard folder >= 0 else { return }
            defer { close(folder) }
            for file in chunk.posts { read(file, in: folder, path: chunk.folder + file.base + file.ending) }
        }

        private mutating func read(_ file: Walk.Post, in folder: Int32, path written: String) {
            let path = written.composed
            if case .only(let paths) = keep, !paths.contains(path) { return }
            var post: Post?
            do {
                post = try readPost(file.base + file.ending, in: folder, path: path)
            } catch {
                scan.diagnostics.append(Diagnostic(.error, .unreadable, at: .init(path: path), error.description))
            }
            guard let post else { return }
            scan.postCount += 1
            if !post.diagnostics.isEmpty { scan.diagnostics += post.diagnostics }
            let sidecar = file.hasSidecar ? file.sidecar : nil
            switch keep {
            case .all, .only:
                scan.posts.append(ScannedPost(post: post, sidecar: readSidecar(of: post, sidecar, in: folder)))
            case .due(let now): if !post.isInvalid, !post.isDraft { keepDue(post, sidecar, in: folder, at: now) }
            }
        }

        private mutating func readPost(_ name: String, in folder: Int32, path: String) throws(Files.Failure) -> Post? {
            let descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else { throw Files.Failure(path: path, code: errno, doing: "read") }
            defer { close(descriptor) }
            var count = 0
            var limit = 4096
            while true {
                while buffer.count < limit { buffer.append(contentsOf: repeatElement(0, count: limit - buffer.count)) }
                let got = buffer.withUnsafeMutableBytes {
                    Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), limit - count)
                }
                guard got >= 0 else { throw Files.Failure(path: path, code: errno, doing: "read") }
                count += got
                let isWhole = got == 0 || count < limit
                let reading = buffer.withUnsafeBufferPointer {
                    reader.read(head: UnsafeBufferPointer(rebasing: $0[..<count]), isWhole: isWhole, path: path)
                }
                switch reading {
                case .notAPost: return nil
                case .post(let post): return post
                case .needsMore: limit = min(limit * 4, 1 << 20)
                }
            }
        }

        /// Most posts of a grown repository are either in the future or settled long ago.
        private mutating func keepDue(_ post: Post, _ sidecar: String?, in folder: Int32, at now: Instant) {
            var hasCome = false
            var future: Plan.Due?
            for target in post.targets {
                switch target.schedule {
                case .none: break
                case .now: hasCome = true
                case .at(let moment) where moment <= now: hasCome = true
                case .at(let moment):
                    if future.map({ (moment, target.account) < ($0.schedule, $0.id.account) }) ?? true {
                        future = Plan.Due(id: DeliveryID(post.path, target.account), schedule: moment)
                    }
                }
            }
            guard let sidecar else {
                if hasCome {
                    scan.posts.append(ScannedPost(post: post, sidecar: .none))
                } else {
                    future.map { scan.consider($0) }
                }
                return
            }
            let traces = withBytes(of: sidecar, in: folder) { bytes in
                SidecarGlance(bytes).flatMap { Self.traces(ofSettled: post, $0, at: now) }
            }
            if case .some(let traces?) = traces, !opened.contains(post.path) {
                scan.published += traces
                return
            }
            scan.posts.append(ScannedPost(post: post, sidecar: readSidecar(of: post, sidecar, in: folder)))
        }

        /// What is to be remembered of a post for which nothing is left to do; nil if its sidecar must be read in full.
        private static func traces(ofSettled post: Post, _ glance: SidecarGlance, at now: Instant) -> [Past.Trace]? {
            let forgotten = now - Past.memory
            let isSettled = post.targets.allSatisfy { target in
                glance.entries.contains { entry in
                    guard entry.belongs(to: target.account) else { return false }
                    switch entry.state {
                    case .published:
                        // What was published after `now` was so before somebody put the clock back.
                        return entry.publishedAt.map { $0 <= forgotten || $0 > now } ?? false
                    case .cancelled: return true
                    case .retrying, .processing, .failed, .unknown, .missed: return false
                    }
                }
            }
            guard isSettled else { return nil }
            var traces: [Past.Trace] = []
            for entry in glance.entries {
                guard let moment = entry.publishedAt, moment > forgotten else { continue }
                guard let account = entry.id else { return nil }
                traces.append(
                    Past.Trace(
                        id: DeliveryID(post.path, account), digest: entry.digest, schedule: entry.schedule,
                        publishedAt: moment))
            }
            return traces
        }

        private mutating func readSidecar(of post: Post, _ sidecar: String?, in folder: Int32) -> Sidecar {
            guard let sidecar else { return .none }
            guard let bytes = withBytes(of: sidecar, in: folder, { Array($0) }) else {
                let failure = Files.Failure(path: Results.path(of: post.path), code: errno, doing: "read")
                scan.diagnostics.append(
                    Diagnostic(.error, .unreadable, at: .init(path: failure.path), failure.description))
                return .unreadable
            }
            do {
                let results = try Results(parsing: bytes)
                for (account, result) in results.deliveries where result.publishedAt != nil {
                    scan.published.append(
                        Past.Trace(
                            id: DeliveryID(post.path, account), digest: result.digest, schedule: result.schedule,
                            publishedAt: result.publishedAt, isGateway: result.isGateway))
                }
                return .read(results)
            } catch {
                scan.diagnostics.append(error.diagnostic(at: Results.path(of: post.path)))
                return .unreadable
            }
        }

        private mutating func withBytes<Value>(
            of name: String, in folder: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Value
        ) -> Value? {
            let descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else { return nil }
            defer { close(descriptor) }
            var count = 0
            while true {
                if count == buffer.count { buffer.append(contentsOf: repeatElement(0, count: buffer.count)) }
                let got = buffer.withUnsafeMutableBytes {
                    Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
                }
                guard got >= 0 else { return nil }
                count += got
                // A regular file gives less than was asked for only at its end.
                if count < buffer.count { break }
            }
            return buffer.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
        }
    }
}
