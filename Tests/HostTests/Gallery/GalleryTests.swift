import BuiltinWidgets
import Foundation
import Testing
import WidgetAPI

@testable import Host

/// The widget gallery in `docs/widgets`.
enum Gallery {
    /// Set by `make docs`: then pages and pictures are made, not only compared.
    static let isMaking = ProcessInfo.processInfo.environment["STREAMVIBES_GALLERY"] == "1"

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/widgets")
}

@Suite struct GalleryTests {
    @Test(arguments: BuiltinWidgets.all.map(\.manifest.id))
    func `a page of the gallery says what the widget's schema says`(id: String) throws {
        let widget = try #require(BuiltinWidgets.all.first { $0.manifest.id == id })
        let file = Gallery.folder.appendingPathComponent("\(id).md")
        let page = WidgetPage(manifest: widget.manifest).text
        if Gallery.isMaking { try Data(page.utf8).write(to: file) }

        #expect(try String(contentsOf: file, encoding: .utf8) == page, "run make docs")
    }
}

extension BrowserTests {
    @Suite struct GalleryPictures {
        /// What is on screen when a widget has its picture taken.
        private static let scenes: [(type: String, width: Int64, height: Int64, config: JSONValue)] = [
            ("chat", 480, 600, ["showTimestamps": true]),
            ("events", 960, 360, ["displayDuration": 15, "soundEnabled": false]),
            ("goals", 480, 120, ["currentSource": "manual", "currentValue": 68]),
            ("tips", 1920, 120, ["mode": "donations", "showTimestamps": true]),
        ]

        @Test(.enabled(if: Gallery.isMaking, "make docs sets STREAMVIBES_GALLERY=1"))
        func `every widget has its picture taken with its samples`() throws {
            let streamer = try DemoStreamer()
            for scene in Self.scenes {
                let widget = try #require(BuiltinWidgets.all.first { $0.manifest.id == scene.type })
                try streamer.configure(scene.type, scene.config)
                let page = try Browser().newPage()
                try page.resize(width: scene.width, height: scene.height)
                let size = "width=\(scene.width)&height=\(scene.height)"
                try page.open("http://127.0.0.1:\(streamer.server.port)/twitch/demo/\(scene.type)?\(size)")
                try page.wait(until: "document.body.dataset.link === 'up'", "the page is there")
                // One alert at a time; of the rest all.
                let samples = widget.manifest.samples.prefix(scene.type == "events" ? 1 : .max)
                for sample in samples { try streamer.send(sample.type.name, sample.payload) }
                _ = try page.evaluate(
                    "document.documentElement.style.background = 'linear-gradient(120deg,#16324f,#3c6e71 55%,#d9a441)'"
                )
                // What moves has come in by then, and a goal's bar has grown.
                _ = try page.evaluate("new Promise((done) => setTimeout(() => done(true), 2000))")
                let picture = try #require(Data(base64Encoded: try page.screenshot()))
                try picture.write(to: Gallery.folder.appendingPathComponent("\(scene.type).png"))
            }
        }
    }
}
