import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A streamer on a host with a public address: Twitch posts what happens there.
@Suite(.withProcesses) struct EventSubWebhooksTests {
    private static let publicURL = "https://overlays.example"
    private static let callback = "\(publicURL)/api/webhooks/twitch"
    private static let path = "/helix/eventsub/subscriptions"
    private static let all = EventSubSubscription.all.count

    @Test func `who signs in gets what happens on Twitch, by the application's own token`() throws {
        let host = try Self.host()
        try host.browser(at: Self.publicURL).signIn("twitch")
        #expect(Self.settles(host))

        let page = try WebSocketClient(port: host.server.port)
        _ = try #require(try page.subscribe("alice"))
        #expect(try host.twitch.webhooks.happens(.chat("Hello from Twitch")) == 204)
        #expect(try page.message("overlay:patch") { $0.text.contains("Hello from Twitch") } != nil)

        let wishes = host.twitch.requests(to: Self.path).filter { $0.method == "POST" }
        #expect(wishes.count == Self.all, "each once")
        #expect(wishes.allSatisfy { $0.headers["authorization"]?.hasPrefix("Bearer application-") == true })
        #expect(host.twitch.webhooks.records.allSatisfy { $0.callback == Self.callback })
        #expect(host.twitch.eventSub.sessions.isEmpty, "no socket beside it")
        for secret in [ServerProcess.secret, "application-"] {
            #expect(!host.server.log.contains(secret))
            #expect(try !host.isKept(secret))
        }
    }

