import Git
import HTTP
import Posts
import Synchronization

@testable import Pipeline

/// Lets the n-th operation of a run fail, and, if it is to be a crash, everything after it.
final class Trap: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        /// The operation fails, the run goes on.
        case error
        /// The process ends.
        case crash
        /// The machine is lost with its journal.
        case lostDisk
    }

    private struct State {
        var count = 0
        var isDead = false
        var place: String?
    }

    private struct Sprung: Error {}

    private let place: Int
    private let kind: Kind
    private let atDeath: @Sendable () -> Void
    private let state = Mutex(State())

    init(at place: Int, _ kind: Kind, atDeath: @escaping @Sendable () -> Void) {
        self.place = place
        self.kind = kind
        self.atDeath = atDeath
    }

    /// Where it struck; nil if the run ended before.
    var sprung: String? { state.withLock { $0.place } }

    private func pass(_ operation: String) throws(Sprung) {
        let (isBlocked, isDying) = state.withLock { state -> (Bool, Bool) in
            if state.isDead { return (true, false) }
            state.count += 1
            guard state.count == place else { return (false, false) }
            state.place = operation
            state.isDead = kind != .error
            return (true, state.isDead)
        }
        if isDying { atDeath() }
        if isBlocked { throw Sprung() }
    }

    /// The same parts, each operation watched before and behind.
    func around(_ parts: Parts) -> Parts {
        var exchanger = parts.exchanger
        // A remote is watched call by call, see `git`.
        if let local = exchanger as? LocalExchanger {
            exchanger = LocalExchanger(
                claims: Store(trap: self, inner: local.claims), recorder: Scribe(trap: self, inner: local.recorder))
        }
        return Parts(
            transport: Wire(trap: self, inner: parts.transport), journal: Paper(trap: self, inner: parts.journal),
            exchanger: exchanger)
    }

    /// The same git, what talks to the remote watched before and behind.
    func git(_ inner: any GitCommands) -> any GitCommands { Line(trap: self, inner: inner) }

    private struct Line: GitCommands {
        let trap: Trap
        let inner: any GitCommands

        func version() async throws(RemoteError) -> GitVersion { try await inner.version() }

        func fetch(from remote: String, references: [String]) async throws(RemoteError) -> [String: ObjectID] {
            do { try trap.pass("before a fetch") } catch { throw .unreachable("no connection") }
            return try await inner.fetch(from: remote, references: references)
        }

        func push(
            to remote: String, _ updates: [ReferenceUpdate], runsHooks: Bool
        ) async throws(RemoteError) -> [String: UpdateOutcome] {
            let names = updates.map(\.reference).joined(separator: " and ")
            do { try trap.pass("before a push of \(names)") } catch { throw .failed("no space left on the remote") }
            let outcomes = try await inner.push(to: remote, updates, runsHooks: runsHooks)
            do { try trap.pass("behind a push of \(names)") } catch { throw .uncertain("the connection was closed") }
            return outcomes
        }

        func fastForward(to commit: ObjectID) async throws(FastForwardError) {
            do { try trap.pass("before a fast-forward") } catch { throw .locked("somebody's lock") }
            try await inner.fastForward(to: commit)
        }

        func deepen(_ reference: String, from remote: String, by count: Int) async throws(RemoteError) {
            do { try trap.pass("before a fetch of history") } catch { throw .unreachable("no connection") }
            try await inner.deepen(reference, from: remote, by: count)
        }
        func rehearsePush(to remote: String, _ update: ReferenceUpdate) async throws(RemoteError) -> UpdateOutcome {
            try await inner.rehearsePush(to: remote, update)
        }
        func updateIndex(_ entries: [String: TreeEntry?]) async throws(RemoteError) -> IndexRefresh {
            try await inner.updateIndex(entries)
        }
        func switchTree(from old: ObjectID, to new: ObjectID) async throws(FastForwardError) {
            try await inner.switchTree(from: old, to: new)
        }
        func readBlob(_ id: ObjectID, limit: Int) async throws(RemoteError) -> [UInt8] {
            try await inner.readBlob(id, limit: limit)
        }
        func export(_ commit: ObjectID, to folder: String) async throws(RemoteError) {
            try await inner.export(commit, to: folder)
        }
    }

    private struct Wire: Transport {
        let trap: Trap
        let inner: any Transport

        func send(_ request: Request) async throws(TransportError) -> Response {
            let name = "\(request.method.rawValue) \(request.url)"
            do { try trap.pass("before \(name)") } catch {
                throw TransportError(sent: .no, reason: "the connection was refused")
            }
            let response = try await inner.send(request)
            do { try trap.pass("behind \(name)") } catch {
                throw TransportError(sent: .maybe, reason: "the connection was closed")
            }
            return response
        }
    }

    private struct Paper: Journal {
        let trap: Trap
        let inner: any Journal

        func append(_ line: JournalLine) async throws {
            try trap.pass("before the line \(line)")
            try await inner.append(line)
            try trap.pass("behind the line \(line)")
        }
    }

    private struct Store: ClaimsStore {
        let trap: Trap
        let inner: any ClaimsStore

        func read() async throws(ClaimsStoreError) -> (tree: ClaimsTree, version: String?) {
            do { try trap.pass("before the claims are read") } catch { throw .unavailable("disk trouble") }
            return try await inner.read()
        }

        func replace(_ tree: ClaimsTree, ifVersion version: String?) async throws(ClaimsStoreError) -> String {
            do { try trap.pass("before the claims \(version ?? "")") } catch { throw .unavailable("disk full") }
            let new = try await inner.replace(tree, ifVersion: version)
            do { try trap.pass("behind the claims \(version ?? "")") } catch { throw .unavailable("disk full") }
            return new
        }
    }

    private struct Scribe: Recorder {
        let trap: Trap
        let inner: any Recorder

        func record(_ outcomes: [DeliveryID: DeliveryResult]) async -> Recorded {
            do { try trap.pass("before recording") } catch {
                return Recorded(commit: nil, failures: [.file("disk full")])
            }
            let recorded = await inner.record(outcomes)
            do { try trap.pass("behind recording") } catch {
                return Recorded(commit: nil, failures: [.file("disk full")])
            }
            return recorded
        }
    }
}
