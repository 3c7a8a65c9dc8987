import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct GoalsWidgetTests {
    @Test func `a goal shows how far it is from the start`() throws {
        let goal = try WidgetRun(GoalsWidget())

        #expect(goal.texts == ["Follower Goal", "0 %", "0 / 100"])
    }

    @Test func `every follow counts`() throws {
        var goal = try WidgetRun(GoalsWidget())

        for number in 1...68 { try goal.take(TestEvents.follow("\(number)")) }

        #expect(goal.texts(of: "count") == ["68 / 100"])
        #expect(goal.texts(of: "percent") == ["68 %"])
        #expect(goal.elements("fill").first?.style == [Style(.custom("fill"), "68%")])
    }

    @Test(arguments: ["followers", "subscribers", "tips", "bits", "custom"])
    func `a test event never counts`(goalType: String) throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": .string(goalType), "weights": ["raid": 1]])
        let before = goal.state

        try goal.take(
            TestEvents.follow("1", isTest: true),
            TestEvents.subscription("2", isTest: true),
            TestEvents.tip("3", 500, isTest: true),
            TestEvents.tip("4", 500, "BITS", kind: .bits, isTest: true),
            TestEvents.counts(followers: 900, subscribers: 90, isTest: true)
        )

        #expect(goal.state == before)
        #expect(goal.log.isEmpty)
    }

    @Test func `a subscription and what is shared of it within a minute count once`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "subscribers", "countRenewals": true])
        try goal.take(TestEvents.subscription("1"), TestEvents.subscription("2", .renewal))
        try goal.take(TestEvents.subscription("3", .renewal, by: "Lua"), TestEvents.subscription("4", by: "Lua"))
        let pairs = goal.texts(of: "count")

        try goal.wait(milliseconds: 60_001)
        try goal.take(TestEvents.subscription("5", .renewal), TestEvents.subscription("6", .renewal, by: "Sol"))

        #expect(pairs == ["2 / 100"])
        #expect(goal.texts(of: "count") == ["4 / 100"])
    }

    @Test func `of a gift bomb the recipients count, not the bomb`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "subscribers"])

        try goal.take(
            TestEvents.giftBomb("bomb", of: 2),
            TestEvents.gift("1", to: "Lua"),
            TestEvents.gift("2", to: "Sol"),
            TestEvents.subscription("3")
        )

        #expect(goal.texts(of: "count") == ["3 / 100"])
    }

    @Test func `renewals count when the streamer wants them, those before as well`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "subscribers"])
        try goal.take(TestEvents.subscription("1"), TestEvents.subscription("2", .renewal, by: "Lua"))
        let without = goal.texts(of: "count")

        try goal.change(["goalType": "subscribers", "countRenewals": true])

        #expect(without == ["1 / 100"])
        #expect(goal.texts(of: "count") == ["2 / 100"])
    }

    @Test func `a goal of bits counts bits, and neither kicks nor money`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "bits", "target": 1000])

        try goal.take(
            TestEvents.tip("1", 150, "BITS", kind: .bits),
            TestEvents.tip("2", 999),
            TestEvents.tip("3", 50, "KICKS", kind: .kicks),
            TestEvents.tip("4", 50, "BITS", kind: .bits, on: "kick")
        )

        #expect(goal.texts(of: "count") == ["200 / 1000"])
    }

    @Test func `beyond its target a goal tells the true percentage and its bar stays full`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2, "celebrate": false])
        try goal.take(TestEvents.follow("1"))
        let before = goal.elements("reached").count

        try goal.take(TestEvents.follow("2"), TestEvents.follow("3"))

        #expect(before == 0)
        #expect(goal.elements("reached").count == 1)
        #expect(goal.texts == ["Follower Goal", "150 %", "3 / 2"])
        #expect(goal.elements("fill").first?.style == [Style(.custom("fill"), "100%")])
    }

    @Test func `a goal that is almost reached does not say 100 percent`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "bits", "target": 10_000_000])

        try goal.take(TestEvents.tip("1", 9_999_999, "BITS", kind: .bits))

        #expect(goal.texts(of: "percent") == ["99 %"])
        #expect(goal.elements("reached").isEmpty)
    }

    @Test(arguments: ["tips", "bits", "custom"])
    func `no amount breaks the sum or takes from it`(goalType: String) throws {
        var goal = try WidgetRun(
            GoalsWidget(),
            ["goalType": .string(goalType), "weights": ["tip": 1000, "bits": 1000, "raid": 1000]]
        )

        for (kind, currency) in [(Tip.Kind.donation, "USD"), (.bits, "BITS"), (.kicks, "KICKS")] {
            for (number, amount) in [Int64.max, .max, .min, -1].enumerated() {
                try goal.take(TestEvents.tip("\(kind)\(number)", amount, currency, kind: kind))
            }
        }
        try goal.take(TestEvents.raid("raid", of: .max), TestEvents.raid("raid", of: .min))

        #expect(goal.texts(of: "percent") == ["9999 %"])
    }

    @Test(arguments: [("subscribers", "2 / 100"), ("bits", "300 / 100"), ("tips", "$5.00 / $100.00")])
    func `another kind of goal starts with what has come in before`(goalType: String, count: String) throws {
        var goal = try WidgetRun(GoalsWidget())
        try goal.take(
            TestEvents.follow("1"),
            TestEvents.subscription("2"),
            TestEvents.subscription("3"),
            TestEvents.tip("4", 500),
            TestEvents.tip("5", 300, "BITS", kind: .bits)
        )

        try goal.change(["goalType": .string(goalType)])

        #expect(goal.texts(of: "count") == [count])
    }

    @Test func `a start value is added to what is counted`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["startValue": 40])

        try goal.take(TestEvents.follow("1"))

        #expect(goal.texts(of: "count") == ["41 / 100"])
    }

    @Test func `a manual goal shows the streamer's number, whatever comes in`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["currentSource": "manual", "currentValue": 12, "startValue": 40])

        try goal.take(TestEvents.follow("1"))

        #expect(goal.texts(of: "count") == ["12 / 100"])
    }

    @Test func `of tips both given values are whole units of the currency`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "tips", "startValue": 40, "currentValue": 7])
        let counted = goal.texts(of: "count")

        try goal.change(["goalType": "tips", "currentSource": "manual", "currentValue": 7, "currency": "JPY"])

        #expect(counted == ["$40.00 / $100.00"])
        #expect(goal.texts(of: "count") == ["¥7 / ¥100"])
    }

    @Test func `an event of no interest changes nothing`() throws {
        var goal = try WidgetRun(GoalsWidget())
        let before = goal.state

        try goal.take(TestEvents.chatMessage("1"), TestEvents.overlay(open: true), TestEvents.counts())

        #expect(goal.state == before)
    }
}
