import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

/// A run begins on 2026-11-21 at 09:30 UTC.
@Suite struct GoalCalendarTests {
    private static let day: Int64 = 86_400

    @Test func `a goal counts from its first day on`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["startAt": "2026-11-23"])
        try goal.take(TestEvents.follow("early"))
        let early = goal.texts(of: "count")
        // 2026-11-22 at 23:59:59.
        try goal.wait(seconds: Self.day + 52_199)
        try goal.take(TestEvents.follow("late in the evening"))
        let evening = goal.texts(of: "count")

        try goal.wait(seconds: 1)
        try goal.take(TestEvents.follow("at midnight"))

        #expect(early == ["0 / 100"])
        #expect(evening == ["0 / 100"])
        #expect(goal.texts(of: "count") == ["1 / 100"])
    }

    @Test func `a goal counts its last day to the end`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["endAt": "2026-11-21"])
        try goal.wait(seconds: 52_199)
        try goal.take(TestEvents.follow("late in the evening"))
        let isOver = !goal.elements("over").isEmpty

        try goal.wait(seconds: 1)
        try goal.take(TestEvents.follow("at midnight"), TestEvents.follow("later"))

        #expect(!isOver)
        #expect(goal.texts(of: "count") == ["1 / 100"])
        #expect(goal.elements("over").count == 1)
    }

    @Test func `what came after the end counts when the end is put off`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["endAt": "2026-11-21"])
        try goal.take(TestEvents.follow("1"))
        try goal.wait(seconds: Self.day)
        try goal.take(TestEvents.follow("2"))

        try goal.change(["endAt": "2026-11-30"])

        #expect(goal.texts(of: "count") == ["2 / 100"])
        #expect(goal.elements("over").isEmpty)
    }

    @Test func `a goal that ended before it was made shows nothing counted`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["endAt": "2026-11-20", "startValue": 7])

        try goal.take(TestEvents.follow("1"))

        #expect(goal.texts(of: "count") == ["7 / 100"])
    }

    @Test func `a new first day begins at nothing, and an old one has what it had`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["startAt": "2026-11-21"])
        try goal.take(TestEvents.follow("1"), TestEvents.follow("2"))
        try goal.wait(seconds: Self.day)

        try goal.change(["startAt": "2026-11-22"])
        try goal.take(TestEvents.follow("3"))
        let second = goal.texts(of: "count")
        try goal.change(["startAt": "2026-11-21"])

        #expect(second == ["1 / 100"])
        #expect(goal.texts(of: "count") == ["3 / 100"])
    }

    @Test func `a first day before the widget was placed counts everything`() throws {
        var goal = try WidgetRun(GoalsWidget())
        try goal.take(TestEvents.follow("1"))
        try goal.wait(seconds: Self.day * 3)
        try goal.take(TestEvents.follow("2"))

        try goal.change(["startAt": "2020-02-29"])

        #expect(goal.texts(of: "count") == ["2 / 100"])
    }

    @Test func `a first day in the past, after the widget was placed, counts from the beginning of today`() throws {
        var goal = try WidgetRun(GoalsWidget())
        try goal.take(TestEvents.follow("1"))
        try goal.wait(seconds: Self.day * 3)
        try goal.take(TestEvents.follow("2"))

        try goal.change(["startAt": "2026-11-22"])

        #expect(goal.texts(of: "count") == ["1 / 100"])
    }

    @Test func `an end before the beginning leaves nothing`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["startAt": "2026-11-22", "endAt": "2026-11-21"])
        try goal.take(TestEvents.follow("1"))
        try goal.wait(seconds: Self.day)

        try goal.take(TestEvents.follow("2"))

        #expect(goal.texts(of: "count") == ["0 / 100"])
    }

    @Test func `tips and points keep to the days as well, and so does what is left out`() throws {
        for goalType in ["tips", "custom"] {
            var goal = try WidgetRun(
                GoalsWidget(),
                ["goalType": .string(goalType), "startAt": "2026-11-22", "weights": ["tip": 1]]
            )
            try goal.take(TestEvents.tip("1", 150), TestEvents.tip("2", 500, "CHF"))
            let before = goal.elements("note").count
            try goal.wait(seconds: Self.day)

            try goal.take(TestEvents.tip("3", 150), TestEvents.tip("4", 500, "CHF"), TestEvents.tip("5", 500, "SEK"))

            #expect(before == 0)
            #expect(goal.texts(of: "count") == [goalType == "tips" ? "$1.50 / $100.00" : "1 / 100"])
            #expect(goal.texts(of: "note") == ["+2 tips in CHF, SEK not counted"])
        }
    }
}
