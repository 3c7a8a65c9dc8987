import Foundation
import Glibc
import Sandbox
import Testing
import WidgetAPI

@testable import Host

/// What a widget in Lua that fails costs, and how it comes back.
@Suite struct LuaFaultTests {
    private static let program = """
        widget.init(function(config) return { count = 0 } end)
        widget.on("chat:message", function(state, event, config)
          if event.payload.text == "!error" then error("on purpose") end
          state.count = state.count + 1
        end)
        widget.render(function(state, config) return ui.b { text = config.label .. " " .. state.count } end)
        """

    @Test func `a row on which a widget failed is in the log, and a replay leaves it out whatever it would do`()
        async throws
    {
        let zygote = try await Zygote.patient()
        let house = try await RuntimeHouse.running(.counter(Self.program), zygote)
        let (runtime, page) = try await house.open(.overlay)

        try await house.say("one", "!error", "two")
        try await house.until { await runtime.words == ["lines 2"] }
        try await house.until { try await house.skipped().count == 1 }
        await runtime.checkpoint()
        await runtime.leave(page)
        await runtime.retire()
        try await house.loseCheckpoints()
        let mended = Self.program.replacingOccurrences(of: "!error", with: "!other")
        let next = try await RuntimeHouse.running(.counter(mended), zygote, on: house.place)
        let (woken, _) = try await next.open(.overlay)

        #expect(await woken.words == ["lines 2"])
        zygote.close()
    }

    @Test func `five errors hold a widget back for a moment, its rows wait, and it comes back by itself`() async throws
    {
        let zygote = try await Zygote.patient()
        let house = try await RuntimeHouse.running(.counter(Self.program), zygote)
        let (runtime, _) = try await house.open(.overlay)

        try await house.say("one")
        for count in 1...5 {
            // On a busy machine these rows alone may cost a share of the processor, which time alone gives back.
            house.place.clock += 1000
            try await house.say("!error")
            try await house.until { try await house.skipped().count == count }
        }
        try await house.until { await runtime.firstHealth?.state == .backingOff }
        try await house.say("two", "three")
        let words = await runtime.words
        let fault = await runtime.firstHealth?.fault
        house.place.clock += 2000
        await runtime.scheduleTimer()

        try await house.until { await runtime.words == ["lines 3"] }
        #expect(words == ["lines 1"])
        #expect(fault?.kind == "error")
        #expect(fault?.message.contains("on purpose") == true)
        #expect(fault?.traceback.contains("main.lua:3") == true)
        #expect(await runtime.firstHealth?.state == .running)
        #expect(await runtime.firstHealth?.fault != nil, "a later success does not take it back")
        zygote.close()
    }

    @Test func `a widget that never works stops, leaves its slot empty, and starts again when somebody says so`()
        async throws
    {
        let zygote = try await Zygote.patient()
        let house = try await RuntimeHouse.running(.counter(Self.program), zygote)
        let (runtime, page) = try await house.open(.overlay)
        try await house.say("one")
        try await house.until { await runtime.words == ["lines 1"] }

        try await house.say("!error", "!error", "!error", "!error", "!error")
        try await house.until { await runtime.firstHealth?.state == .backingOff }
        for _ in 0..<9 {
            house.place.clock += 400_000
            try await house.say("!error")
            await runtime.scheduleTimer()
            try await house.until { await runtime.firstHealth?.state != .running }
        }
        try await house.until { await runtime.words == [] }
        try await house.say("not given")
        await runtime.checkpoint()
        await runtime.leave(page)
        await runtime.retire()
        let next = try await RuntimeHouse.running(.counter(Self.program), zygote, on: house.place)
        let (woken, _) = try await next.open(.overlay)
        let stopped = await woken.firstHealth?.state
        let id = try #require(await woken.firstWidget)
        _ = await woken.restart(id)
        try await next.say("two")

        try await next.until { await woken.words == ["lines 2"] }
        #expect(stopped == .stopped, "a start of the host does not start it")
        try await next.until { await !woken.hasNews }
        try await next.loseCheckpoints()
        await woken.retire()
        let third = try await RuntimeHouse.running(.counter(Self.program), zygote, on: house.place)
        let (replayed, _) = try await third.open(.overlay)
        #expect(await replayed.words == ["lines 2"], "a replay leaves out the same rows")
        zygote.close()
    }

    @Test func `settings that change while rows wait count from their place in the log`() async throws {
        let program = """
            widget.init(function(config) return { told = "" } end)
            widget.on("chat:message", function(state, event, config)
              if event.payload.text == "!error" then error("on purpose") end
              state.told = state.told .. config.label .. " " .. event.payload.text .. ";"
            end)
            widget.on_config(function(state, new, old)
              state.told = state.told .. old.label .. ">" .. new.label .. ";"
            end)
            widget.render(function(state) return ui.b { text = state.told } end)
            """
        let zygote = try await Zygote.patient()
        let house = try await RuntimeHouse.running(.counter(program), zygote)
        let (runtime, page) = try await house.open(.overlay)
        try await house.say("!error", "!error", "!error", "!error", "!error")
        try await house.until { await runtime.firstHealth?.state == .backingOff }

        try await house.say("a")
        try await house.changeLayout { layout in
            layout.widgets[0].settings = WidgetSettings(version: "1.0.0", config: ["label": "words"])
        }
        try await house.say("b")
        await runtime.checkpoint()
        await runtime.leave(page)
        await runtime.retire()
        let next = try await RuntimeHouse.running(.counter(program), zygote, on: house.place)
        let (woken, _) = try await next.open(.overlay)

        try await next.until { await woken.words == ["lines a;lines>words;words b;"] }
        zygote.close()
    }

