import Foundation
import Git
import Testing

@Suite struct `Gathered objects` {
    @Test func `reach the disk with the commit that holds them`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        try repository.gatherObjects()
        let blob = try repository.writeBlob(Array("{}\n".utf8))
        let tree = try repository.writeTree(updating: made.id("HEAD"), changes: ["a/b.json": .blob(blob)])
        #expect(try made.run(["cat-file", "-e", blob.hex], in: made.path).status != 0)
        #expect(try made.run(["cat-file", "-e", tree.hex], in: made.path).status != 0)
        let commit = try repository.createCommit(
            tree: tree, parents: [made.id("HEAD")], author: robot, message: "Record\n")
        #expect(try made.git("show", "\(commit.hex):a/b.json") == "{}")
        #expect(try made.git("fsck", "--strict", "--no-dangling", "--no-progress", commit.hex) == "")
    }

    @Test func `are read like others before they reach it`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        try repository.gatherObjects()
        let bytes = Array("not on the disk".utf8)
        let blob = try repository.writeBlob(bytes)
        let tree = try repository.writeTree(updating: made.id("HEAD"), changes: ["a/b": .blob(blob)])
        #expect(try repository.readBlob(blob) == bytes)
        #expect(try repository.entry(at: "a/b", in: tree)?.id == blob)
        #expect(try repository.listTree(tree).map(\.name) == ["a", "notes.txt", "posts"])
    }

    @Test func `become loose objects when they are few`() throws {
        let made = try TestRepository.withPosts()
        let before = try counts(made)
        try commit(blobs(3), in: made)
        let after = try counts(made)
        #expect(after.loose == before.loose + 5)
        #expect(after.packs == 0)
        #expect(try made.check() == "")
    }

    @Test func `become one pack when they are many`() throws {
        let made = try TestRepository.withPosts()
        let before = try counts(made)
        try commit(blobs(300), in: made)
        let after = try counts(made)
        #expect(after.loose == before.loose)
        #expect(after.packs == 1)
        #expect(after.garbage == 0)
        #expect(try made.check() == "")
        let index = try #require(made.packs.first { $0.hasSuffix(".idx") })
        #expect(try made.git("verify-pack", index) == "")
    }

    @Test func `come out of a pack as they went in`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        try repository.gatherObjects()
        // Sizes on both sides of each byte that the size takes, compressible and not.
        var contents = [0, 1, 15, 16, 2047, 2048, 70_000].map { [UInt8](repeating: 7, count: $0) }
        var state: UInt64 = 1
        for count in 100..<120 {
            contents.append(
                (0..<count * 50).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1
                    return UInt8(state >> 56)
                })
        }
        let names = try contents.map { try repository.writeBlob($0) }
        let tree = try repository.writeFlatTree(
            Dictionary(uniqueKeysWithValues: names.enumerated().map { ("\($0.offset)", $0.element) }))
        _ = try repository.createCommit(tree: tree, parents: [], author: robot, message: "All\n")
        #expect(try counts(made).packs == 1)
        for reader in [repository, try made.open()] {
            for (name, content) in zip(names, contents) { #expect(try reader.readBlob(name) == content) }
        }
        for (name, content) in zip(names, contents) {
            #expect(try made.git("cat-file", "-s", name.hex) == String(content.count))
        }
    }

    @Test func `survive that git packs everything anew`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        try repository.gatherObjects()
        for round in 0..<3 {
            let blobs = try blobs(20).map { try repository.writeBlob($0 + [UInt8(round)]) }
            let head = try made.id("HEAD")
            let tree = try repository.writeTree(
                updating: head,
                changes: Dictionary(
                    uniqueKeysWithValues: blobs.enumerated().map { ("r\($0.offset)", .blob($0.element)) }))
            let commit = try repository.createCommit(tree: tree, parents: [head], author: robot, message: "Next\n")
            #expect(try repository.compareAndSwap(reference: "refs/heads/main", to: commit, expecting: head, log: "t"))
            try made.git("gc", "-q", "--prune=now")
            #expect(try repository.readBlob(blobs[7]) == this(blob: 7, round))
        }
        #expect(try made.check() == "")
        #expect(try made.git("rev-list", "--count", "HEAD") == "4")
    }

    @Test func `wait for another try when the disk refuses them`() throws {
        let made = try TestRepository.withPosts()
        let repository = try made.open()
        try repository.gatherObjects()
        let pack = made.path + "/.git/objects/pack"
        try FileManager.default.removeItem(atPath: pack)
        try Data().write(to: URL(fileURLWithPath: pack))
        let names = try blobs(20).map { try repository.writeBlob($0) }
        #expect(gitFailure { try repository.storeGathered() } != nil)
        try FileManager.default.removeItem(atPath: pack)
        try repository.storeGathered()
        #expect(try made.git("cat-file", "-t", names[0].hex) == "blob")
        #expect(try counts(made).garbage == 0)
    }

    @Test func `keep a loose object young that is there already`() throws {
        let made = try TestRepository.withPosts()
        let name = try made.id("HEAD:notes.txt").hex
        let path = "\(made.path)/.git/objects/\(name.prefix(2))/\(name.dropFirst(2))"
        let old = Date(timeIntervalSince1970: 1_000_000_000)
        try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: path)
        let repository = try made.open()
        try repository.gatherObjects()
        #expect(try repository.writeBlob(Array("notes\n".utf8)).hex == name)
        try repository.storeGathered()
        let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        #expect(try #require(date) > old)
    }

    private func blobs(_ count: Int) -> [[UInt8]] { (0..<count).map { Array("{\"number\": \($0)}\n".utf8) } }

    private func this(blob number: Int, _ round: Int) -> [UInt8] { blobs(number + 1)[number] + [UInt8(round)] }

    private func commit(_ contents: [[UInt8]], in made: TestRepository) throws {
        let repository = try made.open()
        try repository.gatherObjects()
        var names: [String: ObjectID] = [:]
        for (number, content) in contents.enumerated() { names["f\(number)"] = try repository.writeBlob(content) }
        let commit = try repository.createCommit(
            tree: try repository.writeFlatTree(names), parents: [], author: robot, message: "Flat\n")
        #expect(try repository.compareAndSwap(reference: "refs/flat", to: commit, expecting: nil, log: "flat"))
    }

    private func counts(_ made: TestRepository) throws -> (loose: Int, packs: Int, garbage: Int) {
        var values: [String: Int] = [:]
        for line in try made.git("count-objects", "-v").split(separator: "\n") {
            let parts = line.split(separator: ": ")
            values[String(parts[0])] = Int(parts[1])
        }
        return try (#require(values["count"]), #require(values["packs"]), #require(values["garbage"]))
    }
}

extension TestRepository {
    fileprivate var packs: [String] {
        let folder = path + "/.git/objects/pack"
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map { folder + "/" + $0 }
    }
}
