import BuiltinWidgets
import Testing
import WidgetAPI

@Suite struct GiftBombTests {
    @Test func `a gift bomb is one alert, and its recipients are none`() throws {
        var events = try openEvents()

        try events.take(
            TestEvents.giftBomb("bomb", of: 2),
            TestEvents.gift("1", to: "Lua"),
            TestEvents.gift("2", to: "Sol")
        )

        try #expect(names(&events) == ["Nova"])
    }

    @Test func `a gift beyond the bomb's count is an alert of its own`() throws {
        var events = try openEvents()

        try events.take(
            TestEvents.giftBomb("bomb", of: 1),
            TestEvents.gift("1", to: "Lua"),
            TestEvents.gift("2", to: "Sol")
        )

        try #expect(names(&events) == ["Nova", "Sol"])
    }

    @Test func `a recipient belongs to the bomb for a minute and no longer`() throws {
        var events = try openEvents()
        try events.take(TestEvents.giftBomb("bomb", of: 5))

        try events.wait(seconds: 60)
        try events.take(TestEvents.gift("1", to: "InTime"))
        try events.wait(seconds: 1)
        try events.take(TestEvents.gift("2", to: "Late"))

        try #expect(names(&events) == ["Late"])
    }

    @Test func `without a gift's id the tier tells whether it belongs to the bomb`() throws {
        var events = try openEvents()

        try events.take(
            TestEvents.giftBomb("bomb", of: 5, tier: "1000", giftId: "g1"),
            TestEvents.gift("1", to: "Same", tier: "1000"),
            TestEvents.gift("2", to: "Other", tier: "3000")
        )

        try #expect(names(&events) == ["Nova", "Other"])
    }

    @Test func `a gift's id counts more than its tier`() throws {
        var events = try openEvents()

        try events.take(
            TestEvents.giftBomb("bomb", of: 5, giftId: "g1"),
            TestEvents.gift("1", to: "Same", giftId: "g1"),
            TestEvents.gift("2", to: "Other", giftId: "g2")
        )

        try #expect(names(&events) == ["Nova", "Other"])
    }

    @Test func `of two bombs the second takes what the first has no place for`() throws {
        var events = try openEvents()

        try events.take(TestEvents.giftBomb("a", of: 1), TestEvents.giftBomb("b", of: 2, by: "Lua"))
        for number in 1...4 { try events.take(TestEvents.gift("\(number)", to: "Viewer\(number)")) }

        try #expect(names(&events) == ["Nova", "Lua", "Viewer4"])
    }

    @Test func `a test bomb swallows no real gift, and no platform another one's`() throws {
        var events = try openEvents()

        try events.take(
            TestEvents.giftBomb("test", of: 5, isTest: true),
            TestEvents.gift("1", to: "Real"),
            TestEvents.giftBomb("bomb", of: 5),
            TestEvents.gift("2", to: "OnKick", on: "kick")
        )

        try #expect(names(&events) == ["Nova", "Real", "Nova", "OnKick"])
    }

    @Test func `a bomb that found no place in the queue still takes its recipients`() throws {
        var events = try WidgetRun(EventsWidget())
        for number in 1...50 { try events.take(TestEvents.follow("\(number)", by: "Viewer\(number)")) }

        try events.take(TestEvents.giftBomb("bomb", of: 1), TestEvents.gift("1", to: "Lua"))
        try events.take(TestEvents.overlay(open: true))

        try #expect(names(&events).last == "and 1 more")
    }

    /// The names of all alerts from now on, until the screen is empty.
    private func names(_ events: inout WidgetRun<EventsWidget>) throws -> [String] {
        var names: [String] = []
        while let name = events.texts(of: "name").first {
            names.append(name)
            try events.wait(seconds: 5)
        }
        return names
    }
}
