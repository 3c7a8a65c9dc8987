import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What platforms say about how often they want to be asked.
@Suite struct PlatformBudgetTests {
    private static let host = "https://api.example"
    private let clock = HandClock()

    @Test(
        arguments: [
            (429, ["Retry-After": "30"], 30), (503, ["Retry-After": "7"], 7),
            (429, ["Ratelimit-Remaining": "0", "Ratelimit-Reset": "1060"], 60),
            (200, ["Ratelimit-Remaining": "0", "Ratelimit-Reset": "1005"], 5),
            (429, ["Retry-After": "86400"], 3600),
            (429, ["Retry-After": "2", "Ratelimit-Reset": "1060"], 2),
            (200, ["Ratelimit-Remaining": "1", "Ratelimit-Reset": "1060"], nil),
            (429, ["Retry-After": "Thu, 01 Jan 1970 00:17:10 GMT"], 30),
            (503, ["Retry-After": "Thu, 01 Jan 1970 00:17:10 GMT"], 30),
            (429, ["Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"], 3600),
            (429, ["Retry-After": "Sat, 21 Nov 2026 09:30:07 GMT", "Date": "Sat, 21 Nov 2026 09:30:00 GMT"], 7),
            (200, ["Retry-After": "30"], nil), (200, ["Retry-After": "Thu, 01 Jan 1970 00:17:10 GMT"], nil),
            (503, [:], nil), (503, ["Retry-After": "soon"], nil),
            (429, ["Ratelimit-Remaining": "0", "Ratelimit-Reset": "5000"], 60),
            (429, ["Ratelimit-Remaining": "700", "Ratelimit-Reset": "1060"], nil),
            (200, ["Ratelimit-Remaining": "0", "Ratelimit-Reset": "900"], nil),
        ] as [(Int, [String: String], Int64?)]
    )
    func `a rest is as long as the platform says, up to an hour`(
        status: Int,
        headers: [String: String],
        seconds: Int64?
    ) {
        let budget = budget()
        hear(status, headers, budget)
        #expect(budget.rest(at: Self.host) == seconds.map { Duration.seconds($0) })
        #expect(budget.rest(at: "https://other.example") == nil)
    }

    @Test(
        arguments: [
            [:], ["Retry-After": "0"], ["Retry-After": "-1"], ["Retry-After": "soon"],
            ["Retry-After": "Thu, 01 Jan 1970 00:16:40 GMT"], ["Ratelimit-Reset": "-9223372036854775808"],
            ["Ratelimit-Remaining": "0", "Ratelimit-Reset": "900"],
        ] as [[String: String]]
    )
    func `a platform that has had enough and names no time to come is left alone for a second`(
        headers: [String: String]
    ) {
        let budget = budget()
        hear(429, headers, budget)
        #expect(budget.rest(at: Self.host) == Duration.seconds(1))
        #expect(budget.rest(at: "https://other.example") == nil)
    }

    @Test func `a platform that names no time is left alone longer each time, up to half a minute`() {
        let budget = budget()
        for seconds in [1, 2, 4, 8, 16, 30, 30] {
            // Several had asked before they were told.
            for _ in 1...3 { hear(429, [:], budget) }

            #expect(budget.rest(at: Self.host) == Duration.seconds(seconds))
            clock.goOn(.seconds(seconds))
            #expect(budget.rest(at: Self.host) == nil)
        }
    }

    @Test(
        arguments: [
            (200, [:]), (401, [:]), (503, [:]), (429, ["Retry-After": "5"]), (429, ["Ratelimit-Remaining": "700"]),
        ] as [(Int, [String: String])]
    )
    func `any other answer begins a new row of rests`(status: Int, headers: [String: String]) {
        let budget = budget()
        for _ in 1...3 {
            hear(429, [:], budget)
            clock.goOn(.seconds(30))
        }

        hear(status, headers, budget)
        clock.goOn(.seconds(30))
        hear(429, [:], budget)

        #expect(budget.rest(at: Self.host) == Duration.seconds(1))
    }

    @Test func `an answer to an earlier question ends no rest`() {
        let budget = budget()
        hear(429, [:], budget)
        hear(200, [:], budget)
        #expect(budget.rest(at: Self.host) == Duration.seconds(1))
    }

    @Test func `a shorter rest does not end a longer one`() {
        let budget = budget()
        for seconds in ["60", "5"] { hear(429, ["Retry-After": seconds], budget) }
        hear(429, [:], budget)
        #expect(budget.rest(at: Self.host) == Duration.seconds(60))
    }

