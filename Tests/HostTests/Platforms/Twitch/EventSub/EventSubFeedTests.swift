import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A streamer at home: nobody can post to this host, so it asks Twitch.
@Suite(.withProcesses) struct EventSubFeedTests {
    private static let path = "/helix/eventsub/subscriptions"

    @Test func `who signs in and opens an overlay sees what happens on Twitch`() throws {
        let (host, page) = try Self.streaming()
        let session = try #require(Self.ready(host))

        try host.twitch.eventSub.happens(.chat("Hello from Twitch"))
        try host.twitch.eventSub.happens(.follow(by: "Cleo"))

        #expect(try page.message("overlay:patch") { $0.text.contains("Hello from Twitch") } != nil)
        #expect(try page.message("overlay:patch") { $0.text.contains("Cleo") } != nil)
        let types = session.subscriptions.compactMap { $0["type"]?.stringValue }
        #expect(Set(types) == Set(EventSubSubscription.all.map(\.type)))
        let wishes = host.twitch.requests(to: Self.path)
        #expect(wishes.allSatisfy { $0.headers["authorization"] == "Bearer \(host.twitch.accessTokens.first ?? "")" })
    }

    @Test func `nobody is asked while nobody watches, and a page that reloads finds the same session`() throws {
        let host = try LoginHost()
        try host.browser().signIn("twitch")
        #expect(host.twitch.eventSub.sessions.isEmpty)
        var page: WebSocketClient? = try Self.page(host)
        let first = try #require(Self.ready(host)).id

        // Connected before, so that it comes back within the time also where connecting takes long.
        var next: WebSocketClient? = try WebSocketClient(port: host.server.port)
        page = nil
        _ = try #require(try next?.subscribe("alice"))
        (page, next) = (next, nil)
        Deadline.pause(milliseconds: 6000)
        #expect(host.twitch.eventSub.open.map(\.id) == [first], "it was left alone")

        _ = page
        page = nil
        #expect(Deadline.wait(seconds: 30) { host.twitch.eventSub.open.isEmpty })
        #expect(host.twitch.eventSub.sessions.map(\.goodbye) == [1000])
    }

    @Test func `a session moves without a gap, and what both sockets say happened once`() throws {
        // Without a page there would soon be no session.
        let (host, page) = try Self.streaming()
        defer { withExtendedLifetime(page) {} }
        let eventSub = host.twitch.eventSub
        let first = try #require(Self.ready(host))

        eventSub.moves(first)
        let follow = SignedDelivery.follow(by: "Cleo")
        try eventSub.happens(follow)
        try #require(Deadline.wait(seconds: 30) { eventSub.sessions.count == 2 && eventSub.open.count == 1 })
        try eventSub.happens(follow)
        try eventSub.happens(.follow(by: "Dana"))

        let table = host.table
        #expect(try Deadline.wait(seconds: 30) { try table.count(ofType: "event:follow") == 2 })
        #expect(eventSub.sessions.map(\.goodbye) == [1000, nil])
        #expect(eventSub.sessions[1].path == "/ws?moved=\(first.id)")
        #expect(eventSub.mostOpen == 2, "both, for a moment")
        #expect(host.twitch.requests(to: Self.path).count == EventSubSubscription.all.count, "they came along")
    }

