import CGit2

/// An object of which only the name is known outside: not on the disk yet.
struct GatheredObject {
    let id: ObjectID
    let kind: git_object_t
    let bytes: [UInt8]
}

/// The objects that wait for the commit that holds them, and the way they then take to the disk.
///
/// A few become loose objects, as git itself writes them. Many become one pack: that is two files to create, where
/// creating files was most of what a delivery cost (measured). git makes the same choice when it fetches, by
/// `transfer.unpackLimit`.
final class GatheredObjects {
    /// From so many on they become a pack: six or more deliveries in one replacement of the claims. Fewer would leave
    /// many tiny packs, and `git gc --auto` gathers them from 50 on (`gc.autoPackLimit`).
    static let fewestInPack = 16

    private(set) var objects: [ObjectID: GatheredObject] = [:]
    /// The names, in the order in which the objects came.
    private var order: [ObjectID] = []
    private let folder: String
    private let deflater: Deflater

    /// - Parameter folder: the repository's `objects`.
    init(folder: String) throws(GitError) {
        self.folder = folder
        deflater = try Deflater()
    }

    func add(_ object: GatheredObject) {
        if objects.updateValue(object, forKey: object.id) == nil { order.append(object.id) }
    }

    /// Writes all of them. After an error they wait as before, and this may be repeated.
    func store() throws(GitError) {
        let waiting = order.compactMap { objects[$0] }
        if waiting.count >= Self.fewestInPack {
            try storePack(waiting)
        } else {
            for object in waiting { try storeLoose(object) }
        }
        objects.removeAll(keepingCapacity: true)
        order.removeAll(keepingCapacity: true)
    }

    private func storePack(_ objects: [GatheredObject]) throws(GitError) {
        let pack = try PackFile(objects, deflater)
        let path = folder + "/pack/pack-" + pack.name
        try NewFile.store(pack.pack, at: path + ".pack", in: folder + "/pack", prefix: "tmp_pack_")
        // git looks for packs by their index, so that comes second.
        try NewFile.store(pack.index, at: path + ".idx", in: folder + "/pack", prefix: "tmp_idx_")
    }

    private func storeLoose(_ object: GatheredObject) throws(GitError) {
        let name = object.id.hex
        let subfolder = folder + "/" + name.prefix(2)
        let path = subfolder + "/" + name.dropFirst(2)
        if NewFile.refresh(path) { return }
        var bytes: [UInt8] = []
        let whole = ObjectID.head(object.kind, object.bytes.count) + object.bytes
        // A file takes a block of the disk, whatever is in it.
        try deflater.append(whole, to: &bytes, smallest: 4000)
        try NewFile.store(bytes, at: path, in: subfolder, prefix: "tmp_obj_")
    }
}

extension Repository {
    /// From now on blobs and trees wait in memory for the next commit, and reach the disk together, before the commit's
    /// name is known to anybody. What no commit follows is written by ``storeGathered()``, or never.
    package func gatherObjects() throws(GitError) {
        guard gathered == nil else { return }
        let objects = try GatheredObjects(folder: commonDirectory + "/objects")
        try putInFront(objects)
        gathered = objects
    }

    /// Writes the objects that wait; needed only where other programs are to see them without a commit.
    package func storeGathered() throws(GitError) { try gathered?.store() }
}