    @Test(
        arguments: [
            ("https://api.example/helix/users?id=1", "https://api.example"),
            ("http://127.0.0.1:4477/helix", "http://127.0.0.1:4477"), ("https://api.example", "https://api.example"),
            ("https://api.example?x", "https://api.example"),
        ]
    )
    func `an address without its path is whom it belongs to`(url: String, host: String) {
        #expect(PlatformBudget.host(of: url) == host)
    }

    @Test func `everybody waits for a platform that has had enough, and who cannot wait is told`() async throws {
        let place = try await KeeperPlace(.twitch)
        let url = "\(place.platform.base)\(place.platform.usersPath)"
        try await place.running { _ in
            place.platform.fail(place.platform.usersPath, .busy(seconds: 2))
            let begun = ContinuousClock.now
            for _ in 0..<2 { _ = try await place.http.send(PlatformRequest(url: url, patience: .seconds(60))) }
            // Not measured for speed: no answer may come before the platform allowed it.
            #expect(ContinuousClock.now - begun >= .seconds(2))
            #expect(place.platform.requests(to: place.platform.usersPath).count == 3)

            place.platform.fail(place.platform.usersPath, .busy(seconds: 600))
            for _ in 0..<3 {
                await #expect(throws: PlatformFailure.self) {
                    _ = try await place.http.send(PlatformRequest(url: url))
                }
            }
            #expect(place.platform.requests(to: place.platform.usersPath).count == 4, "asked once, then left alone")
        }
    }

    @Test func `everybody leaves a platform alone that names no time, and asks once after each rest`() async throws {
        let platform = try Self.kick()
        platform.fail(platform.usersPath, .status(429), .status(429), .status(429), .status(200))
        let http = http(budget())
        let request = PlatformRequest(url: "\(platform.base)\(platform.usersPath)", patience: .zero)
        try await http.connected { () async throws in
            for (seconds, count) in [(0, 1), (1, 2), (1, 2), (1, 3), (3, 3)] {
                clock.goOn(.seconds(seconds))
                for _ in 1...2 {
                    await #expect(throws: PlatformFailure.self) { _ = try await http.send(request) }
                }
                #expect(platform.requests(to: platform.usersPath).count == count)
            }
            clock.goOn(.seconds(1))
            #expect(try await http.send(request).status == 200)
            #expect(platform.requests(to: platform.usersPath).count == 4)
        }
    }

    @Test func `who may wait three seconds gets over two refusals that name no time`() async throws {
        let platform = try Self.kick()
        platform.fail(platform.usersPath, .status(429), .status(429), .status(200))
        let http = PlatformHTTP.patient
        try await http.connected { () async throws in
            let begun = ContinuousClock.now
            let answer = try await http.send(PlatformRequest(url: "\(platform.base)\(platform.usersPath)"))
            #expect(answer.status == 200)
            // Not measured for speed: no question may come before its rest was over.
            #expect(ContinuousClock.now - begun >= .seconds(3))
        }
    }

    @Test func `who waits gives up when their patience has ended, however often a rest begins anew`() async throws {
        let platform = try Self.kick()
        platform.fail(platform.usersPath, .status(429))
        // On a clock that stands still no rest ever ends.
        let http = http(budget())
        let request = PlatformRequest(url: "\(platform.base)\(platform.usersPath)", patience: .seconds(1))
        try await http.connected { () async throws in
            await #expect(throws: PlatformFailure.self) { _ = try await http.send(request) }
            #expect(platform.requests(to: platform.usersPath).count == 1)
        }
    }

    // MARK: Steps

    /// On a clock that the test moves.
    private func budget() -> PlatformBudget { PlatformBudget(now: { [clock] in clock.now }) }

    private func hear(_ status: Int, _ headers: [String: String], _ budget: PlatformBudget) {
        budget.heard(from: Self.host, status: status, header: { headers[$0] }, epochSeconds: 1000)
    }

    /// With as much time for each answer as a busy machine needs.
    private func http(_ budget: PlatformBudget) -> PlatformHTTP {
        PlatformHTTP(attemptLimit: .seconds(1800), onceLimit: .seconds(1800), budget: budget)
    }

    private static func kick() throws -> FakePlatform {
        try FakePlatform(.kick, user: .init(id: "1234", login: "alice", name: "Alice"))
    }
}
