import Foundation
import Git
import Posts
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// For n = 1, 2, 3 … the n-th operation goes wrong, until a run gets through untouched; then runs without trouble must
/// bring everything in order.
@Suite struct `Whatever goes wrong once` {
    @Test(arguments: Trap.Kind.allCases, [false, true])
    func `everything is live exactly once in the end`(kind: Trap.Kind, isShared: Bool) async throws {
        let template = try ContentFolder(sharing: isShared)
        for place in 1...500 {
            let folder = try template.copy()
            guard let what = try await spring(at: place, kind, in: folder) else {
                #expect(place > 50, "only \(place) operations were tried")
                #expect(try await folder.live()[ContentFolder.comment]?.count == 1)
                return
            }
            let story = "\(kind) at \(place): \(what)"
            for minutes in [0, 31, 31, 31] as [Int64] {
                folder.clock.advance(by: .minutes(minutes))
                try await folder.run()
                for (post, ids) in try await folder.live() { #expect(ids.count == 1, "\(story): \(post)") }
            }
            try await check(folder, story)
        }
        Issue.record("no run got through")
    }

    private func spring(at place: Int, _ kind: Trap.Kind, in folder: ContentFolder) async throws -> String? {
        // What a run writes at its end, as it was when it died.
        let files = [folder.journal, folder.index, folder.pendingIndex].map { URL(filePath: $0) }
        let kept = Mutex<[URL: Data]>([:])
        let trap = Trap(at: place, kind) {
            let found = files.reduce(into: [:]) { $0[$1] = try? Data(contentsOf: $1) }
            kept.withLock { $0 = found }
        }
        do { try await folder.run(around: trap.around, git: trap.git) } catch let refusal as Refusal {
            // A remote that cannot be reached ends a run before it begins.
            guard refusal.status == .unavailable || refusal.status == .tryAgain else { throw refusal }
        }
        // A process that died does not tidy up; a machine that is lost takes its journal along.
        switch kind {
        case .error: break
        case .crash:
            guard trap.sprung != nil else { break }
            for file in files {
                try? FileManager.default.removeItem(at: file)
                try kept.withLock { $0[file] }?.write(to: file)
            }
        case .lostDisk:
            try? FileManager.default.removeItem(at: files[0].deletingLastPathComponent())
        }
        return trap.sprung
    }

    private func check(_ folder: ContentFolder, _ story: String) async throws {
        let live = try await folder.live()
        let results = try folder.results()
        #expect(Set(live.keys).isSubset(of: ContentFolder.expected + [ContentFolder.comment]), "\(story): \(live.keys)")
        let comment = results[DeliveryID("posts/thread.md", AccountID(.x, "acme"))]?.firstComment
        switch comment?.state {
        case .published: #expect(live[ContentFolder.comment] == comment?.id.map { [$0] }, "\(story)")
        case .failed: #expect(live[ContentFolder.comment] == nil, "\(story)")
        case .unknown: break
        case nil: Issue.record("\(story): nothing is recorded of the comment")
        }
        for post in ContentFolder.expected where !post.contains("member") {
            #expect(live[post]?.count == 1, "\(story): \(post)")
        }
        #expect(results.count == 4, "\(story)")
        let ids = Set(live.values.joined())
        for (id, result) in results {
            if id.account == member, result.state == .unknown { continue }
            #expect(result.state == .published, "\(story): \(id) \(result.error?.message ?? "")")
            for part in result.parts.map(\.id) + [result.id ?? ""] {
                #expect(ids.contains(part) || part.hasPrefix("container:"), "\(story): \(id) \(part)")
            }
        }
        #expect(try folder.git("status", "--porcelain") == "", "\(story)")
        if let remote = folder.remote {
            #expect(
                remote["refs/heads/main"]?.hex == (try folder.git("rev-parse", "HEAD").prefix(40).description),
                "\(story)")
        }

        let (requests, references) = (folder.requestCount, try folder.git("for-each-ref"))
        try await folder.run()
        #expect(folder.requestCount == requests, "\(story): a run with nothing to do asked a network")
        #expect(try folder.git("for-each-ref") == references, "\(story): a run with nothing to do wrote")
    }
}
