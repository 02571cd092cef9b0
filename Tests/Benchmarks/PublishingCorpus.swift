import Foundation
import Git
import Pipeline

/// A content repository in which every post is due on X: one account each, in turn, with a picture of 15 KB of its own
/// and its alt text, which makes three requests a delivery.
struct PublishingCorpus {
    static let now = "2026-12-01T09:00:00Z"
    static let requestsADelivery = 3

    let root: String
    let accounts: Int
    let deliveries: Int

    init(accounts: Int, deliveries: Int, in folder: String) throws {
        root = "\(folder)/publishing-\(accounts)-\(deliveries)"
        (self.accounts, self.deliveries) = (accounts, deliveries)
        var random = Random(state: 20_261_202)
        try Files.createFolders(root + "/posts")
        let names = (0..<accounts).map { "  x/acme\($0): {}\n" }.joined()
        try write(
            "socials.yml",
            Array(
                """
                version: 1
                timeZone: Europe/Berlin
                accounts:
                \(names)publishing: {maxPerRun: 100000, maxPerDay: 100000, concurrency: \(accounts)}

                """.utf8))
        for number in 0..<deliveries {
            try write("posts/\(number).png", Self.picture(&random))
            try write(
                "posts/\(number).md",
                Array(
                    """
                    ---
                    schedule: 2026-12-01T08:\(10 + number % 50):00Z
                    accounts: [x/acme\(number % accounts)]
                    media: [{path: posts/\(number).png, alt: "The workshop, picture \(number)"}]
                    ---
                    The workshop is open again, says post number \(number).

                    """.utf8))
        }
        let repository = try Repository.initialise(at: root, branch: "main")
        _ = try repository.commitAll(
            message: "Write posts\n",
            author: Author(name: "Corpus", email: "corpus@example.com", seconds: 1_796_000_000))
    }

    /// A fresh copy, because publishing changes the repository.
    func copy(_ number: Int) throws -> String {
        let copy = "\(root)-run-\(number)"
        try FileManager.default.copyItem(atPath: root, toPath: copy)
        return copy
    }

    /// The variables of a run against a gateway.
    func variables(gateway: String) -> [String: String] {
        var variables = [
            "SOCIALS_GATEWAY": gateway, "SOCIALS_NOW": Self.now, "SOCIALS_APP_X_CONSUMER_KEY": "key",
            "SOCIALS_APP_X_CONSUMER_SECRET": "secret",
        ]
        for account in 0..<accounts {
            variables["SOCIALS_ACCOUNT_X_ACME\(account)_ACCESS_TOKEN"] = "\(1000 + account)-token"
            variables["SOCIALS_ACCOUNT_X_ACME\(account)_ACCESS_TOKEN_SECRET"] = "secret"
        }
        return variables
    }

    private func write(_ path: String, _ bytes: [UInt8]) throws {
        try Files.replace(root + "/" + path, with: bytes, durable: false)
    }

    /// 70 × 70 pixels as a PNG's header tells it; the rest is noise that nobody decodes.
    private static func picture(_ random: inout Random) -> [UInt8] {
        let header: [UInt8] = Array("IHDR".utf8) + [0, 0, 0, 70, 0, 0, 0, 70, 8, 2, 0, 0, 0]
        let noise = (0..<15_000).map { _ in UInt8(random.below(256)) }
        return [0x89] + Array("PNG\r\n\u{1A}\n".utf8) + big(13) + header + big(checksum(header)) + big(noise.count)
            + Array("IDAT".utf8) + noise + big(0) + big(0) + Array("IEND".utf8) + big(0)
    }

    private static func big(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).bigEndian, Array.init)
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
    }
}
