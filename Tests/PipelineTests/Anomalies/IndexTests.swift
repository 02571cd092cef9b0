import Foundation
import Posts
import Synchronization
import Testing

@testable import Pipeline

@Suite struct `The index of a repository` {
    /// The index beside each commit of a run.
    private struct Watching: Recorder {
        let inner: any Recorder
        let path: String
        let seen: Seen

        final class Seen: Sendable {
            let indexes = Mutex<[Data?]>([])
        }

        func record(_ outcomes: [DeliveryID: DeliveryResult]) async -> Recorded {
            let recorded = await inner.record(outcomes)
            if recorded.commit != nil {
                let index = FileManager.default.contents(atPath: path)
                seen.indexes.withLock { $0.append(index) }
            }
            return recorded
        }
    }

    @Test func `is written once, at the end of a run, however many commits it makes`() async throws {
        let folder = try ContentFolder()
        let before = FileManager.default.contents(atPath: folder.index)
        let seen = Watching.Seen()
        try await folder.run(around: { parts in
            var parts = parts
            if let local = parts.exchanger as? LocalExchanger {
                parts.exchanger = LocalExchanger(
                    claims: local.claims, recorder: Watching(inner: local.recorder, path: folder.index, seen: seen))
            }
            return parts
        })
        let indexes = seen.indexes.withLock { $0 }
        #expect(!indexes.isEmpty && indexes.allSatisfy { $0 == before })
        #expect(FileManager.default.contents(atPath: folder.index) != before)
        #expect(try folder.git("status", "--porcelain") == "")
        #expect(!FileManager.default.fileExists(atPath: folder.pendingIndex))
    }
}
