import Posts

/// A repository without a remote: first the claims, then the branch, both in this repository.
struct LocalExchanger: Exchanger {
    let claims: any ClaimsStore
    let recorder: any Recorder

    func read() async throws(ClaimsStoreError) -> (tree: ClaimsTree, version: String?) { try await claims.read() }

    func exchange(_ exchange: Exchange) async -> Exchanged {
        var version: String?
        if let tree = exchange.claims {
            do { version = try await claims.replace(tree, ifVersion: exchange.version) } catch {
                return Exchanged(claims: .failure(error), recorded: nil)
            }
        }
        let recorded =
            exchange.results.isEmpty ? Recorded(commit: nil) : await recorder.record(exchange.results)
        return Exchanged(claims: version.map { .success($0) }, recorded: recorded)
    }
}
