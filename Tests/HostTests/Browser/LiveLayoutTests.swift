import Testing
import WidgetAPI

extension BrowserTests {
    /// Layouts that change while pages show them.
    @Suite struct LiveLayoutTests {
        @Test func `widgets that are added, moved and removed are so on the running overlay`() throws {
            let stream = try RunningOverlay()
            let layout = try stream.streamer.layout()
            let widgets = try #require(layout["widgets"]?.arrayValue)
            let chat = try #require(widgets.first { $0["type"] == "chat" }?.objectValue)
            var moved = chat
            moved["position"] = ["x": 0, "y": 3, "width": 3, "height": 5]
            let second: JSONValue = [
                "type": "goals", "config": ["goalType": "bits", "label": "Second"],
                "position": ["x": 0, "y": 0, "width": 6, "height": 2],
            ]

            try stream.save(layout, [.object(moved), second])

            try stream.page.wait(
                until: "document.querySelectorAll('.slot').length === 2",
                "two are left",
                withinSeconds: 30
            )
            #expect(
                try stream.page.evaluate("probe.boxes()") == ["chat": [0, 360, 480, 600], "goals": [0, 0, 960, 240]]
            )
            #expect(try stream.page.chatLines() == stream.lines)
            #expect(try stream.page.evaluate("probe.texts('goals', '.label')") == ["Second"])
            #expect(try stream.page.evaluate("window.isTheSamePage") == true)
            try stream.streamer.send("chat:message", ["text": "still alive"])
            try stream.page.waitForLine("still alive", withinSeconds: 30)
            try stream.expectNothingBroke()
        }

        @Test func `a page of one widget that the layout does not have shows one with the usual settings`() throws {
            let stream = try RunningOverlay()
            try stream.save(stream.streamer.layout(), [])
            try stream.page.wait(
                until: "document.querySelectorAll('.slot').length === 0",
                "it is empty",
                withinSeconds: 30
            )

            for (view, selector) in [("chat", ".line"), ("events", ".alert"), ("goals", ".track"), ("tips", "")] {
                try stream.page.open("http://127.0.0.1:\(stream.streamer.server.port)/twitch/demo/\(view)")
                try stream.page.wait(
                    until: "probe.root('\(view)') !== null",
                    "there is one of \(view)",
                    withinSeconds: 30
                )
                try stream.streamer.send("chat:message", ["text": "for \(view)"])
                try stream.streamer.send("event:follow", ["user": ["displayName": "Newcomer"]])
                #expect(try stream.page.evaluate("Object.keys(probe.boxes())") == [.string(view)])
                // A ticker of the streamer's messages has none to show at first.
                guard !selector.isEmpty else { continue }
                try stream.page.wait(
                    until: "probe.all('\(view)', '\(selector)').length > 0",
                    "\(view) lives",
                    withinSeconds: 30
                )
            }
            try stream.expectNothingBroke()
        }
    }
}

extension RunningOverlay {
    /// Gives the streamer's layout these widgets and no others.
    fileprivate func save(_ layout: JSONValue, _ widgets: [JSONValue]) throws {
        let id = layout["id"]?.stringValue ?? ""
        let body: JSONValue = ["widgets": .array(widgets), "version": layout["version"] ?? .null]
        let answer = try streamer.put("/api/layouts/\(id)", body)
        guard answer.status == 200 else { throw Socket.Failure(description: answer.message) }
    }
}
