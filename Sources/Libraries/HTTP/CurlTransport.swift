/// Sends requests by libcurl: one loop on one thread, connections kept and shared, HTTP/2 over TLS where it is spoken.
///
/// May be called from any task. Nothing is started before the first request. What `Request.repetition` promises is
/// kept by two means, each enough alone: libcurl announces every sending and is refused the second one, and the body
/// cannot be rewound. (By itself it repeats a POST when the server closes a reused connection without an answer.)
package final class CurlTransport: Transport {
    private let gateway: Gateway?
    private let extraHeaders: @Sendable () -> Headers
    private let settings: TransferSettings
    private let loop = LazyLoop()

    /// - Parameters:
    ///   - gateway: takes every request in place of the real hosts, which are then never looked up.
    ///   - certificateAuthorities: path of a PEM file; nil takes the system's.
    ///   - extraHeaders: sent to the gateway only, asked anew for each request.
    package convenience init(
        gateway: Gateway? = nil, userAgent: String, certificateAuthorities: String? = nil,
        extraHeaders: @escaping @Sendable () -> Headers = { [:] }
    ) {
        self.init(
            gateway: gateway, extraHeaders: extraHeaders,
            settings: TransferSettings(userAgent: userAgent, certificateAuthorities: certificateAuthorities))
    }

    init(gateway: Gateway?, extraHeaders: @escaping @Sendable () -> Headers, settings: TransferSettings) {
        self.gateway = gateway
        self.extraHeaders = extraHeaders
        self.settings = settings
    }

    deinit { loop.stop() }

    package func send(_ request: Request) async throws(TransportError) -> Response {
        let plan = try plan(request)
        guard let loop = loop.running() else {
            throw TransportError(sent: .no, reason: "libcurl could not be started")
        }
        let transfer = Transfer(plan, settings: settings)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.whenDone(continuation)
                loop.add(transfer)
            }
        } onCancel: {
            loop.cancel(transfer)
        }
        return try result.get()
    }
}

private extension CurlTransport {
    /// Where the request goes and what stands in its head; the checks that need no connection.
    func plan(_ request: Request) throws(TransportError) -> TransferPlan {
        guard let url = URLParts(request.url) else {
            throw TransportError(sent: .no, reason: "the URL of the request is not an absolute, percent-encoded one")
        }
        guard url.scheme == .https || url.isLoopback else {
            throw TransportError(sent: .no, reason: "\(url.host) is only reached by https, not by http")
        }
        guard request.reach == .anywhere || !isInnerHost(url.host) else {
            throw TransportError(sent: .no, reason: "\(url.host) is in an inner network")
        }
        var lines = HeaderLines(host: url.host)
        try lines.add(request.headers, for: url, bodyLength: request.payload.count)
        var base = "\(url.scheme.rawValue)://\(url.authority)"
        var peer = url.host
        if let gateway {
            base = gateway.description
            peer = "\(url.host) (through the gateway \(gateway.authority))"
            try lines.add(["Host": url.authority, "X-Forwarded-Proto": url.scheme.rawValue] as Headers)
            try lines.add(extraHeaders())
        }
        // libcurl would call every body a form, and wait up to 1 s for a "100 Continue" that many servers never send.
        lines.suppress(["Content-Type", "Expect"])
        return TransferPlan(
            request: request, base: base, target: url.target, lines: lines.lines, peer: peer,
            isLocal: gateway != nil || url.isLoopback, isEncrypted: gateway == nil && url.scheme == .https,
            isGuarded: gateway == nil && request.reach == .publicHosts)
    }
}
