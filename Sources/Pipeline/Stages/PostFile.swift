import Git
import Posts

/// One post's file, read and compared with the branch only when somebody asks.
struct PostFile {
    let path: String
    let root: String
    private var read: Result<[UInt8], Files.Failure>?
    private var committed: ObjectID??
    private var plain: ObjectID?

    init(path: String, root: String) {
        self.path = path
        self.root = root
    }

    mutating func bytes() throws(Files.Failure) -> [UInt8] {
        if let read { return try read.get() }
        do {
            let bytes = try Files.read(root + "/" + path, limit: 1 << 24)
            read = .success(bytes)
            return bytes
        } catch {
            read = .failure(error)
            throw error
        }
    }

    /// The blob id of the bytes that were read, as git would store them.
    mutating func blob(in repository: GitRepository) async throws -> ObjectID {
        let bytes = try bytes()
        let plain = plain ?? Repository.blobID(of: bytes)
        self.plain = plain
        if case .some(.some(let committed)) = committed, committed == plain { return plain }
        return try await repository.blobID(of: bytes, at: path)
    }

    /// Whether the branch tip holds the very bytes that were read.
    mutating func isCommitted(in repository: GitRepository, at tip: ObjectID?) async throws -> Bool {
        guard let tip else { return false }
        if committed == nil { committed = .some(try await repository.blob(at: path, in: tip)) }
        guard case .some(.some(let committed)) = committed else { return false }
        return try await blob(in: repository) == committed
    }
}
