import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct GiftBombTests {
    @Test func `a gift bomb is one alert, and its recipients are none`() throws {
        var events = try openEvents()

        try events.take(
            TestEvents.giftBomb("bomb", of: 2),
            TestEvents.gift("1", to: "Lua"),
            TestEvents.gift("2", to: "Sol")
        )

        try #expect(events.names() == ["Nova"])
    }

    @Test func `a gift beyond the bomb's count is an alert of its own`() throws {
        var events = try openEvents()

        try events.take(
            TestEvents.giftBomb("bomb", of: 1),
            TestEvents.gift("1", to: "Lua"),
            TestEvents.gift("2", to: "Sol")
        )

        try #expect(events.names() == ["Nova", "Sol"])
    }

    @Test func `a recipient belongs to the bomb for a minute and no longer`() throws {
        var events = try openEvents()
        try events.take(TestEvents.giftBomb("bomb", of: 5))

        try events.wait(seconds: 60)
        try events.take(TestEvents.gift("1", to: "InTime"))
        try events.wait(seconds: 1)
        try events.take(TestEvents.gift("2", to: "Late"))

        try #expect(events.names() == ["Late"])
    }

    @Test func `without a gift's id the tier tells whether it belongs to the bomb`() throws {
        var events = try openEvents()

        try events.take(
            TestEvents.giftBomb("bomb", of: 5, tier: "1000", giftId: "g1"),
            TestEvents.gift("1", to: "Same", tier: "1000"),
            TestEvents.gift("2", to: "Other", tier: "3000")
        )

        try #expect(events.names() == ["Nova", "Other"])
    }

    @Test func `a gift's id counts more than its tier`() throws {
        var events = try openEvents()

        try events.take(
            TestEvents.giftBomb("bomb", of: 5, giftId: "g1"),
            TestEvents.gift("1", to: "Same", giftId: "g1"),
            TestEvents.gift("2", to: "Other", giftId: "g2")
        )

        try #expect(events.names() == ["Nova", "Other"])
    }

    @Test func `of two bombs the second takes what the first has no place for`() throws {
        var events = try openEvents()

        try events.take(TestEvents.giftBomb("a", of: 1), TestEvents.giftBomb("b", of: 2, by: "Lua"))
        for number in 1...4 { try events.take(TestEvents.gift("\(number)", to: "Viewer\(number)")) }

        try #expect(events.names() == ["Nova", "Lua", "Viewer4"])
    }

    @Test func `a test bomb swallows no real gift, and no platform another one's`() throws {
        var events = try openEvents()

        try events.take(
            TestEvents.giftBomb("test", of: 5, isTest: true),
            TestEvents.gift("1", to: "Real"),
            TestEvents.giftBomb("bomb", of: 5, tier: "2000"),
            TestEvents.gift("2", to: "OnKick", tier: "2000", on: "kick")
        )

        try #expect(events.names() == ["Nova", "Real", "Nova", "OnKick"])
    }

    @Test(arguments: [1, 5, 50, 100]) func `a bomb of any size is one alert that counts and names`(size: Int) throws {
        var events = try openEvents()

        try events.take(TestEvents.giftBomb("bomb", of: size))
        for number in 1...size { try events.take(TestEvents.gift("\(number)", to: "V\(number)")) }

        #expect(events.report?.waiting == [])
        let kept = min(size, 12)
        let names = (1...kept).map { "V\($0)" }
        let recipients =
            switch size {
            case 1: "V1"
            case 5: "V1, V2, V3, V4 and V5"
            default: "\(names.joined(separator: ", ")) and \(size - 12) more"
            }
        #expect(events.texts(of: "recipients") == [recipients])
        #expect(
            events.texts(of: "detail") == [size == 1 ? "1 subscription · Tier 1" : "\(size) subscriptions · Tier 1"]
        )
    }

    @Test(arguments: [5, 50, 100]) func `recipients that come before their bomb end up in it`(size: Int) throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("0", by: "Now"))

        for number in 1...size { try events.take(TestEvents.gift("\(number)", to: "V\(number)")) }
        try events.take(TestEvents.giftBomb("bomb", of: size))

        try #expect(events.names() == ["Now", "Nova"])
    }

    @Test func `a recipient whose alert is on screen when the bomb comes moves into it`() throws {
        var events = try openEvents()
        try events.take(TestEvents.gift("1", to: "Lua"), TestEvents.gift("2", to: "Sol"))

        try events.take(TestEvents.giftBomb("bomb", of: 3))
        let leaving = events.view
        try events.wait(milliseconds: 400)

        #expect(leaving == View())
        #expect(events.texts(of: "recipients") == ["Lua, Sol and 1 more"])
        try #expect(events.names() == ["Nova"])
    }

    @Test func `recipients shown before their bomb still count for it, so it takes no others`() throws {
        var events = try openEvents(["displayDuration": 3])
        try events.take(TestEvents.gift("1", to: "Lua"))
        try events.awaitNext()

        try events.take(TestEvents.giftBomb("bomb", of: 1), TestEvents.gift("2", to: "Sol"))

        try #expect(events.names() == ["Nova", "Sol"])
    }

    @Test func `recipients who waited when their bomb came count for it too`() throws {
        var events = try openEvents()
        try events.take(TestEvents.gift("1", to: "Lua"), TestEvents.gift("2", to: "Sol"))

        try events.take(TestEvents.giftBomb("bomb", of: 2), TestEvents.gift("3", to: "Kim"))

        try #expect(events.names() == ["Nova", "Kim"])
    }

    @Test func `a recipient whose alert left the screen for the bomb counts once`() throws {
        var events = try openEvents()
        try events.take(TestEvents.gift("1", to: "Lua"))

        try events.take(
            TestEvents.giftBomb("a", of: 2),
            TestEvents.gift("2", to: "Sol"),
            TestEvents.giftBomb("b", of: 1, by: "Kim"),
            TestEvents.gift("3", to: "Lee")
        )

        try #expect(events.names() == ["Nova", "Kim"])
    }

    @Test func `a recipient who came more than a minute before the bomb is not its own`() throws {
        var events = try openEvents()
        try events.take(TestEvents.control(.alertPause), TestEvents.gift("1", to: "Lua"))
        try events.wait(milliseconds: 60_001)

        try events.take(TestEvents.giftBomb("bomb", of: 5), TestEvents.control(.alertResume))

        try #expect(events.names() == ["Lua", "Nova"])
    }

    @Test func `a bomb takes in no more than it gives`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("0", by: "Now"))
        for number in 1...4 { try events.take(TestEvents.gift("\(number)", to: "V\(number)")) }

        try events.take(TestEvents.giftBomb("bomb", of: 3))

        try #expect(events.names() == ["Now", "V4", "Nova"])
    }

    @Test func `a bomb that names its recipients names none of them twice`() throws {
        var events = try openEvents()
        let users = ["Lua", "Sol"].map { TestEvents.user($0) }
        let nova = TestEvents.user("Nova")
        let bomb = Subscription(user: nil, kind: .gift, gifter: nova, giftCount: 3, recipients: users)

        try events.take(TestEvents.event(.subscribe, bomb.json, id: "k", on: "kick"))
        for name in ["Lua", "Sol"] {
            try events.take(TestEvents.gift("k:\(name)", to: name, tier: nil, on: "kick"))
        }

        #expect(events.texts(of: "recipients") == ["Lua, Sol and 1 more"])
        try #expect(events.names() == ["Nova"])
    }

    @Test func `late recipients are named while the bomb waits and while it is on screen`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("0"), TestEvents.giftBomb("bomb", of: 3))

        try events.take(TestEvents.gift("1", to: "Lua"))
        try events.awaitNext()
        let atStart = events.texts(of: "recipients")
        try events.take(TestEvents.gift("2", to: "Sol"))

        #expect(atStart == ["Lua and 2 more"])
        #expect(events.texts(of: "recipients") == ["Lua, Sol and 1 more"])
    }

    @Test func `long names leave room for the count`() throws {
        var events = try openEvents()
        try events.take(TestEvents.giftBomb("bomb", of: 9))
        for number in 1...9 {
            try events.take(TestEvents.gift("\(number)", to: "\(number)\(String(repeating: "m", count: 24))"))
        }

        let recipients = try #require(events.texts(of: "recipients").first)

        #expect(recipients.hasSuffix("m and 6 more"))
    }

    @Test func `a bomb that found no place in the queue still takes its recipients`() throws {
        var events = try WidgetRun(EventsWidget())
        for number in 1...50 { try events.take(TestEvents.follow("\(number)", by: "Viewer\(number)")) }

        try events.take(TestEvents.giftBomb("bomb", of: 1), TestEvents.gift("1", to: "Lua"))
        try events.take(TestEvents.overlay(open: true))

        try #expect(events.sentences().last == "and 1 more gift bomb")
    }

    @Test func `twenty bombs full of names stay within the limits`() throws {
        var events = try WidgetRun(EventsWidget())
        let long = String(repeating: "🎉", count: 25)
        for number in 1...30 {
            try events.take(TestEvents.redemption("r\(number)", of: long, by: "\(number)\(long)", input: long + long))
        }

        for bomb in 1...20 {
            try events.take(TestEvents.giftBomb("bomb\(bomb)", of: 20, giftId: "gift\(bomb)"))
            for number in 1...12 {
                let id = "\(bomb)-\(number)"
                try events.take(TestEvents.gift(id, to: "\(id)\(long)", giftId: "gift\(bomb)"))
            }
        }

        #expect(events.report?.waiting.count == 50)
    }
}
