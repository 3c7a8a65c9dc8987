import Foundation
import Testing
import WidgetAPI

@testable import Host

/// What `widget check` and `widget test` say of a program that they run in a real cell.
@Suite struct WidgetTrialTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let widgets = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("widgets").path

    private static let folders = ((try? FileManager.default.contentsOfDirectory(atPath: widgets)) ?? []).sorted()

    // MARK: Widgets that are fine

    @Test func `a new widget passes its check and its replays`() throws {
        _ = try run("new", "thanks")

        let checked = try run("check", "thanks")
        let tested = try run("test", "thanks")

        #expect(checked.status == 0 && checked.output == "thanks 0.1.0: nothing is wrong\n", "\(checked.errors)")
        #expect(tested.status == 0 && tested.output == "replays/first.jsonl: 5 steps, as written\n", "\(tested.output)")
    }

    @Test(arguments: folders) func `a widget of this repository passes its check and its replays`(name: String) throws {
        let checked = try run("check", "\(Self.widgets)/\(name)")
        let tested = try run("test", "\(Self.widgets)/\(name)")

        #expect(checked.status == 0, "\(checked.errors)")
        #expect(!checked.output.contains("never used"), "\(checked.output)")
        #expect(tested.status == 0, "\(tested.output)")
        #expect(tested.output.contains(".jsonl: "))
    }

    // MARK: check

    @Test func `syntax is told of every file with its line, beside what else is wrong`() throws {
        try write(["main.lua": "local a =\nlocal b", "more.lua": "\n\nif true then", "photo.bmp": ""])

        let checked = try run("check", "w")

        let lines = checked.errors.split(separator: "\n")
        #expect(checked.status == 65)
        #expect(lines.first == "streamvibes: w: 3 things are wrong")
        #expect(lines.contains { $0.hasPrefix("  main.lua:2: unexpected symbol near 'local'") }, "\(checked.errors)")
        #expect(lines.contains { $0.hasPrefix("  more.lua:3: 'end' expected") }, "\(checked.errors)")
    }

    @Test(
        arguments: [
            ("local x = nil\nwidget.init(function() return x.y end)", "main.lua:2: attempt to index a nil value"),
            ("widget.init(function() while true do end end)", "main.lua:1: "),
            ("widget.render(function()\n  return ui.nonsense {} end)", "main.lua:2: there is no ui.nonsense"),
            (
                "widget.render(function() return ui.p { style = { color = 'url(x)' } } end)",
                "main.lua: p: "
            ),
            (
                "widget.render(function() return { ui.p { key = 'a' }, ui.p { key = 'a' } } end)",
                "main.lua: two siblings have the key a"
            ),
            ("widget.on('event:tip', function() end)", "main.lua:1: widget.on(\"event:tip\"): add \"event:tip\""),
            ("return", "main.lua: main.lua never calls widget.render"),
            (
                "widget.on('chat:message', function(s, e)\n  local f = function() error('no') end\n  f()\nend)\n"
                    + "widget.render(function() return {} end)",
                "main.lua:2: no (samples[0], chat:message)\n      [C]: in global 'error'\n      main.lua:2: in"
            ),
            (
                "widget.on('chat:message', function() timer.after(1, 'x') end)\n"
                    + "widget.on('timer:x', function() error('late') end)\nwidget.render(function() return {} end)",
                "main.lua:2: late (a minute after the samples)"
            ),
        ]
    )
    func `a program that fails is told with the place that failed`(program: String, place: String) throws {
        try write(["main.lua": program], manifest: ["permissions": ["timers"]])

        let checked = try run("check", "w")

        #expect(checked.status == 65)
        #expect(checked.errors.contains("\n  \(place)"), "\(checked.errors)")
    }

    @Test func `a sample that the widget would not hear of is told with its line`() throws {
        try write([:], manifest: ["samples": [["type": "event:raid", "payload": [:]]]])

        let checked = try run("check", "w")

        #expect(checked.status == 65)
        #expect(checked.errors.contains("widget.json:1: samples[0]: event:raid given"), "\(checked.errors)")
    }

    @Test func `a text that a language lacks is told, and one that English lacks with the line that names it`() throws {
        try write([
            "locales/en.json": #"{"a":"A","b":"B"}"#, "locales/de.json": #"{"a":"A"}"#,
            "main.lua": "-- locale.t('none')\nwidget.render(function() return locale.t('a') .. locale.t \"c\" end)",
        ])

        let checked = try run("check", "w")

        let lines = checked.errors.split(separator: "\n").dropFirst().map(String.init)
        #expect(checked.status == 65)
        #expect(
            lines == [
                "  locales/de.json: no text \"b\", which locales/en.json has",
                "  main.lua:2: locale.t: no text \"c\" in locales/en.json, one wanted",
            ]
        )
    }

    @Test func `without a cell nothing is judged, and that is said`() throws {
        try write(["replays/a.jsonl": #"{"advance":1}"#])
        let place = URL(fileURLWithPath: ServerProcess.executable).deletingLastPathComponent()
            .appendingPathComponent("alone-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let alone = place.appendingPathComponent("streamvibes").path
        try FileManager.default.linkItem(atPath: ServerProcess.executable, toPath: alone)

        for command in ["check", "test"] {
            let result = try run(command, "w", executable: alone)

            #expect(result.status == 69, "\(result.output)")
            #expect(result.errors.contains("the widget cannot be run: no cell could be started"), "\(result.errors)")
        }
    }

    // MARK: test

    @Test func `what differs is told with the line of the replay`() throws {
        let message = #"{"event":{"type":"chat:message","payload":{"text":"hi"}}}"#
        try write([
            "main.lua": """
            widget.on("chat:message", function(state, event)
              state.text = event.payload.text
              log.info("heard " .. state.text)
            end)
            widget.render(function(state)
              return ui.p { class = "a", ui.b "Ann", " says ", state.text or "nothing" }
            end)
            """,
            "replays/a.jsonl": """
            {"expect":{"text":["Ann","says","nothing"],"view":["p",{"class":"a"},["b",{},"Ann"]," says ","nothing"]}}
            \(message)
            {"expect":{"text":["says","Ann"]}}
            {"expect":{"view":["p",{"class":"b"},["b",0,"Ann"]," says ","hi"]}}
            {"expect":{"view":["p",{"class":"a"},["b",0,"Ben"]," says ","hi"]}}
            {"expect":{"effects":[]}}
            {"expect":{"effects":[]}}
            """,
            "replays/b.jsonl": "\(message)\n"
                + #"{"expect":{"effects":[{"kind":"log","level":"info","text":"heard hi"}]}}"#,
        ])

        let tested = try run("test", "w")

        #expect(tested.status == 65)
        #expect(tested.errors == "streamvibes: w: 1 of 2 replays go another way than written\n")
        #expect(
            tested.output == """
                replays/a.jsonl: 7 steps, 4 differences
                  replays/a.jsonl:3: the text "Ann" is missing after "says"
                      seen: "Ann says hi"
                  replays/a.jsonl:4: the view is not the same at [0]<p>.class
                      wanted: "b"
                        seen: "a"
                  replays/a.jsonl:5: the view is not the same at [0][0][0]
                      wanted: "Ben"
                        seen: "Ann"
                  replays/a.jsonl:6: the effects are not the same
                      wanted: []
                        seen: [{"kind":"log","level":"info","text":"heard hi"}]
                replays/b.jsonl: 2 steps, as written

                """,
            "\(tested.output)"
        )
    }

    @Test func `an error and an endless loop are told where they happen and the replay goes on`() throws {
        try write([
            "main.lua": """
            widget.init(function() return { count = 0 } end)
            widget.on("chat:message", function(state, event)
              if event.payload.text == "error" then error("on purpose") end
              while event.payload.text == "loop" do end
              state.count = state.count + 1
            end)
            widget.render(function(state) return tostring(state.count) end)
            """,
            "replays/a.jsonl": ["one", "error", "loop", "two"].map {
                #"{"event":{"type":"chat:message","payload":{"text":""# + $0 + #""}}}"# + "\n"
            }.joined() + #"{"expect":{"text":["2"]}}"#,
        ])

        let tested = try run("test", "w")

        let lines = tested.output.split(separator: "\n").map(String.init)
        #expect(tested.status == 65)
        #expect(lines.first == "replays/a.jsonl: 5 steps, 2 differences", "\(tested.output)")
        #expect(lines.contains("  replays/a.jsonl:2: main.lua:3: on purpose"))
        #expect(lines.contains { $0.hasPrefix("  replays/a.jsonl:3: ") && $0.contains("instructions") })
        #expect(lines.contains { $0.hasPrefix("      main.lua:4: in ") })
    }

    @Test func `a replay has a clock, dice and a language of its own, the same every time`() throws {
        try write(
            [
                "main.lua": """
                widget.on("chat:message", function(state, event)
                  state.now, state.dice = clock.now(), random(1000000)
                  timer.every(0.5, "beat")
                end)
                widget.on("timer:beat", function(state) state.beats = (state.beats or 0) + 1 end)
                widget.render(function(state)
                  log.info("dice " .. (state.dice or 0))
                  return { locale.t("hi"), " ", format.date(state.now or 0), " ", format.time(state.now or 0), " ",
                    tostring(state.beats) }
                end)
                """,
                "locales/en.json": #"{"hi":"Hello"}"#, "locales/de.json": #"{"hi":"Hallo"}"#,
                "replays/a.jsonl": """
                {"locale":"de"}
                {"event":{"type":"chat:message","payload":{"text":""}}}
                {"expect":{"text":["Hallo 21 Nov 2026 18:00 nil"]}}
                {"advance":1250}
                {"expect":{"text":["2"]}}
                {"event":{"type":"chat:message","at":"2026-11-21T19:30:00Z","payload":{"text":""}}}
                {"expect":{"text":["19:30 10800"]}}
                """,
                "replays/english.jsonl": #"{"expect":{"text":["Hello"]}}"#,
            ],
            manifest: ["permissions": ["timers"]]
        )

        let first = try run("test", "w", "--log")
        let second = try run("test", "w", "--log")

        #expect(first.status == 0, "\(first.output)")
        #expect(first.output.contains("log info: dice "))
        #expect(first.output == second.output)
    }

    @Test func `an event that the widget would not hear of is told, but for what moderators do`() throws {
        try write([
            "replays/a.jsonl": """
            {"event":{"type":"chat:clear","payload":{"userId":null}}}
            {"event":{"type":"event:raid","payload":{"viewers":1}}}
            {"event":{"type":"timer:x","payload":{}}}
            """
        ])

        let tested = try run("test", "w")

        let lines = tested.output.split(separator: "\n")
        #expect(tested.status == 65)
        #expect(
            lines.dropFirst().map { $0.prefix(27) } == ["  replays/a.jsonl:2: event:", "  replays/a.jsonl:3: timer:"]
        )
    }

    @Test func `a widget without replays passes`() throws {
        try write([:])

        let tested = try run("test", "w")

        #expect(tested.status == 0)
        #expect(tested.output == "w1: no replays\n")
    }

    // MARK: Steps

    /// A package in the folder `w`, fine but for these files and members of its manifest.
    private func write(_ files: [String: String], manifest changes: JSONObject = [:]) throws {
        var manifest: JSONObject = [
            "apiVersion": 1, "id": "w1", "name": "W", "version": "1.0.0", "defaultSize": ["width": 1, "height": 1],
            "events": ["chat:message"], "configSchema": ["type": "object"],
            "samples": [["type": "chat:message", "payload": [:]]],
        ]
        for member in changes.members { manifest[member.name] = member.value }
        try folder.write("w/widget.json", Array(JSONValue.object(manifest).text.utf8))
        try folder.write("w/main.lua", Array("widget.render(function() return ui.p 'fine' end)".utf8))
        for (path, text) in files { try folder.write("w/\(path)", Array(text.utf8)) }
    }

    private func run(_ arguments: String..., executable: String = ServerProcess.executable) throws -> CommandResult {
        var environment = ServerProcess.environment
        environment["WIDGETS_DIR"] = nil
        return try CommandResult.run(
            ["widget"] + arguments,
            environment: environment,
            directory: folder.path,
            executable: executable
        )
    }
}
