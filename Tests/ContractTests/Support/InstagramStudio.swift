import Foundation
import HTTP
import JSON
import Platforms
import Posts
import Sandbox
import TestSupport
import Testing

/// The posts of Fixtures/networks/instagram, read as `check` reads them, and a sandbox that they are published to.
struct InstagramStudio {
    static let folder = NetworkFolder(.instagram)
    private static let media = NetworkFolder.fixtures.appending(path: "media/instagram")

    let configuration: Configuration
    private let reader: PostReader

    init() throws {
        let zones = TimeZones { _ in nil }
        configuration = try #require(Configuration.read(try Self.folder.bytes("socials.yml"), zones: zones).0)
        reader = PostReader(configuration: configuration, zones: zones)
    }

    /// What the first account of a post gets, and everything that is wrong with it.
    func compose(_ path: String) throws -> (account: Account, composition: Composition?, diagnostics: [Diagnostic]) {
        let bytes = try Self.folder.bytes(path)
        let name = "posts/\(path.split(separator: "/").last ?? "")"
        guard case .post(let post) = reader.read(bytes, path: name) else { throw NotAPost() }
        let id = try #require(post.targets.first?.account)
        let account = try #require(configuration.accounts[id])
        let (content, diagnostics) = reader.content(of: bytes, path: name, for: account) { Self.file($0) }
        if post.isInvalid { return (account, nil, post.diagnostics) }
        guard let content else { return (account, nil, (post.diagnostics + diagnostics).sorted()) }
        let composition = InstagramPlatform.compose(content)
        let all = post.diagnostics + diagnostics + composition.diagnostics
        return (account, composition, all.sorted())
    }

    private struct NotAPost: Error {}

    /// A file that is kept, as its reader tells it, else one that only `media.json` knows.
    private static func file(_ reference: MediaReference) -> Result<MediaFile, Diagnostic> {
        let row = (try? folder.media())?[reference.path]
        let kept = row?["file"]?.string.flatMap {
            FileManager.default.contents(atPath: NetworkFolder.fixtures.appending(path: $0).path())
        }
        let info = kept.flatMap { try? MediaReader.read(Array($0)) } ?? row.flatMap(MediaInfo.init(row:))
        guard let info else {
            return .failure(Diagnostic(.error, .mediaMissing, at: reference.place, "there is no \(reference.path)"))
        }
        return .success(MediaFile(reference: reference, info: info, digest: "sha256:\(reference.path)"))
    }

    /// An account at its sandbox; the networks fetch media from `media.example.com`.
    func bench(for account: Account) throws -> InstagramBench {
        let sandbox = try Sandbox(static: ["media.example.com": Self.media.path()])
        let clock = TestClock(nine)
        let session = Session(
            account: account,
            credentials: Credentials(
                SandboxCredentials.instagram(account: account.id.name).mapValues { Secret($0) }),
            transport: SandboxTransport(sandbox, clock: clock), clock: clock, media: Files(folder: Self.media),
            random: { 1 })
        return InstagramBench(platform: InstagramPlatform(session), account: account, sandbox: sandbox, clock: clock)
    }

    private struct Files: MediaSource {
        let folder: URL

        func open(_ file: MediaFile) async throws(PlatformFailure) -> any OpenMedia {
            let name = file.path.split(separator: "/").last.map(String.init) ?? ""
            let data = FileManager.default.contents(atPath: folder.appending(path: name).path())
            return HeldMedia(bytes: Array(data ?? Data()), contentType: file.info.contentType)
        }

        func publicURL(of file: MediaFile) async throws(PlatformFailure) -> String {
            "https://media.example.com/\(file.path.split(separator: "/").last ?? "")"
        }
    }
}

/// Instagram in one sandbox, at a clock that moves when it is waited for.
struct InstagramBench {
    let platform: InstagramPlatform
    let account: Account
    let sandbox: Sandbox
    let clock: TestClock

    /// Waits as long as Instagram wants; drafts go through JSON, as between runs.
    func prepare(_ step: Step, _ earlier: [Receipt] = []) async throws -> InstagramDraft {
        var kept: InstagramDraft?
        for _ in 0..<50 {
            switch try await platform.prepare(step, after: earlier, resuming: kept) {
            case .ready(let draft): return try afterJSON(draft)
            case .notYet(let draft, let moment):
                kept = try afterJSON(draft)
                await clock.sleep(until: moment)
            }
        }
        throw PlatformFailure(.permanent, code: "test.never-ready", "Instagram never gets ready")
    }

    private func afterJSON(_ draft: InstagramDraft) throws -> InstagramDraft {
        let read: InstagramDraft? = InstagramDraft(json: draft.json)
        return try #require(read)
    }

    func publish(_ step: Step, _ draft: InstagramDraft, _ earlier: [Receipt] = []) async throws -> Receipt {
        let now = clock.now
        let line = JournalLine.Sending(
            delivery: DeliveryID("posts/a.md", account.id), attempt: AttemptID(at: now, random: 7), generation: 1,
            step: step.index, at: now, draft: draft.json)
        let claim = try await Ledger(journal: NoJournal()).claim(
            line, fence: Fence(leaseEnd: now + .minutes(10)), now: now)
        return try await platform.publish(step, draft: draft, after: earlier, claim: claim)
    }

    /// All steps, each found again afterwards.
    func publish(_ steps: [Step]) async throws -> [Receipt] {
        var receipts: [Receipt] = []
        for step in steps {
            let start = clock.now
            let draft = try await prepare(step, receipts)
            let receipt = try await publish(step, draft, receipts)
            let finding = try await platform.find(step, draft: draft, after: receipts, since: start)
            guard case .published(let found) = finding else {
                Issue.record("step \(step.index) is not found: \(finding)")
                return receipts
            }
            #expect(found.id == receipt.id)
            receipts.append(receipt)
        }
        return receipts
    }

    /// What people see, one line for each thing.
    func shown() async throws -> [String] {
        Shown.instagram(try JSON(parsing: await sandbox.control("GET", "posts")).array ?? [])
    }
}
