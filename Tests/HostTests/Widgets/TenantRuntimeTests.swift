import BuiltinWidgets
import Logging
import NIOCore
import NIOPosix
import Testing
import WidgetAPI

@testable import Host

@Suite struct TenantRuntimeTests {
    @Test func `rows become pictures in the order of the log`() async throws {
        let house = try await RuntimeHouse()
        let (runtime, _) = try await house.open(.overlay)

        try await house.log.append([house.line("one"), house.line("two")], in: house.scope)
        try await house.log.append([house.line("three")], in: house.scope)

        try await house.until { await runtime.text(of: "chat") == "one two three" }
    }

    @Test func `an alert waits while nobody watches and comes when somebody does`() async throws {
        let house = try await RuntimeHouse()
        try await house.log.append([house.follow("Aurora99")], in: house.scope)

        let (runtime, _) = try await house.open(.overlay)

        try await house.until { await runtime.text(of: "events").contains("Aurora99") }
        #expect(try await house.presence() == [true])
    }

    @Test func `a streamer sleeps five seconds after the last page and wakes with the same picture`() async throws {
        let house = try await RuntimeHouse()
        let (runtime, ticket) = try await house.open(.overlay)
        try await house.log.append([house.line("before the nap"), house.follow("Aurora99")], in: house.scope)
        try await house.until { await runtime.text(of: "goals").contains("1 / 100") }

        await runtime.leave(ticket)
        await runtime.settlePresence()
        await runtime.checkpoint()
        house.place.clock += 4999
        await runtime.sleepIfIdle()
        let awakeJustBefore = house.runtimes.awakeCount
        house.place.clock += 1
        await runtime.sleepIfIdle()
        let awakeThen = house.runtimes.awakeCount
        let (woken, _) = try await house.open(.overlay)

        #expect(awakeJustBefore == 1 && awakeThen == 0)
        #expect(woken !== runtime)
        #expect(await woken.text(of: "chat") == "before the nap")
        #expect(await woken.text(of: "goals").contains("1 / 100"))
        #expect(try await house.presence() == [true, false, true])
    }

