import BuiltinWidgets
import Testing
import WidgetAPI

@Suite struct TipsWidgetTests {
    @Test func `before the first tip nothing is shown`() throws {
        let tips = try WidgetRun(TipsWidget())

        #expect(tips.view == View())
    }

    @Test func `a tip is shown at once and alone needs no timer`() throws {
        var tips = try WidgetRun(TipsWidget())

        try tips.take(TestEvents.tip("1", 500, by: "Nova", message: "for coffee"))

        #expect(tips.texts == ["TIP:", "Nova", "$5.00", "for coffee"])
        #expect(tips.elements("card").first?.source == Event.ID("1"))
        #expect(tips.timers.isEmpty)
    }

    @Test func `tips take turns, from the newest to the oldest and around`() throws {
        var tips = try WidgetRun(TipsWidget(), ["interval": 5])
        for name in ["First", "Second", "Third"] { try tips.take(TestEvents.tip(name, 500, by: name)) }

        var names: [String] = tips.texts(of: "name")
        for _ in 1...3 {
            try tips.wait(seconds: 5)
            names += tips.texts(of: "name")
        }

        #expect(names == ["Third", "Second", "First", "Third"])
    }

    @Test func `a new tip has its full time`() throws {
        var tips = try WidgetRun(TipsWidget(), ["interval": 5])
        try tips.take(TestEvents.tip("1", 500, by: "First"), TestEvents.tip("2", 500, by: "Second"))
        try tips.wait(seconds: 4)

        try tips.take(TestEvents.tip("3", 500, by: "Third"))
        try tips.wait(seconds: 4)

        #expect(tips.texts(of: "name") == ["Third"])
    }

    @Test func `only as many tips as the streamer wants take turns`() throws {
        var tips = try WidgetRun(TipsWidget(), ["maxItems": 3, "interval": 5])
        for number in 1...5 { try tips.take(TestEvents.tip("\(number)", 500, by: "Viewer\(number)")) }

        var names: Set<String> = []
        for _ in 1...10 {
            try tips.wait(seconds: 5)
            names.formUnion(tips.texts(of: "name"))
        }

        #expect(names == ["Viewer3", "Viewer4", "Viewer5"])
    }

    @Test func `a tip below the smallest amount is not shown`() throws {
        var tips = try WidgetRun(TipsWidget(), ["minAmount": 500])

        try tips.take(TestEvents.tip("1", 500, by: "Enough"), TestEvents.tip("2", 499, by: "TooLittle"))

        #expect(tips.texts(of: "name") == ["Enough"])
    }

    @Test func `bits and kicks are shown as what they are`() throws {
        var tips = try WidgetRun(TipsWidget())

        try tips.take(TestEvents.tip("1", 250, "BITS", kind: .bits))
        let bits = tips.texts(of: "amount")
        try tips.take(TestEvents.tip("2", 300, "KICKS", kind: .kicks))

        #expect(bits == ["250 bits"])
        #expect(tips.texts(of: "amount") == ["300 kicks"])
    }

    @Test func `amounts and prefix can be left out`() throws {
        var tips = try WidgetRun(TipsWidget(), ["showAmounts": false, "prefix": ""])

        try tips.take(TestEvents.tip("1", 500, by: nil))

        #expect(tips.texts == ["Anonymous"])
    }

    @Test func `a test tip is shown`() throws {
        var tips = try WidgetRun(TipsWidget())

        try tips.take(TestEvents.tip("1", 500, isTest: true))

        #expect(tips.elements("card").count == 1)
    }
}
