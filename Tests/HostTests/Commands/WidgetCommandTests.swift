import Foundation
import Testing
import WidgetAPI

@testable import Host

/// The author's kit as an author types it.
@Suite(.withProcesses) struct WidgetCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a new widget is checked, packed and installed with four commands`() throws {
        let made = try run("new", "hype-meter")
        let checked = try run("check", "hype-meter")
        let packed = try run("pack", "hype-meter")
        let installed = try run("install", "hype-meter-0.1.0.svwidget", "--data-dir", "data")
        let again = try run("install", "hype-meter-0.1.0.svwidget", "--data-dir", "data")

        #expect([made, checked, packed, installed, again].map(\.status) == [0, 0, 0, 0, 0])
        #expect(checked.output == "hype-meter 0.1.0: nothing is wrong\n")
        #expect(packed.output == "hype-meter-0.1.0.svwidget\n")
        #expect(installed.output == "hype-meter 0.1.0 is installed\nIt may use: timers\n")
        let place = try #require(PackageShelf.places(in: folder.path + "/data/widgets").first)
        #expect(try place.content.get().manifest.name == "Hype meter")
        #expect(try folder.bytes("hype-meter-0.1.0.svwidget") == folder.bytes("data/widgets/hype-meter.svwidget"))
    }

    @Test func `everything that is wrong is told, a line each, with exit status 65`() throws {
        try folder.write(PackageExample.files, in: "hype-meter")
        try folder.write("hype-meter/style.css", Array("@import 'x';".utf8))
        try folder.write("hype-meter/main.lua", Array("\nstorage.set('a', 1)".utf8))
        try folder.write("hype-meter/photo.bmp", [1])

        let checked = try run("check", "hype-meter")
        try FileManager.default.removeItem(atPath: folder.path + "/hype-meter/photo.bmp")
        try folder.write("hype-meter/style.css", [])
        let permissions = try run("pack", "hype-meter")

        let lines = checked.errors.split(separator: "\n")
        #expect(checked.status == 65)
        #expect(lines.first == "streamvibes: hype-meter: 2 things are wrong")
        #expect(lines.count == 3 && checked.errors.contains("  style.css:1:1: @import"))
        #expect(permissions.status == 65)
        #expect(permissions.errors.contains("main.lua:2: storage needs a permission; add \"storage\""))
    }

    @Test func `a permission that is never used is told and is no fault`() throws {
        try folder.write(PackageExample.files, in: "hype-meter")
        try folder.write("hype-meter/main.lua", Array("widget.render(function() return {} end)".utf8))

        let checked = try run("check", "hype-meter")

        #expect(checked.status == 0)
        #expect(checked.output.contains("the permission \"timers\" is asked for and never used"))
    }

    @Test func `an id that the host has already is refused`() throws {
        try folder.write(PackageExample.files, in: "widgets/hype-meter")
        try folder.write("a.svwidget", PackageExample.archive())
        var files = PackageExample.files
        files["widget.json"] = Array(PackageExample.manifest.replacing("hype-meter", with: "chat").utf8)
        let chat = ZipWriter.archive(of: PackageFiles(folder: "chat", contents: files), folder: "chat")
        try folder.write("chat.svwidget", chat)

        let offered = try run("install", "a.svwidget", "--data-dir", "data")
        let builtin = try run("install", "chat.svwidget", "--data-dir", "data")

        #expect([offered.status, builtin.status] == [65, 65])
        #expect(offered.errors.contains("\"hype-meter\" seen, one that no widget in ./widgets has wanted"))
        #expect(builtin.errors.contains("\"chat\" seen, one that no built-in widget has wanted"))
        #expect(PackageShelf.places(in: folder.path + "/data/widgets").isEmpty)
    }

    @Test(arguments: [
        ["new", "Hype"], ["new", "x"], ["new", "../x"], ["check", "nowhere"], ["pack", "nowhere"],
        ["install", "nowhere", "--data-dir", "data"],
    ])
    func `a mistake is one line with exit status 65`(arguments: [String]) throws {
        let result = try run(arguments)

        #expect(result.status == 65)
        #expect(result.errors.contains(arguments[1]), "\(result.errors)")
    }

    @Test func `a folder that is there is never written over`() throws {
        try folder.write("hype-meter/main.lua", [1])

        let result = try run("new", "hype-meter")

        #expect(result.status == 65)
        #expect(try folder.bytes("hype-meter/main.lua") == [1])
    }

    @Test func `a broken package on the shelf is told and harms no other`() throws {
        try folder.write(PackageExample.files, in: "shelf/hype-meter")
        try folder.write("shelf/broken.svwidget", [1, 2, 3])
        try folder.write("shelf/twice.svwidget", PackageExample.archive())
        try folder.write("shelf/notes/a.txt", [1])

        let places = PackageShelf.places(in: folder.path + "/shelf")

        #expect(places.map(\.name) == ["broken.svwidget", "hype-meter", "twice.svwidget"])
        #expect(places.map { (try? $0.content.get())?.manifest.id } == [nil, "hype-meter", nil])
        #expect(PackageShelf.places(in: folder.path + "/none").isEmpty)
    }

    private func run(_ arguments: String...) throws -> CommandResult {
        try run(arguments)
    }

    private func run(_ arguments: [String]) throws -> CommandResult {
        var environment = ServerProcess.environment
        environment["WIDGETS_DIR"] = nil
        return try CommandResult.run(["widget"] + arguments, environment: environment, directory: folder.path)
    }
}
