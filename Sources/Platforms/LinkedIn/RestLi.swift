import HTTP

/// Rest.li 2.0 parameters. Values are percent-encoded, the punctuation that gives a parameter its structure stays bare;
/// encoding either the other way is answered with 400 or 403.
/// Source: the Rest.li protocol 2.0 as LinkedIn's own clients spoke it in 2026.
enum RestLi {
    enum Value: Sendable, Hashable {
        /// Text, or a number, flag or null as its text.
        case scalar(String)
        case list([Value])
        /// Members in the order in which they are sent.
        case object([Member])
    }

    struct Member: Sendable, Hashable {
        let key: String
        let value: Value

        init(_ key: String, _ value: Value) {
            self.key = key
            self.value = value
        }
    }

    /// `a=1&ids=List(x,y)`, in the order given.
    static func query(_ parameters: [Member]) -> String {
        parameters.map { "\(encoded($0.key))=\(encoded($0.value))" }.joined(separator: "&")
    }

    /// A URN or key as a segment of a path.
    static func segment(_ key: String) -> String { percentEncoded(key) }

    private static func encoded(_ value: Value) -> String {
        switch value {
        case .scalar(let text): encoded(text)
        case .list(let elements): "List(\(elements.map(encoded).joined(separator: ",")))"
        case .object(let members):
            "(\(members.map { "\(encoded($0.key)):\(encoded($0.value))" }.joined(separator: ",")))"
        }
    }

    /// Two quotes stand for the empty string.
    private static func encoded(_ text: String) -> String { text.isEmpty ? "''" : percentEncoded(text) }
}
