import JSON
import Testing

@Suite struct `A JSON text` {
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private func random(_ random: inout Numbers, depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2:
            return .number(
                ["0", "-1", "7141138937766391808", "1.50", "1e-7", "-0.0E+3"].randomElement(using: &random) ?? "0")
        case 3: return .string(text(&random))
        case 4:
            return .array(
                (0..<Int.random(in: 0..<4, using: &random)).map { _ in self.random(&random, depth: depth + 1) })
        default:
            var members: [String: JSON] = [:]
            for _ in 0..<Int.random(in: 0..<4, using: &random) {
                members[text(&random)] = self.random(&random, depth: depth + 1)
            }
            return .object(members)
        }
    }

    private func text(_ random: inout Numbers) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "\"", "\\", "/", "\n", "\t", "\r", "\u{0}", "\u{1F}", "ä", "\u{301}", "😀", "\u{2028}", "\u{FFFF}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<6, using: &random) {
            text.append(scalars[Int.random(in: 0..<scalars.count, using: &random)])
        }
        return String(text)
    }

    @Test func `comes back as it was written, in both forms`() throws {
        var numbers = Numbers(state: 1)
        for _ in 0..<2000 {
            let value = random(&numbers, depth: 0)
            #expect(try JSON(parsing: value.pretty()) == value)
            #expect(try JSON(parsing: value.compact()) == value)
            #expect(!value.compact().contains(0x0A))
            #expect(try JSON(parsing: value.pretty()).pretty() == value.pretty())
        }
    }

    @Test func `is read or refused with a place, whatever the bytes`() {
        var numbers = Numbers(state: 2)
        for _ in 0..<5000 {
            var bytes = random(&numbers, depth: 0).pretty()
            for _ in 0..<2 {
                let place = Int.random(in: 0..<bytes.count, using: &numbers)
                bytes[place] = UInt8.random(in: .min ... .max, using: &numbers)
            }
            do throws(JSONError) {
                let value = try JSON(parsing: bytes)
                #expect((try? JSON(parsing: value.compact())) == value)
            } catch {
                #expect(error.line >= 1 && error.column >= 1)
                #expect(error.line <= bytes.count { $0 == 0x0A } + 1)
            }
        }
    }

    @Test func `is written with sorted keys, two blanks and nothing escaped that need not be`() {
        let value: JSON = ["b": [1, []], "a": ["ä/\"": .null], "c": [:]]
        let text = """
            {
              "a": {
                "ä/\\"": null
              },
              "b": [
                1,
                []
              ],
              "c": {}
            }

            """
        #expect(String(decoding: value.pretty(), as: UTF8.self) == text)
        #expect(String(decoding: value.compact(), as: UTF8.self) == #"{"a":{"ä/\"":null},"b":[1,[]],"c":{}}"#)
    }

    @Test(arguments: [
        (#""\u00e4\ud83d\ude00\/\b\f""#, "ä😀/\u{8}\u{C}"), (#""\u0000""#, "\0"), (#""""#, ""),
    ])
    func `understands escapes`(text: String, value: String) throws {
        #expect(try JSON(parsing: text) == .string(value))
    }

    @Test(arguments: [
        "", " ", "nul", "01", "1.", ".5", "+1", "1e", "--1", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"",
        "\"\\ud800\\u0041\"", "\"\u{1}\"", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "{\"a\":1,\"a\":2}",
        "1 2",
        "\"\\u+123\"", "[", "{", "NaN", "'a'", "// no",
    ])
    func `refuses what is no JSON`(text: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }

    @Test func `refuses what is nested too deep, and takes what is not`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: JSONError.self) { try JSON(parsing: nested(65)) }
        #expect(throws: JSONError.self) { try JSON(parsing: nested(100_000)) }
        _ = try JSON(parsing: nested(64))
    }

    @Test func `refuses bytes that are not UTF-8`() {
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xFF, 0x22]) }
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xED, 0xA0, 0x80, 0x22]) }
    }

    @Test func `says where it went wrong, in characters`() {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: "{\n  \"ä\": 1 x}") }
        #expect(error?.description == "2:10: “}” or “,” is missing")
    }
}
