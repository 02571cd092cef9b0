import YAML

/// A post's file taken apart once, however many accounts get something of it.
package struct PostSource {
    let path: String
    let yaml: YAMLDocument
    private let written: ArraySlice<UInt8>
    private let firstLine: Int
    private var text: BodyText?
    private var bodies: [Network: Body] = [:]

    /// nil if the front matter cannot be parsed; `PostReader.read` says why.
    package init?(_ bytes: [UInt8], path: String) {
        let parsed = bytes.withUnsafeBufferPointer { bytes -> (FrontMatter.Parts, YAMLDocument)? in
            guard case .found(let parts) = FrontMatter(of: bytes),
                let yaml = try? YAMLDocument(parsing: UnsafeBufferPointer(rebasing: bytes[parts.yaml]), firstLine: 2)
            else { return nil }
            return (parts, yaml)
        }
        guard let (parts, yaml) = parsed else { return nil }
        self.path = path
        self.yaml = yaml
        written = bytes[parts.body...]
        firstLine = parts.bodyLine
    }

    mutating func body(for network: Network) -> Body {
        if let known = bodies[network] { return known }
        let text = text ?? BodyText(Array(written), firstLine: firstLine, path: path)
        self.text = text
        let body = Body(text, path: path, network: network)
        bodies[network] = body
        return body
    }
}
