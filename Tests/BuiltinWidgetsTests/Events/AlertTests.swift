import BuiltinWidgets
import Testing
import WidgetAPI

@Suite struct AlertTests {
    @Test(arguments: [
        (TestEvents.follow("1"), ["New follower", "Aurora99"]),
        (TestEvents.subscription("1", tier: "2000"), ["New subscriber", "Aurora99", "Tier 2"]),
        (
            TestEvents.subscription("1", .renewal, months: 12, message: "a year!"),
            ["Subscribed again", "Aurora99", "12 months · Tier 1", "a year!"]
        ),
        (TestEvents.giftBomb("1", of: 20), ["Gift subscriptions", "Nova", "gives 20 subscriptions"]),
        (TestEvents.giftBomb("1", of: 1, by: nil), ["Gift subscriptions", "Anonymous", "gives a subscription"]),
        (TestEvents.gift("1", to: "Lua"), ["Gift subscription", "Lua", "was given a subscription by Nova"]),
        (TestEvents.gift("1", to: "Lua", by: nil), ["Gift subscription", "Lua", "was given a subscription"]),
        (TestEvents.tip("1", 500, message: "gg"), ["New tip", "Aurora99", "$5.00", "gg"]),
        (TestEvents.tip("1", 100, "BITS", kind: .bits, by: nil), ["New tip", "Anonymous", "100 bits"]),
        (TestEvents.raid("1", of: 42), ["Raid", "Nova", "with 42 viewers"]),
        (TestEvents.redemption("1", of: "Hydrate"), ["Reward", "Aurora99", "Hydrate", "please"]),
    ])
    func `an alert says who did what`(event: Event, texts: [String]) throws {
        var events = try openEvents()

        try events.take(event)

        #expect(events.texts == texts)
    }

    @Test func `a reward whose points were given back is no alert`() throws {
        var events = try openEvents()

        try events.take(TestEvents.redemption("1", of: "Hydrate", status: "canceled"))

        #expect(events.view == View())
    }

    @Test func `each alert is a node of its own that names its event and may play its exit`() throws {
        var events = try openEvents(["animation": "zoom"])
        try events.take(TestEvents.follow("1"), TestEvents.follow("2"))
        let first = try #require(events.elements("alert").first)

        try events.wait(seconds: 5)

        let second = try #require(events.elements("alert").first)
        #expect([first.key, second.key] == ["twitch:1", "twitch:2"])
        #expect([first.source, second.source] == [Event.ID("1"), Event.ID("2")])
        #expect(first.attributes.map(\.name) == [.exit])
        #expect(first.class == "alert zoom kind-follow")
    }

    @Test func `the bar runs for as long as the alert stays`() throws {
        var events = try openEvents(["displayDuration": 3])

        try events.take(TestEvents.follow("1"))

        #expect(events.elements("remaining").first?.style == [Style(.animationDuration, "3s")])
    }
}
