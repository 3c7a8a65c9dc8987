import BuiltinWidgets
import Testing
import WidgetAPI

@Suite struct GoalsWidgetTests {
    @Test func `a goal shows how far it is from the start`() throws {
        let goal = try WidgetRun(GoalsWidget())

        #expect(goal.texts == ["Follower goal", "0 %", "0 / 100"])
    }

    @Test func `every follow counts`() throws {
        var goal = try WidgetRun(GoalsWidget())

        for number in 1...68 { try goal.take(TestEvents.follow("\(number)")) }

        #expect(goal.texts(of: "count") == ["68 / 100"])
        #expect(goal.texts(of: "percent") == ["68 %"])
        #expect(goal.elements("fill").first?.style == [Style(.custom("fill"), "68%")])
    }

    @Test(arguments: ["followers", "subscribers", "tips", "bits"])
    func `a test event never counts`(goalType: String) throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": .string(goalType)])
        let before = goal.view

        try goal.take(
            TestEvents.follow("1", isTest: true),
            TestEvents.subscription("2", isTest: true),
            TestEvents.tip("3", 500, isTest: true),
            TestEvents.tip("4", 500, "BITS", kind: .bits, isTest: true)
        )

        #expect(goal.view == before)
    }

    @Test func `of a gift bomb the recipients count, not the bomb`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "subscribers"])

        try goal.take(
            TestEvents.giftBomb("bomb", of: 2),
            TestEvents.gift("1", to: "Lua"),
            TestEvents.gift("2", to: "Sol"),
            TestEvents.subscription("3"),
            TestEvents.subscription("4", .renewal)
        )

        #expect(goal.texts(of: "count") == ["4 / 100"])
    }

    @Test func `tips count in the goal's currency only, and neither bits nor kicks`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "tips", "target": 50, "currency": "eur"])

        try goal.take(
            TestEvents.tip("1", 1250, "EUR"),
            TestEvents.tip("2", 9900, "USD"),
            TestEvents.tip("3", 100, "BITS", kind: .bits),
            TestEvents.tip("4", 100, "KICKS", kind: .kicks)
        )

        #expect(goal.texts(of: "count") == ["€12.50 / €50.00"])
        #expect(goal.texts(of: "percent") == ["25 %"])
    }

    @Test func `a currency without decimals needs no cents`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "tips", "target": 1000, "currency": "JPY"])

        try goal.take(TestEvents.tip("1", 500, "JPY"))

        #expect(goal.texts(of: "count") == ["¥500 / ¥1000"])
    }

    @Test func `a goal of bits counts bits`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "bits", "target": 1000])

        try goal.take(TestEvents.tip("1", 150, "BITS", kind: .bits), TestEvents.tip("2", 999))

        #expect(goal.texts(of: "count") == ["150 / 1000"])
    }

    @Test func `a goal is reached at its target, stays so, and its bar never grows over`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2])
        try goal.take(TestEvents.follow("1"))
        let before = goal.elements("reached").count

        try goal.take(TestEvents.follow("2"), TestEvents.follow("3"))

        #expect(before == 0)
        #expect(goal.elements("reached").count == 1)
        #expect(goal.texts == ["Follower goal", "100 %", "3 / 2"])
        #expect(goal.elements("fill").first?.style == [Style(.custom("fill"), "100%")])
    }

    @Test func `a goal that is almost reached does not say 100 percent`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "bits", "target": 10_000_000])

        try goal.take(TestEvents.tip("1", 9_999_999, "BITS", kind: .bits))

        #expect(goal.texts(of: "percent") == ["99 %"])
        #expect(goal.elements("reached").isEmpty)
    }

    @Test func `no amount breaks the sum or takes from it`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "tips"])

        try goal.take(TestEvents.tip("1", .max), TestEvents.tip("2", .max), TestEvents.tip("3", .min))

        #expect(goal.texts(of: "percent") == ["100 %"])
    }

    @Test func `another kind of goal starts with what has come in before`() throws {
        var goal = try WidgetRun(GoalsWidget())
        try goal.take(TestEvents.follow("1"), TestEvents.subscription("2"), TestEvents.subscription("3"))

        try goal.change(["goalType": "subscribers"])

        #expect(goal.texts(of: "count") == ["2 / 100"])
    }

    @Test func `tips of the old currency are not taken for tips of the new one`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "tips"])
        try goal.take(TestEvents.tip("1", 500, "USD"))

        try goal.change(["goalType": "tips", "currency": "EUR"])

        #expect(goal.texts(of: "count") == ["€0.00 / €100.00"])
    }

    @Test func `a goal as a number has no bar`() throws {
        let goal = try WidgetRun(GoalsWidget(), ["style": "number", "label": "Road to 50"])

        #expect(goal.elements("track").isEmpty)
        #expect(goal.texts(of: "label") == ["Road to 50"])
    }
}
