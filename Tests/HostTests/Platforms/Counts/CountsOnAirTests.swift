import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What a platform says of a channel, from its server to the streamer's goal.
@Suite(.withProcesses) struct CountsOnAirTests {
    private static let path = "/helix/channels/followers"

    @Test func `your goal stands where Twitch says, goes on from there, and a second page asks nobody`() throws {
        let host = try LoginHost()
        host.twitch.audience = .init(followers: 42, subscribers: 7)
        try host.browser().signIn("twitch")
        #expect(host.twitch.requests(to: Self.path).isEmpty, "nobody watches")

        let page = try Self.page(host)
        let table = host.table
        try #require(try Deadline.wait(seconds: 60) { try table.count(ofType: "stats:counts") == 1 })
        let second = try Self.page(host)
        #expect(host.twitch.requests(to: Self.path).count == 1)
        let rows = try table.rows("SELECT platform, channel_id, payload FROM events WHERE type = 'stats:counts'")
        #expect(rows == [#"twitch|1234|{"followers":42,"subscribers":7}"#])
        try #require(
            Deadline.wait(seconds: 120) {
                host.twitch.eventSub.open.contains { $0.subscriptions.count == EventSubSubscription.all.count }
            }
        )
        try host.twitch.eventSub.happens(.follow(by: "Cleo"))

        for each in [page, second] {
            #expect(try each.message("overlay:patch") { $0.text.contains("43 / 100") } != nil)
        }
    }

    @Test func `both platforms are asked where both are connected`() throws {
        let host = try LoginHost()
        host.twitch.audience = .init(followers: 42, subscribers: 7)
        host.kick.audience = .init(subscribers: 3)
        let browser = host.browser()
        try browser.signIn("twitch")
        _ = try browser.open("/auth/login/kick?intent=connect")

        let page = try Self.page(host)

        let table = host.table
        let isWritten = try Deadline.wait(seconds: 60) { try table.count(ofType: "stats:counts") == 2 }
        withExtendedLifetime(page) { #expect(isWritten) }
        let rows = try table.rows(
            "SELECT platform, payload FROM events WHERE type = 'stats:counts' ORDER BY platform"
        )
        #expect(
            rows == [#"kick|{"followers":null,"subscribers":3}"#, #"twitch|{"followers":42,"subscribers":7}"#]
        )
    }

    private static func page(_ host: LoginHost) throws -> WebSocketClient {
        let page = try WebSocketClient(port: host.server.port)
        _ = try #require(try page.subscribe("alice"))
        return page
    }
}
