import Glibc
import Synchronization

/// A child process that takes TLS for a scripted server (Fixtures/http/tls-front.py); ends with this object.
final class TLSFront: Sendable {
    let port: UInt16
    let certificate: String
    private let input: Int32
    private let process: pid_t

    /// One at a time: a child must not inherit the pipe whose closing ends another.
    private static let spawning = Mutex(())

    var url: String { "https://localhost:\(port)" }

    static let isPossible =
        ["python3", "openssl"].allSatisfy { tool in
            ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains { access("\($0)/\(tool)", X_OK) == 0 }
        }

    init(before backend: UInt16, speaking alpn: String) throws {
        let script =
            #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined() + "/Fixtures/http/tls-front.py"
        let child = try TLSFront.spawning.withLock { _ in
            try Child(["python3", script, String(backend), alpn])
        }
        process = child.process
        input = child.input
        defer { close(child.output) }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(child.output, &byte, 1) == 1, byte != 0x0A { line.append(byte) }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ")
        guard words.count == 2, let port = UInt16(words[0]) else {
            throw Trouble(sentence: "tls-front.py did not say where it listens")
        }
        self.port = port
        certificate = String(words[1])
    }

    deinit {
        close(input)
        waitpid(process, nil, 0)
    }
}

private struct Child {
    let process: pid_t
    let input: Int32
    let output: Int32

    init(_ words: [String]) throws {
        var toChild: [Int32] = [-1, -1]
        var fromChild: [Int32] = [-1, -1]
        guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { throw Trouble(sentence: "no pipe: \(errno)") }
        for end in [toChild[1], fromChild[0]] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
        posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { word in strdup(word) }
        arguments.append(nil)
        var process = pid_t()
        let status = posix_spawnp(&process, words[0], &actions, nil, arguments, environ)
        for argument in arguments { free(argument) }
        posix_spawn_file_actions_destroy(&actions)
        close(toChild[0])
        close(fromChild[1])
        guard status == 0 else { throw Trouble(sentence: "\(words[0]) did not start: \(status)") }
        self.process = process
        (input, output) = (toChild[1], fromChild[0])
    }
}
