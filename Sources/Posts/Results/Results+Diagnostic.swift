import JSON

extension Results.Unreadable {
    package func diagnostic(at path: String) -> Diagnostic {
        switch self {
        case .syntax(let error):
            Diagnostic(
                .error, .badSidecar, at: .init(path: path, line: error.line, column: error.column),
                "this sidecar is no JSON: \(error.reason)", hint: "restore it from git; it proves what was published")
        case .shape(let reason):
            Diagnostic(
                .error, .badSidecar, at: .init(path: path), "this sidecar cannot be read: \(reason)",
                hint: "restore it from git; it proves what was published")
        case .newerVersion(let version):
            Diagnostic(
                .error, .newerVersion, at: .init(path: path),
                "this sidecar has version \(version), written by a newer socials-pipeline",
                hint: "update socials-pipeline")
        }
    }
}
