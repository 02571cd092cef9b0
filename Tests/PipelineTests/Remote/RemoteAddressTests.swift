import Pipeline
import Testing

@Suite struct `The address of a remote` {
    @Test(arguments: [
        "https://github.com/acme/social", "https://github.com/acme/social.git", "https://github.com/Acme/Social/",
        "https://ada:token@github.com/acme/social.git", "http://github.com:8080/acme/social",
        "git@github.com:acme/social.git",
        "github.com:acme/social", "ssh://git@github.com:22/acme/social.git", "git://GitHub.com/acme/social.git",
        "ssh://git@github.com//acme//social",
    ])
    func `is the same whatever scheme, user, port and ending it has`(_ address: String) {
        #expect(RemoteAddress(address) == RemoteAddress("https://github.com/acme/social"))
        #expect(!RemoteAddress(address).isLocal)
        #expect(!RemoteAddress(address).text.contains("token"))
    }

    @Test(arguments: [
        "https://github.com/someone/social", "https://gitlab.com/acme/social", "https://github.com/acme/social-2",
        "https://github.com.evil.example/acme/social", "https://github.com@evil.example/acme/social", "/acme/social",
        "file:///acme/social",
    ])
    func `of a fork, a mirror or a folder is another one`(_ address: String) {
        #expect(RemoteAddress(address) != RemoteAddress("https://github.com/acme/social"))
    }

    @Test(arguments: [
        "/srv/social.git", "../social.git", "file:///srv/social.git", "http://127.0.0.1:8080/social",
        "http://[::1]:80/social",
        "http://localhost/social",
    ])
    func `on this machine is local`(_ address: String) {
        #expect(RemoteAddress(address).isLocal)
    }

    @Test(arguments: ["http://127.example.com/social", "http://localhost.example.com/a", "git@[2001:db8::1]:a/b.git"])
    func `that only looks like this machine is not`(_ address: String) {
        #expect(!RemoteAddress(address).isLocal)
    }

    @Test func `of folders tells capitals from small letters`() {
        #expect(RemoteAddress("/srv/Social") != RemoteAddress("/srv/social"))
        #expect(RemoteAddress("/srv/social.git/") == RemoteAddress("file:///srv/social"))
    }
}
