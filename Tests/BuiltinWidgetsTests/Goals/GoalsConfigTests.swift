import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct GoalsConfigTests {
    private let schema = GoalsWidget().manifest.configSchema

    @Test func `every setting has the default that is written down`() {
        let weights: JSONValue = [
            "follow": 1, "subTier1": 5, "subTier2": 10, "subTier3": 25, "giftTier1": 5, "giftTier2": 10,
            "giftTier3": 25, "tip": 1, "bits": 1, "kicks": 1, "raid": 0,
        ]

        #expect(
            schema.defaults == [
                "goalType": "followers", "target": 100, "label": "Follower Goal", "currency": "USD", "startAt": "",
                "endAt": "", "currentSource": "auto", "currentValue": 0, "startValue": 0, "countRenewals": false,
                "style": "bar", "showPercentage": true, "colorMode": "theme", "barColor": "#5EA8FF",
                "celebrate": true, "weights": weights,
                "platformWeights": ["twitch": 100, "kick": 100, "other": 100],
            ]
        )
    }

    @Test(
        arguments: [
            ["goalType": "custom"], ["target": 1], ["target": 10_000_000], ["label": ""], ["currency": "chf"],
            ["startAt": "2028-02-29"], ["endAt": "2026-11-21"], ["endAt": ""], ["currentSource": "manual"],
            ["currentValue": 0], ["currentValue": 10_000_000], ["startValue": 10_000_000], ["style": "circle"],
            ["colorMode": "custom"], ["barColor": "#00ff00"], ["celebrate": false], ["countRenewals": true],
            ["label": .string(String(repeating: "x", count: 80))],
            ["weights": ["follow": 0]], ["platformWeights": ["kick": 1000]],
        ] as [JSONValue]
    )
    func `a setting within its range is taken`(config: JSONValue) {
        #expect(throws: Never.self) { try schema.validate(config) }
    }

    @Test(
        arguments: [
            ["goalType": "hugs"], ["target": 0], ["target": 10_000_001], ["target": 1.5], ["currency": "US"],
            ["currency": "U$D"], ["currency": "EURO"], ["currency": ""], ["startAt": "2026-02-30"],
            ["startAt": "21.11.2026"], ["endAt": "tomorrow"], ["currentSource": "api"], ["currentValue": -1],
            ["currentValue": 10_000_001], ["startValue": -1], ["style": "donut"], ["colorMode": "own"],
            ["label": .string(String(repeating: "x", count: 81))], ["barColor": "red"], ["barColor": ""],
            ["celebrate": "yes"], ["showPercentage": 1], ["goal": 5],
        ] as [JSONValue]
    )
    func `a setting out of its range is refused`(config: JSONValue) {
        #expect(throws: ConfigError.self) { try schema.validate(config) }
    }

    @Test func `the settings of version 1.0.0 still fit`() throws {
        let old: JSONObject = [
            "goalType": "tips", "target": 50, "label": "Coffee", "style": "number", "currency": "",
        ]

        let config = GoalsWidget().migrate(config: old, from: "1.0.0")

        let checked = try schema.validate(.object(config))
        #expect(checked["currency"] == "USD")
        #expect(checked["label"] == "Coffee")
        #expect(GoalsWidget().migrate(config: ["currency": "EUR"], from: "1.0.0")["currency"] == "EUR")
    }

    @Test(
        arguments: [
            ("followers", "7 / 100"), ("subscribers", "5 / 100"), ("bits", "300 / 100"), ("tips", "$12.50 / $100.00"),
        ]
    )
    func `what version 1.0.0 had counted is not lost`(goalType: String, count: String) throws {
        #expect(try Self.texts(of: ["goalType": .string(goalType)]).contains(count))
    }

    @Test func `what version 1.0.0 had counted is part of the platform's own number`() throws {
        let shown = try Self.texts(
            of: ["target": 2000],
            after: [TestEvents.follow("1"), TestEvents.counts(followers: 1280), TestEvents.follow("2", on: "kick")]
        )

        #expect(shown.contains("1281 / 2000"))
    }

    @Test func `a goal that version 1.0.0 had reached is not celebrated now`() throws {
        let shown = try Self.texts(of: ["target": 5], after: [TestEvents.follow("1")])

        #expect(shown.contains("8 / 5"))
        #expect(!shown.contains("Goal reached"))
    }

    @Test func `a state of this version is kept as it is`() {
        let state: JSONValue = ["follows": 1]

        #expect(GoalsWidget().migrate(state: state, from: "1.1.0") == state)
    }

    /// What a goal shows that goes on from a state of version 1.0.0.
    private static func texts(of settings: JSONValue, after events: [Event] = []) throws -> [String] {
        let widget = GoalsWidget()
        let config = GoalsWidget.Config(try widget.manifest.configSchema.validate(settings))
        let old: JSONValue = [
            "follows": 7, "subscriptions": 5, "bits": 300, "tips": ["minor": 1250, "currency": "USD"],
        ]
        var state = try #require(GoalsWidget.State(json: widget.migrate(state: old, from: "1.0.0")))
        for event in events {
            var context = WidgetContext(now: Timestamp(milliseconds: 1_795_253_400_000))
            widget.handle(event, state: &state, config: config, context: &context)
        }
        return ViewMeasure(widget.render(state, config: config)).texts
    }
}
