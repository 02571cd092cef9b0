import HTTP
import Testing

@Suite struct `A secret` {
    @Test func `never prints`() {
        let secret = Secret("hunter2")
        var headers: Headers = [:]
        headers.add("Authorization", secret: Secret("Bearer hunter2"))
        let request = Request(.get, "https://example.com", headers: headers, repetition: .allowed)
        var dumped = ""
        dump(secret, to: &dumped)
        dump(headers, to: &dumped)
        dump(request, to: &dumped)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\(headers)", "\([secret])",
            String(reflecting: headers), "\(request)", String(reflecting: request), dumped,
            "\(Mirror(reflecting: secret).children.map(\.value))",
        ]
        for text in texts { #expect(!text.contains("hunter2")) }
        #expect(secret.reveal() == "hunter2")
        #expect(headers["authorization"] == "Bearer hunter2")
    }
}

@Suite struct `Text in a request` {
    @Test func `is percent-encoded but for the unreserved characters`() {
        // RFC 3986 §2.3; the last three as in RFC 5849 §3.6.
        #expect(percentEncoded("AZaz09-._~") == "AZaz09-._~")
        #expect(percentEncoded(" +/&=%!*'()") == "%20%2B%2F%26%3D%25%21%2A%27%28%29")
        #expect(percentEncoded("é☃") == "%C3%A9%E2%98%83")
    }

    @Test func `makes a form in the given order`() {
        let body = FormBody.encode([("b", "1 2"), ("a&", "="), ("empty", "")])
        #expect(String(decoding: body, as: UTF8.self) == "b=1%202&a%26=%3D&empty=")
    }

    @Test func `makes a multipart body whose names cannot break out`() {
        var multipart = Multipart(boundary: "B0")
        multipart.add(name: "text", bytes: Array("hello".utf8))
        multipart.add(
            name: "a\"\r\nb", filename: "ä\".png", contentType: "image/png\r\nX: y", bytes: [0x0D, 0x0A, 0x00])
        let expected = """
            --B0\r
            Content-Disposition: form-data; name="text"\r
            \r
            hello\r
            --B0\r
            Content-Disposition: form-data; name="a%22%0D%0Ab"; filename="ä%22.png"\r
            Content-Type: image/pngX: y\r
            \r
            \r
            \0\r
            --B0--\r

            """
        #expect(String(decoding: multipart.encoded(), as: UTF8.self) == expected)
        #expect(multipart.contentType == "multipart/form-data; boundary=\"B0\"")
    }
}

@Suite struct `A URL` {
    @Test(arguments: [
        ("https://Example.COM", "example.com", "/"), ("https://a.b:443/c", "a.b", "/c"),
        ("https://a:8443?x=1#y", "a:8443", "/?x=1"), ("HTTP://[2001:DB8::1]:81/p?q?r", "[2001:db8::1]:81", "/p?q?r"),
    ])
    func `is taken apart without touching path and query`(_ text: String, _ authority: String, _ target: String) throws
    {
        let parts = try #require(URLParts(text))
        #expect(parts.authority == authority)
        #expect(parts.target == target)
    }
}
