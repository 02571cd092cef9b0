import CCurl

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension Transfer {
    /// One sentence that names the host and nothing of the request: no query, no header, no body.
    func sentence(for ending: Ending, of easy: UnsafeMutableRawPointer?) -> String {
        switch ending {
        case .cancelled: "the request to \(plan.peer) was cancelled"
        case .stopped: "the request to \(plan.peer) was given up because the program ends"
        case .refusedByLibrary: "libcurl did not take the request to \(plan.peer)"
        case .ended(let code): sentence(for: code, of: easy)
        }
    }
}

private extension Transfer {
    func sentence(for code: CURLcode, of easy: UnsafeMutableRawPointer?) -> String {
        let peer = plan.peer
        if metInnerAddress { return "\(peer) is in an inner network" }
        return switch code {
        case CURLE_COULDNT_RESOLVE_HOST: "the name \(peer) could not be resolved"
        case CURLE_COULDNT_RESOLVE_PROXY: "the proxy for \(peer) could not be resolved"
        case CURLE_COULDNT_CONNECT where isRefused(easy): "the connection to \(peer) was refused"
        case CURLE_COULDNT_CONNECT: "no connection to \(peer) could be made"
        case CURLE_SSL_CONNECT_ERROR: "the TLS handshake with \(peer) failed"
        case CURLE_PEER_FAILED_VERIFICATION: "the certificate of \(peer) could not be verified"
        case CURLE_SSL_CACERT_BADFILE: "the file of certificate authorities could not be read"
        case CURLE_OPERATION_TIMEDOUT where starts == 0:
            "no connection to \(peer) came about within \(seconds(min(plan.request.deadline, .seconds(15))))"
        case CURLE_OPERATION_TIMEDOUT: "\(peer) did not answer within \(seconds(plan.request.deadline))"
        case CURLE_ABORTED_BY_CALLBACK where isBodyUnreadable:
            "the body of the request to \(peer) could not be read to its end"
        case CURLE_GOT_NOTHING, CURLE_SEND_FAIL_REWIND, CURLE_ABORTED_BY_CALLBACK:
            "\(peer) closed the connection without an answer"
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR: "the connection to \(peer) broke before the answer was complete"
        case CURLE_PARTIAL_FILE: "the answer from \(peer) ended too early"
        case CURLE_WRITE_ERROR where isAnswerTooLong, CURLE_FILESIZE_EXCEEDED:
            "the answer from \(peer) is longer than \(plan.request.maximumAnswer) bytes"
        case CURLE_WRITE_ERROR where isSinkFull: "the answer from \(peer) could not be kept"
        case CURLE_WRITE_ERROR: "the head of the answer from \(peer) is too long"
        case CURLE_HTTP2, CURLE_HTTP2_STREAM: "\(peer) broke off the HTTP/2 exchange"
        case CURLE_BAD_CONTENT_ENCODING: "the answer from \(peer) is compressed in a way that cannot be read"
        // libcurl's own words are constants; they hold nothing of the request.
        default: "the request to \(peer) failed: \(String(cString: curl_easy_strerror(code)))"
        }
    }

    func isRefused(_ easy: UnsafeMutableRawPointer?) -> Bool {
        var number = 0
        if let easy { ccurl_get_long(easy, CURLINFO_OS_ERRNO, &number) }
        return number == Int(ECONNREFUSED)
    }

    func seconds(_ duration: Duration) -> String {
        let milliseconds = duration.milliseconds
        return milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000) s" : "\(milliseconds) ms"
    }
}
