import Glibc
import Synchronization

/// Names below the posts folders, in chunks that workers take one by one; who finds none left lists the next folder.
final class Walk: Sendable {
    /// Files of one folder. Paths are from the top of the repository; `folder` ends with a slash unless it is empty.
    struct Chunk: Sendable {
        var folder: String
        var posts: ArraySlice<Post>
    }

    struct Post: Sendable {
        /// The name without its ending; the sidecar has the same.
        var base: String
        var ending: String
        var hasSidecar = false

        var sidecar: String { base + Walk.resultsEnding }
    }

    struct Oddities: Sendable {
        /// Posts that share the sidecar of another, by path.
        var sameSidecar: [String] = []
        /// Sidecars without a post, by the post's path up to its ending.
        var orphans: [String] = []
    }

    private struct State: Sendable {
        var folders: [String]
        var chunks: [Chunk] = []
        var seen: Set<String> = []
        var oddities = Oddities()
    }

    private let root: String
    private let state: Mutex<State>
    private static let chunkSize = 256
    fileprivate static let resultsEnding = ".results.json"

    /// Not followed: symbolic links, names that begin with `.` or `_`, nested repositories (CONTRACT §1).
    init(root: String, folders: [String]) {
        self.root = root
        state = Mutex(State(folders: folders.reversed().map { $0 == "." || $0.isEmpty ? "" : $0 + "/" }))
        // Enough for several workers, so that none ends because another is just listing the only folder.
        while let folder = state.withLock({ $0.folders.count + $0.chunks.count < 16 ? $0.folders.popLast() : nil }) {
            list(folder)
        }
    }

    /// nil when nothing is left, apart from what other workers have in hand.
    func next() -> Chunk? {
        while true {
            let (chunk, folder) = state.withLock { state -> (Chunk?, String?) in
                if let chunk = state.chunks.popLast() { return (chunk, nil) }
                return (nil, state.folders.popLast())
            }
            if let chunk { return chunk }
            guard let folder else { return nil }
            list(folder)
        }
    }

    /// Complete once `next` has given all workers nil.
    var oddities: Oddities {
        state.withLock {
            Oddities(sameSidecar: $0.oddities.sameSidecar.sorted(), orphans: $0.oddities.orphans.sorted())
        }
    }

    private func list(_ folder: String) {
        guard state.withLock({ $0.seen.insert(folder).inserted }),
            var listing = Listing(root + "/" + folder, isTop: folder.isEmpty)
        else { return }
        let oddities = listing.pair(in: folder)
        var rest = listing.posts[...]
        var chunks: [Chunk] = []
        while !rest.isEmpty {
            chunks.append(Chunk(folder: folder, posts: rest.prefix(Self.chunkSize)))
            rest = rest.dropFirst(Self.chunkSize)
        }
        let folders = listing.folders.map { folder + $0 + "/" }
        state.withLock { state in
            state.chunks += chunks
            // Broad before deep while there is little to do.
            state.folders.insert(contentsOf: folders, at: 0)
            state.oddities.sameSidecar += oddities.sameSidecar
            state.oddities.orphans += oddities.orphans
        }
    }

    private struct Listing {
        var folders: [String] = []
        var posts: [Post] = []
        /// Names of `*.results.json` without the ending.
        var sidecars: [String] = []

        init?(_ path: String, isTop: Bool) {
            guard let folder = opendir(path) else { return nil }
            defer { closedir(folder) }
            let nameOffset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 19
            while let entry = readdir(folder) {
                let raw = UnsafeRawPointer(entry).advanced(by: nameOffset).assumingMemoryBound(to: CChar.self)
                if raw[0] == CChar(bitPattern: UInt8(ascii: ".")) {
                    if !isTop, strcmp(raw, ".git") == 0 { return nil }
                    continue
                }
                if raw[0] == CChar(bitPattern: UInt8(ascii: "_")) { continue }
                var kind = Int32(entry.pointee.d_type)
                if kind == Int32(DT_UNKNOWN) { kind = Self.kind(of: raw, in: folder) }
                let length = strlen(raw)
                if kind == Int32(DT_DIR) {
                    folders.append(String(cString: raw))
                } else if kind == Int32(DT_REG) {
                    if let base = Self.base(raw, length, ".md") {
                        posts.append(Post(base: base, ending: ".md"))
                    } else if let base = Self.base(raw, length, Walk.resultsEnding) {
                        sidecars.append(base)
                    } else if let base = Self.base(raw, length, ".markdown") {
                        posts.append(Post(base: base, ending: ".markdown"))
                    }
                }
            }
        }

        /// Finds for each post its sidecar; both lists are in the order of names afterwards.
        mutating func pair(in folder: String) -> Oddities {
            var oddities = Oddities()
            posts.sort { $0.base < $1.base || ($0.base == $1.base && $0.ending < $1.ending) }
            sidecars.sort()
            var next = sidecars.startIndex
            for index in posts.indices {
                let base = posts[index].base
                while next < sidecars.count, sidecars[next] < base {
                    oddities.orphans.append(folder + sidecars[next])
                    next += 1
                }
                if index > 0, posts[index - 1].base == base {
                    oddities.sameSidecar.append(folder + base + posts[index].ending)
                    posts[index].hasSidecar = posts[index - 1].hasSidecar
                } else if next < sidecars.count, sidecars[next] == base {
                    posts[index].hasSidecar = true
                    next += 1
                }
            }
            oddities.orphans += sidecars[next...].map { folder + $0 }
            return oddities
        }

        /// The name without that ending, if it has it and something before.
        private static func base(_ name: UnsafePointer<CChar>, _ length: Int, _ ending: String) -> String? {
            let count = length - ending.utf8.count
            guard count > 0, strcmp(name + count, ending) == 0 else { return nil }
            return String(decoding: UnsafeRawBufferPointer(start: name, count: count), as: UTF8.self)
        }

        /// Some file systems do not tell the kind while listing.
        private static func kind(of name: UnsafePointer<CChar>, in folder: OpaquePointer) -> Int32 {
            var status = stat()
            guard fstatat(dirfd(folder), name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return Int32(DT_UNKNOWN) }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: return Int32(DT_DIR)
            case S_IFREG: return Int32(DT_REG)
            default: return Int32(DT_UNKNOWN)
            }
        }
    }
}
