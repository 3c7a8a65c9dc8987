import Foundation
import Glibc
import Testing
import WidgetAPI

extension BrowserTests {
    /// A widget of the folder `widgets` on a real overlay.
    @Suite struct LuaOverlayTests {
        @Test func `the hype meter follows chat on the overlay and outlives its cell`() throws {
            var environment = ServerProcess.environment
            environment["WIDGETS_DIR"] = Self.widgets
            let streamer = try DemoStreamer(environment: environment)
            let page = try Browser().overlay("http://127.0.0.1:\(streamer.server.port)/twitch/demo/overlay")

            // The demo's layout has one.
            try streamer.configure("hype-meter", ["words": ["gg"], "target": 4, "decay": 300])
            try page.wait(until: "probe.texts('hype-meter', '.percent')[0] === '0%'", "it is there", withinSeconds: 30)
            try streamer.send("chat:message", ["text": "GG!"])
            try page.wait(until: "probe.texts('hype-meter', '.percent')[0] === '25%'", "it counts", withinSeconds: 30)
            try streamer.server.killCells()
            try streamer.send("chat:message", ["text": "gg again"])
            try page.wait(until: "probe.texts('hype-meter', '.percent')[0] === '50%'", "it goes on", withinSeconds: 30)

            #expect(try page.evaluate("probe.texts('hype-meter', '.title')") == ["Hype"])
            try page.saveScreenshot("hype-meter")
            try page.expectNoComplaints()
        }

        @Test func `a package's own font reaches the page under a name of its own, and leaves with the widget`() throws
        {
            let folder = try ObjectFolder()
            try folder.write("handwritten/widget.json", Self.handwritten)
            try folder.write("handwritten/main.lua", "widget.render(function() return ui.b { text = \"Hello\" } end)")
            try folder.write(
                "handwritten/style.css",
                "@font-face{font-family:Hand;src:url(\"assets/hand.woff2\")}b{font:40px Hand,serif}"
            )
            try folder.write("handwritten/assets/hand.woff2", "wOF2 is all that it has of a font")
            var environment = ServerProcess.environment
            environment["WIDGETS_DIR"] = folder.path
            let streamer = try DemoStreamer(environment: environment)
            let page = try Browser().overlay("http://127.0.0.1:\(streamer.server.port)/twitch/demo/overlay")
            let place: JSONValue = ["x": 0, "y": 4, "width": 2, "height": 1]
            let placed = try streamer.post("/api/widgets", ["type": "handwritten", "position": place])
            let id = try #require(placed.data["id"]?.stringValue, "\(placed.message)")

            try page.wait(until: "probe.texts('handwritten', 'b')[0] === 'Hello'", "it is there", withinSeconds: 30)
            // The host's own fonts are there, too.
            let own = "filter((family) => family.startsWith('handwritten'))"
            let families = "[...document.fonts].map((font) => font.family).\(own)"
            let first = try page.evaluate(families)
            #expect(try streamer.delete("/api/widgets/\(id)").status == 204)
            try page.wait(until: "\(families).length === 0", "it has left with its font", withinSeconds: 30)

            #expect(first == ["handwritten-Hand"])
        }

        private static let handwritten = """
            {"apiVersion":1,"id":"handwritten","name":"Handwritten","version":"1.0.0","events":[],
             "configSchema":{"type":"object","properties":{}},"defaultSize":{"width":2,"height":1}}
            """

        @Test func `a package of the folder is offered beside the built-in types and keeps its settings`() throws {
            var environment = ServerProcess.environment
            environment["WIDGETS_DIR"] = Self.widgets
            let streamer = try DemoStreamer(environment: environment)
            let placed = try streamer.post("/api/widgets", ["type": "hype-meter", "config": ["target": 7]])
            let id = try #require(placed.data["id"]?.stringValue)

            #expect(try streamer.get("/api/widgets/\(id)").data["config"]?["target"] == 7)
            let types = try streamer.get("/api/widget-types").items
            #expect(types.first { $0["id"] == "hype-meter" }?["kind"] == "lua")
        }

        private static let widgets: String = {
            var root = URL(fileURLWithPath: #filePath)
            for _ in 0..<4 { root.deleteLastPathComponent() }
            return root.appendingPathComponent("widgets").path
        }()
    }
}

extension ServerProcess {
    /// Ends every cell of this host: children of the zygote, which is its child.
    func killCells() throws {
        let zygotes = try Self.children(of: processId)
        let cells = try zygotes.flatMap(Self.children)
        guard !cells.isEmpty else { throw Socket.Failure(description: "there are no cells") }
        for cell in cells { Glibc.kill(cell, SIGKILL) }
    }

    private static func children(of processId: pid_t) throws -> [pid_t] {
        let tasks = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(processId)/task")
        return try tasks.flatMap { task in
            try String(contentsOfFile: "/proc/\(processId)/task/\(task)/children", encoding: .utf8)
                .split(separator: " ").compactMap { pid_t($0) }
        }
    }
}
