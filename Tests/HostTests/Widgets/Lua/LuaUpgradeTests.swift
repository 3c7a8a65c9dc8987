import Foundation
import Glibc
import Sandbox
import Testing
import WidgetAPI

@testable import Host

/// What a widget in Lua keeps through a change of its settings, its version, its cell.
@Suite struct LuaUpgradeTests {
    private static let old = """
        widget.init(function(config) return { lines = 0 } end)
        widget.on("chat:message", function(state, event, config)
          state.lines = state.lines + 1
          storage.increment("ever")
        end)
        widget.render(function(state, config) return ui.b { text = config.label .. " " .. state.lines } end)
        """

    private static let new = """
        widget.init(function(config) return { count = 0 } end)
        widget.migrate(function(config, state, from)
          return { title = config.label .. "/" .. from }, { count = state.lines * 10 }
        end)
        widget.on("chat:message", function(state, event, config)
          state.count = state.count + 1
          state.ever = storage.increment("ever")
        end)
        widget.render(function(state, config)
          return ui.b { text = config.title .. " " .. state.count .. " " .. (state.ever or "") }
        end)
        """

    private static let newFields: [ConfigSchema.Field] = [
        .init("title", .text(0...20), default: "none", title: "Title")
    ]

    /// A widget of the old version that has counted two lines, asleep.
    private static func left(_ zygote: Zygote) async throws -> RuntimeHouse {
        let house = try await RuntimeHouse.running(.counter(old), zygote)
        let (runtime, page) = try await house.open(.overlay)
        try await house.say("one", "two")
        try await house.until { await runtime.words == ["lines 2"] }
        await runtime.checkpoint()
        await runtime.leave(page)
        await runtime.retire()
        return house
    }

    @Test func `a newer version takes over state, settings and storage through its migration`() async throws {
        let zygote = try await Zygote.patient()
        let house = try await Self.left(zygote)

        let kind = LuaKind.counter(Self.new, version: "2.0.0", fields: Self.newFields)
        let next = try await RuntimeHouse.running(kind, zygote, on: house.place)
        let (runtime, _) = try await next.open(.overlay)
        let first = await runtime.words
        try await next.say("three")

        try await next.until { await runtime.words == ["lines/1.0.0 21 3"] }
        #expect(first == ["lines/1.0.0 20 "])
        zygote.close()
    }

    @Test func `settings that a migration spoils stop the widget, and another start begins anew`() async throws {
        let zygote = try await Zygote.patient()
        let house = try await Self.left(zygote)
        let spoiling = Self.new.replacingOccurrences(of: "title = config.label .. \"/\" .. from", with: "title = 5")

        let kind = LuaKind.counter(spoiling, version: "2.0.0", fields: Self.newFields)
        let next = try await RuntimeHouse.running(kind, zygote, on: house.place)
        let (runtime, _) = try await next.open(.overlay)
        let health = await runtime.firstHealth
        let id = try #require(await runtime.firstWidget)
        _ = await runtime.restart(id)

        try await next.until { await runtime.words == ["none 0 "] }
        #expect(health?.state == .stopped)
        #expect(health?.fault?.kind == "rejected")
        #expect(health?.fault?.message.contains("title") == true)
        zygote.close()
    }

    @Test func `a setting that is not live begins the widget anew, others leave it at work`() async throws {
        let zygote = try await Zygote.patient()
        let fields: [ConfigSchema.Field] = [
            .init("label", .text(0...20), default: "lines", title: "Label"),
            .init("mode", .text(0...20), default: "a", title: "Mode", isLive: false),
        ]
        let house = try await RuntimeHouse.running(.counter(Self.old, fields: fields), zygote)
        let (runtime, _) = try await house.open(.overlay)
        try await house.say("one", "two")
        try await house.until { await runtime.words == ["lines 2"] }

        try await house.changeLayout { layout in
            layout.widgets[0].settings = WidgetSettings(version: "1.0.0", config: ["label": "words"])
        }
        try await house.until { await runtime.words == ["words 2"] }
        try await house.changeLayout { layout in
            layout.widgets[0].settings = WidgetSettings(version: "1.0.0", config: ["label": "words", "mode": "b"])
        }

        try await house.until { await runtime.words == ["words 0"] }
        try await house.say("three")
        try await house.until { await runtime.words == ["words 1"] }
        zygote.close()
    }

    @Test func `storage and state at their limits come back after the cell has been killed`() async throws {
        let zygote = try await Zygote.patient()
        let program = """
            widget.init(function(config) return { count = 0, pad = string.rep("s", 60000) } end)
            widget.on("chat:message", function(state, event, config)
              state.count = state.count + 1
              if state.count <= 16 then storage.set("key" .. state.count, string.rep("x", 15900)) end
              state.keys = #storage.list("key")
              state.sum = #(storage.get("key16") or "")
            end)
            widget.render(function(state)
              return ui.b { text = state.count .. " " .. (state.keys or 0) .. " " .. (state.sum or 0) }
            end)
            """
        let house = try await RuntimeHouse.running(.counter(program), zygote)
        let (runtime, _) = try await house.open(.overlay)
        for count in 1...16 {
            try await house.say("fill")
            try await house.until { await runtime.words.first?.hasPrefix("\(count) ") == true }
        }
        try await house.until { await runtime.words == ["16 16 15900"] }

        await runtime.killCell()
        try await house.say("again")

        try await house.until { await runtime.words == ["17 16 15900"] }
        #expect(try await house.skipped() == [])
        zygote.close()
    }
}
