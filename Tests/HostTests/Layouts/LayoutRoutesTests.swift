import Testing
import WidgetAPI

@testable import Host

@Suite(.withProcesses) struct LayoutRoutesTests {
    @Test func `the catalogue tells everything a picker and a form need`() throws {
        let streamer = try DemoStreamer()

        let types = try streamer.get("/api/widget-types")

        #expect(types.status == 200)
        #expect(types.items.map { $0["id"] } == ["chat", "events", "goals", "tips"])
        #expect(types.json["meta"] == ["page": 1, "total": 4, "hasMore": false])
        let chat = try #require(types.items.first)
        #expect(chat["kind"] == "builtin" && chat["defaultSize"] == ["width": 3, "height": 5])
        #expect(chat["configSchema"]?["properties"]?["maxMessages"]?["maximum"] == 50)
        #expect(chat["defaults"]?["maxMessages"] == 15 && chat["defaults"]?["useThemeColors"] == true)
        #expect(try streamer.get("/api/widget-types?perPage=3&page=2").items.count == 1)
    }

    @Test func `a layout that is saved whole comes back as it was saved, one version on`() throws {
        let streamer = try DemoStreamer()
        let before = try streamer.layout()
        var widgets = try #require(before["widgets"]?.arrayValue)
        widgets.removeAll { $0["type"] == "tips" }
        widgets.append(["type": "chat", "position": ["x": 0, "y": 4, "width": 3, "height": 5]])
        let id = try #require(before["id"]?.stringValue)

        let saved = try streamer.put(
            "/api/layouts/\(id)",
            ["name": "Evening", "widgets": .array(widgets), "version": before["version"] ?? .null]
        )

        #expect(saved.status == 200, "\(saved.message)")
        #expect(saved.data["name"] == "Evening" && saved.data["version"] == 2)
        #expect(saved.data["widgets"]?.arrayValue?.map { $0["type"] } == ["chat", "events", "goals", "chat"])
        #expect(try streamer.layout() == saved.data)
        let stale = try streamer.put("/api/layouts/\(id)", ["name": "Late", "version": before["version"] ?? .null])
        #expect(stale.status == 409 && stale.message.contains("version 2"))
    }

    @Test func `what does not fit is refused by name and changes nothing`() throws {
        let streamer = try DemoStreamer()
        let before = try streamer.layout()
        let id = try #require(before["id"]?.stringValue)
        func place(_ x: Int64, _ y: Int64, _ width: Int64, _ height: Int64) -> JSONValue {
            [
                "type": "chat",
                "position": [
                    "x": .integer(x), "y": .integer(y), "width": .integer(width), "height": .integer(height),
                ],
            ]
        }
        let faults: [(JSONValue, String)] = [
            (["widgets": [place(10, 0, 3, 1)]], "within 12 × 9"), (["widgets": [place(0, 9, 1, 1)]], "within 12 × 9"),
            (["widgets": [place(0, 0, 2, 2), place(1, 1, 2, 2)]], "overlaps"),
            (["widgets": [["type": "weather", "position": ["x": 0, "y": 0, "width": 1, "height": 1]]]], "weather"),
            (["widgets": [["type": "chat", "config": ["maxMessages": 51]]]], "maxMessages: 51 given"),
            (["name": ""], "1 to 80"),
            (["mode": "round"], "grid, free"), (["grid": ["columns": 25]], "grid.columns: 25"),
            (["grid": ["rows": 0]], "grid.rows: 0"), (["grid": ["gap": 33]], "grid.gap: 33"), (["colour": 1], "colour"),
        ]

        for (change, expected) in faults {
            var body = try #require(change.objectValue)
            body["version"] = before["version"]
            let answer = try streamer.put("/api/layouts/\(id)", .object(body))
            #expect(answer.status == 400 && answer.code == "VALIDATION_ERROR", "\(change.text)")
            #expect(answer.message.contains(expected), "\(answer.message)")
        }

        #expect(try streamer.put("/api/layouts/\(id)", ["name": "x"]).message.contains("version"))
        #expect(try streamer.ask("PUT", "/api/layouts/\(id)", text: "{\"name\":").message.contains("not JSON"))
        let large = try streamer.ask("PUT", "/api/layouts/\(id)", text: String(repeating: " ", count: 1_048_577))
        #expect(large.status == 413 && large.code == "PAYLOAD_TOO_LARGE")
        #expect(try streamer.layout() == before)
    }

