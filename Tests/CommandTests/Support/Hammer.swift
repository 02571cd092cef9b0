import Foundation

/// The library that counts and kills, built from `kill.c`.
struct Hammer: Sendable {
    static let shared = Task { try await Hammer() }

    let library: String

    private init() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "socials-kill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        library = folder.appending(path: "kill.so").path
        let source = Fixture.folder.appending(path: "kill.c").path
        let ending = try await Running.run(
            "/usr/bin/env", ["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], in: folder,
            environment: ProcessInfo.processInfo.environment)
        guard ending.status == 0 else { throw Trouble("kill.c does not compile: \(ending.complaints)") }
    }
}
