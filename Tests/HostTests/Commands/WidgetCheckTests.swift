import Foundation
import Testing
import WidgetAPI

@testable import Host

/// What `widget check` says of a program that it runs in a real cell.
@Suite struct WidgetCheckTests {
    private let author: AuthorsFolder

    init() throws {
        author = try AuthorsFolder()
    }

    private static let widgets = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("widgets").path

    private static let folders = ((try? FileManager.default.contentsOfDirectory(atPath: widgets)) ?? []).sorted()

    // MARK: Widgets that are fine

    @Test func `a new widget passes its check and its replays`() throws {
        _ = try author.run("new", "thanks")

        let checked = try author.run("check", "thanks")
        let tested = try author.run("test", "thanks")

        #expect(checked.status == 0 && checked.output == "thanks 0.1.0: nothing is wrong\n", "\(checked.errors)")
        #expect(tested.status == 0 && tested.output == "replays/first.jsonl: 5 steps, as written\n", "\(tested.output)")
    }

    @Test(arguments: folders) func `a widget of this repository passes its check and its replays`(name: String) throws {
        let checked = try author.run("check", "\(Self.widgets)/\(name)")
        let tested = try author.run("test", "\(Self.widgets)/\(name)")

        #expect(checked.status == 0, "\(checked.errors)")
        #expect(!checked.output.contains("never used"), "\(checked.output)")
        #expect(tested.status == 0, "\(tested.output)")
        #expect(tested.output.contains(".jsonl: "))
    }

    // MARK: Widgets that are not
    @Test func `syntax is told of every file with its line, beside what else is wrong`() throws {
        try author.write(["main.lua": "local a =\nlocal b", "more.lua": "\n\nif true then", "photo.bmp": ""])

        let checked = try author.run("check", "w")

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
        try author.write(["main.lua": program], manifest: ["permissions": ["timers"]])

        let checked = try author.run("check", "w")

        #expect(checked.status == 65)
        #expect(checked.errors.contains("\n  \(place)"), "\(checked.errors)")
    }

    @Test func `a fault that every sample shows is told once`() throws {
        let samples: JSONValue = [["type": "event:raid", "payload": [:]], ["type": "event:tip", "payload": [:]]]
        try author.write(
            ["main.lua": "widget.on('*', function() error('no') end)\nwidget.render(function() return {} end)"],
            manifest: ["events": ["*"], "samples": samples]
        )

        let checked = try author.run("check", "w")

        #expect(checked.errors.contains("streamvibes: w: 1 thing is wrong\n"), "\(checked.errors)")
        #expect(checked.errors.contains("main.lua:1: no (samples[0], event:raid)"))
    }

    @Test func `a sample that the widget would not hear of is told with its line`() throws {
        try author.write([:], manifest: ["samples": [["type": "event:raid", "payload": [:]]]])

        let checked = try author.run("check", "w")

        #expect(checked.status == 65)
        #expect(checked.errors.contains("widget.json:1: samples[0]: event:raid given"), "\(checked.errors)")
    }

    @Test func `a text that a language lacks is told, and one that English lacks with the line that names it`() throws {
        try author.write([
            "locales/en.json": #"{"a":"A","b":"B"}"#, "locales/de.json": #"{"a":"A"}"#,
            "main.lua": "-- locale.t('none')\nwidget.render(function() return locale.t('a') .. locale.t \"c\" end)",
        ])

        let checked = try author.run("check", "w")

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
        try author.write(["replays/a.jsonl": #"{"advance":1}"#])
        let place = URL(fileURLWithPath: ServerProcess.executable).deletingLastPathComponent()
            .appendingPathComponent("alone-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let alone = place.appendingPathComponent("streamvibes").path
        try FileManager.default.linkItem(atPath: ServerProcess.executable, toPath: alone)

        for command in ["check", "test"] {
            let result = try author.run(command, "w", executable: alone)

            #expect(result.status == 69, "\(result.output)")
            #expect(result.errors.contains("the widget cannot be run: no cell could be started"), "\(result.errors)")
        }
    }
}
