import CCurl

/// What one request needs on its way through libcurl, checked and complete.
struct TransferPlan: Sendable {
    let request: Request
    /// Scheme, host and port to connect to.
    let base: String
    /// Path and query as they go over the wire.
    let target: String
    let lines: [String]
    /// The other side as error sentences name it.
    let peer: String
    let isLocal: Bool
    let isEncrypted: Bool
    /// Only public addresses may be connected to.
    let isGuarded: Bool
}

struct TransferSettings: Sendable {
    /// The two means against a second sending; tests take one away to see that the other is enough.
    enum Guard: Sendable, CaseIterable { case startsOnce, cannotRewind }

    var userAgent: String
    var certificateAuthorities: String?
    var guards = Set(Guard.allCases)
}

/// One request on its way.
///
/// `@unchecked Sendable`: the task that sends it sets `continuation` before it hands the transfer to the loop's locked
/// queue; everything that changes is touched by the loop's thread alone after that.
final class Transfer: @unchecked Sendable {
    enum Ending {
        case ended(CURLcode)
        case cancelled
        /// The loop ended.
        case stopped
        /// libcurl would not take the request.
        case refusedByLibrary
    }

    let plan: TransferPlan
    let settings: TransferSettings
    var isCancelled = false
    fileprivate(set) var easy: UnsafeMutableRawPointer?
    /// How often libcurl began to send the request; 0 means that the other side has seen nothing of it.
    fileprivate(set) var starts = 0
    fileprivate(set) var isAnswerTooLong = false
    /// A piece of the body could not be read.
    fileprivate(set) var isBodyUnreadable = false
    /// The sink did not take a part of the answer.
    fileprivate(set) var isSinkFull = false
    /// The name led to an address that the request may not reach.
    fileprivate(set) var metInnerAddress = false
    private var continuation: CheckedContinuation<Result<Response, TransportError>, Never>?
    fileprivate var lines: UnsafeMutablePointer<curl_slist>?
    fileprivate var bodyOffset = 0
    private var head = ResponseHead()
    private var answer: [UInt8] = []
    private var answerCount = 0

    init(_ plan: TransferPlan, settings: TransferSettings) {
        self.plan = plan
        self.settings = settings
    }

    deinit { curl_slist_free_all(lines) }

    func whenDone(_ continuation: CheckedContinuation<Result<Response, TransportError>, Never>) {
        self.continuation = continuation
    }

    func finish(_ result: Result<Response, TransportError>) {
        easy = nil
        continuation?.resume(returning: result)
        continuation = nil
    }

    func result(_ ending: Ending, of easy: UnsafeMutableRawPointer?) -> Result<Response, TransportError> {
        guard case .ended(CURLE_OK) = ending, let easy else {
            return .failure(TransportError(sent: starts == 0 ? .no : .maybe, reason: sentence(for: ending, of: easy)))
        }
        var status = 0
        ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        return .success(Response(status: status, headers: head.headers, body: answer))
    }
}

// What libcurl's callbacks do; all on the loop's thread.
extension Transfer {
    var mayRepeat: Bool { plan.request.repetition == .allowed }

    func begins(_ easy: UnsafeMutableRawPointer, with lines: UnsafeMutablePointer<curl_slist>?) {
        self.easy = easy
        self.lines = lines
    }

    /// False when this would be a second sending that the request forbids.
    func start() -> Bool {
        starts += 1
        return starts == 1 || mayRepeat || !settings.guards.contains(.startsOnce)
    }

    /// How many bytes of the body follow; nil when they cannot be read.
    func readBody(into target: UnsafeMutableRawBufferPointer) -> Int? {
        let range = bodyOffset..<bodyOffset + min(target.count, plan.request.payload.count - bodyOffset)
        switch plan.request.payload {
        case .none: return 0
        case .bytes(let body): body[range].withUnsafeBytes { target.copyMemory(from: $0) }
        case .streamed(let body):
            guard let piece = body.bytes(in: range) else {
                isBodyUnreadable = true
                return nil
            }
            piece.withUnsafeBytes { target.copyMemory(from: $0) }
        }
        bodyOffset = range.upperBound
        return range.count
    }

    func rewindBody(to offset: Int) -> Bool {
        guard (0...plan.request.payload.count).contains(offset) else { return false }
        bodyOffset = offset
        return true
    }

    /// False when the answer is longer than asked for.
    func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        answerCount += bytes.count
        guard answerCount <= plan.request.maximumAnswer else {
            isAnswerTooLong = true
            return false
        }
        if let sink = plan.request.sink, status == 200 {
            isSinkFull = !sink.take(bytes)
            return !isSinkFull
        }
        answer.append(contentsOf: bytes)
        return true
    }

    private var status: Int {
        var status = 0
        if let easy { ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status) }
        return status
    }

    /// Asked before a connection is made, and again before the request goes out on one that may be older.
    func mayReach(_ address: InternetAddress?) -> Bool {
        guard plan.isGuarded, address?.isPublic != true else { return true }
        metInnerAddress = true
        return false
    }

    func takeHeadLine(_ bytes: UnsafeRawBufferPointer) -> Bool { head.take(bytes) }
}

/// The head of the last response; those of interim ones (1xx) before it are forgotten, trailers ignored.
private struct ResponseHead {
    /// All fields of one answer together, in bytes; real ones have some 5 KiB.
    private static let maximum = 256 << 10

    private(set) var headers: Headers = [:]
    private var isComplete = true
    private var size = 0

    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        size += bytes.count
        if isComplete, bytes.starts(with: "HTTP/".utf8) {
            (headers, isComplete) = ([:], false)
        } else if !isComplete {
            if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
                var value = bytes[(colon + 1)...].drop(while: isBlank)
                while let last = value.last, isBlank(last) { value.removeLast() }
                headers.add(String(decoding: bytes[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
            } else if bytes.allSatisfy(isBlank) {
                isComplete = true
            }
        }
        return size <= Self.maximum
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
