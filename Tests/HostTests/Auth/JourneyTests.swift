import Testing
import WidgetAPI

@testable import FakePlatforms

/// From the first sign-in to the deletion of the account, with the real program and platforms on loopback.
@Suite(.withProcesses) struct JourneyTests {
    private static let widgets: JSONValue = [
        ["type": "chat", "position": ["x": 0, "y": 4, "width": 3, "height": 5]],
        ["type": "events", "position": ["x": 4, "y": 1, "width": 4, "height": 3]],
        ["type": "goals", "position": ["x": 4, "y": 8, "width": 4, "height": 1]],
        ["type": "tips", "position": ["x": 9, "y": 0, "width": 3, "height": 3]],
    ]

    @Test func `you sign up, connect, lay out, dress, go live, disconnect and leave, and nothing of you stays`() throws
    {
        let host = try LoginHost()
        let browser = host.browser()

        // Sign up, and connect the second platform.
        try browser.signIn("twitch")
        let id = try #require(try browser.session()["streamerId"]?.stringValue)
        #expect(try browser.open("/auth/login/kick?intent=connect").status == 200)
        #expect(try browser.platforms() == ["kick:connected", "twitch:connected"])

        // A theme, and a layout of four widgets that wears it.
        let theme = try data(
            browser.ask("POST", "/api/themes", body: ["name": "Mine", "variables": ["primary": "#123ABC"]])
        )
        let layout = try #require(try data(browser.ask("GET", "/api/layouts")).arrayValue?.first)
        let path = "/api/layouts/\(layout["id"]?.stringValue ?? "")"
        let published = try data(
            browser.ask(
                "PUT",
                path,
                body: [
                    "version": layout["version"] ?? .null, "themeId": theme["id"] ?? .null, "widgets": Self.widgets,
                ]
            )
        )
        #expect(layout["name"] == "Main" && published["widgets"]?.arrayValue?.count == 4)

        // OBS opens the address of either platform, and what happens on Twitch is on screen.
        let pages = try ["twitch": "alice", "kick": "alice-live"].map { platform, channel in
            let page = try WebSocketClient(port: host.server.port)
            try page.send(
                "overlay:subscribe",
                ["platform": .string(platform), "channel": .string(channel), "view": "overlay"]
            )
            let seen = try #require(try page.snapshot())
            #expect(seen["widgets"]?.arrayValue?.compactMap { $0["type"] } == ["chat", "events", "goals", "tips"])
            #expect(seen["theme"]?["--th-primary"] == "#123ABC")
            return page
        }
        #expect(try SignedDelivery.chat("hello from Twitch", by: "Bea").post(port: host.server.port) == 204)
        #expect(try SignedDelivery.follow(by: "Cleo").post(port: host.server.port) == 204)
        for page in pages {
            #expect(try page.message("overlay:patch") { $0.text.contains("hello from Twitch") } != nil)
            #expect(try page.message("overlay:patch") { $0.text.contains("Cleo") } != nil)
        }
        let log = try data(browser.ask("GET", "/api/events?types=chat:message,event:*")).arrayValue ?? []
        #expect(log.map { $0["type"] } == ["chat:message", "event:follow"])

        // Disconnect one; the last one stays.
        #expect(try browser.ask("DELETE", "/api/connections/kick").status == 204)
        #expect(try browser.ask("DELETE", "/api/connections/twitch").status == 409)
        #expect(try browser.platforms() == ["twitch:connected"])
        #expect(try browser.ask("GET", "/kick/alice-live/overlay").status == 404)

        // Leave.
        #expect(try browser.ask("DELETE", "/api/account").status == 204)
        #expect(try pages.map { try $0.closeCode() } == [4501, 4501])
        #expect(try browser.session() == .null)
        #expect(try browser.ask("GET", "/twitch/alice/overlay").status == 404)
        let isRevoked = Deadline.wait(seconds: 30) {
            host.twitch.accessTokens.isEmpty && host.kick.accessTokens.isEmpty && host.kick.refreshTokens.isEmpty
        }
        #expect(isRevoked)
        #expect(try SignedDelivery.chat("too late", by: "Bea").post(port: host.server.port) == 404)
        #expect(try host.table.rows("SELECT count(*) FROM events") == ["0"])

        // Whoever comes back begins anew.
        try browser.signIn("twitch")
        #expect(try browser.session()["streamerId"]?.stringValue != id)
    }

    private func data(_ answer: HTTPExchange) throws -> JSONValue {
        let json = try JSONValue(parsing: answer.body)
        return try #require(json["data"], "\(answer.status) \(answer.body)")
    }
}
