import HTTP
import Posts
import TestSupport
import Testing

@testable import Pipeline

@Suite struct `A server's clock` {
    private struct Server: Transport {
        let date: String?

        func send(_ request: Request) async throws(TransportError) -> Response {
            Response(status: 200, headers: date.map { ["Date": $0] as Headers } ?? [:], body: [])
        }
    }

    private func complaint(about date: String?) async throws -> String? {
        let watch = ClockWatch(Server(date: date), clock: TestClock(nine))
        _ = try await watch.send(Request(.get, "https://api.x.com/2/tweets", repetition: .allowed))
        return watch.takeComplaint()
    }

    @Test(arguments: [
        "Tue, 01 Dec 2026 09:00:00 GMT", "Tue, 01 Dec 2026 09:02:00 GMT", "Tue, 01 Dec 2026 08:58:00 GMT",
        "yesterday", nil,
    ])
    func `is right within two minutes, and what is no date says nothing`(date: String?) async throws {
        #expect(try await complaint(about: date) == nil)
    }

    @Test(arguments: ["Tue, 01 Dec 2026 09:02:01 GMT", "Tue, 01 Dec 2026 08:57:59 GMT"])
    func `that differs by more is complained about, with both times`(date: String) async throws {
        let complaint = try #require(try await complaint(about: date))
        #expect(complaint.contains("2026-12-01T09:00:00Z"))
        #expect(complaint.contains("api.x.com"))
    }

    @Test func `that differs stops the run before the next request, and what was answered is recorded`() {
        var rig = Rig([job("a"), job("b")])
        rig.answer("claims")
        rig.answer("prepare a")
        rig.answer("send a")
        rig.tell(.clockIsOff("an hour behind"))
        rig.finish()
        #expect(rig.asked("send") == ["send a 0"])
        #expect(rig.result("a")?.state == .published)
        #expect(rig.told.last == "claims a:published record a")
        #expect(rig.engine.faults == [.clockIsOff("an hour behind")])
    }
}
