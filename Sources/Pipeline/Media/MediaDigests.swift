import Synchronization

/// The digests of files that were read through, so that a file is hashed once however often a run opens it.
///
/// A file is known by all that tells of a change: who it is, its length, and when it was last written and changed.
package final class MediaDigests: Sendable {
    private let settled: Duration
    private let known = Mutex<[MediaDescriptor.Identity: String]>([:])
    private let hashed = Atomic(0)

    /// - Parameter settled: file systems tell times in steps, so that a second change within a step cannot be seen. A
    ///   file that was changed less than this before it was read is read again the next time.
    package init(settled: Duration) { self.settled = settled }

    /// FAT tells even seconds, and no file system that people use is coarser.
    package static let patience: Duration = .seconds(2)

    /// How many files were read through.
    var count: Int { hashed.load(ordering: .relaxed) }

    /// `sha256:` and hexadecimal; nil if the file changes while it is read.
    func digest(of file: MediaDescriptor) -> String? {
        guard let identity = file.identity else { return nil }
        if let digest = known.withLock({ $0[identity] }) { return digest }
        let isSettled = identity.age >= settled
        hashed.add(1, ordering: .relaxed)
        guard let digest = file.digest(), file.identity == identity else { return nil }
        if isSettled { known.withLock { $0[identity] = digest } }
        return digest
    }
}
