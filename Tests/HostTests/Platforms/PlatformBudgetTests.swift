import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What platforms say about how often they want to be asked.
@Suite struct PlatformBudgetTests {
    private static let host = "https://api.example"

    @Test(
        arguments: [
            (429, ["Retry-After": "30"], 30), (503, ["Retry-After": "7"], 7),
            (429, ["Ratelimit-Remaining": "0", "Ratelimit-Reset": "1060"], 60),
            (200, ["Ratelimit-Remaining": "0", "Ratelimit-Reset": "1005"], 5),
            (429, ["Retry-After": "86400"], 3600),
            (429, ["Retry-After": "2", "Ratelimit-Reset": "1060"], 2),
            (200, ["Ratelimit-Remaining": "1", "Ratelimit-Reset": "1060"], nil),
            (200, ["Retry-After": "30"], nil), (429, [:], nil), (429, ["Retry-After": "0"], nil),
            (429, ["Ratelimit-Remaining": "0", "Ratelimit-Reset": "5000"], 60),
            (429, ["Ratelimit-Remaining": "700", "Ratelimit-Reset": "1060"], nil),
            (429, ["Ratelimit-Reset": "-9223372036854775808"], nil),
            (429, ["Retry-After": "-1"], nil), (429, ["Retry-After": "soon"], nil),
            (200, ["Ratelimit-Remaining": "0", "Ratelimit-Reset": "900"], nil),
        ] as [(Int, [String: String], Int64?)]
    )
    func `a rest is as long as the platform says, up to an hour`(
        status: Int,
        headers: [String: String],
        seconds: Int64?
    ) {
        let budget = PlatformBudget()
        budget.heard(from: Self.host, status: status, header: { headers[$0] }, epochSeconds: 1000)
        let rest = budget.rest(at: Self.host)
        #expect(rest.map { $0.components.seconds + 1 } == seconds)
        #expect(budget.rest(at: "https://other.example") == nil)
    }

    @Test func `a shorter rest does not end a longer one`() {
        let budget = PlatformBudget()
        for seconds in ["60", "5"] {
            budget.heard(
                from: Self.host,
                status: 429,
                header: { $0 == "Retry-After" ? seconds : nil },
                epochSeconds: 1000
            )
        }
        #expect((budget.rest(at: Self.host) ?? .zero) > .seconds(30))
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
}
