import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct FoldedAlertsTests {
    @Test func `fifty waiting alerts need no summary`() throws {
        var events = try WidgetRun(EventsWidget(), ["displayDuration": 3])
        for number in 1...50 { try events.take(TestEvents.follow("\(number)", by: "Viewer\(number)")) }

        try events.take(TestEvents.overlay(open: true))

        try #expect(events.names() == (1...50).map { "Viewer\($0)" })
    }

    @Test func `what is beyond fifty is told of at the end, kind by kind`() throws {
        var events = try WidgetRun(EventsWidget(), ["displayDuration": 3])
        for number in 1...50 { try events.take(TestEvents.follow("\(number)", by: "Viewer\(number)")) }

        for number in 51...62 { try events.take(TestEvents.follow("\(number)")) }
        try events.take(TestEvents.raid("63", of: 5))
        try events.take(TestEvents.overlay(open: true))

        let sentences = try events.sentences()
        #expect(sentences.count == 52)
        #expect(sentences.suffix(2) == ["and 12 more follows", "and 1 more raid"])
    }

    @Test func `the one that would come last is counted, not the important one that came last`() throws {
        var events = try WidgetRun(EventsWidget(), ["displayDuration": 3])
        for number in 1...50 { try events.take(TestEvents.follow("\(number)", by: "Viewer\(number)")) }

        try events.take(TestEvents.tip("51", 10_000, by: "Rich"))
        try events.take(TestEvents.overlay(open: true))

        let sentences = try events.sentences()
        #expect(sentences.first == "Rich tipped $100.00")
        #expect(sentences.suffix(2) == ["Viewer49 is now following", "and 1 more follow"])
    }

    @Test func `a summary of tips has the sum of each currency`() throws {
        var events = try WidgetRun(EventsWidget())
        for number in 1...50 { try events.take(TestEvents.tip("\(number)", 9999)) }

        try events.take(
            TestEvents.tip("51", 500),
            TestEvents.tip("52", 700, "EUR"),
            TestEvents.tip("53", 250)
        )
        try events.take(TestEvents.overlay(open: true))
        for _ in 1...50 { try events.awaitNext() }

        #expect(events.texts == ["Tips", "and 3 more tips", "$7.50 + €7.00"])
        #expect(events.elements("alert").first?.source == nil)
        #expect(events.report?.current == nil)
    }

    @Test func `a tip that is given back is taken out of the summary that waits`() throws {
        var events = try Self.full()
        try events.take(TestEvents.tip("51", 500), TestEvents.tip("52", 700, "EUR"), TestEvents.tip("53", 250))

        try events.take(TestEvents.deletion(of: "51"), TestEvents.deletion(of: "52"), TestEvents.deletion(of: "51"))
        try Self.showSummary(&events)

        #expect(events.texts == ["Tips", "and 1 more tip", "$2.50"])
    }

    @Test func `a summary of which every tip is given back is not shown`() throws {
        var events = try Self.full()
        try events.take(TestEvents.tip("51", 500), TestEvents.tip("52", 700))

        try events.take(TestEvents.deletion(of: "51"), TestEvents.deletion(of: "52"))
        try Self.showSummary(&events)

        #expect(events.view == View())
        #expect(events.timers.isEmpty)
    }

    @Test func `another platform's tip of the same id stays counted`() throws {
        var events = try Self.full()
        try events.take(TestEvents.tip("51", 500, on: "kofi"), TestEvents.tip("52", 250, on: "kofi"))

        try events.take(TestEvents.deletion(of: "51", on: "stripe"), TestEvents.deletion(of: "52", on: "kofi"))
        try Self.showSummary(&events)

        #expect(events.texts(of: "sentence") == ["and 1 more tip"])
        #expect(events.texts(of: "detail") == ["$5.00"])
    }

    @Test func `a currency that had no room takes nothing away and gets no half sum`() throws {
        var events = try Self.full()
        for (number, currency) in ["USD", "EUR", "GBP", "CHF", "SEK"].enumerated() {
            try events.take(TestEvents.tip("\(51 + number)", 500, currency))
        }

        try events.take(TestEvents.deletion(of: "51"), TestEvents.tip("56", 500, "SEK"), TestEvents.deletion(of: "55"))
        try Self.showSummary(&events)

        #expect(events.texts == ["Tips", "and 4 more tips", "€5.00 + £5.00 + 5.00 CHF"])
    }

    @Test func `a summary knows its last hundred tips, an earlier one stays counted`() throws {
        var events = try Self.full()
        for number in 51...151 { try events.take(TestEvents.tip("\(number)", 500)) }

        try events.take(TestEvents.deletion(of: "51"), TestEvents.deletion(of: "52"))
        try Self.showSummary(&events)

        #expect(events.texts == ["Tips", "and 100 more tips", "$500.00"])
    }

    @Test func `what is given back while its summary is on screen changes nothing there`() throws {
        var events = try Self.full()
        try events.take(TestEvents.tip("51", 500))
        try Self.showSummary(&events)
        let before = events.view

        try events.take(TestEvents.deletion(of: "51"))

        #expect(events.texts(of: "sentence") == ["and 1 more tip"])
        #expect(events.view == before)
    }

    @Test func `a summary of an earlier version is read and takes nothing back`() throws {
        let sums: JSONValue = [["minor": 750, "currency": "USD"]]
        let folded: JSONValue = [
            "kind": "tip", "test": false, "count": 2, "newest": 1_795_253_400_000, "sums": sums,
        ]
        let old: JSONValue = [
            "isOverlayOpen": false, "queue": ["waiting": [], "folded": [folded]], "gifts": [:], "subscriptions": [:],
        ]
        let widget = EventsWidget()
        let config = EventsWidget.Config(try widget.manifest.configSchema.validate([:]))
        var context = WidgetContext(now: Timestamp(milliseconds: 1_795_253_460_000), seed: 0)

        var state = try #require(EventsWidget.State(json: old))
        widget.handle(TestEvents.deletion(of: "51"), state: &state, config: config, context: &context)

        let read = state.json["queue"]?["folded"]?.arrayValue?.first
        #expect(read?["count"]?.integerValue == 2)
        #expect(read?["sums"] == sums)
    }

    @Test func `a summary hides sums where amounts are hidden`() throws {
        var events = try WidgetRun(EventsWidget(), ["showAmount": false])
        for number in 1...51 { try events.take(TestEvents.tip("\(number)", 9999)) }

        try events.take(TestEvents.overlay(open: true))
        for _ in 1...50 { try events.awaitNext() }

        #expect(events.texts == ["Tips", "and 1 more tip"])
    }

    @Test func `what was only tried out is not added to what really happened`() throws {
        var events = try WidgetRun(EventsWidget())
        for number in 1...50 { try events.take(TestEvents.tip("\(number)", 9999)) }

        try events.take(TestEvents.tip("51", 500), TestEvents.tip("52", 700, isTest: true))
        try events.take(TestEvents.overlay(open: true))
        for _ in 1...50 { try events.awaitNext() }

        #expect(events.texts(of: "detail") == ["$5.00"])
    }

    @Test func `sums that no number holds do not stop the stream`() throws {
        var events = try WidgetRun(EventsWidget())
        for number in 1...52 { try events.take(TestEvents.tip("\(number)", .max)) }

        try events.take(TestEvents.overlay(open: true))
        for _ in 1...50 { try events.awaitNext() }

        #expect(events.texts(of: "sentence") == ["and 2 more tips"])
        #expect(events.texts(of: "detail") == ["$92233720368547758.07"])
    }

    // MARK: Steps

    /// A queue that has room for no more, of tips that all go before smaller ones.
    private static func full() throws -> WidgetRun<EventsWidget> {
        var events = try WidgetRun(EventsWidget())
        for number in 1...50 { try events.take(TestEvents.tip("\(number)", 9999)) }
        return events
    }

    /// Lets the fifty alerts pass that go before it.
    private static func showSummary(_ events: inout WidgetRun<EventsWidget>) throws {
        try events.take(TestEvents.overlay(open: true))
        for _ in 1...50 { try events.awaitNext() }
    }
}
