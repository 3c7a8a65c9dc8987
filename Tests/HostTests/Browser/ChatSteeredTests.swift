import Foundation
import Testing
import WidgetAPI

extension BrowserTests {
    /// Widgets of the folder `widgets` that chat steers, on a real overlay.
    @Suite struct ChatSteeredTests {
        @Test func `a poll begins in chat, takes votes and is gone when its question is deleted`() throws {
            var environment = ServerProcess.environment
            environment["WIDGETS_DIR"] = Self.widgets
            let streamer = try DemoStreamer(environment: environment)
            let page = try Browser().overlay("http://127.0.0.1:\(streamer.server.port)/twitch/demo/overlay")
            let poll: JSONValue = ["type": "poll", "position": ["x": 0, "y": 5, "width": 4, "height": 3]]

            let placed = try streamer.post("/api/widgets", poll)
            #expect(placed.status == 201, "\(placed.message)")
            let moderator: JSONValue = ["id": "m", "login": "mia", "displayName": "Mia", "roles": ["moderator"]]
            let question = "!poll What do we play next? | Rocket golf | The quiz of the week | Something new"
            try streamer.send("chat:message", ["messageId": "q", "user": moderator, "text": .string(question)])
            try page.wait(until: "probe.texts('poll', '.name').length === 3", "it is asked", withinSeconds: 30)
            for (voter, choice) in [("a", 2), ("b", 2), ("c", 1)] {
                try streamer.send("chat:message", ["user": ["id": .string(voter)], "text": "!vote \(choice)"])
            }
            try page.wait(until: "probe.texts('poll', '.percent')[1] === '67%'", "it counts", withinSeconds: 30)
            try streamer.send("chat:message", ["user": moderator, "text": "!poll end"])
            try page.wait(until: "probe.texts('poll', '.winner .name').length === 1", "it ends", withinSeconds: 30)
            #expect(try page.evaluate("probe.texts('poll', '.winner .name')") == ["The quiz of the week"])
            try page.saveScreenshot("poll")
            try streamer.send("chat:delete", ["messageId": "q"])
            try page.wait(until: "probe.texts('poll', '.name').length === 0", "it is gone", withinSeconds: 30)

            try page.expectNoComplaints()
        }

        @Test func `a countdown is steered from chat, made longer by gifts and ticks`() throws {
            var environment = ServerProcess.environment
            environment["WIDGETS_DIR"] = Self.widgets
            let streamer = try DemoStreamer(environment: environment)
            let page = try Browser().overlay("http://127.0.0.1:\(streamer.server.port)/twitch/demo/overlay")
            let countdown: JSONValue = [
                "type": "countdown", "position": ["x": 0, "y": 4, "width": 3, "height": 2],
                "config": ["label": "Subathon"],
            ]

            let placed = try streamer.post("/api/widgets", countdown)
            #expect(placed.status == 201, "\(placed.message)")
            try page.wait(until: "probe.texts('countdown', '.time')[0] === '5:00'", "it is there", withinSeconds: 30)
            let moderator: JSONValue = ["id": "m", "login": "mia", "displayName": "Mia", "roles": ["moderator"]]
            try streamer.send("chat:message", ["user": moderator, "text": "!timer start 20:00"])
            try page.wait(
                until: "probe.texts('countdown', '.time')[0].startsWith('19:')",
                "it ticks",
                withinSeconds: 30
            )
            try streamer.send("event:raid", ["viewers": 42])
            // In one look: it is there for a few seconds only.
            let thanks = "probe.texts('countdown', '.flash').join('|')"
            try page.wait(until: "\(thanks) === '+0:42 Aurora99'", "it thanks", withinSeconds: 30)

            try page.saveScreenshot("countdown")
            try page.expectNoComplaints()
        }

        private static let widgets: String = {
            var root = URL(fileURLWithPath: #filePath)
            for _ in 0..<4 { root.deleteLastPathComponent() }
            return root.appendingPathComponent("widgets").path
        }()
    }
}
