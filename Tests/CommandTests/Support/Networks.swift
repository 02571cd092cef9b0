import Foundation
import JSON
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What the sandbox shows and what it is told.
extension Workshop {
    /// What people see.
    func live() async throws -> [LivePost] {
        let posts = try await ask("GET", "posts").array ?? []
        return posts.map(LivePost.init)
    }

    /// Requests that reached a network, as `NETWORK OPERATION`.
    func requests() async throws -> [String] {
        let entries = try await ask("GET", "log").array ?? []
        return entries.map { "\($0["network"]?.string ?? "") \($0["operation"]?.string ?? "")" }
    }

    func fault(_ fault: JSON) async throws { _ = try await ask("POST", "faults", fault) }

    func removeFaults() async throws { _ = try await ask("DELETE", "faults") }

    func reset() async throws { _ = try await ask("POST", "reset") }

    /// Which of two spellings of its fields a network knows: `before` or `after` they were renamed.
    func setNames(of network: String, to spelling: String) async throws {
        _ = try await ask("POST", "names", [network: .string(spelling)])
    }

    func setClock(_ now: String) async throws { _ = try await ask("POST", "clock", ["now": .string(now)]) }

    /// What people see, with all that the sandbox tells of it.
    func shown() async throws -> [JSON] { try await ask("GET", "posts").array ?? [] }

    /// Requests that reached a network, with what became of them.
    func log() async throws -> [JSON] { try await ask("GET", "log").array ?? [] }

    private func ask(_ method: String, _ page: String, _ body: JSON? = nil) async throws -> JSON {
        guard let address = URL(string: "\(gateway)/_sandbox/\(page)") else { throw Trouble("no address: \(gateway)") }
        var request = URLRequest(url: address)
        request.httpMethod = method
        request.httpBody = body.map { Data($0.compact()) }
        let (data, answer) = try await URLSession.shared.data(for: request)
        guard let status = (answer as? HTTPURLResponse)?.statusCode, 200..<300 ~= status else {
            throw Trouble("\(method) \(page): \(String(decoding: data, as: UTF8.self))")
        }
        return data.isEmpty ? .null : try JSON(parsing: data)
    }
}

struct LivePost: Hashable, Sendable, CustomStringConvertible {
    var network: String
    var account: String
    var id: String
    var url: String
    var text: String
    var pictures: [String]
    /// `WIDTHxHEIGHT` of each.
    var sizes: [String]
    var replyTo: String?

    init(_ json: JSON) {
        network = json["network"]?.string ?? ""
        account = json["account"]?.string ?? ""
        id = json["id"]?.string ?? ""
        url = json["url"]?.string ?? ""
        text = json["text"]?.string ?? ""
        pictures = (json["media"]?.array ?? []).map { $0["alt"]?.string ?? "" }
        sizes = (json["media"]?.array ?? []).map { "\($0["width"]?.integer ?? 0)x\($0["height"]?.integer ?? 0)" }
        replyTo = json["replyTo"]?.string
    }

    /// Where and what, without what each network makes up.
    var description: String { "\(network)/\(account): \(text)" }
}

/// No post is live twice: same account, same words.
func expectNoneTwice(_ live: [LivePost], _ when: String, _ location: SourceLocation = #_sourceLocation) {
    let twice = Dictionary(grouping: live, by: \.description).filter { $0.value.count > 1 }.keys.sorted()
    #expect(twice.isEmpty, "\(when)", sourceLocation: location)
}

extension Workshop {
    /// Waits until a run wrote that it is sending; from then on its request is on the way.
    func waitForSending() async throws {
        for _ in 0..<1200 {
            let folder = url(".git/socials-pipeline").path
            let journals = (FileManager.default.subpaths(atPath: folder) ?? []).filter { $0.hasSuffix("journal") }
            for path in journals where (try? text(".git/socials-pipeline/" + path))?.contains("sending") == true {
                return
            }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw Trouble("no run began to send")
    }
}
