import Posts
import TestSupport
import Testing

/// By hand for ten minutes: `FUZZ_MINUTES=10 swift test --filter ReadingFuzz`.
@Suite struct `ReadingFuzz: reading any bytes` {
    private static let count = 20_000

    @Test func `never fails, and every diagnostic lies inside the file`() throws {
        let folders = ["posts/invalid", "posts/bodies"]
        let seeds = try folders.flatMap { folder in
            try ReadingFixtures.names(in: folder, ending: ".md").map { try ReadingFixtures.bytes("\(folder)/\($0)") }
        }.filter { $0.count < 2000 }
        let reader = try ReadingFixtures.reader(keepsTags: true)
        let accounts = [Account(id: AccountID(.x, "acme")), Account(id: AccountID(.linkedin, "acme"))]
        var fuzzing = Fuzzing(rounds: Self.count)
        var random = SeededRandom(seed: fuzzing.seed)
        var (posts, contents) = (0, 0)
        while fuzzing.goesOn() {
            let round = fuzzing.round
            let bytes = mutated(seeds[round % seeds.count], with: &random)
            guard case .post(let post) = reader.read(bytes, path: "posts/a.md") else { continue }
            posts += 1
            var diagnostics = post.diagnostics
            let (content, found) = reader.content(of: bytes, path: "posts/a.md", for: accounts[round % 2]) {
                .failure(Diagnostic(.warning, .mediaMissing, at: $0.place, "none"))
            }
            if content != nil { contents += 1 }
            diagnostics += found
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            for diagnostic in diagnostics {
                let place = diagnostic.place
                let isInside =
                    (1...lines.count).contains(place.line)
                    && (1...lines[place.line - 1].count + 1).contains(place.column) && place.endColumn >= place.column
                #expect(isInside, "\(diagnostic.line) in \(bytes)")
                if !isInside { return }
            }
        }
        fuzzing.tell("posts", "\(posts) with front matter, \(contents) publishable")
        #expect(posts > Self.count / 2 && contents > Self.count / 100, "\(posts) posts, \(contents) contents")
    }

    @Test func `of a configuration never fails`() throws {
        let seeds = try ReadingFixtures.names(in: "configuration/invalid", ending: ".yml").map {
            try ReadingFixtures.bytes("configuration/invalid/\($0)")
        }
        var fuzzing = Fuzzing(rounds: Self.count / 4)
        var random = SeededRandom(seed: fuzzing.seed)
        var diagnosed = 0
        while fuzzing.goesOn() {
            let bytes = mutated(seeds[fuzzing.round % seeds.count], with: &random)
            let (configuration, diagnostics) = Configuration.read(bytes, zones: ReadingFixtures.zones)
            let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
            let outside = diagnostics.first { !(1...lines).contains($0.place.line) }
            #expect(outside == nil, "\(outside?.line ?? "") in \(bytes)")
            if outside != nil { return }
            #expect((configuration == nil) == diagnostics.contains { $0.severity == .error })
            diagnosed += diagnostics.count
        }
        fuzzing.tell("configurations", "\(diagnosed) diagnostics")
        #expect(diagnosed > 1000)
    }
}