    @Test func `after a crash the log says that nobody was watching before anything else happens`() async throws {
        let house = try await RuntimeHouse()
        let draft = OverlayPresence.draft(.init(isOpen: true), at: house.place.now())
        try await house.place.log.append([draft, house.line("last words")], in: house.scope)
        let crashed = try await RuntimeHouse(on: house.place)

        crashed.place.clock += 60_000
        let (_, _) = try await crashed.open(.overlay)

        let rows = try await house.place.store.events(after: 0, limit: 10, in: house.scope)
        let presence = rows.filter { $0.type == .overlayPresence }
        #expect(presence.map { $0.payload["open"] } == [true, false, true])
        #expect(presence[1].receivedAt == rows[1].receivedAt)
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
        await runtime.leave(overlay)
        try await house.log.append([house.follow("Lua")], in: house.scope)
        for _ in 0..<5 { try await house.pass(seconds: 10) }
        let later = try await house.runtimes.alertReport(in: house.scope)
        await runtime.leave(chat)

        #expect(report?.current == nil && report?.waiting.count == 1)
        #expect(later?.waiting.count == 1, "the page of the chat is still open, and shows no alerts")
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

    @Test func `a moderator's deletion un-shows a text in every widget`() async throws {
        let house = try await RuntimeHouse()
        let (runtime, _) = try await house.open(.overlay)
        try await house.log.append([house.line("rude", by: "7"), house.tip("also rude", by: "7")], in: house.scope)
        try await house.until { await runtime.text(of: "tips").contains("also rude") }

        let clearing = house.draft(.chatClear, ChatClearing(userId: "7").json)
        try await house.log.append([clearing], in: house.scope)

        try await house.until { await !runtime.text(of: "tips").contains("rude") }
        try await house.until { await runtime.text(of: "chat").isEmpty }
    }

    @Test func `a burst becomes few pictures and the last one has everything`() async throws {
        let house = try await RuntimeHouse()
        let (runtime, _) = try await house.open(.chat)

        for number in 0..<20 {
            try await house.log.append([house.line("line \(number)")], in: house.scope)
        }
        house.place.clock += TenantRuntime.pictureMilliseconds

        try await house.until { await runtime.text(of: "chat").hasSuffix("line 19") }
        #expect(await runtime.rev(of: "chat") < 10)
    }

    @Test func `a layout that nobody watches is not drawn`() async throws {
        let house = try await RuntimeHouse()
        let (runtime, ticket) = try await house.open(.overlay)
        await runtime.leave(ticket)

        try await house.log.append([house.line("unseen")], in: house.scope)
        try await house.until { await runtime.seq >= 3 }

        #expect(await runtime.text(of: "chat") == "")
    }

    @Test func `a text that was hidden long ago stays hidden after a nap`() async throws {
        let house = try await RuntimeHouse()
        try await house.log.append([house.tip("rude", by: "7")], in: house.scope)
        try await house.log.append([house.draft(.chatClear, ChatClearing(userId: "7").json)], in: house.scope)
        for _ in 0..<25 {
            try await house.log.append((0..<100).map { _ in house.line("x") }, in: house.scope)
        }
        let (runtime, ticket) = try await house.open(.overlay)
        await runtime.leave(ticket)
        await runtime.settlePresence()
        await runtime.checkpoint()
        house.place.clock += 5000
        await runtime.sleepIfIdle()

        let (woken, _) = try await house.open(.overlay)

        #expect(house.runtimes.awakeCount == 1 && woken !== runtime)
        #expect(await !woken.text(of: "tips").contains("rude"))
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

    @Test func `a streamer who is deleted while awake is let go`() async throws {
        let house = try await RuntimeHouse()
        let (runtime, ticket) = try await house.open(.overlay)
        try await house.log.append([house.line("last words")], in: house.scope)
        try await house.until { await runtime.seq >= 2 }
        let channels = ChannelStore(database: house.place.database, now: house.place.now)
        #expect(try await channels.remove(.twitch, "alice"))

        await runtime.checkpoint()
        await runtime.leave(ticket)

        #expect(house.runtimes.awakeCount == 0)
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

    @Test func `what a checkpoint has seen comes before the row that says nobody was watching`() async throws {
        let house = try await RuntimeHouse()
        let open = OverlayPresence.draft(.init(isOpen: true), at: house.place.now())
        try await house.place.log.append([open], in: house.scope)
        let seen = house.place.now().advanced(byMilliseconds: 7000)
        let checkpoint = WidgetCheckpoint(widgetId: PlacedWidget.ID("w"), seq: 1, clock: seen, content: .null)
        try await CheckpointStore(database: house.place.database).save([checkpoint], in: house.scope)

        let crashed = try await RuntimeHouse(on: house.place)
        let (_, _) = try await crashed.open(.overlay)

        let rows = try await house.place.store.events(after: 0, limit: 20, in: house.scope)
        let closing = try #require(rows.first { $0.type == .overlayPresence && $0.payload["open"] == false })
        #expect(closing.receivedAt == seen)
    }

    @Test func `an unknown layout is said to be unknown`() async throws {
        let house = try await RuntimeHouse()
        let page = house.page(.overlay, layout: "nobody's")

        let answer = await house.runtimes.subscribe(page, in: house.scope)

        guard case .unknownLayout? = answer?.1 else {
            Issue.record("\(String(describing: answer?.1))")
            return
        }
    }
}

extension RuntimeHouse {
    /// Takes every widget off the streamer's layout.
    fileprivate func clearLayout() async throws {
        try await changeLayout { $0.widgets = [] }
    }
}

extension TenantRuntime {
    /// What a widget of that type shows to pages, texts joined by spaces.
    fileprivate func text(of type: String) -> String {
        guard let widget = stages.flatMap(\.widgets).first(where: { $0.placed.type == type }) else { return "" }
        return Self.texts(widget.view.children, of: type).joined(separator: " ")
    }

    /// A page says that it shows the alert on screen.
    fileprivate func sayShown(by ticket: AudienceTicket) {
        for widget in widgets {
            guard let place = widget.instance?.alerts?.current else { continue }
            acknowledge(place, widget.placed.id, for: ticket)
        }
    }

    /// Of every alert queue, whether it is paused.
    fileprivate var pauses: [Bool] { widgets.compactMap { $0.instance?.alerts?.isPaused } }

    fileprivate func rev(of type: String) -> Int64 {
        stages.flatMap(\.widgets).first { $0.placed.type == type }?.rev ?? 0
    }

    /// Of chat only what was written, without names and marks.
    private static func texts(_ nodes: [Node], of type: String) -> [String] {
        nodes.flatMap { node -> [String] in
            switch node {
            case .text(let text): return type == "chat" ? [] : [text]
            case .element(let element):
                if type == "chat", element.class == "text" { return [plain(element.children)] }
                return texts(element.children, of: type)
            }
        }
    }

    private static func plain(_ nodes: [Node]) -> String {
        nodes.map { node in
            switch node {
            case .text(let text): text
            case .element(let element): plain(element.children)
            }
        }.joined()
    }
}
