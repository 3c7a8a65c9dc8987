import Testing
import WidgetAPI

@Suite(.withProcesses) struct LayoutDraftTests {
    @Test func `a draft is kept and never on air`() throws {
        let streamer = try DemoStreamer()
        let live = try streamer.layout()
        let id = try #require(live["id"]?.stringValue)
        let events = try streamer.get("/api/events?limit=1").json["meta"]?["lastSeq"]
        #expect(try streamer.get("/api/layouts/\(id)/draft").status == 404)
        let kept = try #require(live["widgets"]?.arrayValue?.first)

        let draft = try streamer.put(
            "/api/layouts/\(id)/draft",
            ["name": "Tomorrow", "widgets": [["type": "goals"], kept], "version": live["version"] ?? .null]
        )

        #expect(draft.status == 200, "\(draft.message)")
        #expect(draft.data["name"] == "Tomorrow" && draft.data["version"] == live["version"])
        #expect(draft.data["widgets"]?.arrayValue?.map { $0["type"] } == [kept["type"], "goals"])
        #expect(draft.data["widgets"]?.arrayValue?.contains(kept) == true)
        #expect(try streamer.get("/api/layouts/\(id)/draft").data == draft.data)
        #expect(try streamer.layout() == live)
        #expect(try streamer.get("/api/events?limit=1").json["meta"]?["lastSeq"] == events)
        let added = draft.data["widgets"]?.arrayValue?.first { $0["type"] == "goals" }?["id"]?.stringValue ?? ""
        #expect(try streamer.get("/api/widgets/\(added)").status == 404, "it is their own, and not on air")
    }

    @Test func `what is absent from a draft stays as the draft has it, and a widget comes back with its id`() throws {
        let streamer = try DemoStreamer()
        let live = try streamer.layout()
        let id = try #require(live["id"]?.stringValue)
        let widgets = try #require(live["widgets"]?.arrayValue)
        let version = live["version"] ?? .null
        #expect(try streamer.put("/api/layouts/\(id)/draft", ["widgets": [], "version": version]).status == 200)

        let renamed = try streamer.put("/api/layouts/\(id)/draft", ["name": "Later", "version": version])
        let restored = try streamer.put("/api/layouts/\(id)/draft", ["widgets": [widgets[0]], "version": version])

        #expect(renamed.data["widgets"] == [])
        #expect(restored.data["name"] == "Later" && restored.data["widgets"] == [widgets[0]])
    }

    @Test func `an editor is given the draft, or the layout where there is none, in one answer`() throws {
        let streamer = try DemoStreamer()
        let live = try streamer.layout()
        let path = "/api/layouts/\(try #require(live["id"]?.stringValue))/draft"

        #expect(try streamer.get("\(path)?orLayout=true").data == live)
        #expect(try streamer.get("\(path)?orLayout=false").status == 404)
        #expect(try streamer.get("\(path)?orLayout=1").status == 400)

        let body: JSONValue = ["widgets": [], "version": live["version"] ?? .null]
        let draft = try streamer.put(path, body).data
        #expect(try streamer.get("\(path)?orLayout=true").data == draft)
        #expect(draft["updatedAt"] != live["updatedAt"], "by this the two are told apart")
    }

