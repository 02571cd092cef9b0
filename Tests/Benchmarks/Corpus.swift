import Git
import Pipeline

/// A content repository of made-up posts; the same number and seed give the same bytes.
///
/// Nearly all posts were published long ago, as in a repository that has grown: of 100, about 88 are published, 6 lie in the
/// future, 3 are drafts, 2 are due, and 1 is due and broken.
struct Corpus {
    static let now = "2026-12-01T09:00:00Z"

    let root: String
    let posts: Int
    private(set) var due = 0
    private(set) var broken = 0
    private var random: Random

    init(posts: Int, in folder: String, seed: UInt64 = 20_261_201) throws {
        root = "\(folder)/posts-\(posts)"
        self.posts = posts
        random = Random(state: seed)
        try Files.createFolders(root)
        try write("socials.yml", Self.configuration)
        var made: Set<String> = []
        for number in 0..<posts {
            let fate = Fate.allCases[number % 100 < 88 ? 0 : Self.rare[number % 100 - 88]]
            let year = fate == .published ? 2019 + random.below(7) : 2026
            let month = "posts/\(year)/\(Self.twoDigits(1 + random.below(12)))"
            if made.insert(month).inserted { try Files.createFolders(root + "/" + month) }
            try add(number, fate, in: month)
        }
        let repository = try Repository.initialise(at: root, branch: "main")
        _ = try repository.commitAll(
            message: "Write posts\n",
            author: Author(name: "Corpus", email: "corpus@example.com", seconds: 1_796_000_000))
    }

    private enum Fate: CaseIterable { case published, future, draft, due, broken }

    private static let rare = [1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4]
    private static let words = [
        "wheel", "lamp", "workshop", "open", "tonight", "canal", "spoke", "repair", "with", "friends", "über", "café",
        "twelve", "the", "and", "for", "bicycles", "new", "hub", "dynamo", "quiet", "🚲", "tomorrow", "guide",
    ]
    private static let configuration = """
        version: 1
        timeZone: Europe/Berlin
        accounts:
          x/acme: {}
          linkedin/acme: {author: "urn:li:organization:99000417"}
        groups: {all: [x/acme, linkedin/acme]}
        defaults: {accounts: [all]}
        publishing: {maxPerRun: 100000, maxPerDay: 100000}

        """

    private mutating func add(_ number: Int, _ fate: Fate, in month: String) throws {
        let schedule =
            switch fate {
            case .published:
                "\(month.dropFirst(6).prefix(4))-\(month.suffix(2))-\(Self.twoDigits(1 + random.below(28))) 09:00"
            case .future, .draft: "2027-02-\(Self.twoDigits(1 + random.below(28))) 18:30"
            case .due, .broken: "2026-12-01T0\(random.below(9)):\(Self.twoDigits(random.below(60))):00+00:00"
            }
        var head = "---\ntitle: \"\(sentence(4)) \(number)\"\nschedule: \(schedule)\n"
        if random.below(3) == 0 { head += "tags: [\(Self.words[random.below(10)]), bikes]\n" }
        if random.below(4) == 0 { head += "categories:\n  - news\n  - workshop\n" }
        if random.below(5) == 0 { head += "x:\n  text: \"\(sentence(12)) \(number)\"\n" }
        if random.below(6) == 0 { head += "linkedin:\n  visibility: PUBLIC\n" }
        if fate == .draft { head += "draft: true\n" }
        if fate == .broken { head += "accounts: [x/acmee]\n" }
        // At most 3 × 8 words: they fit everywhere.
        let body = (0..<(1 + random.below(3))).map { _ in sentence(8) + "." }.joined(separator: "\n\n")
        let name = "\(month)/post-\(number)"
        try write(name + ".md", head + "---\n\(body) \(number)\n")
        switch fate {
        case .published: try write(name + ".results.json", results(number, on: String(schedule.prefix(10))))
        case .due: due += 2
        case .broken: broken += 1
        case .future, .draft: break
        }
    }

    private mutating func results(_ number: Int, on day: String) -> String {
        let entries = ["linkedin/acme", "x/acme"].map { account in
            """
                "\(account)": {
                  "attempt": "01JDB7Q3M8XK2V5T9R4W6Y0ZAC",
                  "attempts": 1,
                  "digest": "sha256:\(hex(64))",
                  "generation": 1,
                  "id": "\(7_000_000_000_000_000_000 + number)",
                  "publishedAt": "\(day)T08:00:03Z",
                  "schedule": "\(day)T08:00:00Z",
                  "source": "\(hex(40))",
                  "state": "published"
                }
            """
        }
        return "{\n  \"deliveries\": {\n\(entries.joined(separator: ",\n"))\n  },\n  \"version\": 1\n}\n"
    }

    private mutating func sentence(_ count: Int) -> String {
        (0..<count).map { _ in Self.words[random.below(Self.words.count)] }.joined(separator: " ")
    }

    private mutating func hex(_ count: Int) -> String {
        String((0..<count).map { _ in Array("0123456789abcdef")[random.below(16)] })
    }

    private func write(_ path: String, _ text: String) throws {
        try Files.replace(root + "/" + path, with: Array(text.utf8), durable: false)
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same on every machine.
struct Random {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(bound))
    }
}
