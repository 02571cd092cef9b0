import Foundation
import Posts
import Synchronization
import Testing

@testable import Pipeline

@Suite struct `The index of a repository` {
    /// The index after each commit of a run.
    private struct Watching: Exchanger {
        let inner: any Exchanger
        let path: String
        let seen: Seen

        final class Seen: Sendable {
            let indexes = Mutex<[Data?]>([])
        }

        func read() async throws(ClaimsStoreError) -> (tree: ClaimsTree, version: String?) { try await inner.read() }

        func exchange(_ exchange: Exchange) async -> Exchanged {
            let answer = await inner.exchange(exchange)
            if answer.recorded?.commit != nil {
                let index = FileManager.default.contents(atPath: path)
                seen.indexes.withLock { $0.append(index) }
            }
            return answer
        }
    }

    @Test(arguments: [false, true])
    func `is written once, at the end of a run, however many commits it makes`(isShared: Bool) async throws {
        let folder = try ContentFolder(sharing: isShared)
        let before = FileManager.default.contents(atPath: folder.index)
        let seen = Watching.Seen()
        try await folder.run(around: { parts in
            var parts = parts
            parts.exchanger = Watching(inner: parts.exchanger, path: folder.index, seen: seen)
            return parts
        })
        let indexes = seen.indexes.withLock { $0 }
        #expect(!indexes.isEmpty && indexes.allSatisfy { $0 == before })
        #expect(FileManager.default.contents(atPath: folder.index) != before)
        #expect(try folder.git("status", "--porcelain") == "")
        #expect(!FileManager.default.fileExists(atPath: folder.pendingIndex))
    }
}
