import Testing
import WidgetAPI

@testable import Host

/// Which alerts a streamer's pages see, and which wait for them.
@Suite struct TenantAlertsTests {
    @Test func `an alert waits while nobody watches and comes when somebody does`() async throws {
        let house = try await RuntimeHouse()
        try await house.log.append([house.follow("Aurora99")], in: house.scope)

        let (runtime, _) = try await house.open(.overlay)

        try await house.until { await runtime.text(of: "events").contains("Aurora99") }
        #expect(try await house.presence() == [true])
    }

    @Test func `alerts wait while nothing but pages that do not show them are open`() async throws {
        let house = try await RuntimeHouse()
        let (runtime, chat) = try await house.open(.chat)
        try await house.log.append([house.follow("Nova")], in: house.scope)
        try await house.until { try await house.runtimes.alertReport(in: house.scope)?.waiting.count == 1 }
        for _ in 0..<5 { try await house.pass(seconds: 10) }
        let report = try await house.runtimes.alertReport(in: house.scope)

        let (_, overlay) = try await house.open(.overlay)
        try await house.until { await runtime.text(of: "events").contains("Nova") }
        let seen = try await house.presence().count
        await runtime.leave(overlay)
        // The log knows it a second later; what comes before that is shown to nobody.
        try await house.until { try await house.presence().count > seen }
        let last = try await house.log.append([house.follow("Lua")], in: house.scope).last?.seq
        for _ in 0..<5 { try await house.pass(seconds: 10) }
        let later = try await house.runtimes.alertReport(in: house.scope)
        await runtime.leave(chat)

        #expect(report?.current == nil && report?.waiting.count == 1)
        #expect(later?.current == nil, "the page of the chat is still open, and shows no alerts")
        #expect(later?.waiting.last == last)
    }

    @Test func `a single page without a widget on the layout goes on where it was after a restart`() async throws {
        let house = try await RuntimeHouse()
        try await house.clearLayout()
        let (runtime, page) = try await house.open(.events)
        try await house.log.append([house.draft(.alertPause, [:])], in: house.scope)
        for index in 0..<TenantRuntime.spareRows {
            try await house.log.append([house.line("\(index)")], in: house.scope)
        }
        try await house.log.append([house.follow("Nova")], in: house.scope)
        try await house.until { try await house.runtimes.alertReport(in: house.scope)?.waiting.count == 1 }
        await runtime.checkpoint()
        await runtime.leave(page)

        let next = try await RuntimeHouse(on: house.place)
        let (_, _) = try await next.open(.events)
        let report = try await next.runtimes.alertReport(in: next.scope)

        #expect(report?.isPaused == true, "what was paused long ago is still paused")
        #expect(report?.waiting.count == 1)
    }

    @Test func `alerts stay paused for a widget that is placed meanwhile`() async throws {
        let house = try await RuntimeHouse()
        let (runtime, _) = try await house.open(.overlay)
        try await house.log.append([house.draft(.alertPause, [:])], in: house.scope)
        try await house.until { try await house.runtimes.alertReport(in: house.scope)?.isPaused == true }

        try await house.changeLayout { layout in
            var second = layout.widgets.removeLast()
            second = PlacedWidget(id: .init(""), type: "events", settings: second.settings, position: second.position)
            second.settings = WidgetSettings(version: "1.1.0", config: [:])
            layout.widgets.append(second)
        }

        try await house.until { await runtime.pauses == [true, true] }
    }

    @Test func `alerts that cannot be read are no empty queue`() async throws {
        let house = try await RuntimeHouse()
        try await house.place.database.hostTransaction { sql in _ = try sql.run("DROP TABLE checkpoints") }

        await #expect(throws: AlertsUnavailable.self) { try await house.runtimes.alertReport(in: house.scope) }
    }

    @Test func `the first picture after a nap shows no alert that is over`() async throws {
        let house = try await RuntimeHouse()
        let (runtime, ticket) = try await house.open(.overlay)
        try await house.log.append([house.follow("Aurora99")], in: house.scope)
        try await house.until { await runtime.text(of: "events").contains("Aurora99") }
        await runtime.sayShown(by: ticket)
        try await house.until { try await house.place.store.head(in: house.scope)?.seq == 3 }
        await runtime.leave(ticket)
        await runtime.settlePresence()
        await runtime.checkpoint()
        house.place.clock += 60_000
        await runtime.sleepIfIdle()

        let (woken, _) = try await house.open(.overlay)

        #expect(woken !== runtime)
        #expect(await !woken.text(of: "events").contains("Aurora99"))
    }

    @Test func `an alert on a page of its own does not come again after a restart`() async throws {
        let house = try await RuntimeHouse()
        try await house.clearLayout()
        let (runtime, ticket) = try await house.open(.events)
        try await house.log.append((0..<450).map { house.line("\($0)") }, in: house.scope)
        let follow = try await house.log.append([house.follow("Aurora99")], in: house.scope)
        try await house.until { try await house.runtimes.alertReport(in: house.scope)?.current == follow.first?.seq }
        house.place.clock += 10_000
        await runtime.scheduleTimer()
        try await house.until { try await house.runtimes.alertReport(in: house.scope)?.current == nil }
        // By now the log says longer ago that a page was open than a page of its own looks back.
        try await house.log.append((0..<100).map { house.line("\($0)") }, in: house.scope)
        await runtime.leave(ticket)
        await runtime.settlePresence()
        let missed = try await house.log.append([house.follow("Borealis")], in: house.scope)
        await runtime.retire()

        let restarted = try await RuntimeHouse(on: house.place)
        let (_, _) = try await restarted.open(.events)

        try await restarted.until { try await restarted.runtimes.alertReport(in: restarted.scope)?.current != nil }
        let report = try await restarted.runtimes.alertReport(in: restarted.scope)
        #expect(report == AlertQueueReport(isPaused: false, current: missed.first?.seq, waiting: []))
    }
}
