import CGit2
import CZlib
import Crypto

/// A pack of whole objects and its index, as git reads them (gitformat-pack: pack version 2, index version 2).
struct PackFile {
    /// Shorter objects are not compressed. Compressing one result costs more CPU than all else that is done to store it
    /// and saves some 250 bytes, and `git gc` makes differences of such objects in any case.
    private static let smallestCompressedBlob = 1024
    /// Half of a tree is ids, which do not shrink; only at the length of a folder of many hundred files is it worth it.
    private static let smallestCompressedTree = 32 << 10

    /// Both files are named by it.
    let name: String
    let pack: [UInt8]
    let index: [UInt8]

    private struct Entry {
        let id: ObjectID
        let offset: UInt32
        let checksum: UInt32
    }

    /// - Parameter objects: each once; together far below the 2 GiB that an index of 31-bit offsets reaches.
    init(_ objects: [GatheredObject], _ deflater: Deflater) throws(GitError) {
        var pack = Array("PACK".utf8)
        append(2, to: &pack)
        append(UInt32(objects.count), to: &pack)
        var entries: [Entry] = []
        entries.reserveCapacity(objects.count)
        for object in objects {
            let start = pack.count
            pack += Self.head(object)
            try deflater.append(object.bytes, to: &pack, smallest: Self.smallestCompressed(object.kind))
            let checksum = pack[start...].withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
            entries.append(Entry(id: object.id, offset: UInt32(start), checksum: UInt32(checksum)))
        }
        let sum = Array(Insecure.SHA1.hash(data: pack))
        self.pack = pack + sum
        index = Self.index(of: entries.sorted { $0.id < $1.id }, sum)
        guard let id = ObjectID(bytes: sum) else { throw GitError(.invalid, "SHA-1 has 20 bytes") }
        name = id.hex
    }

    private static func smallestCompressed(_ kind: git_object_t) -> Int {
        kind == GIT_OBJECT_TREE ? smallestCompressedTree : smallestCompressedBlob
    }

    /// Kind and size: three bits of kind and four of size, then seven of size in each byte that follows.
    private static func head(_ object: GatheredObject) -> [UInt8] {
        var size = object.bytes.count
        var head = [UInt8(object.kind.rawValue) << 4 | UInt8(size & 15)]
        size >>= 4
        while size > 0 {
            head[head.count - 1] |= 0x80
            head.append(UInt8(size & 127))
            size >>= 7
        }
        return head
    }

    private static func index(of entries: [Entry], _ packSum: [UInt8]) -> [UInt8] {
        var index: [UInt8] = [0xFF, UInt8(ascii: "t"), UInt8(ascii: "O"), UInt8(ascii: "c")]
        index.reserveCapacity(1072 + 28 * entries.count)
        append(2, to: &index)
        let names = entries.map(\.id.bytes)
        // How many names begin with this byte or a smaller one.
        var count = 0
        for byte in UInt8.min...UInt8.max {
            while count < names.count, names[count][0] == byte { count += 1 }
            append(UInt32(count), to: &index)
        }
        for name in names { index += name }
        for entry in entries { append(entry.checksum, to: &index) }
        for entry in entries { append(entry.offset, to: &index) }
        index += packSum
        return index + Array(Insecure.SHA1.hash(data: index))
    }
}

private func append(_ number: UInt32, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
}
