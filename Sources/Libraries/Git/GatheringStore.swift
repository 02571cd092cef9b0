import CGit2

// Gathered objects as libgit2 sees them: an object store in front of its own, which takes every write.

extension Repository {
    func putInFront(_ objects: GatheredObjects) throws(GitError) {
        var database: OpaquePointer?
        try check(git_repository_odb(&database, raw), "open the object store")
        defer { git_odb_free(database) }
        let store = UnsafeMutablePointer<cgit2_store>.allocate(capacity: 1)
        store.initialize(to: cgit2_store())
        store.pointee.base.version = UInt32(GIT_ODB_BACKEND_VERSION)
        store.pointee.base.read = readGathered
        store.pointee.base.read_header = readGatheredHead
        store.pointee.base.exists = hasGathered
        store.pointee.base.write = gather
        store.pointee.base.free = freeStore
        store.pointee.context = Unmanaged.passRetained(objects).toOpaque()
        let base = UnsafeMutableRawPointer(store).assumingMemoryBound(to: git_odb_backend.self)
        // libgit2's own stores have the priorities 1 and 2.
        let code = git_odb_add_backend(database, base, 100)
        if code < 0 { freeStore(base) }
        try check(code, "gather objects")
    }
}

private typealias Store = UnsafeMutablePointer<git_odb_backend>

private nonisolated func objects(_ store: Store?) -> GatheredObjects? {
    guard let store else { return nil }
    let context = UnsafeMutableRawPointer(store).assumingMemoryBound(to: cgit2_store.self).pointee.context
    return context.map { Unmanaged<GatheredObjects>.fromOpaque($0).takeUnretainedValue() }
}

private nonisolated func object(_ store: Store?, _ id: UnsafePointer<git_oid>?) -> GatheredObject? {
    id.flatMap { objects(store)?.objects[ObjectID($0.pointee)] }
}

private nonisolated func readGathered(
    _ bytes: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ size: UnsafeMutablePointer<Int>?,
    _ kind: UnsafeMutablePointer<git_object_t>?, _ store: UnsafeMutablePointer<git_odb_backend>?,
    _ id: UnsafePointer<git_oid>?
) -> Int32 {
    guard let object = object(store, id) else { return GIT_ENOTFOUND.rawValue }
    // With a zero at its end, as libgit2's own stores give it: some of its parsers look one byte further.
    guard let copy = git_odb_backend_data_alloc(store, object.bytes.count + 1) else { return GIT_ERROR.rawValue }
    object.bytes.withUnsafeBytes { source in
        if let start = source.baseAddress { copy.copyMemory(from: start, byteCount: source.count) }
    }
    copy.storeBytes(of: 0, toByteOffset: object.bytes.count, as: UInt8.self)
    bytes?.pointee = copy
    size?.pointee = object.bytes.count
    kind?.pointee = object.kind
    return 0
}

private nonisolated func readGatheredHead(
    _ size: UnsafeMutablePointer<Int>?, _ kind: UnsafeMutablePointer<git_object_t>?,
    _ store: UnsafeMutablePointer<git_odb_backend>?, _ id: UnsafePointer<git_oid>?
) -> Int32 {
    guard let object = object(store, id) else { return GIT_ENOTFOUND.rawValue }
    size?.pointee = object.bytes.count
    kind?.pointee = object.kind
    return 0
}

private nonisolated func hasGathered(
    _ store: UnsafeMutablePointer<git_odb_backend>?, _ id: UnsafePointer<git_oid>?
) -> Int32 { object(store, id) == nil ? 0 : 1 }

private nonisolated func gather(
    _ store: UnsafeMutablePointer<git_odb_backend>?, _ id: UnsafePointer<git_oid>?, _ bytes: UnsafeRawPointer?,
    _ size: Int, _ kind: git_object_t
) -> Int32 {
    guard let id, let objects = objects(store) else { return GIT_ERROR.rawValue }
    let copy = [UInt8](UnsafeRawBufferPointer(start: bytes, count: size))
    objects.add(GatheredObject(id: ObjectID(id.pointee), kind: kind, bytes: copy))
    return 0
}

private nonisolated func freeStore(_ store: UnsafeMutablePointer<git_odb_backend>?) {
    guard let store else { return }
    let whole = UnsafeMutableRawPointer(store).assumingMemoryBound(to: cgit2_store.self)
    if let context = whole.pointee.context { Unmanaged<GatheredObjects>.fromOpaque(context).release() }
    whole.deallocate()
}
