/// Header fields in order; names compare without case. A value may be a secret, which then never prints.
package struct Headers: Sendable, ExpressibleByDictionaryLiteral {
    package private(set) var fields: [(name: String, value: Secret)] = []
    private var hidden: Set<String> = []

    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }

    package mutating func add(_ name: String, _ value: String) {
        fields.append((name, Secret(value)))
    }

    package mutating func add(_ name: String, secret value: Secret) {
        hidden.insert(name.lowercased())
        fields.append((name, value))
    }

    /// The first field of that name.
    package subscript(_ name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value.reveal()
    }
}

extension Headers: CustomStringConvertible {
    package var description: String {
        fields.map { "\($0.name): \(hidden.contains($0.name.lowercased()) ? "•••" : $0.value.reveal())" }
            .joined(separator: "\n")
    }
}