    @Test func `a widget that fails on new settings has them, and a replay does not tell it either`() async throws {
        let program = """
            widget.init(function(config) return { told = "" } end)
            widget.on("chat:message", function(state, event, config)
              state.told = state.told .. config.label .. " " .. event.payload.text .. ";"
            end)
            widget.on_config(function(state, new, old)
              state.told = state.told .. "changed;"
              error("on purpose")
            end)
            widget.render(function(state) return ui.b { text = state.told } end)
            """
        let zygote = try await Zygote.patient()
        let house = try await RuntimeHouse.running(.counter(program), zygote)
        let (runtime, page) = try await house.open(.overlay)

        try await house.say("a")
        try await house.changeLayout { layout in
            layout.widgets[0].settings = WidgetSettings(version: "1.0.0", config: ["label": "words"])
        }
        try await house.say("b")
        try await house.until { await runtime.words == ["lines a;words b;"] }
        try await house.until { try await house.skipped().count == 1 }
        await runtime.leave(page)
        await runtime.retire()
        try await house.loseCheckpoints()
        let mended = program.replacingOccurrences(of: "error(\"on purpose\")", with: "")
        let next = try await RuntimeHouse.running(.counter(mended), zygote, on: house.place)
        let (woken, _) = try await next.open(.overlay)

        try await next.until { await woken.words == ["lines a;words b;"] }
        zygote.close()
    }

    @Test func `only the rows that failed are left out of a batch, and a replay keeps the others`() async throws {
        let zygote = try await Zygote.patient()
        let house = try await RuntimeHouse.running(.counter(Self.program), zygote)
        let (runtime, page) = try await house.open(.overlay)
        try await house.say("one")
        try await house.until { await runtime.words == ["lines 1"] }

        let lines = ["two", "!error", "!error", "three", "four", "!error", "five"]
        try await house.log.append(lines.map { house.line($0) }, in: house.scope)
        try await house.until { await runtime.words == ["lines 5"] }
        try await house.until { try await house.skipped().count == 2 }
        await runtime.leave(page)
        await runtime.retire()
        try await house.loseCheckpoints()
        let next = try await RuntimeHouse.running(.counter(Self.program), zygote, on: house.place)
        let (woken, _) = try await next.open(.overlay)

        #expect(await woken.words == ["lines 5"])
        #expect(try await house.skipped().map { $0[1] - $0[0] } == [1, 0])
        zygote.close()
    }

    @Test(arguments: [SIGSEGV, SIGSTOP])
    func `a cell that dies over a widget counts against it and is replaced`(signal: CInt) async throws {
        // A cell that stays stopped is found out by being late, as on a real host.
        let zygote = try await signal == SIGSTOP ? Zygote.start() : Zygote.patient()
        let house = try await RuntimeHouse.running(.counter(Self.program), zygote)
        let (runtime, _) = try await house.open(.overlay)
        try await house.say("one")
        try await house.until { await runtime.words == ["lines 1"] }

        // Stopped first, so that it dies while it is asked.
        await runtime.signalCell(SIGSTOP)
        try await house.say("two")
        // One that may only be late may have been found out by then.
        try await house.until {
            let (isAsking, health) = (await runtime.isFirstAsking, await runtime.firstHealth)
            return isAsking || signal == SIGSTOP && health?.fault != nil
        }
        if signal != SIGSTOP {
            await runtime.signalCell(signal)
            await runtime.signalCell(SIGCONT)
        }
        try await house.until { await runtime.firstHealth?.fault != nil }
        try await house.say("three")

        try await house.until {
            let (words, skipped) = (await runtime.words, try await house.skipped())
            return words == ["lines 3"] || words == ["lines 2"] && skipped.count == 1
        }
        #expect(await runtime.firstHealth?.fault?.kind == (signal == SIGSTOP ? "limit" : "killed"))
        zygote.close()
    }

    @Test func `a zygote that dies takes its cells along, and another takes its place`() async throws {
        let zygote = try await Zygote.patient()
        let house = try await RuntimeHouse.running(.counter(Self.program), zygote)
        let (runtime, _) = try await house.open(.overlay)
        try await house.say("one")
        try await house.until { await runtime.words == ["lines 1"] }
        let before = try #require(zygote.processId)
        let cell = try #require(await runtime.cellProcess)

        kill(before, SIGKILL)
        try await house.until { kill(cell, 0) != 0 }
        try await house.say("two")
        for _ in 0..<600 where await runtime.words != ["lines 2"] {
            house.place.clock += 1000
            await runtime.scheduleTimer()
            try await Task.sleep(for: .milliseconds(50))
        }

        #expect(await runtime.words == ["lines 2"])
        #expect(zygote.processId != before)
        #expect(try await house.skipped() == [], "nobody's rows were left out for that")
        zygote.close()
    }

    @Test func `a widget that is given more rows than 200 a second takes what it may and the log says the rest`()
        async throws
    {
        let zygote = try await Zygote.patient()
        let house = try await RuntimeHouse.running(.counter(Self.program), zygote)
        let (runtime, _) = try await house.open(.overlay)

        try await house.log.append((0..<300).map { house.line("\($0)") }, in: house.scope)

        try await house.until { await runtime.words == ["lines 256"] }
        try await house.until { try await house.skipped().count == 1 }
        let skipped = try #require(try await house.skipped().first)
        #expect(skipped[1] - skipped[0] == 43)
        zygote.close()
    }
}
