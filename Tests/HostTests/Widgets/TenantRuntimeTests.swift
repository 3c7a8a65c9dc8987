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

    @Test func `what a checkpoint has seen comes before the row that says nobody was watching`() async throws {
        let house = try await RuntimeHouse()
        let open = OverlayPresence.draft(.init(isOpen: true), at: house.place.now())
        try await house.place.log.append([open], in: house.scope)
        let seen = house.place.now().advanced(byMilliseconds: 7000)
        let checkpoint = WidgetCheckpoint(widgetId: PlacedWidget.ID("w"), seq: 1, clock: seen, content: .null)
        try await CheckpointStore(database: house.place.database).save([checkpoint], before: 0, in: house.scope)

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