    @Test func `ten widgets are taken and the eleventh is refused`() throws {
        let streamer = try DemoStreamer()
        for _ in 0..<6 {
            let added = try streamer.post("/api/widgets", ["type": "goals"])
            #expect(added.status == 201, "\(added.message)")
        }

        let eleventh = try streamer.post("/api/widgets", ["type": "goals"])

        #expect(eleventh.status == 409 && eleventh.code == "CONFLICT")
        #expect(try streamer.layout()["widgets"]?.arrayValue?.count == 10)
    }

    @Test func `a widget is added, changed in part and removed`() throws {
        let streamer = try DemoStreamer()
        let added = try streamer.post("/api/widgets", ["type": "chat", "config": ["maxMessages": 5]])
        let id = try #require(added.data["id"]?.stringValue)

        let moved = try streamer.put("/api/widgets/\(id)", ["locked": true, "zIndex": 3])
        let changed = try streamer.put("/api/widgets/\(id)", ["config": ["fontSize": "large"]])
        let removed = try streamer.delete("/api/widgets/\(id)")

        #expect(added.data["config"]?["maxMessages"] == 5)
        #expect(moved.data["locked"] == true && moved.data["config"]?["maxMessages"] == 5)
        #expect(changed.data["config"]?["maxMessages"] == 15 && changed.data["config"]?["fontSize"] == "large")
        #expect(removed.status == 204)
        #expect(try streamer.get("/api/widgets/\(id)").status == 404)
        #expect(try streamer.layout()["version"] == 5)
    }

    @Test func `another streamer's objects are refused in path, query and body alike, unknown ones are not there`()
        throws
    {
        let streamer = try DemoStreamer()
        let (layout, widget) = (try streamer.foreign("layouts"), try streamer.foreign("widgets"))
        let own = try streamer.layout()
        let ownId = try #require(own["id"]?.stringValue)
        let theme = try streamer.foreign("themes")
        let before = try EventTable(of: streamer.server).rows("SELECT * FROM widgets ORDER BY id")

        #expect(try streamer.get("/api/layouts/\(layout)").status == 403)
        #expect(try streamer.put("/api/layouts/\(layout)", ["version": 1]).status == 403)
        #expect(try streamer.get("/api/widgets?layoutId=\(layout)").status == 403)
        #expect(try streamer.post("/api/widgets?layoutId=\(layout)", ["type": "chat"]).status == 403)
        #expect(try streamer.post("/api/widgets", ["type": "chat", "layoutId": .string(layout)]).status == 403)
        #expect(try streamer.get("/api/widgets/\(widget)").status == 403)
        #expect(try streamer.put("/api/widgets/\(widget)", ["visible": false]).status == 403)
        #expect(try streamer.delete("/api/widgets/\(widget)").status == 403)
        let dressed = try streamer.put(
            "/api/layouts/\(ownId)",
            ["themeId": .string(theme), "version": own["version"] ?? .null]
        )
        #expect(dressed.status == 403 && dressed.code == "FORBIDDEN")
        let version = own["version"] ?? .null
        func put(_ members: JSONValue, version: JSONValue) throws -> DemoStreamer.Answer {
            try streamer.put("/api/layouts/\(ownId)", ["widgets": [members], "version": version])
        }
        #expect(try put(["id": .string(widget), "visible": false], version: version).status == 403)
        #expect(try put(["id": "nobody"], version: version).status == 404)
        #expect(try put(["type": "chat", "layoutId": .string(layout)], version: version).status == 403)
        let ownWidget = try streamer.widget("chat")
        #expect(try streamer.put("/api/widgets/\(ownWidget)", ["layoutId": .string(layout)]).status == 403)
        #expect(try streamer.get("/api/layouts/nobody").status == 404)
        #expect(try streamer.delete("/api/widgets/nobody").status == 404)
        #expect(try EventTable(of: streamer.server).rows("SELECT * FROM widgets ORDER BY id") == before)
    }

