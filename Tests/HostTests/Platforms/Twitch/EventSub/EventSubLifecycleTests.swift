import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// When a streamer's socket to Twitch begins and ends, besides pages that come and go (SA7).
@Suite(.withProcesses) struct EventSubLifecycleTests {
    @Test func `who signs in while an overlay is open sees what happens`() throws {
        let host = try LoginHost { try $0.command("channel", "add", "twitch", "alice", "--user-id", "1234") }
        let page = try EventSubFeedTests.page(host)
        #expect(host.twitch.eventSub.sessions.isEmpty)

        try host.browser().signIn("twitch")

        _ = try #require(EventSubFeedTests.ready(host))
        try host.twitch.eventSub.happens(.chat("Just signed in"))
        #expect(try page.message("overlay:patch") { $0.text.contains("Just signed in") } != nil)
    }

    @Test func `a dashboard alone has events and chat come, and a while after it has closed they go`() throws {
        let host = try LoginHost()
        let (eventSub, irc) = (host.twitch.eventSub, host.twitch.irc)
        let browser = host.browser()
        try browser.signIn("twitch")
        #expect(eventSub.sessions.isEmpty && irc.visits.isEmpty, "nobody watches")

        let session = try #require(browser.cookie("streamvibes_session"))
        var dashboard: WebSocketClient? = try WebSocketClient(
            port: host.server.port,
            headers: [("Cookie", "streamvibes_session=\(session)")]
        )
        try dashboard?.send("events:subscribe", ["types": ["chat:message", "event:*", "stream:*"]])
        _ = try #require(try dashboard?.message("events:ready"))
        _ = try #require(EventSubFeedTests.ready(host, waking: dashboard))
        _ = try #require(IRCFeedTests.guest(host, waking: dashboard))
        try eventSub.happens(.follow(by: "Cleo"))
        #expect(try dashboard?.message("event:follow") { $0.text.contains("Cleo") } != nil)
        irc.says(FakeIRC.line("Only the dashboard is here", id: "line-1"))
        #expect(try dashboard?.message("chat:message") { $0.text.contains("Only the dashboard") } != nil)

        let closed = ContinuousClock.now
        dashboard = nil

        let areGone = Deadline.wait(seconds: 120) { eventSub.open.isEmpty && irc.guests().isEmpty }
        #expect(areGone, "\(host.server.log.suffix(2000))")
        // A busy machine makes it longer, and nothing makes it shorter.
        #expect(ContinuousClock.now - closed >= PlatformFeeds.linger, "a page that reloads finds them as they were")
        #expect(eventSub.sessions.map(\.goodbye) == [1000])
    }

    @Test func `who had to sign in again is heard again`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        try browser.signIn("twitch")
        host.twitch.endAccessTokens()
        host.twitch.manners.refusesRefresh = true
        let page = try EventSubFeedTests.page(host)
        try #require(Deadline.wait(seconds: 60) { try browser.platforms() == ["twitch:needs-login"] })
        host.twitch.manners.refusesRefresh = false

        try browser.signIn("twitch")

        _ = try #require(EventSubFeedTests.ready(host))
        try host.twitch.eventSub.happens(.chat("Signed in again"))
        #expect(try page.message("overlay:patch") { $0.text.contains("Signed in again") } != nil)
    }

    @Test func `a login of somebody who is connected, or one with Kick, leaves the socket alone`() throws {
        let host = try LoginHost()
        try host.browser().signIn("twitch")
        let page = try EventSubFeedTests.page(host)
        let session = try #require(EventSubFeedTests.ready(host))

        let browser = host.browser()
        try browser.signIn("twitch")
        _ = try browser.open("/auth/login/kick?intent=connect")

        try host.twitch.eventSub.happens(.chat("Nothing missed"))
        #expect(try page.message("overlay:patch") { $0.text.contains("Nothing missed") } != nil)
        #expect(host.twitch.eventSub.sessions.map(\.id) == [session.id])
        #expect(host.twitch.eventSub.open.count == 1)
    }

    @Test func `what Twitch refuses a session is said for as long as that lasts, also after another login`() throws {
        let host = try LoginHost()
        let eventSub = host.twitch.eventSub
        let browser = host.browser()
        try browser.signIn("twitch")
        // Of the wishes, the first one.
        host.twitch.fail("/helix/eventsub/subscriptions", .status(403))
        let page = try EventSubFeedTests.page(host)
        defer { withExtendedLifetime(page) {} }
        #expect(try Deadline.wait(seconds: 60) { try browser.trouble(of: "twitch") == "refused" })
        #expect(try browser.platforms() == ["twitch:connected"])
        let first = try #require(eventSub.open.first)

        try browser.signIn("twitch")
        #expect(try browser.trouble(of: "twitch") == "refused", "the socket goes on as it is")
        eventSub.ends(first, 4000)

        _ = try #require(EventSubFeedTests.ready(host, after: first))
        #expect(try Deadline.wait(seconds: 60) { try browser.trouble(of: "twitch") == nil })
        #expect(try browser.platforms() == ["twitch:connected"])
    }

    @Test func `who disconnects is let go`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        try browser.signIn("twitch")
        _ = try browser.open("/auth/login/kick?intent=connect")
        let page = try EventSubFeedTests.page(host)
        _ = try #require(EventSubFeedTests.ready(host))

        #expect(try browser.ask("DELETE", "/api/connections/twitch").status == 204)

        withExtendedLifetime(page) {
            #expect(Deadline.wait(seconds: 60) { host.twitch.eventSub.open.isEmpty })
            #expect(host.twitch.eventSub.sessions.map(\.goodbye) == [1000])
        }
    }

    @Test func `who is on air needs no page, not even after the host was away`() throws {
        let host = try LoginHost()
        let eventSub = host.twitch.eventSub
        let live = "SELECT count(*) FROM stream_sessions WHERE is_live = 1"
        try host.browser().signIn("twitch")
        let first = try withExtendedLifetime(try EventSubFeedTests.page(host)) {
            let first = try #require(EventSubFeedTests.ready(host))
            try eventSub.happens(Self.online())
            #expect(try Deadline.wait(seconds: 60) { try host.table.number(live) == 1 })
            return first
        }
        host.server.kill()
        try host.server.start()

        _ = try #require(EventSubFeedTests.ready(host, after: first))
        try eventSub.happens(.follow(by: "Cleo"))
        #expect(try Deadline.wait(seconds: 60) { try host.table.count(ofType: "event:follow") == 1 })

        try eventSub.happens(
            .notification("stream.offline", "1", ["broadcaster_user_id": "1234"], in: "1234")
        )
        #expect(Deadline.wait(seconds: 60) { eventSub.open.isEmpty })
        #expect(try host.table.number(live) == 0)
        #expect(try host.table.number("SELECT count(*) FROM stream_sessions WHERE ended_at >= started_at") == 1)
    }

    private static func online() -> SignedDelivery {
        let event: JSONValue = [
            "id": "40001", "broadcaster_user_id": "1234", "broadcaster_user_login": "alice",
            "broadcaster_user_name": "Alice", "type": "live", "started_at": .string(Timestamp.now.iso8601),
        ]
        return .notification("stream.online", "1", event, in: "1234")
    }
}
