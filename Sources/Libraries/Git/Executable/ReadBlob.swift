extension GitExecutable {
    /// The bytes of a blob; a partial clone fetches it from its remote, which libgit2 cannot.
    /// - Parameter limit: a larger one is refused.
    package func readBlob(_ id: ObjectID, limit: Int = 64 << 20) async throws(RemoteError) -> [UInt8] {
        var command = GitCommand(["cat-file", "blob", id.hex])
        command.outputLimit = limit
        let ending = try await run(command)
        guard ending.succeeded else { throw ending.failure(while: "reading blob \(id.hex.prefix(10))") }
        return ending.output
    }
}
