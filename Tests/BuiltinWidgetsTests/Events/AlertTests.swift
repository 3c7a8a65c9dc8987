import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct AlertTests {
    @Test(arguments: [
        (TestEvents.follow("1"), ["New follower", "via Twitch", "Aurora99", " is now following"]),
        (
            TestEvents.subscription("1", tier: "2000"),
            ["New subscriber", "via Twitch", "Aurora99", " subscribed", "Tier 2"]
        ),
        (
            TestEvents.subscription("1", .renewal, months: 12, message: "a year!"),
            ["Subscribed again", "via Twitch", "Aurora99", " subscribed again", "12 months · Tier 1", "a year!"]
        ),
        (
            TestEvents.giftBomb("1", of: 20),
            ["Gift subscriptions", "via Twitch", "Nova", " gives subscriptions away", "20 subscriptions · Tier 1"]
        ),
        (
            TestEvents.giftBomb("1", of: 1, by: nil, tier: nil),
            ["Gift subscriptions", "via Twitch", "Anonymous", " gives subscriptions away", "1 subscription"]
        ),
        (
            TestEvents.gift("1", to: "Lua", on: "kick"),
            ["Gift subscription", "via Kick", "Lua", " was given a subscription", "by Nova · Tier 1"]
        ),
        (
            TestEvents.gift("1", to: "Lua", by: nil, tier: nil),
            ["Gift subscription", "via Twitch", "Lua", " was given a subscription"]
        ),
        (
            TestEvents.tip("1", 500, message: "gg"),
            ["New tip", "via Twitch", "Aurora99", " tipped ", "$5.00", "gg"]
        ),
        (
            TestEvents.tip("1", 500, "JPY", by: nil, on: "kofi"),
            ["New tip", "via Ko-fi", "Anonymous", " tipped ", "¥500"]
        ),
        (
            TestEvents.tip("1", 500, on: "buymeacoffee"),
            ["New tip", "via Buy Me a Coffee", "Aurora99", " tipped ", "$5.00"]
        ),
        (
            TestEvents.tip("1", 100, "BITS", kind: .bits, by: nil),
            ["Cheer", "via Twitch", "Anonymous", " cheered ", "100 bits"]
        ),
        (TestEvents.tip("1", 1, "KICKS", kind: .kicks), ["Kicks", "via Twitch", "Aurora99", " sent ", "1 kick"]),
        (TestEvents.raid("1", of: 42), ["Raid", "via Twitch", "Nova", " is raiding", "with 42 viewers"]),
        (TestEvents.raid("1", of: 1), ["Raid", "via Twitch", "Nova", " is raiding", "with 1 viewer"]),
        (
            TestEvents.redemption("1", of: "Hydrate"),
            ["Reward", "via Twitch", "Aurora99", " redeemed ", "Hydrate", "please"]
        ),
    ])
    func `an alert says who did what`(event: Event, texts: [String]) throws {
        var events = try openEvents()

        try events.take(event)

        #expect(events.texts == texts)
    }

    @Test(arguments: [
        (TestEvents.follow("1"), "follow"), (TestEvents.subscription("1"), "sub"),
        (TestEvents.subscription("1", .renewal), "renewal"), (TestEvents.gift("1", to: "Lua"), "gift"),
        (TestEvents.giftBomb("1", of: 5), "giftBomb"), (TestEvents.tip("1", 500), "tip"),
        (TestEvents.tip("1", 5, "BITS", kind: .bits), "bits"), (TestEvents.tip("1", 5, "KICKS", kind: .kicks), "kicks"),
        (TestEvents.raid("1", of: 5), "raid"), (TestEvents.redemption("1", of: "Hydrate"), "redemption"),
    ])
    func `each kind has a colour, a sign and a node that names its event`(event: Event, kind: String) throws {
        var events = try openEvents()

        try events.take(event)

        let alert = try #require(events.elements("alert").first)
        #expect(alert.class?.contains(" kind-\(kind) ") == true)
        #expect(alert.source == Event.ID("1"))
        #expect(alert.attributes.first { $0.name == .alert }?.value == "2")
        #expect(events.elements("icon").count == 1)
    }

    @Test(arguments: ["canceled", "rejected"])
    func `a reward whose points were given back is no alert`(status: String) throws {
        var events = try openEvents()

        try events.take(TestEvents.redemption("1", of: "Hydrate", status: status))

        #expect(events.view == View())
    }

    @Test func `each alert is a node of its own that may play its exit`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1"), TestEvents.follow("2"))
        let first = try #require(events.elements("alert").first)

        try events.awaitNext()

        let second = try #require(events.elements("alert").first)
        #expect([first.key, second.key] == ["twitch:1", "twitch:2"])
        #expect(second.attributes.contains(Attribute(.exit, "true")))
    }

    @Test func `the samples show every kind once, none of them inside another`() throws {
        var events = try openEvents()
        var kinds: [String] = []

        for (number, sample) in events.widget.manifest.samples.enumerated() {
            try events.take(TestEvents.event(sample.type, sample.payload, id: "sample-\(number)"))
        }
        repeat {
            if let alert = events.elements("alert").first?.class { kinds.append(alert) }
            try events.awaitNext()
        } while !events.timers.isEmpty

        let words = ["follow", "sub", "renewal", "gift", "giftBomb", "tip", "bits", "kicks", "raid", "redemption"]
        #expect(kinds.count == 10)
        for word in words { #expect(kinds.contains { $0.contains("kind-\(word) ") }, "\(word)") }
    }

    // MARK: Pictures

    @Test func `a profile picture is shown over the sign, and only from this host`() throws {
        var events = try openEvents()
        var user = TestEvents.user("Nova")
        user.avatarUrl = "/img/twitch/avatar/1"

        try events.take(TestEvents.event(.follow, Follow(user: user).json, id: "1"))
        let own = events.elements("avatar").first?.attributes
        user.avatarUrl = "https://elsewhere.example/a.png"
        try events.take(TestEvents.event(.follow, Follow(user: user).json, id: "2"))
        try events.awaitNext()

        #expect(own == [Attribute(.source, "/img/twitch/avatar/1"), Attribute(.alternative, "")])
        #expect(events.elements("avatar").isEmpty)
    }

    @Test(arguments: [(true, "avatar"), (false, "image")])
    func `the streamer's picture stands in where no profile picture is shown`(isShown: Bool, name: String) throws {
        var events = try openEvents(["showProfilePictures": .bool(isShown), "followImage": "/files/cat"])
        var user = TestEvents.user("Nova")
        user.avatarUrl = "/img/twitch/avatar/1"

        try events.take(TestEvents.event(.follow, Follow(user: user).json))

        #expect(events.elements("avatar").count + events.elements("image").count == 1)
        #expect(events.elements(name).count == 1)
    }
}
