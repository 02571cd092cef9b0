import Git
import Posts

/// The claims in a plain local ref, for a repository without a remote.
struct GitClaims: ClaimsStore {
    let repository: GitRepository
    let objects: ClaimsObjects
    let reference: String

    func read() async throws(ClaimsStoreError) -> (tree: ClaimsTree, version: String?) {
        let commit: ObjectID?
        do { commit = try await repository.reference(reference) } catch {
            throw .unavailable("\(reference): \(error)")
        }
        return (try await objects.read(commit, name: reference), commit?.hex)
    }

    func replace(_ tree: ClaimsTree, ifVersion version: String?) async throws(ClaimsStoreError) -> String {
        do {
            let commit = try await objects.write(tree)
            let expected = version.flatMap { ObjectID(hex: $0) }
            guard try await repository.compareAndSwap(reference, to: commit, expecting: expected, log: "claims") else {
                throw ClaimsStoreError.lost
            }
            return commit.hex
        } catch let error as ClaimsStoreError {
            throw error
        } catch {
            throw .unavailable("\(reference): \(error)")
        }
    }
}
