import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct TipDonationsTests {
    @Test func `before the first tip nothing is shown`() throws {
        for style in ["card", "list", "ticker"] {
            let tips = try Self.run(["style": .string(style)])

            #expect(tips.view == View())
        }
    }

    @Test func `a tip is shown at once and alone needs no timer`() throws {
        var tips = try Self.run()

        try tips.take(TestEvents.tip("1", 500, by: "Nova", message: "for coffee"))

        #expect(tips.texts == ["TIP:", "Nova", "$5.00", "for coffee"])
        #expect(tips.elements("card").first?.source == Event.ID("1"))
        #expect(tips.timers.isEmpty)
    }

    @Test func `tips take turns, from the newest to the oldest and around`() throws {
        var tips = try Self.run(["interval": 5])
        for name in ["First", "Second", "Third"] { try tips.take(TestEvents.tip(name, 500, by: name)) }

        var names: [String] = tips.texts(of: "name")
        for _ in 1...3 {
            try tips.wait(seconds: 5)
            names += tips.texts(of: "name")
        }

        #expect(names == ["Third", "Second", "First", "Third"])
    }

    @Test func `a new tip is shown at once and has its full time`() throws {
        var tips = try Self.run(["interval": 5])
        try tips.take(TestEvents.tip("1", 500, by: "First"), TestEvents.tip("2", 500, by: "Second"))
        try tips.wait(seconds: 9)

        try tips.take(TestEvents.tip("3", 500, by: "Third"))
        try tips.wait(seconds: 4)
        let before = tips.texts(of: "name")
        try tips.wait(seconds: 1)

        #expect(before == ["Third"])
        #expect(tips.texts(of: "name") == ["Second"])
    }

    @Test(arguments: [3, 10]) func `only as many tips as the streamer wants take turns`(maxItems: Int64) throws {
        var tips = try Self.run(["maxItems": .integer(maxItems), "interval": 5])
        for number in 1...12 { try tips.take(TestEvents.tip("\(number)", 500, by: "Viewer\(number)")) }

        var names: Set<String> = []
        for _ in 1...12 {
            try tips.wait(seconds: 5)
            names.formUnion(tips.texts(of: "name"))
        }

        #expect(names == Set((13 - maxItems...12).map { "Viewer\($0)" }))
    }

    @Test func `who asks for more tips sees those that came before`() throws {
        var tips = try Self.run(["maxItems": 3, "style": "list"])
        for number in 1...5 { try tips.take(TestEvents.tip("\(number)", 500, by: "Viewer\(number)")) }

        try tips.change(["mode": "donations", "maxItems": 10, "style": "list"])

        #expect(tips.texts(of: "name") == ["Viewer5", "Viewer4", "Viewer3", "Viewer2", "Viewer1"])
    }

    @Test func `a tip below the smallest amount is not shown, and when that rises leaves`() throws {
        var tips = try Self.run(["minAmount": 500, "style": "list"])
        try tips.take(
            TestEvents.tip("1", 500, by: "Enough"),
            TestEvents.tip("2", 499, by: "TooLittle"),
            TestEvents.tip("3", 501, by: "More")
        )
        let shown = tips.texts(of: "name")

        try tips.change(["mode": "donations", "minAmount": 501, "style": "list"])

        #expect(shown == ["More", "Enough"])
        #expect(tips.texts(of: "name") == ["More"])
    }

    @Test func `bits and kicks are shown as what they are`() throws {
        var tips = try Self.run()

        try tips.take(TestEvents.tip("1", 250, "BITS", kind: .bits))
        let bits = tips.texts(of: "amount")
        try tips.take(TestEvents.tip("2", 300, "KICKS", kind: .kicks))

        #expect(bits == ["250 bits"])
        #expect(tips.texts(of: "amount") == ["300 kicks"])
    }

    @Test(arguments: ["card", "list", "ticker"])
    func `amounts and prefix can be left out`(style: String) throws {
        var tips = try Self.run(["showAmounts": false, "prefix": "", "style": .string(style)])

        try tips.take(TestEvents.tip("1", 500, by: nil))

        #expect(Set(tips.texts) == ["Anonymous"])
        #expect(tips.elements("prefix").isEmpty)
    }

    @Test func `a test tip is shown`() throws {
        var tips = try Self.run()

        try tips.take(TestEvents.tip("1", 500, isTest: true))

        #expect(tips.elements("card").count == 1)
    }

    @Test func `after messages, tips begin with the newest, whatever had its turn`() throws {
        var tips = try WidgetRun(TipsWidget(), ["messages": [["text": "One"], ["text": "Two"], ["text": "Three"]]])
        for name in ["First", "Second", "Third"] { try tips.take(TestEvents.tip(name, 500, by: name)) }
        try tips.wait(seconds: 8)

        try tips.change(["mode": "donations"])

        #expect(tips.texts(of: "name") == ["Third"])
    }

    @Test func `ten tips are remembered`() throws {
        var tips = try Self.run()

        for number in 1...30 { try tips.take(TestEvents.tip("\(number)", 500)) }

        #expect(tips.state.json["tips"]?.arrayValue?.count == 10)
    }

    @Test func `tips that come while messages are shown wait for their time`() throws {
        var tips = try WidgetRun(TipsWidget(), ["messages": [["text": "Hello"]]])
        try tips.take(TestEvents.tip("1", 500, by: "Nova"))
        let before = tips.texts

        try tips.change(["mode": "donations"])

        #expect(before == ["TIP:", "Hello"])
        #expect(tips.texts(of: "name") == ["Nova"])
    }

    // MARK: Ages

    @Test func `tips grow older while one looks`() throws {
        var tips = try Self.run(["showTimestamps": true])
        try tips.take(TestEvents.tip("1", 500))
        var ages: [String] = tips.texts(of: "age")

        for seconds: Int64 in [59, 1, 59 * 60 - 1, 1, 3600, 21 * 3600, 3600, 24 * 3600] {
            try tips.wait(seconds: seconds)
            ages += tips.texts(of: "age")
        }

        #expect(ages == ["now", "now", "1 min", "59 min", "1 h", "2 h", "23 h", "1 d", "2 d"])
    }

    @Test func `ages are told only when the streamer wants them, and cost nothing without`() throws {
        var tips = try Self.run()
        try tips.take(TestEvents.tip("1", 500))
        let without = (tips.elements("age").count, tips.timers.count)

        try tips.change(["mode": "donations", "showTimestamps": true])
        let with = (tips.texts(of: "age"), tips.timers.keys.sorted())
        try tips.change(["mode": "messages", "showTimestamps": true])

        #expect(without == (0, 0))
        #expect(with == (["now"], ["age"]))
        #expect(tips.timers.isEmpty)
    }

    @Test func `ages that are switched on later are those of then`() throws {
        var tips = try Self.run()
        try tips.take(TestEvents.tip("1", 500))
        try tips.wait(seconds: 7200)

        try tips.change(["mode": "donations", "showTimestamps": true])

        #expect(tips.texts(of: "age") == ["2 h"])
    }

    @Test func `an overlay that opens later tells the ages of then`() throws {
        var tips = try Self.run(["showTimestamps": true])
        try tips.take(TestEvents.tip("1", 500), TestEvents.overlay(open: false))
        try tips.wait(seconds: 7200)

        try tips.take(TestEvents.overlay(open: true))

        #expect(tips.texts(of: "age") == ["2 h"])
    }

    @Test func `a tip of version 1.0.0 has no age, and stays`() throws {
        let widget = TipsWidget()
        let old: JSONValue = [
            "tips": [
                [
                    "origin": ["platform": "twitch", "id": "1"], "name": "Nova", "amount": "$5.00", "message": "",
                ]
            ],
            "position": 0,
        ]

        let config = TipsWidget.Config(
            try widget.manifest.configSchema.validate(["mode": "donations", "showTimestamps": true])
        )
        let state = try #require(TipsWidget.State(json: widget.migrate(state: old, from: "1.0.0")))

        #expect(ViewMeasure(widget.render(state, config: config)).texts == ["TIP:", "Nova", "$5.00"])
    }

    // MARK: Moderation

    @Test func `a viewer who is cleared leaves with every tip, and the one on screen stays`() throws {
        var tips = try Self.run(["interval": 5])
        try tips.take(
            TestEvents.tip("1", 500, by: "Kind"),
            TestEvents.tip("2", 500, by: "Rude"),
            TestEvents.tip("3", 500, by: "Nice"),
            TestEvents.tip("4", 500, by: "Rude")
        )
        try tips.wait(seconds: 5)
        let before = tips.texts(of: "name")

        try tips.take(TestEvents.clearing(of: "id-Rude"))
        var names = tips.texts(of: "name")
        for _ in 1...2 {
            try tips.wait(seconds: 5)
            names += tips.texts(of: "name")
        }

        #expect(before == ["Nice"])
        #expect(names == ["Nice", "Kind", "Nice"])
    }

    @Test func `when the tip on screen is cleared the next older one comes`() throws {
        var tips = try Self.run(["interval": 5])
        for name in ["Kind", "Rude", "Nice"] { try tips.take(TestEvents.tip(name, 500, by: name)) }
        try tips.wait(seconds: 5)

        try tips.take(TestEvents.clearing(of: "id-Rude"))

        #expect(tips.texts(of: "name") == ["Kind"])
    }

    @Test func `a tip that is deleted leaves, and with the last one the widget is still`() throws {
        var tips = try Self.run(["showTimestamps": true])
        try tips.take(TestEvents.tip("1", 500, by: "Kind"), TestEvents.tip("2", 500, by: "Rude"))

        try tips.take(TestEvents.deletion(of: "2"))
        let names = tips.texts(of: "name")
        let timers = tips.timers.keys.sorted()
        try tips.take(TestEvents.deletion(of: "1"))

        #expect(names == ["Kind"])
        #expect(timers == ["age"])
        #expect(tips.view == View())
        #expect(tips.timers.isEmpty)
    }

    @Test func `another platform's moderators and a cleared chat leave tips alone`() throws {
        var tips = try Self.run()
        try tips.take(TestEvents.tip("1", 500, by: "Kind"))

        try tips.take(
            TestEvents.clearing(of: "id-Kind", on: "kick"),
            TestEvents.deletion(of: "1", on: "kick"),
            TestEvents.clearing(of: nil)
        )

        #expect(tips.texts(of: "name") == ["Kind"])
    }

    private static func run(_ settings: JSONObject = [:]) throws -> WidgetRun<TipsWidget> {
        var settings = settings
        settings["mode"] = "donations"
        return try WidgetRun(TipsWidget(), .object(settings))
    }
}
