import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct GoalsViewTests {
    @Test func `a bar is drawn like this`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["colorMode": "custom", "barColor": "#FF4FD8"])

        for number in 1...68 { try goal.take(TestEvents.follow("\(number)")) }

        #expect(
            ViewMeasure(goal.view).json == [
                [
                    "div", ["class": "goal bar", "style": ["--goal-color": "#FF4FD8"]],
                    [
                        "div", ["class": "top"],
                        ["span", ["class": "label", "dir": "auto"], "Follower Goal"],
                        ["span", ["class": "percent"], "68 %"],
                    ],
                    ["div", ["class": "track"], ["div", ["class": "fill", "style": ["--fill": "68%"]]]],
                    ["div", ["class": "bottom"], ["span", ["k": "68", "class": "count"], "68 / 100"]],
                ]
            ]
        )
    }

    @Test func `a circle is drawn like this`() throws {
        var goal = try WidgetRun(
            GoalsWidget(),
            ["style": "circle", "goalType": "tips", "currency": "EUR", "target": 10, "label": "Coffee"]
        )

        try goal.take(TestEvents.tip("1", 250, "EUR"), TestEvents.tip("2", 300, "CHF"))

        #expect(
            ViewMeasure(goal.view).json == [
                [
                    "div", ["class": "goal circle noted"],
                    [
                        "div", ["class": "dial"],
                        [
                            "svg", ["viewBox": "2 2 36 36"],
                            ["circle", ["class": "rail"]],
                            ["circle", ["class": "ring", "style": ["--fill": "25"]]],
                            ["text", ["class": "percent"], "25 %"],
                        ],
                    ],
                    [
                        "div", ["class": "side"],
                        ["span", ["class": "label", "dir": "auto"], "Coffee"],
                        [
                            "div", ["class": "bottom"],
                            ["span", ["k": "250", "class": "count"], "€2.50 / €10.00"],
                            ["span", ["k": "note", "class": "note"], "+1 tip in CHF not counted"],
                        ],
                    ],
                ]
            ]
        )
    }

    @Test func `a number is drawn like this, and a celebration with it`() throws {
        var goal = try WidgetRun(
            GoalsWidget(),
            ["style": "number", "target": 1, "showPercentage": false, "label": "One"]
        )

        try goal.take(TestEvents.follow("1"))

        let shown = ViewMeasure(goal.view).json.arrayValue?.first?.arrayValue ?? []
        #expect(
            Array(shown.dropLast()) == [
                "div", ["class": "goal number reached celebrating"],
                ["div", ["class": "top"], ["span", ["class": "label", "dir": "auto"], "One"]],
                [
                    "div", ["class": "bottom"],
                    ["span", ["k": "1", "class": "count"], "1 / 1"],
                    ["span", ["k": "cheer", "class": "cheer"], "Goal reached"],
                ],
            ]
        )
        let confetti = shown.last?.arrayValue ?? []
        #expect(Array(confetti.prefix(2)) == ["div", ["class": "confetti"]])
        #expect(confetti.count == 30)
        #expect(
            confetti.last == [
                "i",
                [
                    "style": [
                        "--from": "4%", "--turn": "-171deg", "animation-delay": "1350ms",
                        "animation-duration": "2200ms",
                    ]
                ],
            ]
        )
    }

    @Test func `a circle that is empty has no dot, and one that is over is full`() throws {
        var goal = try WidgetRun(GoalsWidget(), ["style": "circle", "target": 2])
        let empty = goal.elements("empty").count

        for number in 1...3 { try goal.take(TestEvents.follow("\(number)")) }

        #expect(empty == 1)
        #expect(goal.elements("empty").isEmpty)
        #expect(goal.elements("ring").first?.style == [Style(.custom("fill"), "100")])
        #expect(goal.texts(of: "percent") == ["150 %"])
    }

    @Test(arguments: ["bar", "circle", "number"])
    func `the percentage can be left out`(style: String) throws {
        let with = try WidgetRun(GoalsWidget(), ["style": .string(style)])
        let without = try WidgetRun(GoalsWidget(), ["style": .string(style), "showPercentage": false])

        #expect(with.texts(of: "percent") == ["0 %"])
        #expect(without.elements("percent").isEmpty)
    }

    @Test func `the theme's colour is used until the streamer wants another`() throws {
        let theme = try WidgetRun(GoalsWidget(), ["barColor": "#FF4FD8"])
        let own = try WidgetRun(GoalsWidget(), ["colorMode": "custom"])

        #expect(theme.elements("goal").first?.style == [])
        #expect(own.elements("goal").first?.style == [Style(.custom("goal-color"), "#5EA8FF")])
    }

    @Test func `a number that is too long for large letters gets smaller ones`() throws {
        let short = try WidgetRun(GoalsWidget(), ["style": "number", "target": 10_000_000])
        let long = try WidgetRun(GoalsWidget(), ["style": "number", "target": 10_000_000, "startValue": 1000])

        #expect(short.elements("long").isEmpty)
        #expect(long.elements("long").count == 1)
    }
}