    @Test func `of several faults the one that the contract checks first is told`() throws {
        let streamer = try DemoStreamer()
        let layout = try streamer.foreign("layouts")
        let theme = JSONValue.string(try streamer.foreign("themes"))
        let own = try #require(try streamer.layout()["id"]?.stringValue)
        let chat = try streamer.widget("chat")

        let badConfig: JSONValue = ["type": "chat", "layoutId": .string(layout), "config": ["maxMessages": 0]]
        #expect(try streamer.post("/api/widgets", badConfig).status == 400)
        #expect(try streamer.put("/api/layouts/\(own)", ["themeId": theme, "version": 99, "name": ""]).status == 400)
        #expect(try streamer.put("/api/layouts/\(own)", ["themeId": theme, "version": 99]).status == 403)
        #expect(try streamer.put("/api/layouts/\(own)", ["version": 99]).status == 409)
        #expect(
            try streamer.put("/api/widgets/\(chat)", ["layoutId": .string(layout), "zIndex": 1001]).status == 400
        )
    }

    @Test func `new widgets without a place of their own find one each`() throws {
        let streamer = try DemoStreamer()
        let own = try streamer.layout()
        let id = try #require(own["id"]?.stringValue)
        let fixed: JSONValue = ["type": "goals", "position": ["x": 0, "y": 0, "width": 12, "height": 2]]

        let saved = try streamer.put(
            "/api/layouts/\(id)",
            ["widgets": [["type": "tips"], ["type": "chat"], fixed], "version": own["version"] ?? .null]
        )

        #expect(saved.status == 200, "\(saved.message)")
        #expect(saved.data["widgets"]?.arrayValue?.map { $0["type"] } == ["tips", "chat", "goals"])
    }

    @Test func `nothing is told without a session and nothing changed without its token`() throws {
        let streamer = try DemoStreamer()
        let port = streamer.server.port
        let id = try streamer.widget("chat")

        for path in ["/api/layouts", "/api/widgets", "/api/widget-types", "/api/alerts", "/api/widgets/\(id)"] {
            #expect(try HTTPExchange.perform("GET", path, port: port).status == 401, "\(path)")
        }
        #expect(try HTTPExchange.perform("DELETE", "/api/widgets/\(id)", port: port).status == 401)
        #expect(try streamer.ask("DELETE", "/api/widgets/\(id)", csrf: false).status == 403)
        #expect(try streamer.ask("POST", "/api/events/test", ["type": "event:follow"], csrf: false).status == 403)
        #expect(try streamer.ask("POST", "/api/alerts/pause", csrf: false).status == 403)
        #expect(try streamer.get("/api/widgets/\(id)").status == 200)
    }

    @Test func `of widgets that are added at once each is answered with its own`() throws {
        let streamer = try DemoStreamer()
        let headers = [("Cookie", streamer.cookie), ("X-CSRF-Token", streamer.csrfToken)]
        let layout = try #require(try streamer.post("/api/layouts", ["name": "Many"]).data["id"]?.stringValue)
        let sockets = try (0..<8).map { _ in try Socket(port: streamer.server.port) }

        for (place, socket) in sockets.enumerated() {
            let position: JSONValue = ["x": .integer(Int64(place)), "y": 0, "width": 1, "height": 1]
            let body: JSONValue = ["type": "chat", "position": position]
            let path = "/api/widgets?layoutId=\(layout)"
            try socket.send(HTTPExchange.request("POST", path, headers: headers, body: Array(body.text.utf8)))
        }
        let places = try sockets.map { socket in
            let answer = try HTTPExchange.read(from: socket, withinMilliseconds: 30_000)
            return try JSONValue(parsing: answer.body)["data"]?["position"]?["x"]?.integerValue
        }

        #expect(places == (0..<8).map { Int64($0) })
    }
}
