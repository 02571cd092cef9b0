import Foundation
import Platforms
import Posts
import Testing

@testable import Pipeline

/// A file of a folder of its own.
private final class Desk: Sendable {
    let path: String
    let folder = FileManager.default.temporaryDirectory.appending(path: "digests-\(UUID().uuidString)").path

    init(_ bytes: [UInt8]) throws {
        path = folder + "/a.jpg"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write(bytes)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// In its place, as an editor does that keeps the file's name and rights.
    func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }

    func file(_ bytes: [UInt8]) -> MediaFile {
        MediaFile(
            reference: MediaReference(path: "a.jpg", place: Diagnostic.Place(path: "posts/a.md")),
            info: MediaInfo(format: .jpeg, width: 4, height: 4, byteCount: bytes.count), digest: sha256(bytes))
    }
}

private let words: [UInt8] = Array("some bytes".utf8)
private let others: [UInt8] = Array("same count".utf8)

private func code(_ body: () throws -> Void) -> String? {
    do { try body() } catch { return (error as? PlatformFailure)?.code }
    return nil
}

@Suite struct `A media file` {
    @Test func `is read through once, however often it is opened`() throws {
        let (desk, digests) = (try Desk(words), MediaDigests(settled: .zero))
        for _ in 0..<3 {
            let media = try LocalMedia(desk.path, desk.file(words), digests)
            #expect(try media.bytes() == words)
        }
        #expect(digests.count == 1)
    }

    @Test func `is read through again while a change of it might not show in its times`() throws {
        let (desk, digests) = (try Desk(words), MediaDigests(settled: .seconds(3600)))
        for _ in 0..<2 { _ = try LocalMedia(desk.path, desk.file(words), digests) }
        #expect(digests.count == 2)
    }

    @Test func `that changed since it was composed is not opened, also if it has as many bytes and the time it had`()
        throws
    {
        let (desk, digests) = (try Desk(words), MediaDigests(settled: .zero))
        let moment = Date(timeIntervalSince1970: 1_790_000_000)
        try FileManager.default.setAttributes([.modificationDate: moment], ofItemAtPath: desk.path)
        _ = try LocalMedia(desk.path, desk.file(words), digests)
        try desk.write(others)
        try FileManager.default.setAttributes([.modificationDate: moment], ofItemAtPath: desk.path)
        #expect(code { _ = try LocalMedia(desk.path, desk.file(words), digests) } == "media-changed")
    }

    @Test func `that is written to while it is read ends the reading`() throws {
        let (desk, digests) = (try Desk(words), MediaDigests(settled: .zero))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_790_000_000)], ofItemAtPath: desk.path)
        let media = try LocalMedia(desk.path, desk.file(words), digests)
        #expect(try media.bytes(in: 0..<4) == Array(words[..<4]))
        let handle = try #require(FileHandle(forWritingAtPath: desk.path))
        try handle.write(contentsOf: Data(others))
        try handle.close()
        #expect(code { _ = try media.bytes(in: 4..<8) } == "media-changed")
    }

    @Test func `that is replaced or taken away while it is read is read on`() throws {
        let (desk, digests) = (try Desk(words), MediaDigests(settled: .zero))
        let media = try LocalMedia(desk.path, desk.file(words), digests)
        try FileManager.default.removeItem(atPath: desk.path)
        #expect(try media.bytes() == words)
        try desk.write(others)
        #expect(try media.bytes() == words)
        #expect(code { _ = try LocalMedia(desk.path, desk.file(words), digests) } == "media-changed")
    }
}
