package import Posts

/// A content repository on disk: its top folder and what socials.yml says.
package struct Workspace: Sendable {
    package let root: String
    package let configuration: Configuration
    /// Of socials.yml.
    package let diagnostics: [Diagnostic]

    package static let configurationName = "socials.yml"

    /// Finds socials.yml in the folder or above it. It lies at the top of the git repository, because a post is named
    /// by its path from there.
    package static func open(at folder: String, zones: TimeZones) throws(Refusal) -> Workspace {
        guard let start = Files.resolve(folder) else {
            throw Refusal(.configuration, "there is no folder \(folder)")
        }
        var root = start
        while !Files.exists(root + "/" + configurationName) {
            guard let slash = root.lastIndex(of: "/"), root != "/" else {
                throw Refusal(
                    .configuration, "there is no \(configurationName) in \(start) or above it",
                    hint: "copy the one of example-content, or name the folder with --repository")
            }
            root = slash == root.startIndex ? "/" : String(root[..<slash])
        }
        let bytes: [UInt8]
        do { bytes = try Files.read(root + "/" + configurationName, limit: 1 << 20) } catch {
            throw Refusal(.configuration, error.description)
        }
        let (configuration, diagnostics) = Configuration.read(bytes, path: configurationName, zones: zones)
        guard let configuration, !diagnostics.contains(where: { $0.severity == .error }) else {
            let errors = diagnostics.filter { $0.severity == .error }
            var refusal = Refusal(
                .configuration, "\(configurationName) cannot be used\n" + errors.map(\.line).joined(separator: "\n"))
            refusal.diagnostics = diagnostics
            throw refusal
        }
        return Workspace(root: root, configuration: configuration, diagnostics: diagnostics)
    }
}
