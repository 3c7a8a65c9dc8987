import Foundation
import Testing

/// The cell as the host sees it: frames in, frames out.
@Suite struct CellTests {
    @Test func `a widget keeps its state and draws it`() throws {
        let zygote = try Zygote()
        let cell = try zygote.spawn()
        try cell.load(Self.counter)

        let answer = try cell.event()

        #expect(answer.text("state") == #"{"n":1}"#)
        #expect(answer.text("view") == #"[["p",{"class":"n"},"1"]]"#)
    }

    @Test(arguments: ["open", "socket", "execve", "fork", "kill", "ptrace", "wx"])
    func `a cell that tries to leave is ended by the kernel`(way: String) throws {
        let zygote = try Zygote(probes: true)
        let cell = try zygote.spawn()

        #expect(throws: Failure.self) { try cell.ask(6, ["try": way]) }

        #expect(try zygote.end(of: cell) & 0x7F == SIGSYS)
    }

    @Test func `no probe answers where nobody asked for probes`() throws {
        let zygote = try Zygote()
        let cell = try zygote.spawn()

        #expect(try cell.ask(6, ["try": "open"]).fault == "request: there is no instance of this number")
    }

    @Test(arguments: [
        ("while true do end", "instructions: the callback used more than 1000000 instructions"),
        ("pcall(function() while true do end end)", "instructions: the callback used more than 1000000 instructions"),
        (
            "xpcall(function() error('x') end, function() while true do end end)",
            "instructions: the callback used more than 1000000 instructions"
        ),
        (
            "local s = ('a'):rep(30000) s:find('.-.-.-.-b')",
            "instructions: the callback used more than 1000000 instructions"
        ),
        (
            "while true do coroutine.wrap(function() end)() end",
            "instructions: the callback used more than 1000000 instructions"
        ),
        (
            "local s = ('x'):rep(100000) local t = {} while true do t[#t + 1] = s .. #t end",
            "memory: the widget used more than 8 MiB of memory"
        ),
        ("local s = 'x' while true do s = s .. s end", "memory: the widget used more than 8 MiB of memory"),
        ("state.f = print", "state: the state has a function in it"),
        ("state.n = ('x'):rep(70000)", "state: the state has more than 64 KiB"),
        ("state.self = state", "state: the state has too many tables inside one another"),
        ("total = 1", "error: main.lua:5: 'total' is not declared: write local before it, or keep it in the state"),
        (#"timer.after(1, "\xff")"#, "error: main.lua:5: bad argument #2 to 'after' (a timer's name is UTF-8)"),
        ("setmetatable({}, { __gc = print })", "error: main.lua:5: finalisers (__gc) do not work here"),
    ])
    func `a callback over a limit fails with its name and changes nothing`(body: String, fault: String) throws {
        let zygote = try Zygote()
        let cell = try zygote.spawn()
        try cell.load(Self.counter + "\nwidget.on('bad', function(state)\nstate.n = 99\n\(body)\nend)")
        _ = try cell.event()

        let failed = try cell.event("bad")
        let next = try cell.event()

        #expect(failed.fault == fault)
        #expect(failed.text("state") == #"{"n":1}"#)
        #expect(next.fault == nil)
        #expect(next.text("state") == #"{"n":2}"#)
    }

    @Test func `a walk through a long text is paid by the byte`() throws {
        let zygote = try Zygote()
        let cell = try zygote.spawn()
        try cell.load(
            """
            widget.on("go", function(state)
              local said, sum, parts = string.rep("x", 20000), 0, 0
              for place = 1, #said do
                sum = sum + string.byte(said, place)
                parts = parts + #string.sub(said, place, place)
              end
              state.sum, state.parts = sum, parts
            end)
            widget.render(function() end)
            """
        )

        let answer = try cell.event()

        #expect(answer.fault == nil)
        #expect(answer.text("state") == #"{"parts":20000,"sum":2400000}"#)
    }

    @Test func `a failed callback takes its timers and its storage with it and leaves its log`() throws {
        let zygote = try Zygote()
        let cell = try zygote.spawn()
        try cell.load(
            """
            widget.on("go", function()
              timer.after(1, "t")
              storage.set("k", 1)
              sound.play("assets/a.ogg")
              log.info("before")
              error("stop")
            end)
            widget.on("next", function() end)
            widget.render(function() end)
            """
        )

        let answer = try cell.event()
        let next = try cell.event("next")

        #expect(answer.fault == "error: main.lua:6: stop")
        #expect(answer.log == ["before"])
        #expect(next.fault == nil)
        for told in [answer, next] {
            #expect(told.text("timers") == "[]")
            #expect(told.text("storage") == "[]")
            #expect(told.text("sounds") == "[]")
        }
    }

    @Test func `timers fire before the event they are due with, those due together in the order of their names`() throws
    {
        let zygote = try Zygote()
        let cell = try zygote.spawn()
        try cell.load(
            """
            local function note(state, event) state[#state + 1] = event.type .. "@" .. clock.now() end
            for _, name in ipairs { "go", "x", "timer:a", "timer:b" } do widget.on(name, function(state, event)
              note(state, event)
              if name == "go" then timer.after(1, "b") timer.after(1, "a") end
            end) end
            widget.render(function() end)
            """
        )
        _ = try cell.event("go", at: 1000)

        let answer = try cell.event("x", at: 2000)

        #expect(answer.text("state") == #"["go@1000","timer:a@2000","timer:b@2000","x@2000"]"#)
    }

    @Test func `a cell that begins in the middle draws the same picture`() throws {
        let program = """
            widget.init(function() return { list = {}, by = {} } end)
            widget.on("go", function(state)
              state.by["k" .. random(1000)] = random()
              local names = {}
              for name in pairs(state.by) do names[#names + 1] = name end
              state.list[#state.list + 1] = table.concat(names, " ")
              table.sort(state.list, function(a, b) return #a % 3 < #b % 3 end)
            end)
            widget.render(function(state) return ui.each(state.list, function(line) return ui.p(line) end) end)
            """
        let zygote = try Zygote()
        let whole = try zygote.spawn()
        let second = try zygote.spawn()
        try whole.load(program)

        var answer = try whole.event(seed: 1)
        for seed in 2...9 { answer = try whole.event(seed: UInt64(seed)) }
        try second.load(program, more: ["state": answer.members["state"] ?? NSNull()])
        var other = try second.event(seed: 10)
        answer = try whole.event(seed: 10)
        for seed in 11...20 {
            answer = try whole.event(seed: UInt64(seed))
            other = try second.event(seed: UInt64(seed))
        }

        #expect(answer.text("view") == other.text("view"))
        #expect(answer.text("state") == other.text("state"))
    }

    @Test func `patterns find what those of Lua find`() throws {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Packages/pattern-cases.lua")
        let cases = try String(contentsOf: url, encoding: .utf8)
        let zygote = try Zygote()
        let cell = try zygote.spawn()

        let answer = try cell.load(
            """
            local function told(good, ...)
              if not good then return "error" end
              local texts = table.pack(...)
              for i = 1, texts.n do texts[i] = tostring(texts[i]) end
              return table.concat(texts, "|")
            end
            local checked = 0
            for _, case in ipairs(require "cases") do
              local found = told(pcall(string[case[1]], case[2], case[3], case[4]))
              if found ~= case[5] then print(("%s %q %q: %q"):format(case[1], case[2], case[3], found)) end
              checked = checked + 1
            end
            print(checked)
            widget.render(function() end)
            """,
            files: ["cases.lua": cases]
        )

        #expect(answer.log == ["480"])
    }

    @Test(arguments: [[0xFF, 0xFF, 0xFF, 0x7F], [3, 0, 0, 0, 1, 2, 3]] as [[UInt8]])
    func `bytes that are no frame end the cell`(bytes: [UInt8]) throws {
        let zygote = try Zygote()
        let cell = try zygote.spawn()

        try cell.write(bytes)

        #expect(try zygote.end(of: cell) >> 8 == 65)
    }

    private static let counter = """
        widget.init(function() return { n = 0 } end) widget.on("go", function(state) state.n = state.n + 1 end)
        widget.render(function(state) return ui.p { class = "n", state.n } end)
        """
}
