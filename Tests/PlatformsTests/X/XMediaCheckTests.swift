import Posts
import Testing

@testable import Platforms

@Suite struct `Videos and words about media on X` {
    private func diagnostics(_ files: MediaFile..., account: Account = XFixtures.account) -> [Diagnostic] {
        var content = XFixtures.content(["Hi"], media: files)
        content.account = account
        return XPlatform.compose(content).diagnostics
    }

    private func check(_ files: MediaFile..., account: Account = XFixtures.account) -> [DiagnosticCode] {
        files.count == 1
            ? diagnostics(files[0], account: account).map(\.code)
            : XPlatform.compose(XFixtures.content(["Hi"], media: files)).diagnostics.map(\.code)
    }

    @Test func `fit by size, length, pixels and ratio`() {
        typealias X = XFixtures
        #expect(check(X.video()).isEmpty)
        #expect(check(X.video("a.mov", format: .quicktime, width: 720, height: 1280)).isEmpty)
        #expect(check(X.video(bytes: 512 << 20)).isEmpty)
        #expect(check(X.video(bytes: 512 << 20 + 1)) == [.mediaTooLarge])
        #expect(check(X.video(duration: .seconds(140))).isEmpty)
        #expect(check(X.video(duration: .milliseconds(140_001))) == [.mediaTooLarge])
        #expect(check(X.video(duration: .milliseconds(500))).isEmpty)
        #expect(check(X.video(duration: .milliseconds(499))) == [.mediaShape])
        #expect(check(X.video(duration: nil)).isEmpty)
        #expect(check(X.video(width: 1280, height: 1024)).isEmpty)
        #expect(check(X.video(width: 1280, height: 1025)) == [.mediaShape])
        #expect(check(X.video(width: 1281, height: 720)) == [.mediaShape])
        #expect(check(X.video(width: 32, height: 32)).isEmpty)
        #expect(check(X.video(width: 31, height: 32)) == [.mediaShape])
        #expect(check(X.video(width: 900, height: 300)).isEmpty)
        #expect(check(X.video(width: 901, height: 300)) == [.mediaShape])
    }

    @Test func `may be long and of 1080p with Premium`() {
        #expect(
            check(XFixtures.video(width: 1920, height: 1080, duration: .seconds(600))) == [.mediaTooLarge, .mediaShape])
        let film = XFixtures.video(width: 1080, height: 1920, duration: .seconds(600))
        #expect(check(film, account: XFixtures.premium).isEmpty)
        #expect(check(XFixtures.video(width: 1921, height: 1080), account: XFixtures.premium) == [.mediaShape])
    }

    @Test func `are coded as X reads them, as far as the file tells`() {
        #expect(check(XFixtures.video(codec: "hvc1")) == [.mediaFormat])
        #expect(check(XFixtures.video(sound: "ac-3")) == [.mediaFormat])
        #expect(check(XFixtures.video(codec: nil, sound: nil)).isEmpty)
    }

    @Test func `stand alone`() {
        #expect(check(XFixtures.video(), XFixtures.file("a.jpg")) == [.mediaCount])
        #expect(check(XFixtures.video(), XFixtures.video("b.mp4")) == [.mediaCount])
    }

    @Test(arguments: [MediaInfo.Format.pdf, .subRip, .heic, .docx])
    func `are not taken in other formats`(_ format: MediaInfo.Format) {
        #expect(check(XFixtures.file("a", format: format)) == [.mediaFormat])
    }

    @Test(
        arguments: [
            ("film.en.srt", "EN"), ("a.b/film.pt-BR.srt", "PT"), ("film.zh_Hant.srt", "ZH"), ("film.srt", nil),
            ("film.eng.srt", nil), ("en.srt", nil), ("fr.en/film.srt", nil),
        ] as [(String, String?)])
    func `have subtitles whose name tells their language`(_ path: String, _ language: String?) {
        var film = XFixtures.video()
        film.captions = XFixtures.captions(path)
        #expect(check(film) == (language == nil ? [.badValue] : []))
        #expect(XVideoCheck.language(of: XFixtures.captions(path)) == language)
        film.captions = XFixtures.file("film.en.jpg")
        #expect(check(film) == [.mediaFormat])
    }

    @Test func `have a preview that is a picture`() {
        var film = XFixtures.video()
        film.thumbnail = XFixtures.file("cover.jpg", alt: nil)
        #expect(check(film).isEmpty)
        film.thumbnail = XFixtures.file("cover.pdf", format: .pdf)
        #expect(check(film) == [.mediaFormat])
    }

    @Test func `are told when nobody would see them`() {
        var picture = XFixtures.file("a.jpg")
        picture.captions = XFixtures.captions("a.en.srt")
        picture.thumbnail = XFixtures.file("b.jpg")
        for told in [diagnostics(picture), diagnostics(XFixtures.video(alt: "A film"))] {
            #expect(!told.isEmpty)
            #expect(told.allSatisfy { $0.severity == .warning && $0.code == .notShown })
        }
    }
}

