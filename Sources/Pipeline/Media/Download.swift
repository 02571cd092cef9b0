import Glibc
import HTTP
import JSON

/// One file from one address.
struct Download: Sendable {
    /// `index/` has a file for each address, `content/` one for each digest.
    let folder: String
    let transport: any Transport
    let digests: MediaDigests

    /// More than the largest file that a network takes. Our choices, as the next two.
    static let mostBytes = 1 << 30
    static let patience: Duration = .seconds(120)
    static let mostRedirects = 5

    /// The absolute path of the file. Repeatable.
    func run(_ address: String) async throws(Downloads.Failure) -> String {
        do {
            for part in ["index", "content"] { try Files.createFolders("\(folder)/\(part)") }
        } catch {
            throw Downloads.Failure(reason: "could not be kept: \(error)", hint: "make room, or mend its rights")
        }
        let index = DownloadIndex(folder: folder, address: address)
        let kept = index.entry.flatMap { entry in isWhole(entry) ? entry : nil }
        var url = address
        for _ in 0...Self.mostRedirects {
            let part = try PartialFile(in: folder)
            let answer = try await ask(url, kept, into: part)
            switch answer.status {
            case 200: return try keep(part, answer.headers, in: index)
            case 304: if let kept { return index.path(of: kept.digest) }
            case 301, 302, 303, 307, 308:
                guard let next = answer.headers["Location"].flatMap({ resolve($0, against: url) }) else {
                    throw Downloads.Failure(
                        reason: "leads on to something that is no https address",
                        hint: "write the address at which the file really lies")
                }
                url = next
                continue
            default: break
            }
            throw Downloads.Failure(
                reason: "is answered with \(answer.status)",
                hint: "open it where you are not signed in, or put the file into the repository")
        }
        throw Downloads.Failure(
            reason: "leads on more than \(Self.mostRedirects) times",
            hint: "write the address at which the file really lies")
    }

    private func ask(
        _ url: String, _ kept: DownloadIndex.Entry?, into part: PartialFile
    ) async throws(Downloads.Failure) -> Response {
        var request = Request(
            .get, url, repetition: .allowed, deadline: Self.patience, maximumAnswer: Self.mostBytes)
        request.reach = .publicHosts
        request.sink = AnswerSink { part.append($0) }
        if let tag = kept?.tag { request.headers.add("If-None-Match", tag) }
        if let date = kept?.date { request.headers.add("If-Modified-Since", date) }
        do { return try await transport.send(request) } catch {
            throw Downloads.Failure(
                reason: "could not be downloaded: \(error.reason)", hint: "put the file into the repository")
        }
    }

    private func keep(
        _ part: PartialFile, _ headers: Headers, in index: DownloadIndex
    ) throws(Downloads.Failure) -> String {
        do {
            let digest = part.digest()
            let path = index.path(of: digest)
            try part.move(to: path)
            try index.write(
                DownloadIndex.Entry(digest: digest, tag: headers["ETag"], date: headers["Last-Modified"]))
            return path
        } catch {
            throw Downloads.Failure(reason: "could not be kept: \(error)", hint: "make room, or mend its rights")
        }
    }

    /// Whether what was downloaded earlier still lies there as it came.
    private func isWhole(_ entry: DownloadIndex.Entry) -> Bool {
        let path = DownloadIndex.path(of: entry.digest, in: folder)
        return (try? MediaDescriptor(path)).flatMap { digests.digest(of: $0) } == entry.digest
    }

    /// An address in full, in place of a path; nil if it is not of https.
    private func resolve(_ location: String, against url: String) -> String? {
        guard let base = URLParts(url) else { return nil }
        let directory = base.target.prefix { $0 != "?" }.reversed().drop { $0 != "/" }.reversed()
        let whole: String
        if location.hasPrefix("//") {
            whole = "https:" + location
        } else if location.hasPrefix("/") {
            whole = "https://\(base.authority)\(location)"
        } else if location.contains("://") {
            whole = location
        } else {
            whole = "https://\(base.authority)\(String(directory))\(location)"
        }
        guard let parts = URLParts(whole), parts.scheme == .https else { return nil }
        return whole
    }
}
