import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct AlertModerationTests {
    @Test func `alerts of a user who was silenced are never shown`() throws {
        var events = try openEvents()
        try events.take(
            TestEvents.follow("0", by: "Now"),
            TestEvents.tip("1", 5000, by: "Troll", message: "insult"),
            TestEvents.follow("2", by: "Troll"),
            TestEvents.follow("3", by: "Later")
        )

        try events.take(TestEvents.clearing(of: "id-Troll"))

        try #expect(events.names() == ["Now", "Later"])
    }

    @Test func `the alert on screen of a user who was silenced leaves at once and the next one comes`() throws {
        var events = try openEvents()
        try events.take(TestEvents.tip("1", 5000, by: "Troll"), TestEvents.follow("2", by: "Later"))

        try events.take(TestEvents.clearing(of: "id-Troll"))
        let leaving = events.view
        try events.wait(milliseconds: 400)

        #expect(leaving == View())
        #expect(events.sentence == "Later is now following")
    }

    @Test func `a user of the same id on another platform is somebody else`() throws {
        var events = try openEvents()
        try events.take(TestEvents.tip("1", 5000, by: "Kim"))

        try events.take(TestEvents.clearing(of: "id-Kim", on: "kick"))

        #expect(events.sentence == "Kim tipped $50.00")
    }

    @Test func `clearing all of chat keeps the alerts and takes what was said in chat`() throws {
        var events = try openEvents()
        try events.take(
            TestEvents.tip("1", 5000, by: "Kim", message: "for you"),
            TestEvents.tip("2", 500, "BITS", kind: .bits, by: "Lua", message: "Cheer500"),
            TestEvents.subscription("3", .renewal, by: "Sol", message: "seven months")
        )

        try events.take(TestEvents.clearing(of: nil))
        var messages = [events.texts(of: "message")]
        for _ in 0..<2 {
            try events.awaitNext()
            messages.append(events.texts(of: "message"))
        }

        #expect(messages == [["for you"], [], []])
    }

    @Test func `a single gift of somebody who was silenced is no alert any more`() throws {
        var events = try openEvents()
        try events.take(
            TestEvents.follow("0", by: "Now"),
            TestEvents.gift("1", to: "Lua", by: "Troll"),
            TestEvents.follow("2", by: "Later")
        )

        try events.take(TestEvents.clearing(of: "id-Troll"))

        try #expect(events.names() == ["Now", "Later"])
    }

    @Test func `recipients who were silenced lose their names and stay counted`() throws {
        var events = try openEvents()
        try events.take(
            TestEvents.giftBomb("bomb", of: 3),
            TestEvents.gift("1", to: "Lua"),
            TestEvents.gift("2", to: "Troll")
        )

        try events.take(TestEvents.clearing(of: "id-Troll"))

        #expect(events.texts(of: "recipients") == ["Lua and 2 more"])
    }

    @Test func `a bomb by somebody who was silenced is gone, and its recipients are no alerts`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("0", by: "Now"), TestEvents.giftBomb("bomb", of: 2, by: "Troll"))

        try events.take(TestEvents.clearing(of: "id-Troll"), TestEvents.gift("1", to: "Lua"))

        try #expect(events.names() == ["Now"])
    }

    @Test(arguments: [TestEvents.deletion(of: "line"), TestEvents.clearing(of: nil)])
    func `a message that was deleted from chat leaves the alert that shows it`(deletion: Event) throws {
        var events = try openEvents()
        try events.take(
            TestEvents.subscription("1", by: "Kim"),
            TestEvents.notice("line", of: "Kim", message: "insult")
        )

        try events.take(deletion)

        #expect(events.texts(of: "message").isEmpty)
        #expect(events.sentence == "Kim subscribed again")
    }

    @Test func `a message of which the chat tells after its alert leaves with its chat line`() throws {
        var events = try openEvents()
        try events.take(
            TestEvents.subscription("1", .renewal, by: "Kim", message: "insult"),
            TestEvents.notice("line", of: "Kim", message: "insult")
        )

        try events.take(TestEvents.deletion(of: "line"))

        #expect(events.texts(of: "message").isEmpty)
    }

    @Test(arguments: [
        TestEvents.deletion(of: "line"), TestEvents.clearing(of: nil), TestEvents.clearing(of: "id-Kim"),
    ])
    func `a notice that was taken back before its subscription came is not shown`(deletion: Event) throws {
        var events = try openEvents()
        try events.take(TestEvents.notice("line", of: "Kim", message: "insult"))

        try events.take(deletion, TestEvents.subscription("1", by: "Kim"))

        #expect(events.texts(of: "message").isEmpty)
    }

    @Test func `another message's deletion takes nothing away`() throws {
        var events = try openEvents()
        try events.take(TestEvents.subscription("1", by: "Kim"), TestEvents.notice("line", of: "Kim", message: "hi"))

        try events.take(TestEvents.deletion(of: "other"), TestEvents.deletion(of: "line", on: "kick"))

        #expect(events.texts(of: "message") == ["hi"])
    }

    @Test func `a tip that is given back before it was shown is never on screen`() throws {
        var events = try WidgetRun(EventsWidget())
        try events.take(TestEvents.tip("58", 500, by: "Kim", on: "kofi"), TestEvents.follow("1", by: "Lua"))

        try events.take(TestEvents.deletion(of: "58", on: "kofi"), TestEvents.overlay(open: true))

        try #expect(events.names() == ["Lua"])
    }

    @Test func `a tip that is given back while it is on screen leaves it, and another platform's does not`() throws {
        var events = try openEvents()
        try events.take(TestEvents.tip("58", 500, by: "Kim", on: "kofi"), TestEvents.follow("1", by: "Lua"))

        try events.take(TestEvents.deletion(of: "58", on: "stripe"))
        let before = events.sentence
        try events.take(TestEvents.deletion(of: "58", on: "kofi"))

        #expect(before != nil)
        #expect(events.sentence == nil)
        try #expect(events.names() == ["Lua"])
    }
}