@Suite struct `The options of a post on X` {
    private func diagnostics(_ options: [String: String], media: [MediaFile] = []) -> [Diagnostic] {
        var content = XFixtures.content(["Hi"], media: media)
        content.options = options.mapValues { Written($0, at: XFixtures.place) }
        return XPlatform.compose(content).diagnostics
    }

    @Test(
        arguments: [
            (["poll.options": "Yes\nNo", "poll.durationMinutes": "5"], []),
            (["poll.options": "Yes\nNo", "poll.durationMinutes": "4"], [.badValue]),
            (["poll.options": "Yes\nNo"], [.badValue]), (["poll.durationMinutes": "5"], [.badValue]),
            (["poll.options": "Yes", "poll.durationMinutes": "5"], [.badValue]),
            (["poll.options": "1234567890123456789012345\nNo", "poll.durationMinutes": "5"], []),
            (["poll.options": "12345678901234567890123456\nNo", "poll.durationMinutes": "5"], [.badValue]),
            (["poll.options": "\nNo", "poll.durationMinutes": "5"], [.badValue]),
            (
                ["poll.options": "Yes\nNo", "poll.durationMinutes": "5", "quoteTweetId": "5"],
                [.needsPlan, .notTogether]
            ),
            (["quoteTweetId": "5"], [.needsPlan]), (["quoteTweetId": "https://x.com/a"], [.badValue, .needsPlan]),
            (["cardUri": "card://1", "directMessageDeepLink": "https://x.com/messages"], [.notTogether]),
            (["communityId": "146", "shareWithFollowers": "true"], []), (["communityId": "home"], [.badValue]),
            (["shareWithFollowers": "true"], [.badValue]), (["shareWithFollowers": "false"], []),
            (["taggedUserIds": "1"], [.badValue]), (["placeId": "5a110d312052166f"], []),
        ] as [([String: String], [DiagnosticCode])])
    func `are checked one by one and together`(_ options: [String: String], _ codes: [DiagnosticCode]) {
        #expect(diagnostics(options).map(\.code).sorted { $0.rawValue < $1.rawValue } == codes)
    }

    @Test func `go with media or stand apart from them`() {
        let picture = [XFixtures.file("a.jpg")]
        #expect(diagnostics(["taggedUserIds": "1,2"], media: picture).isEmpty)
        #expect(diagnostics(["taggedUserIds": "1,@b"], media: picture).map(\.code) == [.badValue])
        let ids = (1...11).map(String.init).joined(separator: ",")
        #expect(diagnostics(["taggedUserIds": ids], media: picture).map(\.code) == [.badValue])
        let poll = ["poll.options": "Yes\nNo", "poll.durationMinutes": "5"]
        #expect(diagnostics(poll, media: picture).map(\.code) == [.notTogether])
        #expect(diagnostics(["cardUri": "card://1"], media: picture).map(\.code) == [.notTogether])
    }

    @Test func `stand on the first part, but labels on every part`() {
        var content = XFixtures.content(["One", "Two"])
        content.options = [
            "communityId": "146", "shareWithFollowers": "true", "paidPartnership": "true", "nullcast": "true",
        ].mapValues { Written($0, at: XFixtures.place) }
        let steps = XPlatform.compose(content).steps
        #expect(steps[0].options.count == 4)
        #expect(steps[1].options == ["paidPartnership": "true", "nullcast": "true"])
    }
}
