import Foundation
import JSON
import Testing

@Suite struct `A secret` {
    @Test func `is never printed, written or shown to other processes`() async throws {
        try await Workshop.with("acme") { shop in
            let secrets = shop.variables.filter { name, _ in
                name.hasPrefix("SOCIALS_A") && !name.hasSuffix("CLIENT_ID")
            }.values
            #expect(secrets.count == 11)
            try await shop.fault(["network": "x", "operation": "publish", "fault": "delay", "seconds": 2])
            try await shop.fault(["network": "linkedin", "operation": "publish", "fault": "expired-token"])
            try await shop.fault(["network": "instagram", "operation": "container", "fault": "drop-before"])
            let run = try shop.start(["sync", "--verbose"])
            try await shop.waitForSending()
            let line = try Data(contentsOf: URL(filePath: "/proc/\(run.pid)/cmdline"))
            let first = await run.ending()
            #expect(first.status == 77)
            let second = try await shop.run("sync", "--verbose", "--json", now: "2026-12-01T10:00:00Z")
            let plan = try await shop.run("plan", "--verbose")
            let objects = try await shop.git("cat-file", "--batch-all-objects", "--batch", "--buffer")

            var places: [String: Data] = ["the command line": line, "git objects": Data(objects.utf8)]
            for (name, ending) in [("first", first), ("second", second), ("plan", plan)] {
                places["output of \(name)"] = Data(ending.output.utf8)
                places["complaints of \(name)"] = Data(ending.complaints.utf8)
            }
            for path in try FileManager.default.subpathsOfDirectory(atPath: shop.root.path) {
                if let bytes = try? Data(contentsOf: shop.url(path)) { places[path] = bytes }
            }
            #expect(places.keys.contains { $0.hasSuffix("/journal") })
            for (place, bytes) in places {
                for secret in secrets {
                    #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) is in \(place)")
                }
            }
        }
    }
}
