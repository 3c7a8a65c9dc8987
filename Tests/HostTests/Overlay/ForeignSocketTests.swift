import Testing
import WidgetAPI

@testable import Host

/// What a page or a dashboard of one streamer can reach of another one's over its WebSocket: nothing.
@Suite(.withProcesses) struct ForeignSocketTests {
    /// Every message that a client may send; a new one has to be tried here before this compiles.
    @Test(arguments: ClientMessage.Kind.allCases)
    func `no message reaches what another streamer has`(kind: ClientMessage.Kind) throws {
        let stage = try Stage()
        switch kind {
        case .subscribe:
            try stage.subscribesToForeignLayouts()
            try stage.triesOutOwnLayoutsAlone()
        case .previewEvent: try stage.playsToNobody()
        case .resync: try stage.asksForForeignWidgets()
        case .acknowledge: try stage.acknowledgesForeignAlerts()
        case .subscribeToEvents: try stage.followsOwnEventsAlone()
        case .ping: try stage.pings()
        }
    }

    @Test func `a widget in Lua finds nothing of what another streamer's has kept`() throws {
        let folder = try ObjectFolder()
        try folder.write("keeper/widget.json", Self.keeper)
        try folder.write("keeper/main.lua", Self.keeping)
        var environment = ServerProcess.environment
        environment["WIDGETS_DIR"] = folder.path
        let alice = try DemoStreamer(environment: environment)
        let bob = try DemoStreamer(besides: alice)
        let pages = try [(alice, "demo"), (bob, "bob")].map { owner, channel in
            let place: JSONValue = ["x": 0, "y": 4, "width": 2, "height": 1]
            let placed = try owner.post("/api/widgets", ["type": "keeper", "position": place])
            #expect(placed.status == 201, "\(placed.message)")
            let page = try owner.page(of: channel)
            _ = try #require(try page.snapshot())
            return page
        }
        for (place, (owner, text, kept)) in [
            (alice, "secret", "secret."), (bob, "mine", "mine."), (alice, "second", "second,secret."),
            (bob, "secret", "mine,secret."),
        ].enumerated() {
            try owner.send("chat:message", ["text": .string(text)])
            let shown = try pages[place % 2].message("overlay:patch") { $0.text.contains("kept:") }
            #expect(shown?.text.contains("kept:\(kept)") == true, "\(shown?.text ?? "nothing")")
        }
    }

    private static let keeper = """
        {"apiVersion":1,"id":"keeper","name":"Keeper","version":"1.0.0","events":["chat:message"],
         "permissions":["storage"],"configSchema":{"type":"object","properties":{}},
         "defaultSize":{"width":2,"height":1}}
        """

    private static let keeping = """
        widget.init(function() return { keys = "" } end)
        widget.on("chat:message", function(state, event)
          storage.set(event.payload.text, storage.increment("count:" .. event.payload.text))
          local keys = {}
          for _, key in ipairs(storage.list("")) do
            if key:sub(1, 6) ~= "count:" then keys[#keys + 1] = key end
          end
          state.keys = table.concat(keys, ",")
        end)
        widget.render(function(state) return ui.b { text = "kept:" .. state.keys .. "." } end)
        """

    /// Two streamers, a page of each, and something on bob's screen that alice must not see.
    private final class Stage {
        let alice: DemoStreamer
        let bob: DemoStreamer
        let page: WebSocketClient
        let layout: String
        let widget: String

        init() throws {
            alice = try DemoStreamer()
            bob = try DemoStreamer(besides: alice)
            layout = try #require(try bob.layout()["id"]?.stringValue)
            widget = try bob.widget("chat")
            page = try alice.page()
            _ = try #require(try page.snapshot())
        }

        /// What everybody's page says next, once for each of them.
        func mark() throws {
            try alice.send("chat:message", ["text": "mark of alice"])
            _ = try #require(try page.message("overlay:patch") { $0.text.contains("mark of alice") })
        }

