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
}
