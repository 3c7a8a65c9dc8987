import Foundation
import Testing
import WidgetAPI

@testable import Host

/// What a dashboard tries out: seen there, and nowhere else.
@Suite(.withProcesses) struct PreviewTests {
    @Test func `a draft is seen with made-up events, and nothing of it is on air or kept`() throws {
        let streamer = try DemoStreamer()
        let layout = try #require(try streamer.layout()["id"]?.stringValue)
        let onAir = try streamer.page()
        _ = try #require(try onAir.snapshot())
        let version = try streamer.layout()["version"] ?? .null
        let draft: JSONValue = [
            "version": version,
            "widgets": [["type": "chat", "position": ["x": 0, "y": 0, "width": 3, "height": 5]]],
        ]
        #expect(try streamer.put("/api/layouts/\(layout)/draft", draft).status == 200)

        let preview = try streamer.preview(["layoutId": .string(layout)])
        let first = try #require(try preview.snapshot())
        try preview.send("preview:event", ["type": "chat:message", "payload": ["text": "only here"]])

        #expect(first["widgets"]?.arrayValue?.map { $0["type"] } == ["chat"])
        #expect(try preview.message("overlay:patch") { $0.text.contains("only here") } != nil)
        try streamer.send("chat:message", ["text": "on air"])
        let heard = try onAir.message("overlay:patch") { $0.text.contains("on air") || $0.text.contains("only here") }
        #expect(heard?.text.contains("on air") == true)
        #expect(try streamer.get("/api/events?types=chat:message").items.count == 1)
        #expect(try streamer.get("/api/overlays").items.count == 1)
    }

    @Test func `a preview follows the draft and keeps what its widgets have shown`() throws {
        let streamer = try DemoStreamer()
        let layout = try #require(try streamer.layout()["id"]?.stringValue)
        let path = "/api/layouts/\(layout)/draft"
        let version = try streamer.layout()["version"] ?? .null
        func widget(_ config: JSONValue, id: JSONValue? = nil) -> JSONValue {
            var widget: JSONObject = [
                "type": "chat", "config": config, "position": ["x": 0, "y": 0, "width": 3, "height": 5],
            ]
            widget["id"] = id
            return .object(widget)
        }
        let saved = try streamer.put(path, ["version": version, "widgets": [widget([:])]])
        let id = try #require(saved.data["widgets"]?.arrayValue?.first?["id"])
        let preview = try streamer.preview(["layoutId": .string(layout)])
        _ = try #require(try preview.snapshot())
        try preview.send("preview:event", ["type": "chat:message", "payload": ["text": "said before"]])
        _ = try #require(try preview.message("overlay:patch") { $0.text.contains("said before") })

        #expect(
            try streamer.put(path, ["version": version, "widgets": [widget(["showTimestamps": true], id: id)]]).status
                == 200
        )
        let changed = try #require(try preview.snapshot())
        #expect(changed.text.contains("said before") && changed.text != "")

        #expect(try streamer.delete(path).status == 204)
        let back = try #require(try preview.snapshot())
        #expect(back["widgets"]?.arrayValue?.count == (try streamer.layout()["widgets"]?.arrayValue?.count))
    }

    @Test func `one widget is tried out with settings that stand nowhere`() throws {
        let streamer = try DemoStreamer()
        let preview = try streamer.preview(["type": "goals", "config": ["label": "To the moon"]])

        let first = try #require(try preview.snapshot())

        #expect(first.text.contains("To the moon") && first["widgets"]?.arrayValue?.count == 1)
    }

    @Test func `an alert of a preview comes, is shown and goes`() throws {
        let streamer = try DemoStreamer()
        let preview = try streamer.preview(["type": "events", "config": ["followDuration": 3]])
        _ = try #require(try preview.snapshot())

        try preview.send("preview:event", ["type": "event:follow", "payload": ["user": ["displayName": "Cleo"]]])

        let shown = try preview.message("overlay:patch") { $0.text.contains("Cleo") }
        #expect(shown != nil)
        #expect(try preview.message("overlay:patch") { !$0.text.contains("Cleo") } != nil, "it goes by itself")
        #expect(try EventTable(of: streamer.server).count(ofType: "alert:shown") == 0)
    }

    @Test func `what is tried out in one breath is seen in its order`() throws {
        let streamer = try DemoStreamer()
        let preview = try streamer.preview(["type": "chat", "config": ["maxMessages": 50]])
        let widgetId = try #require(try preview.snapshot()?["widgets"]?.arrayValue?.first?["widgetId"])
        let lines = (10..<26).map { "line \($0)" }

        for line in lines {
            try preview.send("preview:event", ["type": "chat:message", "payload": ["text": .string(line)]])
        }
        _ = try #require(try preview.message("overlay:patch") { $0.text.contains("line 25") })
        try preview.send("overlay:resync", ["widgetId": widgetId])

        let whole = try #require(try preview.message("overlay:patch") { $0["payload"]?["view"] != nil })
        let places = lines.compactMap { whole.text.range(of: $0)?.lowerBound }
        #expect(places.count == lines.count && places == places.sorted(), "\(whole.text)")
    }

    @Test func `what cannot be tried out is refused, each for its reason`() throws {
        let streamer = try DemoStreamer()
        let wishes: [JSONObject] = [
            [:], ["layoutId": "nobody"], ["type": "party"], ["type": "chat", "config": 5],
            ["type": "chat", "config": ["maxMessages": "many"]],
        ]
        for wish in wishes {
            #expect(try streamer.preview(wish).closeCode() == 4505, "\(JSONValue.object(wish).text)")
        }
        let preview = try streamer.preview(["type": "chat"])
        _ = try #require(try preview.snapshot())
        for event: JSONValue in [["type": "event:party"], ["type": "event:tip", "payload": ["amount": "much"]], [:]] {
            try preview.send("preview:event", event)
            #expect(try preview.message("system:error") != nil, "\(event.text)")
        }
    }

    @Test func `a streamer may have as many previews as a picker shows, and no more`() throws {
        let streamer = try DemoStreamer()
        let open = try (0..<Previews.limit).map { _ in
            let preview = try streamer.preview(["type": "chat"])
            #expect(try preview.snapshot() != nil)
            return preview
        }

        #expect(try streamer.preview(["type": "chat"]).closeCode() == 4010)

        try open[0].send(.init(opcode: 8, payload: []))
        #expect(
            try Deadline.wait(seconds: 30) { try streamer.preview(["type": "chat"]).snapshot() != nil },
            "one that is closed makes room"
        )
    }
}

extension DemoStreamer {
    /// A dashboard's socket that tries something out.
    fileprivate func preview(_ subject: JSONObject) throws -> WebSocketClient {
        let client = try WebSocketClient(port: server.port, headers: [("Cookie", cookie)])
        var payload = subject
        payload["view"] = "preview"
        try client.send("overlay:subscribe", .object(payload))
        return client
    }
}
