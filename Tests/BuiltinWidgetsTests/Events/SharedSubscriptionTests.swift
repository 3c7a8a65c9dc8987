import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

/// A subscription and what its user shares of it in chat are one alert.
@Suite struct SharedSubscriptionTests {
    private static let new = TestEvents.subscription("new", by: "Kim")
    private static let shared = TestEvents.subscription("shared", .renewal, by: "Kim", months: 7, message: "hi all")

    @Test(arguments: [[new, shared], [shared, new]])
    func `a subscription and its message are one alert, whichever comes first`(pair: [Event]) throws {
        var events = try openEvents()

        for event in pair { try events.take(event) }

        #expect(events.texts(of: "kind") == ["Subscribed again"])
        #expect(events.texts(of: "detail") == ["7 months · Tier 1"])
        #expect(events.texts(of: "message") == ["hi all"])
        try #expect(events.names() == ["Kim"])
    }

    @Test func `the message completes an alert that still waits`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("0", by: "Now"), Self.new, TestEvents.follow("9", by: "Later"))

        try events.wait(seconds: 1)
        try events.take(Self.shared)
        try events.awaitNext()

        #expect(events.texts(of: "message") == ["hi all"])
        try #expect(events.names() == ["Kim", "Later"])
    }

    @Test func `a message that comes after the alert has ended is no second alert`() throws {
        var events = try openEvents()
        try events.take(Self.new)
        try events.wait(seconds: 60)

        try events.take(Self.shared)

        #expect(events.view == View())
        #expect(events.timers.isEmpty)
    }

    @Test func `after more than a minute it is another subscription`() throws {
        var events = try openEvents()
        try events.take(Self.new)
        try events.wait(milliseconds: 60_001)

        try events.take(Self.shared)

        #expect(events.texts(of: "message") == ["hi all"])
    }

    @Test func `two users, two platforms and a test are not one`() throws {
        var events = try openEvents()
        var onKick = Self.shared
        onKick.platform = "kick"

        try events.take(
            Self.new,
            TestEvents.subscription("2", .renewal, by: "Lee", message: "hi"),
            onKick,
            TestEvents.subscription("4", .renewal, by: "Kim", message: "hi", isTest: true)
        )

        try #expect(events.names() == ["Kim", "Lee", "Kim", "Kim"])
    }

    @Test func `two messages are two alerts, so that a test can be pressed twice`() throws {
        var events = try openEvents()

        for id in ["1", "2"] {
            try events.take(TestEvents.subscription(id, .renewal, by: "Kim", message: "hi", isTest: true))
        }

        try #expect(events.names() == ["Kim", "Kim"])
    }

    @Test(arguments: [true, false])
    func `what the chat says of a subscription belongs to its alert`(isFirst: Bool) throws {
        var events = try openEvents()
        let notice = TestEvents.notice("line", of: "Kim", message: "hi all", prime: true)

        for event in isFirst ? [notice, Self.new] : [Self.new, notice] { try events.take(event) }

        #expect(events.texts(of: "kind") == ["Subscribed again"])
        #expect(events.texts(of: "detail") == ["Prime"])
        #expect(events.texts(of: "message") == ["hi all"])
        try #expect(events.names() == ["Kim"])
    }

    @Test(arguments: ["resub", "sub", "raid", "announcement"])
    func `what the chat says is no alert by itself`(kind: String) throws {
        var events = try openEvents()

        try events.take(TestEvents.notice("line", kind: kind, message: "hi"))
        try events.wait(seconds: 60)

        #expect(events.view == View())
    }

    @Test func `a notice of something else or of somebody else completes nothing`() throws {
        var events = try openEvents()
        try events.take(Self.new)

        try events.take(
            TestEvents.notice("1", of: "Kim", kind: "announcement", message: "no"),
            TestEvents.notice("2", of: "Lee", message: "no"),
            TestEvents.notice("3", of: "Kim", message: "no", on: "kick")
        )

        #expect(events.texts(of: "message").isEmpty)
    }

    @Test func `a notice that is older than a minute completes nothing`() throws {
        var events = try openEvents()
        try events.take(TestEvents.notice("line", of: "Kim", message: "old"))
        try events.wait(milliseconds: 60_001)

        try events.take(Self.new)

        #expect(events.texts(of: "message").isEmpty)
    }

    @Test func `a subscription on the same day as a gift to the same user is an alert of its own`() throws {
        var events = try openEvents()

        try events.take(TestEvents.gift("1", to: "Kim"), Self.new)

        try #expect(events.names() == ["Kim", "Kim"])
    }
}
