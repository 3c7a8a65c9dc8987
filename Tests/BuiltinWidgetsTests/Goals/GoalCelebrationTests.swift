import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

/// ``WidgetRun`` reads the state back from its JSON after every event, as after a restart.
@Suite struct GoalCelebrationTests {
    @Test func `reaching the goal is celebrated for eight seconds`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2])
        try goal.take(TestEvents.follow("1"))
        let before = goal.elements("celebrating").count

        try goal.take(TestEvents.follow("2"))
        let cheer = goal.texts(of: "cheer")
        try goal.wait(seconds: 7)
        let late = goal.elements("celebrating").count
        try goal.wait(seconds: 1)

        #expect(before == 0)
        #expect(cheer == ["Goal reached"])
        #expect(late == 1)
        #expect(goal.elements("celebrating").isEmpty)
        #expect(goal.elements("confetti").isEmpty)
        #expect(goal.elements("reached").count == 1)
        #expect(goal.timers.isEmpty)
    }

    @Test func `a goal is celebrated once, whatever comes and however the settings change`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 2])
        try goal.take(TestEvents.follow("1"), TestEvents.follow("2"))
        try goal.wait(seconds: 8)
        var celebrations = 0

        for settings in [
            ["target": 2, "style": "circle"], ["target": 50], ["target": 2], ["target": 2, "goalType": "bits"],
            ["target": 2, "celebrate": false], ["target": 2, "startValue": 9], ["target": 2, "startValue": 0],
            ["target": 2, "currentSource": "manual"], ["target": 2],
        ] as [JSONValue] {
            try goal.change(settings)
            try goal.take(TestEvents.follow("again"))
            celebrations += goal.elements("celebrating").count
        }

        #expect(celebrations == 0)
    }

    @Test func `falling below the target and reaching it again is not celebrated again`() throws {
        var goal = try WidgetRun(GoalsWidget())
        try goal.take(TestEvents.counts(followers: 99), TestEvents.follow("1"))
        // Until the follow must be in the platform's number.
        try goal.wait(seconds: 120)

        try goal.take(TestEvents.counts(followers: 98), TestEvents.follow("2"), TestEvents.follow("3"))

        #expect(goal.texts(of: "count") == ["100 / 100"])
        #expect(goal.elements("celebrating").isEmpty)
    }

    @Test func `another target, kind or first day is another goal`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 1])
        try goal.take(TestEvents.follow("1"))
        try goal.wait(seconds: 8)
        var celebrations: [Int] = []

        for settings in [
            ["target": 3], ["target": 6, "goalType": "subscribers"], ["target": 1, "startAt": "2026-11-21"],
        ] as [JSONValue] {
            try goal.change(settings)
            #expect(goal.elements("celebrating").isEmpty)
            for number in 1...3 {
                try goal.take(TestEvents.follow("f\(number)"), TestEvents.subscription("s\(number)"))
            }
            celebrations.append(goal.elements("celebrating").count)
            try goal.wait(seconds: 8)
        }

        // The last one stands at its target when it is set, for its day is today.
        #expect(celebrations == [1, 1, 0])
    }

    @Test func `a goal that is set below its value is no achievement, then or later`() throws {
        var goal = try WidgetRun(GoalsWidget())
        try goal.take(TestEvents.follow("1"), TestEvents.follow("2"))

        try goal.change(["target": 2])
        let changed = goal.elements("celebrating").count
        try goal.take(TestEvents.follow("3"))

        #expect(changed == 0)
        #expect(goal.elements("celebrating").isEmpty)
    }

    @Test func `a goal that stands at its target when it is placed is no achievement`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 5, "startValue": 5])

        try goal.take(TestEvents.follow("1"))

        #expect(goal.elements("celebrating").isEmpty)
    }

    @Test func `a manual goal is reached when the streamer sets its value`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["currentSource": "manual", "currentValue": 99])

        try goal.change(["currentSource": "manual", "currentValue": 100])
        let reached = goal.elements("celebrating").count
        try goal.wait(seconds: 8)
        try goal.change(["currentSource": "manual", "currentValue": 99])
        try goal.change(["currentSource": "manual", "currentValue": 120])

        #expect(reached == 1)
        #expect(goal.elements("celebrating").isEmpty)
    }

    @Test func `a lower target of a manual goal is no achievement`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["currentSource": "manual", "currentValue": 50])

        try goal.change(["currentSource": "manual", "currentValue": 50, "target": 40])

        #expect(goal.elements("celebrating").isEmpty)
        #expect(goal.elements("reached").count == 1)
    }

    @Test func `who wants no celebration gets none, and no late one`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 1, "celebrate": false])
        try goal.take(TestEvents.follow("1"))
        let without = goal.elements("celebrating").count

        try goal.change(["target": 1])
        try goal.take(TestEvents.follow("2"))

        #expect(without == 0)
        #expect(goal.elements("celebrating").isEmpty)
        #expect(goal.timers.isEmpty)
    }

    @Test(arguments: [["target": 1, "celebrate": false], ["target": 2]] as [JSONValue])
    func `a celebration ends when it is switched off or the goal is another`(settings: JSONValue) throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 1])
        try goal.take(TestEvents.follow("1"))

        try goal.change(settings)
        let after = goal.elements("celebrating").count
        let timers = goal.timers.count
        try goal.change(["target": 1])

        #expect(after == 0)
        #expect(timers == 0)
        #expect(goal.elements("celebrating").isEmpty)
    }

    @Test func `a look of another kind does not end the celebration`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 1])
        try goal.take(TestEvents.follow("1"))

        try goal.change(["target": 1, "style": "circle"])

        #expect(goal.elements("celebrating").count == 1)
        #expect(goal.timers.count == 1)
    }

    @Test func `twenty goals are remembered`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["target": 1])
        try goal.take(TestEvents.follow("1"))

        for target in 2...40 {
            try goal.change(["target": .integer(Int64(target))])
            try goal.take(TestEvents.follow("\(target)"))
        }

        #expect(goal.state.json["reached"]?.arrayValue?.count == 20)
        #expect(goal.state.json["reached"]?.arrayValue?.last == "followers/40/")
    }
}
