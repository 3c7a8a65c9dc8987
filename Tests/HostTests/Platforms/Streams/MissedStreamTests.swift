import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A beginning or an end that nobody has told this host of.
@Suite(.withProcesses) struct MissedStreamTests {
    private static let publicURL = "https://overlays.example"
    private static let live = "SELECT count(*) FROM stream_sessions WHERE is_live = 1"

    @Test func `a host at home that is opened in the middle of a stream is on air, once`() throws {
        let host = try LoginHost()
        let broadcast = Self.broadcast()
        host.twitch.airing = .onAir(broadcast)
        try host.browser().signIn("twitch")
        let first = try withExtendedLifetime(try EventSubFeedTests.page(host)) {
            let first = try #require(EventSubFeedTests.ready(host))
            #expect(try Deadline.wait(seconds: 60) { try host.table.number(Self.live) == 1 }, "\(host.server.log)")
            try host.twitch.eventSub.happens(try Self.told(broadcast, host))
            try host.twitch.eventSub.happens(.follow(by: "Cleo"))
            #expect(try Deadline.wait(seconds: 60) { try host.table.count(ofType: "event:follow") == 1 })
            return first
        }
        host.server.kill()
        try host.server.start()

        // Nobody watches: the session says that the stream goes on.
        _ = try #require(EventSubFeedTests.ready(host, after: first))
        #expect(try host.table.ids(ofTypes: "stream:online", "stream:offline").count == 1)
        let began = try host.table.number("SELECT started_at FROM stream_sessions")
        #expect(began == Int(broadcast.since.milliseconds))
    }

    @Test func `a list that lacks the stream once ends nothing, and without a page the feed stays`() throws {
        let host = try LoginHost()
        let eventSub = host.twitch.eventSub
        host.twitch.airing = .onAir(Self.broadcast())
        try host.browser().signIn("twitch")
        let first = try withExtendedLifetime(try EventSubFeedTests.page(host)) {
            let first = try #require(EventSubFeedTests.ready(host))
            #expect(try Deadline.wait(seconds: 60) { try host.table.number(Self.live) == 1 }, "\(host.server.log)")
            return first
        }
        host.twitch.airing = .offAir
        let asked = host.twitch.requests(to: "/helix/streams").count
        eventSub.ends(first, 4000)

        let second = try #require(EventSubFeedTests.ready(host, after: first))
        #expect(Deadline.wait(seconds: 60) { host.twitch.requests(to: "/helix/streams").count > asked })
        // One answer has been dealt with when the next question comes.
        eventSub.ends(second, 4000)
        _ = try #require(EventSubFeedTests.ready(host, after: second))
        #expect(Deadline.wait(seconds: 60) { host.twitch.requests(to: "/helix/streams").count > asked + 1 })
        try eventSub.happens(.follow(by: "Cleo"))
        #expect(try Deadline.wait(seconds: 60) { try host.table.count(ofType: "event:follow") == 1 })
        #expect(try host.table.count(ofType: "stream:offline") == 0)
        #expect(try host.table.number(Self.live) == 1)
    }

    @Test func `what Twitch does not answer costs no session, and the next one asks again`() throws {
        let (host, page) = try EventSubFeedTests.streaming()
        defer { withExtendedLifetime(page) {} }
        let first = try #require(EventSubFeedTests.ready(host))
        #expect(Deadline.wait(seconds: 60) { host.server.log.contains("does not say who is on air") })
        try host.twitch.eventSub.happens(.follow(by: "Cleo"))
        #expect(try Deadline.wait(seconds: 60) { try host.table.count(ofType: "event:follow") == 1 })
        #expect(host.twitch.eventSub.open.map(\.id) == [first.id])
        #expect(try host.table.count(ofType: "stream:online") == 0)

        host.twitch.airing = .onAir(Self.broadcast())
        host.twitch.eventSub.ends(first, 4000)

        _ = try #require(EventSubFeedTests.ready(host, after: first, waking: page))
        #expect(try Deadline.wait(seconds: 60) { try host.table.number(Self.live) == 1 })
    }

    @Test func `where platforms post, who signs in in mid-stream is on air on both, and on each once`() throws {
        let host = try LoginHost(environment: ["PUBLIC_URL": Self.publicURL])
        host.twitch.webhooks.reach(host.server.port)
        let (twitch, kick) = (Self.broadcast(), Self.broadcast())
        host.twitch.airing = .onAir(twitch)
        host.kick.airing = .onAir(kick)
        let browser = host.browser(at: Self.publicURL)
        try browser.signIn("twitch")
        _ = try browser.open("/auth/login/kick?intent=connect")

        #expect(try Deadline.wait(seconds: 60) { try host.table.number(Self.live) == 2 }, "\(host.server.log)")
        let isPosted = Deadline.wait(seconds: 60) {
            host.twitch.webhooks.enabled.contains { $0.type == "stream.online" }
        }
        #expect(isPosted)
        #expect(try host.twitch.webhooks.happens(try Self.told(twitch, host)) == 204)

        #expect(try host.table.ids(ofTypes: "stream:online").count == 2)
        let token = host.twitch.requests(to: "/helix/streams").first?.headers["authorization"] ?? ""
        #expect(token.hasPrefix("Bearer application-"))
    }

    /// One that has gone on for an hour.
    private static func broadcast() -> FakePlatform.Broadcast {
        FakePlatform.Broadcast(since: Timestamp.now.advanced(byMilliseconds: -3_600_000))
    }

    /// What Twitch tells of its beginning, in a message with an id of its own.
    private static func told(_ broadcast: FakePlatform.Broadcast, _ host: LoginHost) throws -> SignedDelivery {
        var told = try #require(TwitchScene(room: host.twitch.user).online(broadcast).first?.delivery)
        told.messageId = "told-\(broadcast.id)"
        return told
    }
}
