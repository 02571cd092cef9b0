/// One run of git: what it is called with, how far its patience and output go. There is never a shell.
struct GitCommand: Sendable {
    enum Cancellation: Sendable {
        /// Nothing is lost when it is stopped.
        case stops
        /// Its answer matters, or it must not leave half a change.
        case finishes
    }

    var arguments: [String]
    var inRepository: Bool
    /// Whether it reports progress, so that silence means a dead connection.
    var isIdleLimited = false
    var whenCancelled = Cancellation.stops
    /// Bytes of standard output; more of them end the run.
    var outputLimit = 16 << 20
    var settings: [(key: String, value: String)] = []
    /// Variables of this run alone; they beat all others.
    var variables: [String: String] = [:]

    init(_ arguments: [String], inRepository: Bool = true) {
        self.arguments = arguments
        self.inRepository = inRepository
    }
}

/// How a run of git came to its end, and what it said.
struct GitEnding: Sendable {
    enum Cause: Equatable, Sendable {
        case exited(Int32)
        case signalled(Int32)
        /// We ended it.
        case cut(Cut)
    }

    enum Cut: Equatable, Sendable { case silent(Duration), late(Duration), cancelled, tooMuchOutput(Int) }

    let cause: Cause
    let output: [UInt8]
    let complaints: Complaints

    var succeeded: Bool { cause == .exited(0) }
}
