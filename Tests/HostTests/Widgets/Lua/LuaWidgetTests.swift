import Glibc
import Sandbox
import Testing
import WidgetAPI

@testable import Host

/// Strangers' widgets in real cells, on a real log.
@Suite struct LuaWidgetTests {
    private static let counter = """
        widget.init(function(config) return { count = 0, names = {} } end)
        widget.on("chat:message", function(state, event, config)
          if event.payload.text == "!loop" then while true do end end
          if event.payload.text == "!error" then error("on purpose") end
          if event.payload.text == "!large" then state.large = string.rep("x", 63000) end
          if event.payload.text == "!small" then state.large = nil end
          state.count = state.count + 1
          if state.count == 1 then timer.after(10, "late") end
        end)
        widget.on("timer:late", function(state) state.late = true end)
        widget.render(function(state, config)
          if state.large then return { ui.p { text = string.rep("y", 4000) }, ui.p { text = state.large } } end
          return { ui.b { text = config.label .. " " .. state.count }, state.late and ui.i { text = "late" } or "" }
        end)
        """

    private static func kind(_ program: String) -> LuaKind { .counter(program) }

    private static func house(_ zygote: Zygote, on place: LogPlace? = nil) async throws -> RuntimeHouse {
        try await .running(.counter(counter), zygote, on: place)
    }

    @Test func `a widget in Lua counts, draws, hears its timer and goes on after a restart`() async throws {
        let zygote = try await Zygote.patient()
        let house = try await Self.house(zygote)
        let (runtime, page) = try await house.open(.overlay)
        try await house.until { await runtime.words == ["lines 0", ""] }

        try await house.log.append([house.line("one"), house.line("two")], in: house.scope)
        try await house.until { await runtime.words == ["lines 2", ""] }
        house.place.clock += 10_000
        await runtime.scheduleTimer()
        try await house.until { await runtime.words == ["lines 2", "late"] }
        await runtime.checkpoint()
        await runtime.leave(page)
        await runtime.retire()
        let next = try await Self.house(zygote, on: house.place)
        let (woken, _) = try await next.open(.overlay)

        #expect(await woken.words == ["lines 2", "late"], "the first picture is right")
        zygote.close()
    }

    @Test func `an error or an endless loop costs its author one row and nobody else anything`() async throws {
        let zygote = try await Zygote.patient()
        let house = try await Self.house(zygote)
        let (runtime, _) = try await house.open(.overlay)

        for text in ["one", "!error", "two", "!loop", "three"] {
            try await house.log.append([house.line(text)], in: house.scope)
        }

        try await house.until { await runtime.words == ["lines 3", ""] }
        zygote.close()
    }

    @Test func `an answer that is too long costs at most its own row`() async throws {
        let zygote = try await Zygote.patient()
        let house = try await Self.house(zygote)
        let (runtime, _) = try await house.open(.overlay)

        for text in ["one", "!large", "two", "!small", "three"] {
            try await house.log.append([house.line(text)], in: house.scope)
        }

        try await house.until { await runtime.words.first?.hasPrefix("lines ") == true }
        try await house.until { ["lines 4", "lines 5"].contains(await runtime.words.first) }
        zygote.close()
    }

    @Test func `a cell that is killed is replaced and nothing is lost or counted twice`() async throws {
        let zygote = try await Zygote.patient()
        let house = try await Self.house(zygote)
        let (runtime, _) = try await house.open(.overlay)

        for round in 1...20 {
            try await house.log.append([house.line("\(round)")], in: house.scope)
            if round.isMultiple(of: 3) { await runtime.killCell() }
            try await house.until { await runtime.words.first == "lines \(round)" }
        }

        zygote.close()
    }

    @Test func `a host without cells keeps the widget's place and shows nothing there`() async throws {
        let house = try await RuntimeHouse(strangers: [Self.kind(Self.counter)])
        try await house.changeLayout { $0.widgets = [] }
        let (runtime, _) = try await house.open(.overlay)

        #expect(await runtime.words == [])
    }
}