    @Test func `publishing puts the draft on air as it was, ids included, and removes it`() throws {
        let streamer = try DemoStreamer()
        let live = try streamer.layout()
        let id = try #require(live["id"]?.stringValue)
        let page = try streamer.page()
        #expect(try page.snapshot() != nil)
        let drafted = try streamer.put(
            "/api/layouts/\(id)/draft",
            ["widgets": [["type": "goals", "config": ["target": 9]]], "version": live["version"] ?? .null]
        ).data

        let published = try streamer.put(
            "/api/layouts/\(id)",
            [
                "name": drafted["name"] ?? .null, "widgets": drafted["widgets"] ?? .null,
                "version": drafted["version"] ?? .null,
            ]
        )

        #expect(published.status == 200, "\(published.message)")
        #expect(published.data["widgets"] == drafted["widgets"])
        #expect(
            try page.snapshot()?["widgets"]?.arrayValue?.map { $0["widgetId"] } == [
                drafted["widgets"]?.arrayValue?[0]["id"]
            ]
        )
        #expect(try streamer.get("/api/layouts/\(id)/draft").status == 404)
        let widget = try #require(drafted["widgets"]?.arrayValue?[0]["id"]?.stringValue)
        #expect(try streamer.get("/api/widgets/\(widget)").data["config"]?["target"] == 9)
    }

    @Test func `a draft is checked like a saved layout`() throws {
        let streamer = try DemoStreamer()
        let live = try streamer.layout()
        let path = "/api/layouts/\(try #require(live["id"]?.stringValue))/draft"
        let version = live["version"] ?? .null
        let goals: JSONValue = ["type": "goals", "position": ["x": 0, "y": 0, "width": 1, "height": 1]]

        for body in [
            ["name": ""], ["grid": ["columns": 25]], ["widgets": [goals, goals]], ["widgets": [["type": "weather"]]],
            ["widgets": [["type": "chat", "config": ["maxMessages": 51]]]], ["colour": 1],
        ] as [JSONObject] {
            var body = body
            body["version"] = version
            #expect(try streamer.put(path, .object(body)).status == 400, "\(body)")
        }
        #expect(try streamer.put(path, ["name": "x"]).status == 400)
        #expect(try streamer.put(path, ["name": "x", "version": 99]).status == 409)
        let eleven = (0..<11).map { column -> JSONValue in
            ["type": "goals", "position": ["x": .integer(column), "y": 0, "width": 1, "height": 1]]
        }
        #expect(try streamer.put(path, ["widgets": .array(eleven), "version": version]).status == 409)
        #expect(
            try streamer.put(path, ["themeId": .string(try streamer.foreign("themes")), "version": version]).status
                == 403
        )
        #expect(try streamer.put(path, ["themeId": "nobody", "version": version]).status == 404)
        let widget = JSONValue.string(try streamer.foreign("widgets"))
        #expect(try streamer.put(path, ["widgets": [["id": widget]], "version": version]).status == 403)
        #expect(try streamer.get(path).status == 404)
        #expect(try streamer.delete(path).status == 404)
    }

    @Test func `a draft that is older than the layout is not published over it`() throws {
        let streamer = try DemoStreamer()
        let id = try #require(try streamer.layout()["id"]?.stringValue)
        #expect(try streamer.put("/api/layouts/\(id)/draft", ["name": "Later", "version": 1]).status == 200)
        try streamer.configure("chat", ["maxMessages": 7])

        let draft = try streamer.get("/api/layouts/\(id)/draft").data
        let refused = try streamer.put("/api/layouts/\(id)", ["name": "Later", "version": draft["version"] ?? .null])

        #expect(draft["version"] == 1 && refused.status == 409)
        #expect(try streamer.get("/api/layouts/\(id)/draft").data == draft)
        #expect(try streamer.delete("/api/layouts/\(id)/draft").status == 204)
        #expect(try streamer.get("/api/layouts/\(id)/draft").status == 404)
        #expect(try streamer.layout()["name"] == "Main")
    }

    @Test func `a widget of another streamer's draft is theirs`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        let layout = try #require(try bob.layout()["id"]?.stringValue)
        let drafted = try bob.put("/api/layouts/\(layout)/draft", ["widgets": [["type": "goals"]], "version": 1])
        let widget = try #require(drafted.data["widgets"]?.arrayValue?.first?["id"])
        let own = try streamer.layout()

        let taken = try streamer.put(
            "/api/layouts/\(own["id"]?.stringValue ?? "")",
            ["widgets": [["id": widget, "type": "goals"]], "version": own["version"] ?? .null]
        )

        #expect(taken.status == 403)
        #expect(try streamer.layout() == own)
        for (method, body) in [("GET", nil), ("PUT", ["name": "x", "version": 1]), ("DELETE", nil)]
            as [(String, JSONValue?)]
        {
            #expect(try streamer.ask(method, "/api/layouts/\(layout)/draft", body).status == 403, "\(method)")
        }
        #expect(try bob.get("/api/layouts/\(layout)/draft").data == drafted.data)
    }
}
