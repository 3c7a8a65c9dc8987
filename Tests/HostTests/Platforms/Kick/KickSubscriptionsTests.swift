import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A streamer on Kick, whose events come where the host has a public address.
@Suite(.withProcesses) struct KickSubscriptionsTests {
    private static let publicURL = "https://overlays.example"
    private static let path = "/public/v1/events/subscriptions"

    @Test func `who signs in has every event subscribed once, after the list was seen`() throws {
        let host = try Self.host()
        host.kick.kickEvents.put("channel.followed", of: "77")
        host.kick.kickEvents.put("channel.followed", of: "77")
        host.kick.kickEvents.put("chat.message.sent", of: "88")
        try host.browser(at: Self.publicURL).signIn("kick")

        #expect(Deadline.wait(seconds: 60) { Self.own(host) == KickSubscriptions.events.sorted() })
        #expect(host.kick.kickEvents.records.contains { $0.user == "88" }, "another streamer's is left alone")
        #expect(host.kick.requests(to: Self.path).map(\.method) == ["GET", "DELETE", "POST"])
    }

    @Test func `what one event is refused for keeps no other away, and the dashboard says so until it comes`() throws {
        let host = try Self.host()
        let browser = host.browser(at: Self.publicURL)
        host.kick.kickEvents.refuse("chat.message.sent")
        try browser.signIn("kick")
        let rest = KickSubscriptions.events.filter { $0 != "chat.message.sent" }.sorted()
        #expect(Deadline.wait(seconds: 60) { Self.own(host) == rest })
        #expect(
            Deadline.wait(seconds: 30) {
                host.server.log.contains("chat.message.sent: event subscription limit reached")
            }
        )
        #expect(try Deadline.wait(seconds: 60) { try browser.trouble(of: "kick") == "refused" })
        #expect(try browser.platforms() == ["kick:connected"])

        host.kick.kickEvents.allow()
        // Who signs in is looked after at once.
        try browser.signIn("kick")
        #expect(Deadline.wait(seconds: 60) { Self.own(host) == KickSubscriptions.events.sorted() })
        #expect(try Deadline.wait(seconds: 60) { try browser.trouble(of: "kick") == nil })
        #expect(try browser.platforms() == ["kick:connected"])
    }

    @Test func `what Kick has heard without saying so is not asked for twice`() throws {
        let host = try Self.host()
        host.kick.kickEvents.stumble()
        try host.browser(at: Self.publicURL).signIn("kick")
        #expect(
            Deadline.wait(seconds: 60) { host.kick.requests(to: Self.path).map(\.method) == ["GET", "POST", "GET"] }
        )
        #expect(Self.own(host) == KickSubscriptions.events.sorted())
    }

    @Test func `what Kick has turned off comes back with the next start`() throws {
        let host = try Self.host()
        try host.browser(at: Self.publicURL).signIn("kick")
        #expect(Deadline.wait(seconds: 60) { Self.own(host).count == KickSubscriptions.events.count })
        host.server.kill()
        host.kick.kickEvents.forget()
        try host.server.start()
        #expect(Deadline.wait(seconds: 60) { Self.own(host) == KickSubscriptions.events.sorted() })
    }

    @Test func `tokens that have ended are renewed on the way`() throws {
        let host = try Self.host()
        host.kick.fail(Self.path, .status(401))
        try host.browser(at: Self.publicURL).signIn("kick")
        #expect(Deadline.wait(seconds: 60) { Self.own(host) == KickSubscriptions.events.sorted() })
    }

    @Test func `who disconnects ends their subscriptions before the tokens`() throws {
        let host = try Self.host()
        let browser = host.browser(at: Self.publicURL)
        try browser.signIn("kick")
        #expect(Deadline.wait(seconds: 60) { Self.own(host) == KickSubscriptions.events.sorted() })
        _ = try browser.open("/auth/login/twitch?intent=connect")
        #expect(try browser.ask("DELETE", "/api/connections/kick").status == 204)
        #expect(Deadline.wait(seconds: 60) { Self.own(host).isEmpty && !host.kick.revoked.isEmpty })
    }

    @Test func `where Kick cannot deliver, nothing is asked for`() throws {
        let host = try LoginHost()
        try host.browser().signIn("kick")
        Deadline.pause(milliseconds: 2000)
        #expect(host.kick.requests(to: Self.path).isEmpty)
    }

    // MARK: Steps

    private static func host() throws -> LoginHost { try LoginHost(environment: ["PUBLIC_URL": publicURL]) }

    private static func own(_ host: LoginHost) -> [String] {
        host.kick.kickEvents.records.filter { $0.user == "77" }.map(\.event).sorted()
    }
}
