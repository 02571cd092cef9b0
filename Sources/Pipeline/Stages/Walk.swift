import Glibc

/// Names below the posts folders, in chunks that workers take one by one.
struct Walk: Sendable {
    /// Files of one folder. Paths are from the top of the repository; `folder` ends with a slash unless it is empty.
    struct Chunk: Sendable {
        var folder: String
        var posts: [Post]
    }

    struct Post: Sendable {
        var name: String
        /// The name of its sidecar, if there is one.
        var sidecar: String?
    }

    private(set) var chunks: [Chunk] = []
    /// Posts that share the sidecar of another, by path.
    private(set) var sameSidecar: [String] = []
    /// Sidecars without a post, by the post's path up to its ending.
    private(set) var orphans: [String] = []
    private static let chunkSize = 256
    private static let resultsEnding = ".results.json"

    /// Not followed: symbolic links, names that begin with `.` or `_`, nested repositories (CONTRACT §1).
    init(root: String, folders: [String]) {
        var open = folders.map { $0 == "." || $0.isEmpty ? "" : $0 + "/" }.reversed() as [String]
        var seen: Set<String> = []
        while let folder = open.popLast() {
            guard seen.insert(folder).inserted, let listing = Listing(root + "/" + folder, isTop: folder.isEmpty) else {
                continue
            }
            add(listing, folder)
            open += listing.folders.sorted().reversed().map { folder + $0 + "/" }
        }
    }

    private mutating func add(_ listing: Listing, _ folder: String) {
        var bases: Set<String> = []
        var rest = listing.posts.map { name in
            let base = Self.base(of: name)
            if !bases.insert(base).inserted { sameSidecar.append(folder + name) }
            return Post(name: name, sidecar: listing.sidecars.contains(base) ? base + Self.resultsEnding : nil)
        }[...]
        for base in listing.sidecars where !bases.contains(base) { orphans.append(folder + base) }
        while !rest.isEmpty {
            chunks.append(Chunk(folder: folder, posts: Array(rest.prefix(Self.chunkSize))))
            rest = rest.dropFirst(Self.chunkSize)
        }
    }

    private static func base(of name: String) -> String {
        String(name.utf8.dropLast(name.hasSuffix(".md") ? 3 : ".markdown".utf8.count)) ?? name
    }

    private struct Listing {
        var folders: [String] = []
        var posts: [String] = []
        /// Names of `*.results.json` without the ending.
        var sidecars: Set<String> = []

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
                    if Self.ends(raw, length, ".md") || Self.ends(raw, length, ".markdown") {
                        posts.append(String(cString: raw))
                    } else if Self.ends(raw, length, ".results.json") {
                        let base = UnsafeRawBufferPointer(start: raw, count: length - Walk.resultsEnding.utf8.count)
                        sidecars.insert(String(decoding: base, as: UTF8.self))
                    }
                }
            }
            posts.sort()
        }

        private static func ends(_ name: UnsafePointer<CChar>, _ length: Int, _ ending: StaticString) -> Bool {
            let count = ending.utf8CodeUnitCount
            return length > count && memcmp(name + (length - count), ending.utf8Start, count) == 0
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
