import BuiltinWidgets
import Testing
import WidgetAPI

@Suite struct EventsQueueTests {
    @Test func `alerts wait until an overlay opens`() throws {
        var events = try WidgetRun(EventsWidget())
        try events.take(TestEvents.follow("1", by: "Nova"))
        let before = events.view

        try events.take(TestEvents.overlay(open: true))

        #expect(before == View())
        #expect(events.texts(of: "name") == ["Nova"])
    }

    @Test func `alerts come one at a time, in their order`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))
        let first = events.texts(of: "name")

        try events.wait(seconds: 5)

        #expect(first == ["First"])
        #expect(events.texts(of: "name") == ["Second"])
    }

    @Test func `an alert stays for as long as the streamer set and then leaves`() throws {
        var events = try openEvents(["displayDuration": 15])
        try events.take(TestEvents.follow("1"))

        try events.wait(seconds: 14)
        let late = events.elements("alert").count
        try events.wait(seconds: 1)

        #expect(late == 1)
        #expect(events.view == View())
        #expect(events.timers.isEmpty)
    }

    @Test func `the alert on screen ends after the last overlay has closed, and no other starts`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))

        try events.take(TestEvents.overlay(open: false))
        let atClose = events.texts(of: "name")
        try events.wait(seconds: 60)
        let whileClosed = events.view
        try events.take(TestEvents.overlay(open: true))

        #expect(atClose == ["First"])
        #expect(whileClosed == View())
        #expect(events.texts(of: "name") == ["Second"])
    }

    @Test func `an overlay that opens again leaves the alert on screen its time`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))
        try events.wait(seconds: 3)

        try events.take(TestEvents.overlay(open: false), TestEvents.overlay(open: true))
        try events.wait(seconds: 1)
        let early = events.texts(of: "name")
        try events.wait(seconds: 1)

        #expect(early == ["First"])
        #expect(events.texts(of: "name") == ["Second"])
    }

    @Test func `the fifty-first waiting alert is told of at the end`() throws {
        var events = try WidgetRun(EventsWidget(), ["displayDuration": 3])
        for number in 1...52 { try events.take(TestEvents.follow("\(number)", by: "Viewer\(number)")) }
        try events.take(TestEvents.overlay(open: true))

        var names: [String] = []
        while let name = events.texts(of: "name").first {
            names.append(name)
            try events.wait(seconds: 3)
        }

        #expect(names.count == 51)
        #expect(names.dropLast().last == "Viewer50")
        #expect(names.last == "and 2 more")
    }

    @Test func `fifty waiting alerts need no summary`() throws {
        var events = try WidgetRun(EventsWidget(), ["displayDuration": 3])
        for number in 1...50 { try events.take(TestEvents.follow("\(number)", by: "Viewer\(number)")) }
        try events.take(TestEvents.overlay(open: true))

        try events.wait(seconds: 49 * 3)
        let last = events.texts(of: "name")
        try events.wait(seconds: 3)

        #expect(last == ["Viewer50"])
        #expect(events.view == View())
    }

    @Test func `a full queue of the longest alerts stays within the limits`() throws {
        var events = try WidgetRun(EventsWidget())
        let long = String(repeating: "🎉", count: 300)

        for number in 1...60 {
            let id = "\(number)" + String(repeating: "x", count: 40)
            try events.take(TestEvents.redemption(id, of: long, by: long, input: long))
        }
        try events.take(TestEvents.overlay(open: true))

        #expect(events.elements("alert").count == 1)
    }

    @Test func `only what the streamer wants to see becomes an alert`() throws {
        let nothing: JSONValue = ["showFollows": false, "showSubs": false, "showTips": false, "showRaids": false]
        var events = try openEvents(nothing)

        try events.take(
            TestEvents.follow("1"),
            TestEvents.subscription("2"),
            TestEvents.giftBomb("3", of: 5),
            TestEvents.tip("4", 500),
            TestEvents.raid("5", of: 10)
        )

        #expect(events.view == View())
    }

    @Test func `a test event is shown`() throws {
        var events = try openEvents()

        try events.take(TestEvents.tip("1", 500, isTest: true))

        #expect(events.texts(of: "detail") == ["$5.00"])
    }
}

/// The widget on a page that somebody has open.
func openEvents(_ settings: JSONValue = [:]) throws -> WidgetRun<EventsWidget> {
    var events = try WidgetRun(EventsWidget(), settings)
    try events.take(TestEvents.overlay(open: true))
    return events
}
