internal import Foundation
internal import HTTPServer

/// What a network's media fetcher got from a URL.
package enum FetchResult: Sendable, Hashable {
    case file([UInt8])
    /// Emulated networks follow no redirect.
    case redirect
    case status(Int)
    case unreachable
}

/// Folders that stand for public web hosts, and servers on this machine. Nothing else can be reached.
struct Fetcher: Sendable {
    /// Host name to folder, or to `http://127.0.0.1:PORT` of a server on this machine.
    let hosts: [String: String]

    init(hosts: [String: String]) {
        self.hosts = Dictionary(hosts.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
    }

    /// Fetches as the networks do: `GET`, no redirect, no credentials.
    func fetch(_ url: String) async -> FetchResult {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = Self.parts(url) else { return .unreachable }
        if let place = hosts[parts.host] {
            guard parts.scheme == "https" else { return .unreachable }
            if place.hasPrefix("http://127.0.0.1:") {
                return await LoopbackClient.get(
                    authority: String(place.dropFirst("http://".count)), host: parts.host, target: parts.target)
            }
            return file(parts.target, in: place)
        }
        guard parts.scheme == "http", parts.host == "127.0.0.1" else { return .unreachable }
        return await LoopbackClient.get(authority: parts.authority, host: parts.authority, target: parts.target)
    }

    /// The same files for whoever asks the sandbox as that host, with ranges; a check before publishing does this.
    func answer(_ call: Call) async -> ServerAnswer {
        guard call.method == "GET" || call.method == "HEAD" else { return .text(405, "Method not allowed\n") }
        let query = call.rawQuery.isEmpty ? "" : "?\(call.rawQuery)"
        let result = await fetch("https://\(call.host)/\(call.rawSegments.joined(separator: "/"))\(query)")
        switch result {
        case .unreachable: return .text(502, "The host \(call.host) is not reachable from here.\n")
        case .redirect: return .text(502, "The host \(call.host) redirects.\n")
        case .status(let status): return .text(status, "\(status)\n")
        case .file(let bytes):
            let type = Self.mediaType(call.segments.last ?? "")
            var headers = [(name: "Content-Type", value: type), (name: "Accept-Ranges", value: "bytes")]
            guard let range = call.header("Range").flatMap({ Self.range($0, in: bytes.count) }) else {
                return ServerAnswer(200, headers: headers, body: bytes)
            }
            headers.append(("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)"))
            return ServerAnswer(206, headers: headers, body: Array(bytes[range]))
        }
    }
}

private extension Fetcher {
    static func parts(_ url: String) -> (scheme: String, authority: String, host: String, target: String)? {
        let sides = url.split(separator: "://", maxSplits: 1)
        guard sides.count == 2 else { return nil }
        let authority = sides[1].prefix { !"/?#".contains($0) }.lowercased()
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        let rest = sides[1].dropFirst(authority.utf8.count).prefix { $0 != "#" }
        let target = rest.hasPrefix("/") ? String(rest) : "/" + rest
        return (sides[0].lowercased(), authority, String(authority.prefix { $0 != ":" }), target)
    }

    /// Only files inside the folder, also when links or dots point elsewhere.
    func file(_ target: String, in folder: String) -> FetchResult {
        guard let path = PercentCoding.decode(target.prefix { $0 != "?" }), !path.contains("\0") else {
            return .status(400)
        }
        let root = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        let file = URL(fileURLWithPath: root + path).standardizedFileURL.resolvingSymlinksInPath()
        guard file.path.hasPrefix(root + "/") else { return .status(403) }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue,
            let data = try? Data(contentsOf: file)
        else { return .status(404) }
        return .file(Array(data))
    }

    static func mediaType(_ name: String) -> String {
        switch name.split(separator: ".").last?.lowercased() {
        case "jpg", "jpeg": "image/jpeg"
        case "png": "image/png"
        case "gif": "image/gif"
        case "webp": "image/webp"
        case "mp4": "video/mp4"
        case "mov": "video/quicktime"
        default: "application/octet-stream"
        }
    }

    /// `bytes=a-b` or `bytes=a-`; nothing for anything else, which then is answered whole.
    static func range(_ header: String, in count: Int) -> Range<Int>? {
        guard header.hasPrefix("bytes=") else { return nil }
        let sides = header.dropFirst("bytes=".count).split(
            separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2, let start = Int(sides[0]), start < count else { return nil }
        let end = sides[1].isEmpty ? count - 1 : Int(sides[1]) ?? -1
        guard end >= start else { return nil }
        return start..<(min(end, count - 1) + 1)
    }
}