        func subscribesToForeignLayouts() throws {
            for view in OverlayView.allCases {
                let stranger = try alice.page(view: view.rawValue, layout: layout)
                #expect(try stranger.closeCode() == 4505, "\(view)")
            }
            // A key opens the layout that it was made for, on its own streamer's channel.
            let key = try #require(try bob.post("/api/layouts/\(layout)/key").data["key"]?.stringValue)
            #expect(try alice.page(layout: layout, key: key).closeCode() == 4505)
            #expect(try alice.page(of: "bob").closeCode() == 4503)
            let own = try #require(try alice.layout()["id"]?.stringValue)
            _ = try alice.post("/api/layouts/\(own)/key")
            #expect(try alice.page(key: key).closeCode() == 4503)
            #expect(try alice.page(of: "bob", layout: layout, key: key).snapshot() != nil)
        }

        func triesOutOwnLayoutsAlone() throws {
            let preview: JSONValue = [
                "platform": "twitch", "channel": "bob", "view": "preview", "layoutId": .string(layout),
            ]
            let stranger = try WebSocketClient(port: alice.server.port, headers: [("Cookie", alice.cookie)])
            try stranger.send("overlay:subscribe", preview)
            #expect(try stranger.closeCode() == 4505)
            let nobody = try WebSocketClient(port: alice.server.port)
            try nobody.send("overlay:subscribe", preview)
            #expect(try nobody.closeCode() == 4504)
            let owner = try WebSocketClient(port: alice.server.port, headers: [("Cookie", bob.cookie)])
            try owner.send("overlay:subscribe", preview)
            #expect(try owner.snapshot()?["layout"]?["id"] == .string(layout))
        }

        func playsToNobody() throws {
            let socket = try WebSocketClient(port: alice.server.port, headers: [("Cookie", alice.cookie)])
            try socket.send("preview:event", ["type": "chat:message", "payload": ["text": "to nobody"]])
            #expect(try socket.message("system:error") != nil)
            try page.send("preview:event", ["type": "chat:message", "payload": ["text": "to the stage"]])
            #expect(try page.message("system:error") != nil)
            try mark()
            #expect(try EventTable(of: alice.server).count(ofType: "chat:message") == 1)
        }

        func asksForForeignWidgets() throws {
            try bob.send("chat:message", ["text": "for bob alone"])
            try page.send("overlay:resync", ["widgetId": .string(widget)])
            try alice.send("chat:message", ["text": "mark of alice"])
            let next = try page.message("overlay:patch") { !$0.text.contains("\"stats\"") }
            #expect(next?.text.contains("mark of alice") == true && next?.text.contains(widget) == false)
        }

        func acknowledgesForeignAlerts() throws {
            let watcher = try bob.page(of: "bob")
            _ = try #require(try watcher.snapshot())
            let sent = try bob.send("event:follow")
            let seq = try #require(sent.data["seq"])
            let events = try bob.widget("events")
            try page.send("overlay:ack", ["seq": seq, "widgetId": .string(events), "state": "shown"])
            try mark()
            let table = EventTable(of: alice.server)
            #expect(try table.count(ofType: "alert:shown") == 0)
            // The same from the page that showed it is taken: the message was right but for whose it is.
            try watcher.send("overlay:ack", ["seq": seq, "widgetId": .string(events), "state": "shown"])
            #expect(try Deadline.wait(seconds: 30) { try table.count(ofType: "alert:shown") == 1 })
        }

        func followsOwnEventsAlone() throws {
            let socket = try WebSocketClient(port: alice.server.port, headers: [("Cookie", alice.cookie)])
            let owner = try bob.get("/api/session").data["streamerId"] ?? .null
            // Whatever a client says about who it is counts for nothing.
            try socket.send(
                text: JSONValue.object([
                    "type": "events:subscribe", "streamerId": owner,
                    "payload": ["types": ["*"], "after": 0, "streamerId": owner],
                ]).text
            )
            _ = try #require(try socket.message("events:ready"))
            try bob.send("chat:message", ["text": "for bob alone"])
            try alice.send("chat:message", ["text": "for alice"])
            let heard = try socket.message("chat:message")
            #expect(heard?["payload"]?["payload"]?["text"] == "for alice")
            let nobody = try WebSocketClient(port: alice.server.port)
            try nobody.send("events:subscribe", [:])
            #expect(try nobody.closeCode() == 4504)
        }

        func pings() throws {
            try page.send("system:ping", ["fps": 7, "streamerId": .string(layout)])
            _ = try #require(try page.message("system:pong"))
            #expect(try bob.get("/api/overlays").items.isEmpty)
            #expect(try alice.get("/api/overlays").items.count == 1)
        }
    }
}
