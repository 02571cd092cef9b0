/// A JSON value. Numbers keep the digits they were written with, so that large ids and unknown fields survive a rewrite.
package enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSON])
    case object([String: JSON])
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(String(value)) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }
    package init(_ value: Int) { self = .number(String(value)) }
    package init(_ value: Int64) { self = .number(String(value)) }
    package init(_ value: String) { self = .string(value) }
}

extension JSON {
    package var string: String? { if case .string(let value) = self { value } else { nil } }
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    package var integer: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
    package var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
    package var object: [String: JSON]? { if case .object(let value) = self { value } else { nil } }

    /// A number or a string as text: networks write ids both ways.
    package var identifier: String? {
        switch self {
        case .string(let value): value.isEmpty ? nil : value
        case .number(let digits): digits
        case .null, .bool, .array, .object: nil
        }
    }

    /// The member of an object; nil for other values and absent keys. Setting makes an object of anything else;
    /// setting nil removes the key.
    package subscript(_ key: String) -> JSON? {
        get { object?[key] }
        set {
            var members = object ?? [:]
            // Else the old value would still hold the members, and setting one would copy them all.
            self = .null
            members[key] = newValue
            self = .object(members)
        }
    }

    package subscript(_ index: Int) -> JSON? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }
}
