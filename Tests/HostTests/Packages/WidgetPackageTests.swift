import Foundation
import Testing
import WidgetAPI

@testable import Host

@Suite struct WidgetPackageTests {
    @Test func `a package is read from its folder and from its archive with the same result`() throws {
        let folder = try TemporaryFolder()
        try folder.write(PackageExample.files, in: "hype-meter")

        let unpacked = try WidgetPackage(folder: folder.path + "/hype-meter")
        let packed = try WidgetPackage(archive: PackageExample.archive(), named: "hype-meter-1.2.3.svwidget")

        #expect(unpacked.hash == packed.hash)
        #expect(unpacked.manifest == packed.manifest)
        #expect(packed.manifest.events == ["chat:message", "event:*"])
        #expect(packed.manifest.configSchema.defaults == ["word": "hype", "step": 0.1])
        #expect(packed.license == "MIT")
        #expect(packed.programs == ["main.lua": PackageExample.program])
        #expect(packed.assets["assets/flame.png"]?.type == "image/png")
        #expect(packed.locales == ["en": ["title": "Hype"]])
        #expect(packed.replays["replays/first.jsonl"]?.steps.map(\.line) == [2, 4, 5])
        #expect(packed.replays["replays/first.jsonl"]?.config == ["word": "hype", "step": 0.1])
        #expect(packed.archiveName == "hype-meter-1.2.3.svwidget")
    }

    @Test func `another byte, name or split of the same bytes is another hash`() {
        let hashes = [
            PackageFiles(folder: "a", contents: ["x": [1, 2]]),
            PackageFiles(folder: "a", contents: ["x": [1, 3]]),
            PackageFiles(folder: "a", contents: ["y": [1, 2]]),
            PackageFiles(folder: "a", contents: ["x": [1], "y": [2]]),
            PackageFiles(folder: "a", contents: ["x": [], "y": [1, 2]]),
        ].map(\.hash)

        #expect(Set(hashes).count == hashes.count)
        #expect(PackageFiles(folder: "b", contents: ["x": [1, 2]]).hash == hashes[0])
    }

    @Test func `everything that is wrong is told at once, each with its place`() {
        let files = PackageExample.files([
            "widget.json": PackageExample.manifest.replacing("\"width\": 3", with: "\"width\": 13"),
            "main.lua": "local a = 1\nlocal b = '\u{0}'\n",
            "style.css": ".a { color: red }\n@import \"x.css\";\n",
            "assets/flame.png": "no picture",
            "locales/en.json": "{\n  \"title\": 5\n}",
            "replays/first.jsonl":
                "{\"advance\": 5}\n{\"advance\": -1}\n{\"jump\": 1}\n{\"event\": {\"type\": \"a:b\"}}\n",
            "notes.txt": "hello",
        ])

        let faults = PackageExample.faults(files)

        let begins = [
            "widget.json:10: defaultSize.width: 13 given, a whole number from 1 to 12 wanted",
            "notes.txt: no file of this name belongs into a package, but widget.json, ",
            "main.lua:2: a NUL byte, text wanted",
            "assets/flame.png: its bytes are no png file",
            "locales/en.json:2: title: 5 given, a text wanted",
            "style.css:2:1: @import may not stand in a widget's sheet",
        ]
        for begin in begins { #expect(faults.contains { $0.hasPrefix(begin) }, "\(begin) in \(faults)") }
        #expect(faults.count == begins.count)
    }

    @Test func `a replay may begin with settings, a language or both, and no other line has them`() throws {
        func language(_ line: String) throws -> String? {
            let files = PackageExample.files(["locales/de.json": "{}", "replays/first.jsonl": line])
            return try WidgetPackage(files).replays["replays/first.jsonl"]?.language
        }

        #expect(try language(#"{"config":{}}"#) == "en")
        #expect(try language(#"{"locale":"de"}"#) == "de")
        #expect(try language(#"{"config":{},"locale":"de"}"#) == "de")
        for line in [#"{"locale":"fr"}"#, #"{"locale":5}"#, "{\"advance\":1}\n{\"locale\":\"de\"}"] {
            #expect(throws: PackageError.self) { try language(line) }
        }
    }

    @Test(arguments: [
        #"{"event":{"type":"chat:message","payload":{},"platfrom":"kick"}}"#,
        #"{"event":{"type":"chat:message","payload":{},"platform":"elsewhere"}}"#,
        #"{"event":{"type":"chat:message","payload":{},"at":"later"}}"#,
        #"{"event":{"type":"chat:message","payload":{},"test":"yes"}}"#,
        #"{"event":{"type":"chat:message","payload":{},"id":""}}"#, #"{"expect":{"text":[]}}"#, "{}",
    ])
    func `a line of a replay that would not do what it says is refused`(line: String) {
        let faults = PackageExample.faults(PackageExample.files(["replays/first.jsonl": "\n" + line]))

        #expect(faults.count == 1 && faults[0].hasPrefix("replays/first.jsonl:2: "), "\(faults)")
    }

    @Test func `a replay's faults name their lines`() {
        let lines = [
            "{\"config\": {\"word\": 5}}", "{\"advance\": -1}", "{\"jump\": 1}", "{\"event\": {\"type\": \"a:b\"}}",
            "{\"advance\": 1}", "{\"expect\": {\"texts\": []}}", "{\"expect\"", "{\"config\": {}}",
        ]
        let faults = PackageExample.faults(
            PackageExample.files(["replays/first.jsonl": lines.joined(separator: "\n")])
        )

        #expect(
            faults.map { $0.split(separator: " ")[0] } == [1, 2, 3, 4, 6].map { "replays/first.jsonl:\($0):" } + [
                "replays/first.jsonl:7:10:", "replays/first.jsonl:8:",
            ]
        )
    }

