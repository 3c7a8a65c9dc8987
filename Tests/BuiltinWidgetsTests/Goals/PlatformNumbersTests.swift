import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct PlatformNumbersTests {
    @Test func `a platform's own number is where the goal stands, and follows since then are added`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2000])
        try goal.take(TestEvents.follow("1"), TestEvents.follow("2"))

        try goal.take(TestEvents.counts(followers: 1280), TestEvents.follow("3"))

        #expect(goal.texts(of: "count") == ["1281 / 2000"])
    }

    @Test func `each new number replaces what was added to the last one, up or down`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2000])
        try goal.take(TestEvents.counts(followers: 1280), TestEvents.follow("1"), TestEvents.follow("2"))

        var shown: [String] = []
        for followers in [1282, 1275] {
            try goal.wait(seconds: 120)
            try goal.take(TestEvents.counts(followers: followers))
            shown += goal.texts(of: "count")
        }

        #expect(shown == ["1282 / 2000", "1275 / 2000"])
    }

    @Test func `a number that does not hold the last follows yet takes nothing back`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2000])
        try goal.take(TestEvents.counts(followers: 1280))
        try goal.wait(seconds: 100)
        try goal.take(TestEvents.follow("1"), TestEvents.follow("2"))

        var shown: [String] = []
        for followers in [1280, 1281, 1282, 1283] {
            try goal.wait(seconds: 5)
            try goal.take(TestEvents.counts(followers: followers))
            shown += goal.texts(of: "count")
        }

        #expect(shown == ["1282 / 2000", "1282 / 2000", "1282 / 2000", "1283 / 2000"])
    }

    @Test func `what came in before a number was asked for, and after, is counted once`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2000])
        try goal.take(TestEvents.counts(followers: 1280), TestEvents.follow("1"))
        try goal.wait(seconds: 5)

        try goal.take(TestEvents.follow("2"), TestEvents.counts(followers: 1281), TestEvents.follow("3"))
        let before = goal.texts(of: "count")
        try goal.wait(seconds: 120)
        try goal.take(TestEvents.counts(followers: 1283))

        #expect(before == ["1283 / 2000"])
        #expect(goal.texts(of: "count") == ["1283 / 2000"])
    }

    @Test(arguments: [(69_999, "1281 / 2000"), (70_000, "1280 / 2000")] as [(Int64, String)])
    func `who has gone again is seen when the follow must be in the number`(wait: Int64, count: String) throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2000])
        try goal.take(TestEvents.counts(followers: 1280), TestEvents.follow("1"))

        try goal.wait(milliseconds: wait)
        try goal.take(TestEvents.counts(followers: 1280))

        #expect(goal.texts(of: "count") == [count])
    }

    @Test func `a number that is lower than all that is new allows goes down as far as it must`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2000])
        try goal.take(TestEvents.counts(followers: 1280), TestEvents.follow("1"), TestEvents.follow("2"))

        try goal.take(TestEvents.counts(followers: 1270))

        #expect(goal.texts(of: "count") == ["1272 / 2000"])
    }

    @Test func `in a raid of follows only those of the last minute may be missing`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2000])
        try goal.take(TestEvents.counts(followers: 1000))
        for number in 1...200 {
            try goal.take(TestEvents.follow("\(number)"))
            try goal.wait(seconds: 1)
        }

        // None of the last minute's sixty is in it.
        try goal.take(TestEvents.counts(followers: 1140))
        let lagging = goal.texts(of: "count")
        try goal.take(TestEvents.counts(followers: 1100))

        #expect(lagging == ["1200 / 2000"])
        #expect(goal.texts(of: "count") == ["1160 / 2000"])
    }

    @Test func `subscribers take nothing back either, and renewals are not waited for`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "subscribers"])
        try goal.take(TestEvents.counts(subscribers: 64), TestEvents.subscription("1"))
        try goal.take(TestEvents.counts(subscribers: 64))
        let shown = goal.texts(of: "count")

        try goal.wait(seconds: 120)
        try goal.take(TestEvents.subscription("2", .renewal), TestEvents.counts(subscribers: 64))

        #expect(shown == ["65 / 100"])
        #expect(goal.texts(of: "count") == ["64 / 100"])
    }

    @Test func `what is unsettled on one platform is nothing to the other`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2000])
        try goal.take(
            TestEvents.counts(followers: 1280),
            TestEvents.counts(followers: 40, on: "kick"),
            TestEvents.follow("1", on: "kick")
        )

        try goal.take(TestEvents.counts(followers: 1279), TestEvents.counts(followers: 40, on: "kick"))

        #expect(goal.texts(of: "count") == ["1320 / 2000"])
    }

    @Test func `platforms are added up, the one without a number by what came in`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2000])

        try goal.take(
            TestEvents.follow("1", on: "kick"),
            TestEvents.counts(followers: 1280, on: "twitch"),
            TestEvents.follow("2", on: "kick"),
            TestEvents.follow("3", on: "twitch")
        )

        #expect(goal.texts(of: "count") == ["1283 / 2000"])
    }

    @Test func `a platform that does not tell keeps the last number`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2000])
        try goal.take(TestEvents.counts(followers: 1280, subscribers: 3))

        try goal.take(TestEvents.counts(), TestEvents.counts(subscribers: 5))

        #expect(goal.texts(of: "count") == ["1280 / 2000"])
    }

    @Test func `subscribers have a number too, in which renewals are nobody new`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": "subscribers"])

        try goal.take(
            TestEvents.counts(followers: 1280, subscribers: 64),
            TestEvents.subscription("1"),
            TestEvents.gift("2", to: "Lua"),
            TestEvents.subscription("3", .renewal)
        )

        #expect(goal.texts(of: "count") == ["66 / 100"])
    }

    @Test func `with a first day only what comes in counts`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2000, "startAt": "2026-11-01"])

        try goal.take(TestEvents.counts(followers: 1280), TestEvents.follow("1"))

        #expect(goal.texts(of: "count") == ["1 / 2000"])
    }

    @Test func `goals of bits, tips and points ask no platform`() throws {
        for goalType in ["bits", "tips", "custom"] {
            var goal = try WidgetRun(GoalsWidget(), ["goalType": .string(goalType)])
            let before = goal.view

            try goal.take(TestEvents.counts(followers: 1280, subscribers: 64))

            #expect(goal.view == before)
        }
    }

    @Test func `the first number of a platform is no achievement, but going over the target later is`() throws {
        var reached = try WidgetRun(GoalsWidget())
        var close = try WidgetRun(GoalsWidget())

        try reached.take(TestEvents.counts(followers: 1280))
        try close.take(TestEvents.counts(followers: 98), TestEvents.counts(followers: 101))

        #expect(reached.elements("celebrating").isEmpty)
        #expect(reached.elements("reached").count == 1)
        #expect(close.elements("celebrating").count == 1)
    }

    @Test(
        arguments: [
            ("followers", TestEvents.counts(followers: 98), TestEvents.counts(followers: 101, subscribers: 64)),
            ("subscribers", TestEvents.counts(subscribers: 98), TestEvents.counts(followers: 1280, subscribers: 101)),
        ] as [(String, Event, Event)]
    )
    func `a goal is celebrated also when the other number is told for the first time`(
        goalType: String,
        before: Event,
        reaching: Event
    ) throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": .string(goalType)])

        try goal.take(before, reaching)

        #expect(goal.texts(of: "count") == ["101 / 100"])
        #expect(goal.elements("celebrating").count == 1)
    }

    @Test(
        arguments: [
            ("followers", TestEvents.counts(subscribers: 64), TestEvents.counts(followers: 1280, subscribers: 65)),
            ("subscribers", TestEvents.counts(followers: 98), TestEvents.counts(followers: 99, subscribers: 640)),
        ] as [(String, Event, Event)]
    )
    func `the first number of a kind is no achievement where the other one was told before`(
        goalType: String,
        before: Event,
        reaching: Event
    ) throws {
        var goal = try WidgetRun(GoalsWidget(), ["goalType": .string(goalType)])

        try goal.take(before, reaching)

        #expect(goal.elements("reached").count == 1)
        #expect(goal.elements("celebrating").isEmpty)
    }

    @Test func `more platforms than there is room for count together`() throws {
        var goal = try WidgetRun(GoalsWidget())

        for number in 1...30 { try goal.take(TestEvents.follow("\(number)", on: "platform\(number)")) }

        #expect(goal.texts(of: "count") == ["30 / 100"])
        #expect(goal.state.json["tally"]?["platforms"]?.objectValue?.members.count == 5)
    }
}
