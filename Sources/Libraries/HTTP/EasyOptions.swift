import CCurl

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension Transfer {
    /// Sets one easy handle up for this request; false when libcurl refuses an option.
    func prepare(_ easy: UnsafeMutableRawPointer) -> Bool {
        var lines: UnsafeMutablePointer<curl_slist>?
        for line in plan.lines { lines = curl_slist_append(lines, line) }
        begins(easy, with: lines)
        let context = Unmanaged.passUnretained(self).toOpaque()
        let results =
            connectionOptions(easy) + methodOptions(easy, context) + [
                ccurl_set_string(easy, CURLOPT_URL, "\(plan.base)/"),
                // The target byte for byte: libcurl would tidy dots and drop an empty query, signatures cover both.
                ccurl_set_string(easy, CURLOPT_REQUEST_TARGET, plan.target),
                ccurl_set_pointer(easy, CURLOPT_HTTPHEADER, lines),
                ccurl_set_string(easy, CURLOPT_USERAGENT, settings.userAgent),
                // All codings that libcurl can undo.
                ccurl_set_string(easy, CURLOPT_ACCEPT_ENCODING, ""),
                ccurl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(plan.request.maximumAnswer)),
                ccurl_set_data_callback(easy, CURLOPT_WRITEFUNCTION, answerArrives),
                ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context),
                ccurl_set_data_callback(easy, CURLOPT_HEADERFUNCTION, headLineArrives),
                ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context),
                ccurl_set_start_callback(easy, transferStarts),
                ccurl_set_pointer(easy, CURLOPT_PREREQDATA, context),
            ]
        return results.allSatisfy { $0 == CURLE_OK }
    }
}

private extension Transfer {
    func connectionOptions(_ easy: UnsafeMutableRawPointer) -> [CURLcode] {
        let deadline = max(1, plan.request.deadline.milliseconds)
        var results = [
            ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1),
            ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, plan.isEncrypted ? "https" : "http,https"),
            ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0),
            ccurl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
            ccurl_set_long(
                easy, CURLOPT_HTTP_VERSION, Int(plan.isEncrypted ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1)),
            // Waits for a connection being made when it may turn out to carry several requests.
            ccurl_set_long(easy, CURLOPT_PIPEWAIT, plan.isEncrypted ? 1 : 0),
            ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, deadline),
            // A network that has not let a connection through in 15 s will not do so in the rest of the minute.
            ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, min(deadline, 15_000)),
        ]
        // A server that is about to give up an idle connection can close it under a request, which then may or may not
        // have arrived. Where that must not be repeated, a handshake after 20 s of silence is the cheaper risk.
        if !mayRepeat { results.append(ccurl_set_long(easy, CURLOPT_MAXAGE_CONN, 20)) }
        // What is meant for this machine must not leave it through a proxy from the environment.
        // A proxy would look names up by itself, and nobody could see where they lead.
        if plan.isLocal || plan.isGuarded { results.append(ccurl_set_string(easy, CURLOPT_PROXY, "")) }
        if plan.isGuarded {
            results += [
                ccurl_set_open_socket_callback(easy, socketOpens),
                ccurl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, Unmanaged.passUnretained(self).toOpaque()),
            ]
        }
        if let file = settings.certificateAuthorities { results.append(ccurl_set_string(easy, CURLOPT_CAINFO, file)) }
        return results
    }

    func methodOptions(_ easy: UnsafeMutableRawPointer, _ context: UnsafeMutableRawPointer) -> [CURLcode] {
        let request = plan.request
        let isPlain = request.method == .get && request.payload.isNone
        if isPlain { return [ccurl_set_long(easy, CURLOPT_HTTPGET, 1)] }
        if request.method == .delete && request.payload.isNone {
            return [ccurl_set_long(easy, CURLOPT_HTTPGET, 1), ccurl_set_string(easy, CURLOPT_CUSTOMREQUEST, "DELETE")]
        }
        var results = [
            ccurl_set_long(easy, CURLOPT_POST, 1),
            ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.payload.count)),
            ccurl_set_data_callback(easy, CURLOPT_READFUNCTION, bodyIsAsked),
            ccurl_set_pointer(easy, CURLOPT_READDATA, context),
        ]
        if request.method != .post {
            results.append(ccurl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue))
        }
        // A file is read in larger pieces than the 64 KiB that libcurl asks for by itself.
        if case .streamed = request.payload {
            results.append(ccurl_set_long(easy, CURLOPT_UPLOAD_BUFFERSIZE, StreamedBody.largestPiece))
        }
        // Without a way back libcurl ends with error 65 instead of sending the body a second time.
        if mayRepeat || !settings.guards.contains(.cannotRewind) {
            results += [
                ccurl_set_seek_callback(easy, bodyIsRewound), ccurl_set_pointer(easy, CURLOPT_SEEKDATA, context),
            ]
        }
        return results
    }
}

private nonisolated func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private nonisolated func transferStarts(
    _ context: UnsafeMutableRawPointer?, _ remote: UnsafeMutablePointer<CChar>?, _ local: UnsafeMutablePointer<CChar>?,
    _ remotePort: Int32, _ localPort: Int32
) -> Int32 {
    guard let transfer = transfer(context), transfer.mayReach(remote.flatMap { InternetAddress(String(cString: $0)) })
    else { return CURL_PREREQFUNC_ABORT }
    return transfer.start() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

/// Each address that a name leads to comes by here before anything is sent to it.
private nonisolated func socketOpens(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let address, let transfer = transfer(context),
        transfer.mayReach(InternetAddress(ccurl_address(address)))
    else { return ccurl_no_socket }
    return socket(address.pointee.family, address.pointee.socktype | ccurl_close_on_exec, address.pointee.protocol)
}

private nonisolated func bodyIsAsked(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = transfer(context) else { return 0 }
    return transfer.readBody(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
        ?? Int(CURL_READFUNC_ABORT)
}

private nonisolated func bodyIsRewound(
    _ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32
) -> Int32 {
    origin == 0 && transfer(context)?.rewindBody(to: Int(offset)) == true ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
}

/// Anything but the count given ends the transfer (error 23).
private nonisolated func answerArrives(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let isTaken = transfer(context)?.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return isTaken == true ? size * count : Int(CURL_WRITEFUNC_ERROR)
}

private nonisolated func headLineArrives(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let isTaken = transfer(context)?.takeHeadLine(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return isTaken == true ? size * count : Int(CURL_WRITEFUNC_ERROR)
}

extension Duration {
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        // A year is more than any request waits, and fits every C long.
        return Int(min(seconds, 31_536_000)) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