    @Test(
        arguments: [
            (["main.lua": nil], "main.lua: no such file"),
            (["widget.json": nil], "widget.json: no such file"),
            (["main.lua": "\u{1B}Lua\u{54}"], "main.lua:1: compiled Lua, its text wanted"),
            (["more.lua": String(repeating: "-", count: 131_072)], "main.lua: 131290 bytes of Lua in all files"),
            (["lib/more.lua": "return 1"], "lib/more.lua: no file of this name"),
            (["assets/page.html": "<p>"], "assets/page.html: no file of this name"),
            (["locales/english.json": "{}"], "locales/english.json: no file of this name"),
            (["widget.json": "{\n\"id\": tru}"], "widget.json:2:7: Expected a value"),
            (["assets/a.svg": "<!DOCTYPE svg><svg/>"], "assets/a.svg: its bytes are no svg file"),
            (["assets/a.jpg": "GIF89a"], "assets/a.jpg: its bytes are no jpg file"),
        ] as [([String: String?], String)]
    )
    func `what does not belong into a package is named`(changes: [String: String?], fault: String) {
        let faults = PackageExample.faults(PackageExample.files(changes))

        #expect(faults.count == 1 && faults[0].hasPrefix(fault), "\(faults)")
    }

    @Test(arguments: [
        ("svg", "<?xml version=\"1.0\"?>\n<!-- a -->\n<svg viewBox=\"0 0 1 1\"/>", "image/svg+xml"),
        ("ogg", "OggS", "audio/ogg"), ("mp3", "ID3", "audio/mpeg"), ("wav", "RIFF....WAVE", "audio/wav"),
        ("webp", "RIFF....WEBP", "image/webp"), ("gif", "GIF89a", "image/gif"), ("woff2", "wOF2", "font/woff2"),
    ])
    func `an asset's type is what its first bytes say`(ending: String, text: String, type: String) {
        #expect(PackageAsset("assets/a.\(ending)", Array(text.utf8))?.type == type)
        #expect(PackageAsset("assets/a.png", Array(text.utf8)) == nil)
    }

    @Test func `a program that is no UTF-8 is refused at its line`() {
        var contents = PackageExample.files
        contents["main.lua"] = Array("local a\nlocal b = \"".utf8) + [0xFF, 0x22]

        let faults = PackageExample.faults(PackageFiles(folder: "hype-meter", contents: contents))

        #expect(faults == ["main.lua:2: bytes that are no UTF-8, text wanted"])
    }

    @Test func `links are refused, and an editor's own files are left out`() throws {
        let folder = try TemporaryFolder()
        try folder.write(PackageExample.files, in: "hype-meter")
        try folder.write("hype-meter/.git/config", [1])
        let whole = try WidgetPackage(folder: folder.path + "/hype-meter")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/hype-meter/assets/passwords.png",
            withDestinationPath: "/etc/passwd"
        )

        let error = #expect(throws: PackageError.self) { try WidgetPackage(folder: folder.path + "/hype-meter") }

        #expect(whole.hash == PackageExample.files([:]).hash)
        #expect(error?.description == "assets/passwords.png: a link or a special file, a regular one wanted")
    }

    @Test func `a function without its permission is named with both lines, a permission without use too`() throws {
        let files = PackageExample.files([
            "main.lua":
                "local t = state.timer.x -- sound.play\n--[[\nsound.play() ]]"
                + "storage.set('sound.play', [[timer.after]])\n"
        ])

        let package = try WidgetPackage(files)

        let wanted =
            "main.lua:3: storage needs a permission; add \"storage\" to \"permissions\" in widget.json (line 12)"
        #expect(package.permissionFaults.map(\.description) == [wanted])
        #expect(package.unusedPermissions == [.timers])
    }

    @Test func `an archive whose folder is not named as its widget is refused`() {
        let archive = ZipWriter.archive(of: PackageExample.files([:]), folder: "other")

        let error = #expect(throws: PackageError.self) { try WidgetPackage(archive: archive, named: "a.svwidget") }

        #expect(error?.description.hasPrefix("a.svwidget: the folder \"other\" given") == true)
    }
}
