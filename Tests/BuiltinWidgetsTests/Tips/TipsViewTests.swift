import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct TipsViewTests {
    @Test func `every setting has the default that is written down`() {
        #expect(
            TipsWidget().manifest.configSchema.defaults == [
                "mode": "messages", "messages": [], "style": "card", "animation": "fade", "interval": 8,
                "maxItems": 5, "prefix": "TIP:", "minAmount": 100, "showAmounts": true, "showTimestamps": false,
            ]
        )
    }

    @Test func `settings of version 1.0.0 go on to show tips`() {
        let widget = TipsWidget()

        #expect(widget.migrate(config: ["interval": 9], from: "1.0.0") == ["interval": 9, "mode": "donations"])
        #expect(widget.migrate(config: ["interval": 9], from: "1.1.0") == ["interval": 9])
    }

    @Test func `a card is drawn like this`() throws {
        var tips = try WidgetRun(TipsWidget(), ["mode": "donations", "showTimestamps": true, "animation": "slide"])

        try tips.take(TestEvents.tip("1", 500, by: "Nova", message: "for coffee"))

        #expect(
            ViewMeasure(tips.view).json == [
                [
                    "div", ["class": "tips as-card slide"],
                    [
                        "div", ["k": "twitch:1", "class": "card", "data-exit": "true"],
                        ["span", ["class": "prefix", "dir": "auto"], "TIP:"],
                        ["span", ["class": "name", "dir": "auto"], "Nova"],
                        ["span", ["class": "amount", "dir": "auto"], "$5.00"],
                        ["span", ["class": "age", "dir": "auto"], "now"],
                        ["span", ["class": "message", "dir": "auto"], "for coffee"],
                    ],
                ]
            ]
        )
    }

    @Test func `a list is drawn like this`() throws {
        let tips = try WidgetRun(
            TipsWidget(),
            ["style": "list", "prefix": "Read", "messages": [["text": "One"], ["text": "Two"]]]
        )

        #expect(
            ViewMeasure(tips.view).json == [
                [
                    "div", ["class": "tips as-list fade"],
                    ["span", ["class": "prefix", "dir": "auto"], "Read"],
                    [
                        "div", ["class": "pages"],
                        [
                            "div", ["k": "p0", "class": "page", "data-exit": "true"],
                            [
                                "div", ["k": "m0", "class": "row", "data-exit": "true"],
                                ["span", ["class": "text", "dir": "auto"], "One"],
                            ],
                            [
                                "div", ["k": "m1", "class": "row", "data-exit": "true"],
                                ["span", ["class": "text", "dir": "auto"], "Two"],
                            ],
                        ],
                    ],
                ]
            ]
        )
    }

    @Test func `a ticker is drawn like this, twice so that it never ends`() throws {
        var tips = try WidgetRun(TipsWidget(), ["mode": "donations", "style": "ticker", "showAmounts": false])

        try tips.take(TestEvents.tip("1", 500, by: "Nova"))

        let item: JSONValue = [
            "span", ["k": "twitch:1", "class": "item", "data-exit": "true"],
            ["span", ["class": "name", "dir": "auto"], "Nova"],
        ]
        let duration: JSONValue = ["animation-duration": "16000ms"]
        #expect(
            ViewMeasure(tips.view).json == [
                [
                    "div", ["class": "tips as-ticker fade"],
                    ["span", ["class": "prefix", "dir": "auto"], "TIP:"],
                    [
                        "div", ["class": "lane"],
                        ["div", ["class": "run", "style": duration], item],
                        ["div", ["class": "run", "aria-hidden": "true", "style": duration], item],
                    ],
                ]
            ]
        )
    }

    @Test func `a ticker takes longer for more text, and for wider letters`() throws {
        let durations = try [("x", 200), ("x", 100), ("漢", 100)].map { letter, count in
            let text = String(repeating: letter, count: count)
            let tips = try WidgetRun(TipsWidget(), ["style": "ticker", "messages": [["text": .string(text)]]])
            return tips.elements("run").first?.style.first?.value
        }

        #expect(durations == ["31620ms", "16120ms", "31620ms"])
    }

    @Test(arguments: [("card", "card", 1), ("list", "row", 2), ("ticker", "item", 4)])
    func `everything that a viewer wrote names the tip that it came with`(
        style: String,
        part: String,
        count: Int
    ) throws {
        var tips = try WidgetRun(TipsWidget(), ["mode": "donations", "style": .string(style)])

        try tips.take(TestEvents.tip("1", 500), TestEvents.tip("2", 500))

        #expect(tips.elements(part).count == count)
        #expect(tips.elements(part).allSatisfy { $0.source != nil })
    }

    @Test(
        arguments: [
            ["mode": "both"], ["style": "marquee"], ["animation": "zoom"], ["interval": 4], ["interval": 61],
            ["maxItems": 2], ["maxItems": 11], ["minAmount": 99], ["minAmount": 10_001], ["showAmounts": 1],
            ["showTimestamps": "yes"], ["prefix": "more than twenty letters"], ["speed": 1],
        ] as [JSONValue]
    )
    func `a setting out of its range is refused`(config: JSONValue) {
        #expect(throws: ConfigError.self) { try TipsWidget().manifest.configSchema.validate(config) }
    }
}
