import Git
import Posts

extension GitRepository {
    /// The sidecars of a commit that can be read, by path.
    func sidecars(at commit: ObjectID) async throws -> [(path: String, results: Results)] {
        var sidecars: [(String, Results)] = []
        for change in try changes(from: nil, to: commit) where change.path.hasSuffix(Results.ending) {
            guard let blob = change.new?.id, let results = try? Results(parsing: try await read(blob)) else { continue }
            sidecars.append((change.path, results))
        }
        return sidecars
    }

    /// A sidecar that tells of an attempt of this kind, real or through the gateway.
    func attempted(at commit: ObjectID?, isGateway: Bool) async throws -> String? {
        guard let commit else { return nil }
        return try await sidecars(at: commit).first { sidecar in
            sidecar.results.deliveries.values.contains { $0.attempt != nil && $0.isGateway == isGateway }
        }?.path
    }

    /// The post beside a sidecar; its ending decides nothing but a name.
    func post(of sidecar: String, in commit: ObjectID) throws -> String {
        let base = String(sidecar.dropLast(Results.ending.count))
        let isLong = try blob(at: base + ".markdown", in: commit) != nil
        return base + (isLong ? ".markdown" : ".md")
    }
}

extension Results {
    fileprivate static let ending = ".results.json"
}
