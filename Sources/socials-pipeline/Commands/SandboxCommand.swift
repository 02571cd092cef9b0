import ArgumentParser
import JSON
import Pipeline
import Posts
import Sandbox

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Run the local emulator of the networks.",
        discussion: """
            Prints one line of JSON with the address for SOCIALS_GATEWAY and runs until it is stopped. Its web page
            shows what is live.

            Example:
              socials-pipeline sandbox --static media.example.com=. &
            """)

    @Option(name: .long, help: "0 takes a free one.")
    var port: UInt16 = 0

    @Option(name: .long, help: "Folder in which what is live survives a restart.")
    var state: String?

    @Option(name: .long, help: "HOST=DIR: serve a folder as https://HOST/ to the networks' own media fetchers.")
    var `static`: [String] = []

    func run() async throws {
        var hosts: [String: String] = [:]
        for entry in self.static {
            let parts = entry.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { throw Refusal(.usage, "--static \(entry) is not HOST=DIR") }
            hosts[String(parts[0])] = String(parts[1])
        }
        let sandbox = try await Sandbox.start(port: port, state: state, static: hosts)
        let line: JSON = ["gateway": .string(sandbox.gateway), "page": .string(sandbox.gateway + "/")]
        Console.printLine(String(decoding: line.compact(), as: UTF8.self))
        await SignalHandling().asked()
        await sandbox.stop()
    }
}
