import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct EventsQueueTests {
    @Test func `alerts wait until an overlay opens`() throws {
        var events = try WidgetRun(EventsWidget())
        try events.take(TestEvents.follow("1", by: "Nova"))
        let before = events.view

        try events.take(TestEvents.overlay(open: true))

        #expect(before == View())
        #expect(events.sentence == "Nova is now following")
    }

    @Test func `alerts come one at a time, in their order, and never while the one before still leaves`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))
        let first = events.sentence

        try events.wait(seconds: 5)
        let leaving = events.view
        try events.wait(milliseconds: 399)
        let stillLeaving = events.view
        try events.wait(milliseconds: 1)

        #expect(first == "First is now following")
        #expect(leaving == View())
        #expect(stillLeaving == View())
        #expect(events.sentence == "Second is now following")
    }

    @Test func `an alert that comes while another one leaves waits for that`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"))
        try events.wait(milliseconds: 5200)

        try events.take(TestEvents.follow("2", by: "Second"))
        let leaving = events.view
        try events.wait(milliseconds: 200)

        #expect(leaving == View())
        #expect(events.sentence == "Second is now following")
    }

    @Test(arguments: [3, 15] as [Int64])
    func `an alert stays for as long as the streamer set and then leaves`(seconds: Int64) throws {
        var events = try openEvents(["displayDuration": .integer(seconds)])
        try events.take(TestEvents.follow("1"))

        try events.wait(milliseconds: seconds * 1000 - 1)
        let late = events.elements("alert").count
        try events.wait(milliseconds: 1)
        let over = events.view
        try events.wait(seconds: 1)

        #expect(late == 1)
        #expect(over == View())
        #expect(events.timers.isEmpty)
    }

    @Test func `the alert on screen ends after the last overlay has closed, and no other starts`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))
        try events.see()

        try events.take(TestEvents.overlay(open: false))
        let atClose = events.sentence
        try events.wait(seconds: 60)
        let whileClosed = events.view
        try events.take(TestEvents.overlay(open: true))

        #expect(atClose == "First is now following")
        #expect(whileClosed == View())
        #expect(events.sentence == "Second is now following")
    }

    @Test(arguments: [0, 60])
    func `an alert that no page has said to have shown waits for the next overlay`(secondsClosed: Int64) throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))
        try events.wait(seconds: 1)

        try events.take(TestEvents.overlay(open: false))
        let whileClosed = events.view
        try events.wait(seconds: secondsClosed)
        try events.take(TestEvents.tip("3", 5000, by: "Third"), TestEvents.overlay(open: true))
        let names = try events.names()

        #expect(whileClosed == View())
        #expect(names == ["Third", "First", "Second"], "in the queue's order, each once and for its whole time")
    }

    @Test func `what another alert's page has shown says nothing of this one`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"))

        try events.take(TestEvents.event(.alertShown, ["seq": 0], on: "streamvibes"))
        try events.take(TestEvents.overlay(open: false))

        #expect(events.report?.waiting.count == 1)
    }

    @Test func `an overlay that opens again sees the rest of the alert on screen and no more`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))
        let began = events.view
        try events.see()
        try events.wait(seconds: 3)

        try events.take(TestEvents.overlay(open: false), TestEvents.overlay(open: true))
        let again = events.view
        try events.wait(milliseconds: 1999)
        let last = events.view
        try events.wait(milliseconds: 401)

        #expect(again == began)
        #expect(last == began)
        #expect(events.sentence == "Second is now following")
        #expect(events.sounds.count == 2)
    }

    @Test func `one timer is all that runs`() throws {
        var events = try openEvents()

        for number in 1...5 { try events.take(TestEvents.follow("\(number)")) }
        try events.take(TestEvents.control(.alertSkip))

        #expect(events.timers.count == 1)
    }

    @Test func `alerts that waited too long for an overlay are dropped and counted in the log`() throws {
        var events = try WidgetRun(EventsWidget(), ["maxAge": 10])
        try events.take(TestEvents.follow("1", by: "Old"), TestEvents.tip("2", 500, by: "Older"))
        try events.wait(milliseconds: 10 * 60_000 + 1)
        try events.take(TestEvents.follow("3", by: "New"))

        try events.take(TestEvents.overlay(open: true))

        try #expect(events.names() == ["New"])
        #expect(events.log == ["2 alerts waited for an overlay for more than 10 min"])
    }

    @Test func `an alert as old as the streamer allows is still shown`() throws {
        var events = try WidgetRun(EventsWidget(), ["maxAge": 1])
        try events.take(TestEvents.follow("1", by: "Nova"))
        try events.wait(seconds: 60)

        try events.take(TestEvents.overlay(open: true))

        #expect(events.sentence == "Nova is now following")
        #expect(events.log.isEmpty)
    }

    @Test func `alerts wait for ever when the streamer says so`() throws {
        var events = try WidgetRun(EventsWidget(), ["maxAge": 0])
        try events.take(TestEvents.follow("1", by: "Nova"))
        try events.wait(seconds: 7 * 86_400)

        try events.take(TestEvents.overlay(open: true))

        #expect(events.sentence == "Nova is now following")
    }

    @Test func `alerts that wait while an overlay is open do not grow too old`() throws {
        var events = try openEvents(["maxAge": 1])
        try events.take(TestEvents.control(.alertPause), TestEvents.follow("1", by: "Nova"))
        try events.wait(seconds: 600)

        try events.take(TestEvents.overlay(open: true), TestEvents.control(.alertResume))

        #expect(events.sentence == "Nova is now following")
    }

    @Test func `an overlay that is gone for a moment makes no alert too old`() throws {
        var events = try openEvents(["maxAge": 1])
        try events.take(TestEvents.control(.alertPause), TestEvents.follow("1", by: "Nova"))
        try events.wait(seconds: 600)

        try events.take(TestEvents.overlay(open: false))
        try events.wait(seconds: 60)
        try events.take(TestEvents.overlay(open: true), TestEvents.control(.alertResume))

        #expect(events.sentence == "Nova is now following")
    }

    @Test func `alerts that waited with an overlay and then too long without one are dropped`() throws {
        var events = try openEvents(["maxAge": 1])
        try events.take(TestEvents.control(.alertPause), TestEvents.follow("1", by: "Nova"))

        try events.take(TestEvents.overlay(open: false))
        try events.wait(milliseconds: 60_001)
        try events.take(TestEvents.overlay(open: true), TestEvents.control(.alertResume))

        #expect(events.view == View())
        #expect(events.log == ["1 alert waited for an overlay for more than 1 min"])
    }

    @Test func `alerts of last night leave room for those of today, counted ones too`() throws {
        var events = try WidgetRun(EventsWidget(), ["maxAge": 60])
        for number in 1...60 { try events.take(TestEvents.follow("old\(number)", by: "Old")) }
        try events.wait(seconds: 86_400)
        try events.take(TestEvents.follow("new", by: "New"))

        try events.take(TestEvents.overlay(open: true))

        try #expect(events.names() == ["New"])
        #expect(events.log == ["60 alerts waited for an overlay for more than 60 min"])
    }

    @Test func `a full queue of the longest alerts stays within the limits`() throws {
        var events = try WidgetRun(EventsWidget())
        let long = String(repeating: "🎉", count: 300)

        for number in 1...60 {
            let id = "\(number)" + String(repeating: "x", count: 40)
            try events.take(TestEvents.redemption(id, of: long, by: "\(number)\(long)", input: long))
        }
        try events.take(TestEvents.overlay(open: true))

        #expect(events.elements("alert").count == 1)
        #expect(events.report?.waiting.count == 49)
    }

    @Test func `what is too long for the state becomes a count before it becomes a problem`() throws {
        var events = try WidgetRun(EventsWidget())
        let long = String(repeating: "🎉", count: 300)
        for number in 1...40 {
            let id = String(repeating: "s", count: 36) + "\(number)"
            try events.take(TestEvents.subscription(id, by: "\(id)-\(number)"))
        }
        for number in 1...6 {
            try events.take(TestEvents.notice("notice-\(number)", of: "n\(number)\(long)", message: long))
        }
        try events.take(TestEvents.control(.alertClear))

        for number in 1...50 {
            let id = "\(number)" + String(repeating: "x", count: 60)
            try events.take(TestEvents.redemption(id, of: long, by: "\(number)\(long)", input: long))
        }

        // ``WidgetRun`` measures the state after every event.
        let waiting = try #require(events.report?.waiting.count)
        #expect((30..<50).contains(waiting))
    }

    @Test func `a test event is shown`() throws {
        var events = try openEvents()

        try events.take(TestEvents.tip("1", 500, isTest: true))

        #expect(events.sentence == "Aurora99 tipped $5.00")
    }

    @Test func `the report names what is on screen and what waits, in the order in which it will be shown`() throws {
        var events = try openEvents()

        // Place 1 is the overlay's own.
        try events.take(
            TestEvents.follow("2"),
            TestEvents.tip("3", 50, "BITS", kind: .bits),
            TestEvents.follow("4"),
            TestEvents.tip("5", 5000)
        )

        #expect(events.report == AlertQueueReport(isPaused: false, current: 2, waiting: [5, 4, 3]))
    }

    @Test func `a state of the first version is not taken for one of this version`() {
        let old: JSONValue = ["isOverlayOpen": true, "current": nil, "queue": [], "folded": 0, "bombs": []]

        #expect(EventsWidget.State(json: old) == nil)
    }
}
