import Platforms
import Posts
import Testing

/// What a network does not take is refused before anything is sent, at its place in the file; nothing is left out.
@Suite struct `Every network refuses` {
    private static var all: [Subject] { get throws { try Subject.all } }

    private func errors(_ subject: Subject, _ content: Content) -> [Diagnostic] {
        subject.platform.compose(content).diagnostics.filter { $0.severity == .error }
    }

    private func errors(_ subject: Subject, _ change: (inout MediaFile) -> Void) -> [Diagnostic] {
        var content = subject.content("Hello")
        change(&content.media[0])
        return errors(subject, content)
    }

    @Test(arguments: try all)
    func `nothing of a post that fits`(subject: Subject) {
        #expect(errors(subject, subject.content("Hello")) == [])
    }

    @Test(arguments: try all)
    func `words that are too long, where they begin`(subject: Subject) throws {
        let content = subject.content(String(repeating: "word ", count: 1000))
        let error = try #require(errors(subject, content).first { $0.code == .textTooLong })
        #expect(error.place == content.parts[0].place)
        #expect(error.hint != nil)
    }

    @Test(arguments: try all)
    func `an alt text that is too long, where the picture is named`(subject: Subject) throws {
        let content = subject.content("Hello", alt: String(repeating: "a", count: 5000))
        let error = try #require(errors(subject, content).first { $0.code == .altTooLong })
        #expect(error.place.path == "posts/a.md")
        #expect(error.place.line == Subject.mediaPlace.line)
    }

    @Test(arguments: try all)
    func `a picture of more bytes than it takes, where it is named`(subject: Subject) throws {
        let found = errors(subject) {
            $0.info.byteCount = 1 << 30; $0.info.width = 20_000; $0.info.height = 20_000
        }
        let error = try #require(found.first { $0.code == .mediaTooLarge })
        #expect(error.place.line == Subject.mediaPlace.line)
        #expect(error.message.contains { $0.isNumber })
    }

    @Test(arguments: try all)
    func `a file that is no medium at all, where it is named`(subject: Subject) throws {
        let found = errors(subject) {
            $0.info.format = .webVTT; $0.info.width = 0; $0.info.height = 0
        }
        let error = try #require(found.first)
        #expect(error.code == .mediaFormat)
        #expect(error.place.line == Subject.mediaPlace.line)
    }

    @Test(arguments: try all)
    func `a picture beside a video, or takes both: neither is left out`(subject: Subject) throws {
        var content = subject.content("Hello", pictures: 2)
        content.media[1].info = MediaInfo(
            format: .mp4, width: 1080, height: 1920, byteCount: 1 << 20, duration: .seconds(30))
        let composition = subject.platform.compose(content)
        let isRefused = composition.diagnostics.contains { $0.severity == .error }
        #expect(isRefused || composition.steps.first?.media.count == 2)
    }

    @Test(arguments: try all)
    func `a setting that it does not have, by its name and place`(subject: Subject) throws {
        var content = subject.content("Hello")
        let place = Diagnostic.Place(path: "posts/a.md", line: 9, column: 3)
        content.options["colorOfTheSky"] = Written("blue", at: place)
        let error = try #require(errors(subject, content).first)
        #expect(error.place == place)
        #expect(error.message.contains("colorOfTheSky"))
    }

    @Test(arguments: try all)
    func `a post of nothing`(subject: Subject) {
        var content = subject.content("", pictures: 0)
        content.parts = []
        #expect(!errors(subject, content).isEmpty)
    }

    @Test(arguments: try all)
    func `nothing silently: every part and every file is in a step, whatever is wrong with the post`(
        subject: Subject
    ) {
        var content = subject.content("First " + String(repeating: "word ", count: 1000), pictures: 25)
        content.parts.append(Content.Part(text: "The second part", place: content.place))
        let steps = subject.platform.compose(content).steps
        let words = steps.map(\.text).joined(separator: "\n")
        #expect(words.contains("First word") && words.contains("The second part"))
        #expect(steps.flatMap(\.media).count == 25)
    }
}
