import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Who is silenced is silenced once, by EventSub's word or by IRC's.
@Suite(.withProcesses) struct IRCClearingTests {
    @Test func `while EventSub brings chat it tells who is silenced, whichever way is faster`() throws {
        let (host, page) = try IRCFeedTests.streaming()
        defer { withExtendedLifetime(page) {} }
        let (irc, eventSub) = (host.twitch.irc, host.twitch.eventSub)
        _ = try #require(EventSubFeedTests.ready(host))
        try Self.waitUntilHeard(host)
        let (mira, wren) = (try Self.ban(of: "Mira", host), try Self.ban(of: "Wren", host))

        irc.says(mira.line, mira.line, FakeIRC.line("After IRC", id: "line-1"))
        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 1 })
        try eventSub.happens(mira.delivery)
        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:clear") == 1 })
        try eventSub.happens(wren.delivery)
        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:clear") == 2 })
        irc.says(wren.line, FakeIRC.line("After EventSub", id: "line-2"))

        #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 2 })
        #expect(try Self.rows(host) == ["line-1", mira.delivery.messageId, wren.delivery.messageId, "line-2"])
        #expect(try host.table.hasNoGap())
    }

    @Test func `while EventSub is away IRC tells who is silenced, and when it is back EventSub does again`() throws {
        let (host, page) = try IRCFeedTests.streaming()
        defer { withExtendedLifetime(page) {} }
        let (irc, eventSub) = (host.twitch.irc, host.twitch.eventSub)
        let first = try #require(EventSubFeedTests.ready(host))
        irc.says(FakeIRC.line("So rude", id: "line-1", by: "Mira"))
        #expect(try page.message("overlay:patch") { $0.text.contains("So rude") } != nil)
        eventSub.greets = false
        eventSub.ends(first, 4000)
        // Who asks for another socket has seen that this one has ended.
        try #require(Deadline.wait(seconds: 60) { eventSub.sessions.count == 2 })

        let mira = try Self.ban(of: "Mira", host)
        irc.says(mira.line, mira.line, FakeIRC.line("So nice", id: "line-2", by: "Cleo"))

        #expect(try page.message("overlay:patch") { $0.text.contains("So nice") } != nil)
        #expect(try Self.rows(host) == ["line-1", "IRC: id-Mira", "line-2"])
        let fresh = try WebSocketClient(port: host.server.port)
        let snapshot = try #require(try fresh.subscribe("alice"))
        #expect(snapshot.text.contains("So nice") && !snapshot.text.contains("So rude"))

        eventSub.greets = true
        _ = try #require(EventSubFeedTests.ready(host, after: first))
        try Self.waitUntilHeard(host)
        let wren = try Self.ban(of: "Wren", host)
        irc.says(wren.line, FakeIRC.line("So calm", id: "line-3", by: "Cleo"))
        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 3 })
        try eventSub.happens(wren.delivery)

        #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:clear") == 2 })
        let all = ["line-1", "IRC: id-Mira", "line-2", "line-3", wren.delivery.messageId]
        #expect(try Self.rows(host) == all)
    }

    @Test func `what EventSub has not told when its socket ends is taken from IRC`() throws {
        let (host, page) = try IRCFeedTests.streaming()
        defer { withExtendedLifetime(page) {} }
        let (irc, eventSub) = (host.twitch.irc, host.twitch.eventSub)
        let session = try #require(EventSubFeedTests.ready(host))
        try Self.waitUntilHeard(host)
        let mira = try Self.ban(of: "Mira", host)
        irc.says(mira.line, FakeIRC.line("So nice", id: "line-1", by: "Cleo"))
        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 1 })
        #expect(try Self.rows(host) == ["line-1"], "EventSub is expected to tell it")

        eventSub.ends(session, nil)

        #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:clear") == 1 })
        #expect(try Self.rows(host) == ["line-1", "IRC: id-Mira"])
    }

    @Test func `where Twitch posts, a post tells who is silenced, and IRC once Twitch has ended that`() throws {
        let (host, page) = try Self.posted()
        defer { withExtendedLifetime(page) {} }
        let (irc, webhooks) = (host.twitch.irc, host.twitch.webhooks)
        let all = EventSubSubscription.all.count
        try #require(Deadline.wait(seconds: 60) { webhooks.enabled.count == all })
        // What Twitch ends has the host look at the others, and find them at work.
        #expect(try webhooks.revoke("channel.follow", "notification_failures_exceeded") == 204)
        try #require(Deadline.wait(seconds: 60) { webhooks.enabled.count == all })

        let mira = try Self.ban(of: "Mira", host)
        irc.says(mira.line, FakeIRC.line("So nice", id: "line-1", by: "Cleo"))
        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 1 })
        #expect(try webhooks.happens(mira.delivery) == 204)
        #expect(try Self.rows(host) == ["line-1", mira.delivery.messageId])

        webhooks.refuse(mira.delivery.type)
        #expect(try webhooks.revoke(mira.delivery.type, "notification_failures_exceeded") == 204)
        let wren = try Self.ban(of: "Wren", host)
        irc.says(wren.line, FakeIRC.line("So calm", id: "line-2", by: "Cleo"))
        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 2 })
        #expect(try Self.rows(host) == ["line-1", mira.delivery.messageId, "IRC: id-Wren", "line-2"])
    }

    @Test func `where Twitch is to post what happens and refuses to, IRC tells who is silenced`() throws {
        let type = "channel.chat.clear_user_messages"
        let (host, page) = try Self.posted(refusing: type)
        defer { withExtendedLifetime(page) {} }
        try #require(Deadline.wait(seconds: 60) { host.server.log.contains("\(type): 403") })
        let mira = try Self.ban(of: "Mira", host)

        host.twitch.irc.says(mira.line, FakeIRC.line("So nice", id: "line-1", by: "Cleo"))

        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 1 })
        #expect(try Self.rows(host) == ["IRC: id-Mira", "line-1"])
    }

    @Test func `as soon as Twitch posts who is silenced, that and what IRC tells is one`() throws {
        let (host, page) = try Self.posted()
        defer { withExtendedLifetime(page) {} }
        let (irc, webhooks) = (host.twitch.irc, host.twitch.webhooks)
        let mira = try Self.ban(of: "Mira", host)
        try #require(Deadline.wait(seconds: 60) { webhooks.enabled.contains { $0.type == mira.delivery.type } })

        irc.says(mira.line, FakeIRC.line("So nice", id: "line-1", by: "Cleo"))
        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 1 })
        for _ in 1...2 { #expect(try webhooks.happens(mira.delivery) == 204) }
        #expect(try host.table.count(ofType: "chat:clear") == 1)

        let wren = try Self.ban(of: "Wren", host)
        #expect(try webhooks.happens(wren.delivery) == 204)
        irc.says(wren.line, FakeIRC.line("So calm", id: "line-2", by: "Cleo"))
        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 2 })
        #expect(try host.table.count(ofType: "chat:clear") == 2)
    }

    // MARK: Steps

    /// A streamer with a page open, on a host to which Twitch posts all but what it refuses.
    private static func posted(refusing type: String? = nil) throws -> (LoginHost, WebSocketClient) {
        let publicURL = "https://overlays.example"
        let host = try LoginHost(environment: ["PUBLIC_URL": publicURL])
        host.twitch.webhooks.reach(host.server.port)
        if let type { host.twitch.webhooks.refuse(type) }
        try host.browser(at: publicURL).signIn("twitch")
        let page = try EventSubFeedTests.page(host)
        _ = try #require(IRCFeedTests.guest(host))
        return (host, page)
    }

    /// A ban as both ways tell it.
    private static func ban(of name: String, _ host: LoginHost) throws -> (line: String, delivery: SignedDelivery) {
        let saying = try #require(TwitchScene(room: host.twitch.user).ban(of: name).first)
        let line = try #require(saying.line?.text)
        return (line, try #require(saying.delivery))
    }

    /// Waits until the host hears what EventSub says, for who was subscribed is heard a moment later.
    private static func waitUntilHeard(_ host: LoginHost) throws {
        let count = try host.table.count(ofType: "event:follow")
        try host.twitch.eventSub.happens(.follow(by: "Dana"))
        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "event:follow") == count + 1 })
    }

    /// Lines and clearings in the order of the log, a clearing over IRC by whom it silences.
    private static func rows(_ host: LoginHost) throws -> [String] {
        try host.table.ids(ofTypes: "chat:message", "chat:clear").map { id in
            let parts = id.split(separator: ":")
            return parts.first == "clear" && parts.count == 3 ? "IRC: \(parts[1])" : id
        }
    }
}
