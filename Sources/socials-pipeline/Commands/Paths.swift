import Pipeline
import Posts

/// A path a person typed, from the top of the content repository.
func postPath(_ typed: String, in repository: String) throws(Refusal) -> String {
    let workspace = try Workspace.open(at: repository, zones: .system)
    guard let path = Files.resolve(typed) ?? Files.resolve(workspace.root + "/" + typed) else {
        throw Refusal(.usage, "there is no file \(typed)")
    }
    guard path.hasPrefix(workspace.root + "/") else {
        throw Refusal(.usage, "\(typed) is not in the repository \(workspace.root)")
    }
    return String(path.dropFirst(workspace.root.utf8.count + 1)).composed
}

/// As `postPath`, but of a post whose file may be gone here, or not have come yet.
func orderedPath(_ typed: String, in repository: String) throws(Refusal) -> String {
    guard !typed.hasPrefix("/"), Files.resolve(typed) == nil else { return try postPath(typed, in: repository) }
    return typed.split(separator: "/").filter { $0 != "." }.joined(separator: "/").composed
}
