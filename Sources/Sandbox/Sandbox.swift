internal import Foundation
package import HTTPServer

/// A local emulator of X, LinkedIn and Instagram, written from their specifications and sharing no code with a client.
///
/// One request in, one answer out; the networks are told apart by `Host`. `start` puts it behind a port.
package actor Sandbox {
    var world: World
    var faults: [Fault] = []
    var log: [LogEntry] = []
    private var nextFault = 1
    private let fetcher: Fetcher
    private let file: StateFile?
    let shelf: Shelf

    /// - Parameters:
    ///   - state: A folder in which what is live survives a restart; nothing is kept without one.
    ///   - hosts: Web hosts that the networks can fetch media from: a host name and the folder that stands for
    ///     `https://HOST/`, or `http://127.0.0.1:PORT` to ask there.
    /// - Throws: when the state cannot be read.
    package init(state: String? = nil, static hosts: [String: String] = [:]) throws {
        file = state.map(StateFile.init(folder:))
        world = try file?.load() ?? World()
        fetcher = Fetcher(hosts: hosts)
        shelf = Shelf(state: state)
    }

    /// Answers one request; takes effect at most once, and never waits for another request.
    package func answer(_ request: ServerRequest) async -> ServerAnswer {
        guard let call = Call(request) else { return .text(400, "Bad request\n") }
        if call.segments.first == "_sandbox" || call.isLocal { return control(call) }
        guard let network = call.network ?? (fetcher.hosts[call.host] == nil ? nil : .media) else {
            return .text(502, "The host \(call.host) is not part of the sandbox.\n")
        }
        let operation = call.operation(on: network)
        observe(call)
        let struck = strike(network, operation)
        var answer = await answer(call, network, operation, struck)
        for fault in struck { answer = await distort(answer, by: fault) }
        record(call, network, operation, struck, answer)
        return answer
    }
}

extension Sandbox {
    /// What the emulated networks take for the present.
    var now: Moment { world.clock.now(real: Self.realTime) }

    /// The next number for a fault.
    func nextFaultID() -> Int {
        defer { nextFault += 1 }
        return nextFault
    }

    /// A full disk does not change what the networks answer, but the next start would forget; so it is said aloud.
    func save() {
        guard let file else { return }
        do {
            try file.save(world)
        } catch {
            FileHandle.standardError.write(Data("sandbox: the state was not saved: \(error)\n".utf8))
        }
    }
}

private extension Sandbox {
    static var realTime: Moment { Moment(milliseconds: Int(Date().timeIntervalSince1970 * 1000)) }

    func observe(_ call: Call) {
        let named = call.header("X-Socials-Now").flatMap(Moment.init(rfc3339:))
        if let moment = named ?? (call.host == "api.x.com" ? XCaller.timestamp(of: call) : nil) {
            world.clock.observe(moment, real: Self.realTime)
        }
    }

    func strike(_ network: Network, _ operation: Operation) -> [Fault] {
        var struck: [Fault] = []
        for index in faults.indices where faults[index].strikes(network, operation) { struck.append(faults[index]) }
        return struck
    }

    func answer(_ call: Call, _ network: Network, _ operation: Operation, _ struck: [Fault]) async -> ServerAnswer {
        for fault in struck {
            if let answer = refusal(by: fault, call, network) { return answer }
        }
        var fetched: [String: FetchResult] = [:]
        for url in network == .instagram ? InstagramFetching.urls(call, operation) : [] {
            fetched[url] = await fetcher.fetch(url)
        }
        let turn = Turn(call: call, now: now, effects: FaultEffects(struck), fetched: fetched, shelf: shelf)
        defer { if call.method != "GET" { save() } }
        if let page = Consent.network(of: call) { return Consent.answer(page, turn, &world) }
        if let answer = TokenEndpoints.answer(turn, &world) { return answer }
        switch network {
        case .x: return XSandbox.answer(turn, &world)
        case .linkedin: return LinkedInSandbox.answer(turn, &world)
        case .instagram: return InstagramSandbox.answer(turn, &world)
        case .media: return await fetcher.answer(call)
        }
    }

    /// The answer of a fault that keeps the request from taking effect.
    func refusal(by fault: Fault, _ call: Call, _ network: Network) -> ServerAnswer? {
        switch fault.kind {
        case .dropBefore: return ServerAnswer(0, ending: .nothing)
        case .status where fault.settings["effect"]?.bool != true: return Self.answer(of: fault)
        case .expiredToken:
            switch network {
            case .x: return XSandbox.expiredToken(call)
            case .linkedin: return LinkedInErrors.expired.answer
            case .instagram: return GraphErrors.expired.answer
            case .media: return .text(403, "Expired\n")
            }
        case .rateLimit:
            switch network {
            case .x:
                return XErrors.tooMany(
                    reset: now + (fault.seconds ?? 900), limit: 100, day: fault.settings["bucket"]?.string)
            case .linkedin: return LinkedInErrors.tooMany(retryAfter: fault.seconds.map { Int($0) })
            case .instagram: return GraphErrors.rateLimit()
            case .media: return .text(429, "Too many requests\n")
            }
        case .noCredit: return network == .x ? XErrors.noCredit : nil
        case .graphError:
            guard network == .instagram, let subcode = fault.settings["subcode"]?.integer else { return nil }
            return GraphErrors.row(subcode)?.answer
        case .status, .delay, .dropAfter, .truncate, .lateVisibility, .slowProcessing, .processingError: return nil
        }
    }

    func distort(_ answer: ServerAnswer, by fault: Fault) async -> ServerAnswer {
        var answer = answer
        switch fault.kind {
        case .delay:
            try? await Task.sleep(for: .seconds(fault.seconds ?? 1))
        case .dropAfter:
            answer.ending = .nothing
        case .truncate:
            // Of an answer without a body nothing remains.
            answer.ending =
                answer.body.isEmpty
                ? .nothing : .truncated(after: fault.settings["bytes"]?.integer ?? answer.body.count / 2)
        case .status where fault.settings["effect"]?.bool == true:
            return Self.answer(of: fault)
        case .status, .dropBefore, .lateVisibility, .expiredToken, .rateLimit, .slowProcessing, .processingError,
            .noCredit, .graphError:
            break
        }
        return answer
    }

    static func answer(of fault: Fault) -> ServerAnswer {
        let headers = (fault.settings["headers"]?.object ?? [:]).sorted { $0.key < $1.key }
            .map { (name: $0.key, value: $0.value.string ?? String(decoding: $0.value.json, as: UTF8.self)) }
        let body: [UInt8] =
            switch fault.settings["body"] {
            case nil: []
            case .string(let text)?: Array(text.utf8)
            case let value?: value.json
            }
        return ServerAnswer(fault.settings["status"]?.integer ?? 503, headers: headers, body: body)
    }

    func record(_ call: Call, _ network: Network, _ operation: Operation, _ struck: [Fault], _ answer: ServerAnswer) {
        log.append(
            LogEntry(
                sequence: log.count + 1, at: now, network: network, operation: operation, method: call.method,
                host: call.host, target: LogEntry.target(of: call),
                status: answer.ending == .nothing ? 0 : answer.status,
                faults: struck.map(\.kind)))
    }
}
