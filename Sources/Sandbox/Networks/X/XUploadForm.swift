internal import Foundation

/// The body of an upload: a form with a file, or JSON with the bytes in base 64.
struct XUploadForm {
    let bytes: [UInt8]
    let category: String
    let segment: Int

    init(_ call: Call, _ schema: XSchema, categories: [String] = []) throws(Refusal) {
        guard case .object(let members, let required) = schema else {
            throw XErrors.invalid("The body is not well-formed.")
        }
        let isSegment = members["segment_index"] != nil
        switch call.contentType {
        case "application/json":
            let body = try XBodies.read(call, schema)
            guard let text = body["media"]?.string, let data = Data(base64Encoded: text) else {
                throw XErrors.wrong("$.media", "is not base64", "")
            }
            bytes = Array(data)
            category = body["media_category"]?.string ?? ""
            segment = body["segment_index"]?.integer ?? 0
        case "multipart/form-data":
            guard call.query.isEmpty else { throw XErrors.invalid("A form has no query parameters.") }
            guard let parts = Multipart.parse(call.body, contentType: call.header("Content-Type")) else {
                throw XErrors.invalid("The body is not well-formed multipart/form-data.")
            }
            let byName = Dictionary(parts.map { ($0.name, $0) }) { first, _ in first }
            guard byName.count == parts.count, Set(byName.keys) == required else {
                throw XErrors.invalid(
                    "The form has [\(parts.map(\.name).sorted().joined(separator: ","))] but required are [\(required.sorted().joined(separator: ","))]"
                )
            }
            bytes = byName["media"]?.bytes ?? []
            category = byName["media_category"]?.text ?? ""
            let text = byName["segment_index"]?.text ?? "0"
            guard !isSegment || byName["media"]?.fileName != nil else {
                throw XErrors.invalid("media: a part with a file name expected")
            }
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
                (0...999).contains(number)
            else { throw XErrors.wrong("segment_index", "must be between 0 and 999", text) }
            segment = number
        default:
            throw XErrors.invalid("Content-Type must be multipart/form-data or application/json")
        }
        guard isSegment || categories.contains(category) else {
            throw XErrors.wrong(
                "media_category", "does not have a value in the enumeration [\(categories.joined(separator: ", "))]",
                category)
        }
    }
}
