import Platforms
import Posts
import Testing

@Suite struct `What a person reads off a network` {
    @Test(arguments: [
        ("1234567890", "1234567890"), ("https://x.com/acme/status/1234567890", "1234567890"),
        ("https://twitter.com/acme/status/1234567890?s=20", "1234567890"),
        ("https://x.com/i/web/status/1234567890", "1234567890"),
        ("https://mobile.x.com/acme/status/1234567890/photo/1", "1234567890"),
        ("https://x.com/acme/status/1234567890#m", "1234567890"),
    ])
    func `is a post on X`(text: String, id: String) {
        #expect(XPlatform.sighting(text) == Sighting(id: id, url: "https://x.com/i/web/status/\(id)"))
    }

    @Test(arguments: [
        "", "0", "012", "-5", "12a", "99999999999999999999", "https://x.com/acme", "https://x.com/acme/status/",
        "https://x.com/acme/status/12x", "https://x.com/a/b/status/12", "https://x.com.evil.example/acme/status/12",
        "https://evil.example/x.com/status/12", "x.com/acme/status/12", "https://x.com/acme/status/12/likes",
        "urn:li:share:12", "https://x.com/acme/lists/12",
    ])
    func `is no post on X`(text: String) {
        #expect(XPlatform.sighting(text) == nil)
    }

    @Test(arguments: [
        ("urn:li:share:7141138937766391808", "urn:li:share:7141138937766391808"),
        ("https://www.linkedin.com/feed/update/urn:li:ugcPost:714/", "urn:li:ugcPost:714"),
        ("https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A714?utm_source=share", "urn:li:activity:714"),
        ("https://www.linkedin.com/posts/acme_launch-day-activity-714-AbCd?utm=1", "urn:li:activity:714"),
        ("https://de.linkedin.com/posts/acme_launch-day-ugcPost-714-AbCd/", "urn:li:ugcPost:714"),
    ])
    func `is a post on LinkedIn`(text: String, urn: String) {
        #expect(
            LinkedInPlatform.sighting(text)
                == Sighting(id: urn, url: "https://www.linkedin.com/feed/update/\(urn)/"))
    }

    @Test(arguments: [
        "714", "urn:li:person:714", "urn:li:share:", "urn:li:share:7x", "https://www.linkedin.com/in/jane",
        "https://linkedin.com.evil.example/feed/update/urn:li:share:714/",
        "https://evillinkedin.com/feed/update/urn:li:share:7",
        "https://www.linkedin.com/posts/acme_launch", "https://www.linkedin.com/feed/update/714/",
    ])
    func `is no post on LinkedIn`(text: String) {
        #expect(LinkedInPlatform.sighting(text) == nil)
    }

    @Test(arguments: [
        ("17900000000000001", Sighting(id: "17900000000000001", url: nil)),
        ("https://www.instagram.com/p/DAb_c-1/", Sighting(id: nil, url: "https://www.instagram.com/p/DAb_c-1/")),
        (
            "https://instagram.com/acme/reel/DAbc1?igsh=x",
            Sighting(id: nil, url: "https://www.instagram.com/reel/DAbc1/")
        ),
    ])
    func `is a post on Instagram`(text: String, sighting: Sighting) {
        #expect(InstagramPlatform.sighting(text) == sighting)
    }

    @Test(arguments: [
        "123", "DAbc1", "https://www.instagram.com/acme/", "https://www.instagram.com/stories/acme/123456/",
        "https://www.instagram.com/p/a%20b/", "https://evil.example/p/DAbc1/",
    ])
    func `is no post on Instagram`(text: String) {
        #expect(InstagramPlatform.sighting(text) == nil)
    }
}
