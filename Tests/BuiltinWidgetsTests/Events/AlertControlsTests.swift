import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct AlertControlsTests {
    private static let allControls: [EventType] = [.alertPause, .alertResume, .alertSkip, .alertClear]

    // MARK: Pause and resume

    @Test func `pause takes the alert off the screen, and nothing comes until resume`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))

        try events.take(TestEvents.control(.alertPause))
        let paused = events.view
        try events.take(TestEvents.follow("3", by: "Third"))
        try events.wait(seconds: 600)
        let stillPaused = events.view
        try events.take(TestEvents.control(.alertResume))

        #expect(paused == View())
        #expect(stillPaused == View())
        try #expect(events.names() == ["Second", "Third"])
    }

    @Test func `pause while nothing is on screen holds what comes`() throws {
        var events = try openEvents()

        try events.take(TestEvents.control(.alertPause), TestEvents.follow("1", by: "First"))
        let paused = events.view
        let report = events.report
        try events.take(TestEvents.control(.alertResume))

        #expect(paused == View())
        #expect(report == AlertQueueReport(isPaused: true, current: nil, waiting: [3]))
        #expect(events.sentence == "First is now following")
    }

    @Test func `pause and resume twice do what they do once`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))

        for type in [EventType.alertPause, .alertPause, .alertResume, .alertResume] {
            try events.take(TestEvents.control(type))
        }

        try #expect(events.names() == ["Second"])
    }

    @Test func `resume right after pause still lets the alert leave before the next one comes`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))

        try events.take(TestEvents.control(.alertPause), TestEvents.control(.alertResume))
        let leaving = events.view
        try events.wait(milliseconds: 400)

        #expect(leaving == View())
        #expect(events.sentence == "Second is now following")
    }

    @Test func `a pause outlives the overlay`() throws {
        var events = try openEvents()

        try events.take(TestEvents.control(.alertPause), TestEvents.follow("1"))
        try events.take(TestEvents.overlay(open: false), TestEvents.overlay(open: true))

        #expect(events.view == View())
        #expect(events.report?.isPaused == true)
    }

    // MARK: Skip

    @Test func `skip ends the alert on screen and the next one comes with its full time`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))
        try events.wait(seconds: 4)

        try events.take(TestEvents.control(.alertSkip))
        let leaving = events.view
        try events.wait(milliseconds: 400 + 4999)
        let second = events.sentence
        try events.wait(milliseconds: 1)

        #expect(leaving == View())
        #expect(second == "Second is now following")
        #expect(events.view == View())
    }

    @Test func `skip while an alert leaves does not skip the next one`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"), TestEvents.follow("2", by: "Second"))

        try events.take(TestEvents.control(.alertSkip), TestEvents.control(.alertSkip))

        try #expect(events.names() == ["Second"])
    }

    @Test func `skip while the alerts are paused loses none that waits`() throws {
        var events = try openEvents()
        try events.take(TestEvents.control(.alertPause), TestEvents.follow("1", by: "First"))

        try events.take(TestEvents.control(.alertSkip), TestEvents.control(.alertResume))

        try #expect(events.names() == ["First"])
    }

    // MARK: Clear

    @Test func `clear throws away what waits, and the alert on screen stays its time`() throws {
        var events = try openEvents()
        for number in 1...60 { try events.take(TestEvents.follow("\(number)", by: "Viewer\(number)")) }

        try events.take(TestEvents.control(.alertClear))
        try events.wait(milliseconds: 4999)
        let current = events.sentence

        #expect(current == "Viewer1 is now following")
        #expect(events.report?.waiting == [])
        try #expect(events.names() == ["Viewer1"])
    }

    @Test func `clear while the alerts are paused empties the queue and keeps the pause`() throws {
        var events = try openEvents()
        try events.take(TestEvents.control(.alertPause), TestEvents.follow("1"))

        try events.take(TestEvents.control(.alertClear), TestEvents.follow("2", by: "Later"))
        let paused = events.view
        try events.take(TestEvents.control(.alertResume))

        #expect(paused == View())
        try #expect(events.names() == ["Later"])
    }

    // MARK: Replay

    @Test func `a replay while nothing is on screen shows the alert at once`() throws {
        var events = try openEvents()
        try events.take(TestEvents.tip("tip", 500, by: "Nova"))
        _ = try events.names()

        try events.take(TestEvents.replay(of: logged(TestEvents.tip("tip", 500, by: "Nova"), at: 2)))

        #expect(events.sentence == "Nova tipped $5.00")
        // The place of the wish: the page acknowledges that it was fulfilled.
        #expect(events.report?.current == 3)
    }

    @Test func `a replay goes before everything that waits`() throws {
        var events = try openEvents()
        try events.take(
            TestEvents.follow("1", by: "First"),
            TestEvents.tip("2", 50_000, by: "Rich"),
            TestEvents.follow("3", by: "Third")
        )

        try events.take(TestEvents.replay(of: TestEvents.raid("raid", of: 5)))

        try #expect(events.names() == ["First", "Nova", "Rich", "Third"])
    }

    @Test func `a replay of an alert that still waits is shown once`() throws {
        var events = try openEvents()
        try events.take(
            TestEvents.follow("1", by: "First"),
            TestEvents.follow("2", by: "Second"),
            TestEvents.follow("3", by: "Third")
        )

        try events.take(TestEvents.replay(of: logged(TestEvents.follow("3", by: "Third"), at: 4)))

        try #expect(events.names() == ["First", "Third", "Second"])
    }

    @Test func `a replay of the alert on screen shows it a second time, as an alert of its own`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("1", by: "First"))
        let first = try #require(events.elements("alert").first)

        try events.take(TestEvents.replay(of: TestEvents.follow("1", by: "First")))
        try events.awaitNext()

        let again = try #require(events.elements("alert").first)
        #expect([first.key, again.key] == ["twitch:1", "replay:3"])
        #expect([first.source, again.source] == [Event.ID("1"), Event.ID("1")])
        #expect(again.attributes.first { $0.name == .alert }?.value == "3")
    }

    @Test func `a replay waits while the alerts are paused`() throws {
        var events = try openEvents()
        try events.take(TestEvents.control(.alertPause), TestEvents.replay(of: TestEvents.follow("1", by: "Nova")))
        let paused = events.view

        try events.take(TestEvents.control(.alertResume))

        #expect(paused == View())
        #expect(events.sentence == "Nova is now following")
    }

    @Test func `replays keep their own order`() throws {
        var events = try openEvents()
        try events.take(TestEvents.follow("0", by: "Now"))

        try events.take(
            TestEvents.replay(of: TestEvents.follow("1", by: "First")),
            TestEvents.replay(of: TestEvents.follow("2", by: "Second"))
        )

        try #expect(events.names() == ["Now", "First", "Second"])
    }

    @Test func `a replay is shown even when the streamer has turned its kind off or it is too small`() throws {
        var events = try openEvents(["showFollows": false, "minTipAmount": 10_000])

        try events.take(
            TestEvents.follow("0", by: "Hidden"),
            TestEvents.replay(of: TestEvents.follow("1", by: "First")),
            TestEvents.replay(of: TestEvents.tip("2", 1, by: "Second"))
        )

        try #expect(events.names() == ["First", "Second"])
    }

    @Test func `a replay of a gift bomb that still waits keeps its names`() throws {
        var events = try openEvents()
        let bomb = TestEvents.giftBomb("bomb", of: 2)
        try events.take(TestEvents.follow("0"), bomb, TestEvents.gift("1", to: "Lua"))

        try events.take(TestEvents.replay(of: bomb), TestEvents.gift("2", to: "Sol"))
        try events.awaitNext()

        #expect(events.texts(of: "recipients") == ["Lua and Sol"])
    }

    @Test func `a replay of something that is no alert shows nothing`() throws {
        var events = try openEvents()

        try events.take(TestEvents.replay(of: TestEvents.chatMessage("line")))
        try events.take(TestEvents.event(.alertReplay, ["seq": 5], on: "streamvibes"))

        #expect(events.view == View())
        #expect(events.timers.isEmpty)
    }

    @Test(arguments: allControls) func `a control with nothing to do does nothing`(type: EventType) throws {
        var events = try openEvents()

        try events.take(TestEvents.control(type), TestEvents.control(.alertResume))
        let idle = events.timers
        try events.take(TestEvents.follow("1", by: "Nova"))

        #expect(idle.isEmpty)
        #expect(events.sentence == "Nova is now following")
    }

    private func logged(_ event: Event, at seq: Int64) -> Event {
        var event = event
        event.seq = seq
        return event
    }
}
