/// Removes what may be secret from addresses in a text: user and password, query and fragment.
///
/// `https://x:token@github.com/a/b?key=1` becomes `https://github.com/a/b`; `git@github.com:a/b` stays, it names a user
/// that is no secret.
func withoutSecrets(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let scheme = rest.firstRange(of: "://") {
        result += rest[..<scheme.upperBound]
        rest = rest[scheme.upperBound...]
        let end = rest.firstIndex { $0.isWhitespace || "'\"<>".contains($0) } ?? rest.endIndex
        var address = rest[..<end]
        let authority = address[..<(address.firstIndex { "/?#".contains($0) } ?? address.endIndex)]
        // A password may hold a bare `@` or even `/`, so the last `@` before any blank counts.
        if let at = address.lastIndex(of: "@"), at < authority.endIndex || address[..<at].contains(":") {
            address = address[address.index(after: at)...]
        }
        if let query = address.firstIndex(where: { "?#".contains($0) }) {
            // A colon or bracket behind the query belongs to git's sentence.
            let tail = address[query...].reversed().prefix { ":)],.".contains($0) }
            result += address[..<query] + String(tail.reversed())
        } else {
            result += address
        }
        rest = rest[end...]
    }
    return result + rest
}
