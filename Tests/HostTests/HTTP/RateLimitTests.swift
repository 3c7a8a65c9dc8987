import Synchronization
import Testing
import WidgetAPI

@testable import Host

/// How often somebody may ask.
@Suite(.withProcesses) struct RateLimitTests {
    /// A clock that stands until it is moved.
    private final class Clock: Sendable {
        private let moment = Atomic<Int64>(1000)

        var now: Timestamp { Timestamp(milliseconds: moment.load(ordering: .relaxed)) }

        func pass(_ milliseconds: Int64) { moment.add(milliseconds, ordering: .relaxed) }
    }

    @Test func `the last request of a minute passes, the next waits until the minute is over`() {
        let clock = Clock()
        let limit = RateLimit(perMinute: 3) { clock.now }

        let first = (0..<3).map { _ in limit.admit([1]) }
        clock.pass(59_001)
        let fourth = limit.admit([1])
        clock.pass(998)
        let early = limit.admit([1])
        clock.pass(1)
        let later = limit.admit([1])

        #expect(first == [nil, nil, nil])
        #expect(fourth == 1)
        #expect(early == 1)
        #expect(later == nil)
    }

    @Test func `nobody waits because of somebody else`() {
        let clock = Clock()
        let limit = RateLimit(perMinute: 1) { clock.now }

        #expect(limit.admit([1]) == nil)
        #expect(limit.admit([1]) == 60)
        #expect(limit.admit([2]) == nil)
    }

    @Test func `the way to a platform is open ten times a minute, then it says how long to wait`() throws {
        let server = try ServerProcess.withAlice()

        let answers = try (0..<11).map { _ in try HTTPExchange.perform("GET", "/auth/login/twitch", port: server.port) }

        #expect(answers.prefix(10).allSatisfy { $0.status != 429 })
        let refused = try #require(answers.last)
        #expect(refused.status == 429)
        #expect(refused.failureCode == "RATE_LIMITED")
        let wait = try #require(refused.headers["retry-after"].flatMap { Int($0) })
        #expect((1...60).contains(wait))
        #expect(try HTTPExchange.perform("GET", "/auth/login", port: server.port).status == 200)
    }

    @Test func `a session sends 240 test events a minute, and then other things still`() throws {
        let streamer = try DemoStreamer()

        let headers = [("Cookie", streamer.cookie), ("X-CSRF-Token", streamer.csrfToken)]
        let event: JSONValue = ["type": "event:follow", "payload": [:], "platform": "twitch"]
        let request = HTTPExchange.request("POST", "/api/events/test", headers: headers, body: Array(event.text.utf8))
        let socket = try Socket(port: streamer.server.port)

        let statuses = try Self.statuses(of: Array(repeating: request, count: 241), on: socket)

        #expect(statuses.prefix(240).allSatisfy { $0 == 201 })
        #expect(statuses.last == 429)
        #expect(try streamer.get("/api/session").status == 200)
    }

    @Test func `a session asks 1,200 times a minute, another one is not held back by that`() throws {
        let streamer = try DemoStreamer()
        let socket = try Socket(port: streamer.server.port)
        let cookie = ("Cookie", streamer.cookie)

        let request = HTTPExchange.request("GET", "/api/session", headers: [cookie])
        let statuses = try Self.statuses(of: Array(repeating: request, count: 1200), on: socket)
        let other = try HTTPExchange.perform("GET", "/api/session", on: socket)

        // The session has asked once before, when it was opened.
        #expect(statuses.dropLast().allSatisfy { $0 == 200 })
        #expect(statuses.last == 429)
        #expect(other.status == 401)
    }

    @Test func `an address that is written in another way counts all the same`() throws {
        let server = try ServerProcess.withAlice()

        let statuses = try (0..<11).map { _ in
            try HTTPExchange.perform("GET", "//auth//login/twitch", port: server.port).status
        }

        #expect(statuses.prefix(10).allSatisfy { $0 != 429 })
        #expect(statuses.last == 429)
    }

    @Test func `whoever invents cookies is counted by address`() throws {
        let server = try ServerProcess.withAlice()
        let socket = try Socket(port: server.port)

        let requests = (0..<1201).map { number in
            let cookie = ("Cookie", "streamvibes_session=invented-\(number)")
            return HTTPExchange.request("GET", "/api/session", headers: [cookie])
        }
        let statuses = try Self.statuses(of: requests, on: socket)

        #expect(statuses.dropLast().allSatisfy { $0 == 401 })
        #expect(statuses.last == 429)
    }

    /// What requests over one connection are answered.
    ///
    /// They go in pieces of many: all of them have to be there within a minute, also on a busy machine.
    private static func statuses(of requests: [[UInt8]], on socket: Socket) throws -> [Int] {
        var statuses: [Int] = []
        for start in stride(from: 0, to: requests.count, by: 40) {
            let piece = requests[start..<min(start + 40, requests.count)]
            try socket.send(piece.flatMap(\.self))
            statuses += try piece.map { _ in try HTTPExchange.read(from: socket, withinMilliseconds: 60_000).status }
        }
        return statuses
    }

    @Test func `a body that is too long is refused wherever nobody reads it`() throws {
        let streamer = try DemoStreamer()
        let layout = try #require(try streamer.layout()["id"]?.stringValue)
        let long = String(repeating: " ", count: 1_048_577)

        let answer = try streamer.ask("POST", "/api/layouts/\(layout)/duplicate", text: long)

        #expect(answer.status == 413 && answer.code == "PAYLOAD_TOO_LARGE")
        #expect(try streamer.get("/api/layouts").items.count == 1)
    }
}