    @Test func `a start mends both ways what has changed meanwhile`() throws {
        let host = try Self.host()
        let webhooks = host.twitch.webhooks
        try host.browser(at: Self.publicURL).signIn("twitch")
        #expect(Self.settles(host))
        host.server.kill()
        webhooks.lose("channel.follow")
        webhooks.put("channel.update", of: "1234", at: Self.callback)
        webhooks.put("channel.ban", of: "1234", at: Self.callback)
        webhooks.put("stream.online", of: "999", at: Self.callback)
        // A channel that nobody has signed in for may be subscribed by its operator.
        try host.server.command("channel", "add", "twitch", "bob", "--user-id", "888")
        webhooks.put("channel.update", of: "888", at: Self.callback)
        webhooks.put("stream.online", of: "999", at: "https://other.example/api/webhooks/twitch")
        webhooks.put("channel.raid", of: "1234", at: Self.callback, status: "notification_failures_exceeded")
        webhooks.endTokens()

        try host.server.start()
        webhooks.reach(host.server.port)

        #expect(
            Deadline.wait(seconds: 60) {
                webhooks.enabled.count == Self.all + 2 && webhooks.records.count == Self.all + 2
            },
            "\(webhooks.records.map(\.json.text))"
        )
        #expect(Set(webhooks.records.map(\.type)) == Set(EventSubSubscription.all.map(\.type)))
        let foreign = webhooks.records.filter { $0.callback != Self.callback }
        #expect(foreign.map(\.type) == ["stream.online"], "another host's is left alone")
        #expect(webhooks.records.contains { $0.wish["condition"]?.text.contains("888") == true })
    }

    @Test func `after a start with another secret all is subscribed anew, and what Twitch posts is taken`() throws {
        let secret = "the-next-secret-for-tests"
        let host = try Self.host()
        let webhooks = host.twitch.webhooks
        try host.browser(at: Self.publicURL).signIn("twitch")
        #expect(Self.settles(host))
        let before = webhooks.records.map(\.id)
        host.server.kill()

        try host.server.start(changing: ["TWITCH_EVENTSUB_SECRET": secret])

        let isAnew = Deadline.wait(seconds: 60) {
            webhooks.enabled.count == Self.all && Set(before).isDisjoint(with: webhooks.records.map(\.id))
        }
        #expect(isAnew, "\(webhooks.records.map(\.json.text))")
        #expect(webhooks.records.count == Self.all)
        #expect(try webhooks.happens(.follow(by: "Cleo")) == 204)
        #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "event:follow") == 1 })
        let kept = try TwitchSecret(secret).fingerprint
        #expect(try Deadline.wait(seconds: 60) { try host.table.rows("SELECT signature FROM connections") == [kept] })
        #expect(!host.server.log.contains(secret))
        #expect(try !host.isKept(secret))
    }

    @Test func `a start with the same secret leaves alone what is subscribed`() throws {
        let host = try Self.host()
        let webhooks = host.twitch.webhooks
        try host.browser(at: Self.publicURL).signIn("twitch")
        #expect(Self.settles(host))
        host.server.kill()
        let before = webhooks.records.map(\.id)
        let (sweeps, changes) = (Self.sweeps(host), Self.changes(host))

        try host.server.start()

        // Everybody has had their turn when the list of all channels is asked for.
        #expect(Deadline.wait(seconds: 60) { Self.sweeps(host) > sweeps })
        #expect(Self.changes(host) == changes)
        #expect(webhooks.records.map(\.id) == before)
    }

    @Test func `what Twitch ends is asked for again`() throws {
        let host = try Self.host()
        try host.browser(at: Self.publicURL).signIn("twitch")
        #expect(Self.settles(host))
        let first = host.twitch.webhooks.records.first { $0.type == "channel.follow" }?.id

        #expect(try host.twitch.webhooks.revoke("channel.follow", "notification_failures_exceeded") == 204)

        #expect(Self.settles(host))
        let second = host.twitch.webhooks.records.first { $0.type == "channel.follow" }?.id
        #expect(second != nil && second != first)
        #expect(try host.twitch.webhooks.happens(.follow(by: "Cleo")) == 204)
        #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "event:follow") == 1 })
    }

    @Test func `what is refused keeps nothing else away, and the dashboard says so until it comes`() throws {
        let host = try Self.host()
        let webhooks = host.twitch.webhooks
        webhooks.refuse("channel.cheer")
        webhooks.fill("channel.raid")
        let browser = host.browser(at: Self.publicURL)
        try browser.signIn("twitch")
        #expect(Deadline.wait(seconds: 60) { webhooks.enabled.count == Self.all - 2 })
        #expect(Deadline.wait(seconds: 30) { host.server.log.contains("channel.cheer: 403") })
        #expect(host.server.log.contains("channel.raid: 429"))
        #expect(try Deadline.wait(seconds: 60) { try browser.trouble(of: "twitch") == "refused" })
        #expect(try browser.platforms() == ["twitch:connected"])

        webhooks.allow("channel.cheer")
        webhooks.allow("channel.raid")
        // What ends is looked after at once, and the rest with it.
        #expect(try webhooks.revoke("channel.follow", "notification_failures_exceeded") == 204)

        #expect(Self.settles(host))
        #expect(try Deadline.wait(seconds: 60) { try browser.trouble(of: "twitch") == nil })
        #expect(try browser.platforms() == ["twitch:connected"])
    }

    @Test func `who disconnects is delivered nothing more`() throws {
        let host = try Self.host()
        let browser = host.browser(at: Self.publicURL)
        try browser.signIn("twitch")
        #expect(Self.settles(host))
        _ = try browser.open("/auth/login/kick?intent=connect")
        #expect(try browser.ask("DELETE", "/api/connections/twitch").status == 204)
        #expect(Deadline.wait(seconds: 60) { host.twitch.webhooks.records.isEmpty })
        #expect(Deadline.wait(seconds: 30) { !host.twitch.revoked.isEmpty }, "the tokens end after them")
    }

    @Test func `a Twitch that is away is asked again, and the dashboard says so meanwhile`() throws {
        let host = try Self.host()
        let away = FakePlatform.Fault.status(503)
        host.twitch.fail(Self.path, away, away, away, away, away, away)
        let browser = host.browser(at: Self.publicURL)
        try browser.signIn("twitch")
        #expect(try Deadline.wait(seconds: 30) { try browser.platforms() == ["twitch:connecting"] })
        #expect(Self.settles(host))
        #expect(try Deadline.wait(seconds: 30) { try browser.platforms() == ["twitch:connected"] })
    }

    // MARK: Steps

    private static func host() throws -> LoginHost {
        let host = try LoginHost(environment: ["PUBLIC_URL": publicURL])
        host.twitch.webhooks.reach(host.server.port)
        return host
    }

    /// How often the list of all channels was asked for, its pages counted.
    private static func sweeps(_ host: LoginHost) -> Int {
        host.twitch.requests(to: path).filter { $0.method == "GET" && $0.parameter("user_id") == nil }.count
    }

    /// How often something was subscribed or ended.
    private static func changes(_ host: LoginHost) -> Int {
        host.twitch.requests(to: path).filter { $0.method != "GET" }.count
    }

    /// Whether all that is wanted comes, and nothing else.
    private static func settles(_ host: LoginHost) -> Bool {
        Deadline.wait(seconds: 60) {
            let webhooks = host.twitch.webhooks
            return webhooks.enabled.count == all && webhooks.records.count == all
        }
    }
}