    @Test func `a session that is moved again and again takes a pause before each move`() throws {
        let (host, page) = try Self.streaming()
        defer { withExtendedLifetime(page) {} }
        let eventSub = host.twitch.eventSub
        _ = try #require(Self.ready(host))

        for count in 2...4 {
            let session = try #require(eventSub.sessions.last)
            for _ in 1...3 { eventSub.moves(session) }
            try #require(Deadline.wait(seconds: 60) { eventSub.sessions.count == count && eventSub.open.count == 1 })
        }

        let opened = eventSub.sessions.map(\.openedAt)
        // A busy machine makes them longer, and nothing makes them shorter.
        for (one, next) in zip(opened, opened.dropFirst()) { #expect(next - one >= .milliseconds(750)) }
        #expect(eventSub.mostOpen == 2, "however often it was told")
    }

    @Test(arguments: [4000, 4001, 4002, 4003, 4004, 4005, 4006, 4007, nil] as [UInt16?])
    func `after a drop everything is asked for again, and the log says why`(code: UInt16?) throws {
        let (host, page) = try Self.streaming()
        let eventSub = host.twitch.eventSub
        let first = try #require(Self.ready(host))

        eventSub.ends(first, code)

        let second = try #require(Self.ready(host, after: first))
        #expect(second.subscriptions.count == EventSubSubscription.all.count)
        try eventSub.happens(.chat("Back again"))
        #expect(try page.message("overlay:patch") { $0.text.contains("Back again") } != nil)
        #expect(host.server.log.contains("Twitch closed it: \(code.map { "\($0), " } ?? "without a code")"))
        #expect(eventSub.mostOpen <= 2, "Twitch grants a user three")
    }

    @Test func `a socket that does not greet, and one that falls silent, are left for another`() throws {
        let host = try LoginHost()
        let eventSub = host.twitch.eventSub
        eventSub.greets = false
        let browser = host.browser()
        try browser.signIn("twitch")
        let page = try Self.page(host)
        func isTold(_ status: String) throws -> Bool {
            try Deadline.wait(seconds: 60) {
                try page.stayAwake()
                return try browser.platforms() == [status]
            }
        }
        #expect(try isTold("twitch:connecting"))
        eventSub.greets = true
        // Ten seconds to greet; then silent for longer than the ten that were promised.
        let second = try #require(Self.ready(host, waking: page))
        eventSub.isSilent = true
        _ = try #require(Self.ready(host, after: second, waking: page))
        eventSub.isSilent = false
        #expect(try isTold("twitch:connected"))

        try withExtendedLifetime(page) { _ = try eventSub.happens(.follow(by: "Cleo")) }
        #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "event:follow") == 1 })
    }

    @Test func `what nobody understands costs no session`() throws {
        let (host, page) = try Self.streaming()
        let session = try #require(Self.ready(host))
        for text in ["{", "[]", #"{"metadata":{}}"#, #"{"metadata":{"message_type":"session_joke"},"payload":{}}"#] {
            host.twitch.eventSub.says(text, to: session)
        }
        try host.twitch.eventSub.happens(.chat("Still here"))
        #expect(try page.message("overlay:patch") { $0.text.contains("Still here") } != nil)
        #expect(host.twitch.eventSub.open.map(\.id) == [session.id])
    }

    @Test func `a subscription that Twitch ends is asked for anew, and the socket stays`() throws {
        let (host, page) = try Self.streaming()
        defer { withExtendedLifetime(page) {} }
        let eventSub = host.twitch.eventSub
        let session = try #require(Self.ready(host))
        let before = session.subscriptions.count

        eventSub.revokes("channel.follow", "authorization_revoked", of: session)
        try eventSub.happens(.chat("Still here"))
        #expect(try page.message("overlay:patch") { $0.text.contains("Still here") } != nil)
        #expect(Deadline.wait(seconds: 30) { eventSub.open.first?.subscriptions.count == before })
        _ = try eventSub.happens(.follow(by: "Cleo"))
        #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "event:follow") == 1 })
        #expect(eventSub.open.map(\.id) == [session.id])
    }

    @Test func `what Twitch ends during a move is asked for anew after it`() throws {
        let (host, page) = try Self.streaming()
        defer { withExtendedLifetime(page) {} }
        let eventSub = host.twitch.eventSub
        let first = try #require(Self.ready(host))

        eventSub.moves(first)
        eventSub.revokes("channel.follow", "version_removed", of: first)
        try #require(Deadline.wait(seconds: 30) { eventSub.sessions.count == 2 && eventSub.open.count == 1 })

        let count = first.subscriptions.count
        #expect(Deadline.wait(seconds: 30) { eventSub.open.first?.subscriptions.count == count })
        #expect(eventSub.sessions.map(\.goodbye) == [1000, nil])
    }

    @Test func `what Twitch ends a second time is left to another session`() throws {
        let (host, page) = try Self.streaming()
        let eventSub = host.twitch.eventSub
        let first = try #require(Self.ready(host))
        let before = first.subscriptions.count

        eventSub.revokes("channel.follow", "version_removed", of: first)
        try #require(Deadline.wait(seconds: 30) { eventSub.open.first?.subscriptions.count == before })
        eventSub.revokes("channel.follow", "version_removed", of: first)

        try withExtendedLifetime(page) { _ = try #require(Self.ready(host, after: first)) }
        #expect(eventSub.mostOpen <= 2)
    }

    @Test func `what has ended and stands in the way of the next is left for another session`() throws {
        let (host, page) = try Self.streaming()
        defer { withExtendedLifetime(page) {} }
        let eventSub = host.twitch.eventSub
        let first = try #require(Self.ready(host))

        eventSub.revokes("channel.follow", "user_removed", of: first, stays: true)

        _ = try #require(Self.ready(host, after: first))
        try eventSub.happens(.follow(by: "Cleo"))
        #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "event:follow") == 1 })
    }

    @Test func `tokens that have ended are renewed on the way`() throws {
        let host = try LoginHost()
        try host.browser().signIn("twitch")
        host.twitch.endAccessTokens()
        let page = try Self.page(host)
        withExtendedLifetime(page) { #expect(Self.ready(host) != nil) }
    }

    @Test func `who has to sign in again gets everything again, though chat was never away`() throws {
        let (host, page) = try Self.streaming()
        let browser = host.browser()
        let first = try #require(Self.ready(host))
        #expect(Deadline.wait(seconds: 30) { !host.twitch.irc.guests().isEmpty })
        host.twitch.manners.refusesRefresh = true
        host.twitch.endAccessTokens()
        host.twitch.eventSub.ends(first, 4000)
        try #require(Deadline.wait(seconds: 60) { host.server.log.contains("a streamer has to sign in again") })
        host.twitch.manners.refusesRefresh = false

        try browser.signIn("twitch")

        _ = try #require(Self.ready(host, after: first))
        try host.twitch.eventSub.happens(.follow(by: "Cleo"))
        #expect(try page.message("overlay:patch") { $0.text.contains("Cleo") } != nil)
    }

    @Test func `where Twitch can deliver, no socket is opened`() throws {
        let host = try LoginHost(environment: ["PUBLIC_URL": "https://overlays.example"])
        try host.server.command("channel", "add", "twitch", "alice", "--user-id", "1234")
        let page = try Self.page(host)
        Deadline.pause(milliseconds: 2000)
        withExtendedLifetime(page) { #expect(host.twitch.eventSub.sessions.isEmpty) }
    }

    // MARK: Steps

    /// A host with Alice signed in, and her overlay open.
    static func streaming() throws -> (LoginHost, WebSocketClient) {
        let host = try LoginHost()
        try host.browser().signIn("twitch")
        return (host, try page(host))
    }

    static func page(_ host: LoginHost) throws -> WebSocketClient {
        let page = try WebSocketClient(port: host.server.port)
        _ = try #require(try page.subscribe("alice"))
        return page
    }

    /// The one open session, once it has all its subscriptions; a later one than that where it is named.
    ///
    /// A page that is given answers pings meanwhile; where it is let go all the same, no session is ready.
    static func ready(
        _ host: LoginHost,
        after other: FakeEventSub.Session? = nil,
        waking page: WebSocketClient? = nil
    ) -> FakeEventSub.Session? {
        let eventSub = host.twitch.eventSub
        var found: FakeEventSub.Session?
        _ = Deadline.wait(seconds: 120) {
            try? page?.stayAwake()
            found = eventSub.open.first {
                $0.id != other?.id && $0.subscriptions.count == EventSubSubscription.all.count
            }
            return found != nil
        }
        if found == nil { Issue.record("no session is ready: \(eventSub.sessions), \(host.server.log.suffix(2000))") }
        return found
    }
}
