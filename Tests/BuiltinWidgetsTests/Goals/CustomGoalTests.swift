import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct CustomGoalTests {
    @Test func `each thing adds its points`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "custom"])
        var shown: [String] = []

        for event in [
            TestEvents.follow("1"), TestEvents.subscription("2"), TestEvents.subscription("3", tier: "2000"),
            TestEvents.subscription("4", tier: "3000"), TestEvents.subscription("5", tier: nil),
            TestEvents.giftBomb("6", of: 1), TestEvents.gift("7", to: "Lua", tier: "2000"), TestEvents.tip("8", 300),
            TestEvents.tip("9", 200, "BITS", kind: .bits), TestEvents.tip("10", 400, "KICKS", kind: .kicks),
            TestEvents.raid("11", of: 50), TestEvents.subscription("12", .renewal),
        ] {
            try goal.take(event)
            shown += goal.texts(of: "count").map { $0.replacing(" / 100", with: "") }
        }

        #expect(shown == ["1", "6", "16", "41", "46", "46", "56", "59", "61", "65", "65", "65"])
    }

    @Test func `the streamer decides what counts for how much, now and afterwards`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "custom"])
        try goal.take(
            TestEvents.follow("1"),
            TestEvents.raid("2", of: 50),
            TestEvents.gift("3", to: "Lua", tier: "3000"),
            TestEvents.subscription("4", .renewal, tier: "2000")
        )

        try goal.change([
            "goalType": "custom", "countRenewals": true,
            "weights": ["follow": 1000, "raid": 2, "giftTier3": 0, "subTier2": 7],
        ])

        #expect(goal.texts(of: "count") == ["1107 / 100"])
    }

    @Test func `parts of a point are kept until they are whole`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "custom", "weights": ["tip": 1, "bits": 1, "kicks": 1]])
        var shown: [String] = []

        for event in [
            TestEvents.tip("1", 50), TestEvents.tip("2", 25, "BITS", kind: .bits),
            TestEvents.tip("3", 24, "KICKS", kind: .kicks), TestEvents.tip("4", 1),
        ] {
            try goal.take(event)
            shown += goal.texts(of: "count")
        }

        #expect(shown == ["0 / 100", "0 / 100", "0 / 100", "1 / 100"])
    }

    @Test func `platforms weigh what the streamer gives them`() throws {
        var goal = try WidgetRun(
            GoalsWidget(),
            [
                "goalType": "custom", "weights": ["follow": 10, "tip": 1],
                "platformWeights": ["twitch": 50, "kick": 200, "other": 0],
            ]
        )

        try goal.take(
            TestEvents.follow("1", on: "twitch"),
            TestEvents.follow("2", on: "kick"),
            TestEvents.follow("3", on: "elsewhere"),
            TestEvents.tip("4", 301, on: "twitch")
        )

        #expect(goal.texts(of: "count") == ["26 / 100"])
    }

    @Test(arguments: [("JPY", 7, "7"), ("KWD", 1500, "1"), ("USD", 250, "2")] as [(String, Int64, String)])
    func `a tip's points are for whole units of the goal's currency`(
        currency: String,
        minor: Int64,
        points: String
    ) throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "custom", "currency": .string(currency)])

        try goal.take(TestEvents.tip("1", minor, currency))

        #expect(goal.texts(of: "count") == ["\(points) / 100"])
    }

    @Test func `a tip without a rate is reported where tips have points`() throws {
        var with = try WidgetRun(GoalsWidget(), ["goalType": "custom"])
        var without = try WidgetRun(GoalsWidget(), ["goalType": "custom", "weights": ["tip": 0]])

        try with.take(TestEvents.tip("1", 500, "CHF"))
        try without.take(TestEvents.tip("1", 500, "CHF"))

        #expect(with.texts(of: "note") == ["+1 tip in CHF not counted"])
        #expect(without.elements("note").isEmpty)
    }

    @Test(arguments: ["weights", "platformWeights"])
    func `a weight is a whole number up to a thousand, and there are no others`(setting: String) throws {
        let schema = GoalsWidget().manifest.configSchema
        let name = setting == "weights" ? "tip" : "kick"
        let refused: [JSONValue] = [[name: 1001], [name: -1], [name: 0.5], [name: "1"], ["hug": 1], [], 3]

        for accepted in [[name: 0], [name: 1000], [:]] as [JSONValue] {
            #expect(throws: Never.self) { try schema.validate([setting: accepted]) }
        }
        for value in refused {
            #expect(throws: ConfigError.self) { try schema.validate([setting: value]) }
        }
    }
}
