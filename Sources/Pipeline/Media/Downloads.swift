import HTTP
import Posts
import Synchronization

/// Media that posts name by their addresses, each asked for once in a run, however many posts show it.
///
/// What was downloaded lies below `folder`, by its digest, for as long as someone lets it; a server that knows it still
/// has the same is not asked for the bytes again.
package final class Downloads: Sendable {
    /// Why an address gives no file, and what to do.
    struct Failure: Error, Sendable, Hashable {
        /// The rest of a sentence that begins with the address.
        var reason: String
        var hint: String
    }

    private struct State {
        var wanted: Set<String> = []
        /// Absolute paths of what came.
        var known: [String: Result<String, Failure>] = [:]
    }

    private let state = Mutex(State())
    private let download: Download

    /// - Parameter folder: absolute; made when it is needed.
    init(folder: String, transport: any Transport, digests: MediaDigests) {
        download = Download(folder: folder, transport: transport, digests: digests)
    }

    /// The path of what came from an address; nil: it was not asked for yet, and `fetch` will.
    func file(from address: String) -> Result<String, Failure>? {
        state.withLock { state in
            if state.known[address] == nil { state.wanted.insert(address) }
            return state.known[address]
        }
    }

    /// Downloads what was asked for and is not here, a few at the same time. False: that was nothing.
    func fetch() async -> Bool {
        let wanted = state.withLock { state in
            defer { state.wanted = [] }
            return state.wanted.sorted()
        }
        guard !wanted.isEmpty else { return false }
        let queue = WorkQueue(wanted)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<min(Self.atOnce, wanted.count) {
                group.addTask { [self] in
                    while let address = queue.next() {
                        let result: Result<String, Failure>
                        do throws(Failure) { result = .success(try await download.run(address)) } catch {
                            result = .failure(error)
                        }
                        state.withLock { $0.known[address] = result }
                    }
                }
            }
        }
        return true
    }

    /// Our choice: enough that one slow server does not hold up the others.
    private static let atOnce = 4
}
