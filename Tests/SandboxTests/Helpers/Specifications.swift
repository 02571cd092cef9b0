import Foundation

@testable import Sandbox

/// X's own OpenAPI documents, which may not be passed on and so are not part of this project.
///
/// Looked for in the folder that `SOCIALS_SPECIFICATIONS` names, else in folders beside the clone: `../*/specs`.
enum Specifications {
    /// Before and after the renaming of fields; nothing when they are not there.
    static let openAPI: (before: Value, after: Value)? = {
        for folder in folders {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let files = names.filter { $0.hasPrefix("x-api-v2-openapi-") && $0.hasSuffix(".json") }.sorted()
            guard let before = files.first(where: { $0.contains("before-rename") }).flatMap({ read(folder, $0) }),
                let after = files.last(where: { !$0.contains("before-rename") }).flatMap({ read(folder, $0) })
            else { continue }
            return (before, after)
        }
        return nil
    }()

    static let excuse =
        "did not run: no folder of X's OpenAPI documents; set SOCIALS_SPECIFICATIONS, or put one beside the clone"

    private static var folders: [String] {
        if let named = ProcessInfo.processInfo.environment["SOCIALS_SPECIFICATIONS"], !named.isEmpty { return [named] }
        let clone = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let beside = clone.deletingLastPathComponent().path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: beside)) ?? []
        return names.sorted().map { "\(beside)/\($0)/specs" }
    }

    private static func read(_ folder: String, _ name: String) -> Value? {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")),
            let object = try? JSONSerialization.jsonObject(with: data)
        else { return nil }
        return value(object)
    }

    /// Texts, whole numbers, lists and objects are all that is looked at.
    private static func value(_ any: Any) -> Value {
        switch any {
        case let text as String: .string(text)
        case let list as [Any]: .array(list.map(value))
        case let object as [String: Any]: .object(object.mapValues(value))
        case let number as NSNumber: .integer(number.intValue)
        default: .null
        }
    }
}

/// What a schema says about one place of a body.
struct SchemaFacts: Hashable {
    var type: String
    var values: Set<String>?
    var least: Int?
    var most: Int?
    var pattern: String?
    var required: Set<String> = []
    /// An object of which no members are named: whatever one likes.
    var isOpen = false

    /// What both allow; nothing when their types have nothing in common.
    func both(_ other: SchemaFacts) -> SchemaFacts? {
        guard type == other.type else { return nil }
        var facts = self
        facts.values = values.flatMap { mine in other.values.map(mine.intersection) ?? mine } ?? other.values
        facts.least = [least, other.least].compactMap(\.self).max()
        facts.most = [most, other.most].compactMap(\.self).min()
        facts.pattern = pattern ?? other.pattern
        facts.required.formUnion(other.required)
        facts.isOpen = isOpen && other.isOpen
        return facts
    }
}

/// The places of a body, `$.media.media_ids[]` and so on.
typealias SchemaMap = [String: SchemaFacts]

enum OpenAPI {
    static func operation(_ document: Value, _ method: String, _ path: String) -> Value? {
        document["paths"]?[path]?[method.lowercased()]
    }

    static func body(_ document: Value, _ method: String, _ path: String, type: String = "application/json")
        -> SchemaMap
    {
        var map: SchemaMap = [:]
        let content = operation(document, method, path)?["requestBody"]?["content"]?[type]
        if let schema = content?["schema"] { walk(schema, "$", document, &map) }
        return map
    }

    /// Values of a query parameter that is a list, e.g. `tweet.fields`.
    static func list(_ document: Value, _ method: String, _ path: String, _ name: String) -> Set<String>? {
        let all = operation(document, method, path)?["parameters"]?.array?.map { resolve($0, document) }
        guard let parameter = all?.first(where: { $0["name"]?.string == name })?["schema"] else { return nil }
        let items = resolve(resolve(parameter, document)["items"] ?? .null, document)
        return Set(items["enum"]?.array?.compactMap(\.string) ?? [])
    }

    /// Scopes that an OAuth 2.0 token of a user needs.
    static func scopes(_ document: Value, _ method: String, _ path: String) -> Set<String> {
        let all = operation(document, method, path)?["security"]?.array ?? []
        return Set(all.compactMap { $0["OAuth2UserToken"]?.array }.flatMap { $0.compactMap(\.string) })
    }

    private static func resolve(_ value: Value, _ document: Value) -> Value {
        guard let reference = value["$ref"]?.string else { return value }
        let found = reference.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] ?? .null }
        return resolve(found, document)
    }

    private static func walk(_ value: Value, _ path: String, _ document: Value, _ map: inout SchemaMap) {
        let schema = resolve(value, document)
        // Of alternatives the first stands for all: the others are the same in another encoding.
        if let first = (schema["anyOf"] ?? schema["oneOf"])?.array?.first { return walk(first, path, document, &map) }
        let members = schema["properties"]?.object ?? [:]
        let least = schema["minimum"] ?? schema["minLength"] ?? schema["minItems"]
        let most = schema["maximum"] ?? schema["maxLength"] ?? schema["maxItems"]
        let type = schema["type"]?.string ?? ""
        map[path] = SchemaFacts(
            type: type, values: (schema["enum"]?.array).map { Set($0.compactMap(\.string)) },
            least: least?.integer == 0 ? nil : least?.integer, most: most?.integer, pattern: schema["pattern"]?.string,
            required: Set(schema["required"]?.array?.compactMap(\.string) ?? []),
            isOpen: type == "object" && members.isEmpty)
        for (name, member) in members { walk(member, "\(path).\(name)", document, &map) }
        if let items = schema["items"] { walk(items, "\(path)[]", document, &map) }
    }
}

extension XSchema {
    /// The same facts about what the sandbox takes.
    var map: SchemaMap {
        var map: SchemaMap = [:]
        walk("$", &map)
        return map
    }

    private func walk(_ path: String, _ map: inout SchemaMap) {
        func bound(_ number: Int, _ none: Set<Int>) -> Int? { none.contains(number) ? nil : number }
        switch self {
        case .text(let text):
            map[path] = SchemaFacts(
                type: "string", values: text.values.isEmpty ? nil : Set(text.values),
                least: bound(text.lengths.lowerBound, [0]), most: bound(text.lengths.upperBound, [Int.max]),
                pattern: text.pattern?.rawValue)
        case .integer(let range):
            map[path] = SchemaFacts(
                type: "integer", least: bound(range.lowerBound, [0, Int.min]),
                most: bound(range.upperBound, [Int.max]))
        case .number: map[path] = SchemaFacts(type: "number")
        case .boolean: map[path] = SchemaFacts(type: "boolean")
        case .list(let item, let counts):
            map[path] = SchemaFacts(
                type: "array", least: bound(counts.lowerBound, [0]), most: bound(counts.upperBound, [Int.max]))
            item.walk("\(path)[]", &map)
        case .object(let members, let required):
            map[path] = SchemaFacts(type: "object", required: required, isOpen: members.isEmpty)
            for (name, member) in members { member.walk("\(path).\(name)", &map) }
        }
    }
}
