import Testing
import WidgetAPI
import WidgetConformance

@testable import BuiltinWidgets

@Suite struct AlertTemplateTests {
    @Test(
        arguments: [
            ("{username} is here", [.variable(.username), .text(" is here")]),
            ("{{username}}!", [.variable(.username), .text("!")]),
            ("hi {nobody} {", [.text("hi {nobody} {")]),
            ("{{amount}", [.text("{"), .variable(.amount)]),
            ("{Username}", [.text("{Username}")]),
            ("{ username }", [.text("{ username }")]),
            ("{usernames}", [.text("{usernames}")]),
            ("", []),
        ] as [(String, [AlertTemplate.Part])]
    )
    func `what is a variable is filled in, all else stays as written`(text: String, parts: [AlertTemplate.Part]) {
        #expect(AlertTemplate(text).parts == parts)
    }

    @Test(
        arguments: [
            ("tipTemplate", "{username}: {amount} for “{message}”", "Aurora99: $5.00 for “gg”"),
            ("tipTemplate", "{{username}} gave {{amount}}", "Aurora99 gave $5.00"),
            ("tipTemplate", "{username} and {viewers} more", "Aurora99 and more"),
            ("tipTemplate", "{unknown} {username}", "{unknown} Aurora99"),
        ] as [(String, String, String)]
    )
    func `the streamer's own words are shown`(setting: String, template: String, sentence: String) throws {
        var settings = JSONObject()
        settings[setting] = .string(template)
        var events = try openEvents(.object(settings))

        try events.take(TestEvents.tip("1", 500, message: "gg"))

        #expect(events.sentence == sentence)
    }

    @Test func `every variable has its value`() throws {
        var events = try openEvents([
            "renewalTemplate": "{username} {months} {tier} {message}", "raidTemplate": "{username} {viewers}",
            "giftBombTemplate": "{gifter} {count} {tier}", "giftTemplate": "{username} {gifter} {count}",
            "redemptionTemplate": "{username} {reward} {message}",
        ])

        try events.take(
            TestEvents.subscription("1", .renewal, by: "Kim", months: 7, message: "hi"),
            TestEvents.raid("2", of: 5),
            TestEvents.gift("3", to: "Lua", tier: "3000"),
            TestEvents.giftBomb("4", of: 20, tier: "1000"),
            TestEvents.redemption("5", of: "Hydrate")
        )

        try #expect(
            events.sentences() == [
                "Kim 7 Tier 1 hi", "Nova 5", "Lua Nova 1", "Nova 20 Tier 1", "Aurora99 Hydrate please",
            ]
        )
    }

    @Test func `what the sentence says is not said twice`() throws {
        var events = try openEvents(["renewalTemplate": "{username}, {months} months, {tier}: {message}"])

        try events.take(TestEvents.subscription("1", .renewal, months: 7, message: "hi"))

        #expect(events.texts(of: "detail").isEmpty)
        #expect(events.texts(of: "message").isEmpty)
    }

    @Test func `an amount is shown below a sentence that does not have it`() throws {
        var events = try openEvents(["tipTemplate": "Thank you, {username}"])

        try events.take(TestEvents.tip("1", 500))

        #expect(events.texts(of: "detail") == ["$5.00"])
    }

    @Test func `an empty sentence leaves the line out`() throws {
        var events = try openEvents(["tipTemplate": ""])

        try events.take(TestEvents.tip("1", 500))

        #expect(events.texts == ["New tip", "via Twitch", "$5.00"])
    }

    @Test func `a changed sentence reaches the alert on screen`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1"))

        try events.change(["followTemplate": "Welcome, {username}"])

        #expect(events.sentence == "Welcome, Aurora99")
    }
}
