import Testing
import WidgetAPI

@Suite(.withProcesses) struct LayoutManagingTests {
    @Test func `a new layout is empty, wears the default theme and is not on air by itself`() throws {
        let streamer = try DemoStreamer()
        let page = try streamer.page()
        let shown = try #require(try page.snapshot())

        let made = try streamer.post("/api/layouts", ["name": "Evening"])

        #expect(made.status == 201, "\(made.message)")
        #expect(made.data["name"] == "Evening" && made.data["isDefault"] == false && made.data["version"] == 1)
        #expect(made.data["widgets"] == [] && made.data["mode"] == "grid")
        #expect(made.data["grid"] == ["columns": 12, "rows": 9, "gap": 0])
        let theme = try streamer.get("/api/themes").items.first { $0["isDefault"] == true }
        #expect(made.data["themeId"] == theme?["id"])
        let id = try #require(made.data["id"]?.stringValue)
        #expect(try streamer.get("/api/layouts/\(id)").data == made.data)
        #expect(try page.snapshot()?["layout"]?["id"] == shown["layout"]?["id"])
        #expect(try streamer.page(layout: id).snapshot()?["layout"]?["id"] == .string(id))
    }

    @Test func `a name has 1 to 80 characters, and what a new layout says of itself is checked like a saved one`()
        throws
    {
        let streamer = try DemoStreamer()
        let long = String(repeating: "ß", count: 80)

        #expect(try streamer.post("/api/layouts", ["name": .string(long)]).data["name"] == .string(long))
        #expect(try streamer.post("/api/layouts", ["name": "x", "mode": "free"]).data["mode"] == "free")
        for (body, expected) in [
            ([:], "name"), (["name": ""], "1 to 80"), (["name": .string(long + "ß")], "1 to 80"), (["name": 5], "name"),
            (["name": "x", "version": 1], "version"), (["name": "x", "grid": ["gap": 33]], "grid.gap"),
            (["name": "x", "themeId": ""], "themeId"),
        ] as [(JSONValue, String)] {
            let answer = try streamer.post("/api/layouts", body)
            #expect(answer.status == 400 && answer.message.contains(expected), "\(body.text): \(answer.message)")
        }
        #expect(try streamer.get("/api/layouts").items.count == 3)
    }

    @Test func `ten layouts are taken, an eleventh is refused, made or copied`() throws {
        let streamer = try DemoStreamer()
        let first = try #require(try streamer.layout()["id"]?.stringValue)
        for number in 2...9 { #expect(try streamer.post("/api/layouts", ["name": "\(number)"]).status == 201) }
        #expect(try streamer.post("/api/layouts/\(first)/duplicate").status == 201)

        let eleventh = try streamer.post("/api/layouts", ["name": "one more"])
        let copy = try streamer.post("/api/layouts/\(first)/duplicate")

        #expect(eleventh.status == 409 && eleventh.code == "CONFLICT" && eleventh.message.contains("10"))
        #expect(copy.status == 409)
        #expect(try streamer.get("/api/layouts").items.count == 10)
        #expect(try streamer.get("/api/layouts?perPage=4&page=3").items.count == 2)
    }

    @Test func `a copy has the same widgets with ids of their own`() throws {
        let streamer = try DemoStreamer()
        try streamer.configure("chat", ["maxMessages": 7])
        let original = try streamer.layout()
        let id = try #require(original["id"]?.stringValue)

        let copy = try streamer.post("/api/layouts/\(id)/duplicate")

        #expect(copy.status == 201 && copy.data["name"] == "Main (Copy)" && copy.data["isDefault"] == false)
        #expect(copy.data["themeId"] == original["themeId"])
        let (old, new) = (original["widgets"]?.arrayValue ?? [], copy.data["widgets"]?.arrayValue ?? [])
        for name in ["type", "config", "position", "zIndex", "visible", "locked"] {
            #expect(new.map { $0[name] } == old.map { $0[name] }, "\(name)")
        }
        let (oldIds, newIds) = (old.compactMap { $0["id"]?.stringValue }, new.compactMap { $0["id"]?.stringValue })
        #expect(Set(oldIds + newIds).count == 8)
        #expect(new.allSatisfy { $0["layoutId"] == copy.data["id"] } && new.count == 4)
        #expect(try streamer.layout() == original)
        let long = String(repeating: "x", count: 80)
        let changed = try streamer.put(
            "/api/layouts/\(id)",
            ["name": .string(long), "version": original["version"] ?? 0]
        )
        #expect(changed.status == 200)
        let second = try streamer.post("/api/layouts/\(id)/duplicate").data["name"]?.stringValue
        #expect(second == String(repeating: "x", count: 73) + " (Copy)")
    }

    @Test func `another default layout is on every running overlay at once, and there is never more than one`() throws {
        let streamer = try DemoStreamer()
        let made = try streamer.post("/api/layouts", ["name": "Evening", "widgets": [["type": "goals"]]])
        let id = try #require(made.data["id"]?.stringValue)
        let pages = try ["overlay", "goals"].map { try streamer.page(view: $0) }
        let pinned = try streamer.page(layout: try #require(try streamer.layout()["id"]?.stringValue))
        for page in pages + [pinned] { #expect(try page.snapshot() != nil) }

        let answer = try streamer.put("/api/layouts/\(id)/default", [:])

        #expect(answer.status == 200 && answer.data["isDefault"] == true)
        for page in pages {
            let snapshot = try page.snapshot()
            #expect(snapshot?["layout"]?["id"] == .string(id))
            #expect(
                snapshot?["widgets"]?.arrayValue?.map { $0["widgetId"] } == [made.data["widgets"]?.arrayValue?[0]["id"]]
            )
        }
        #expect(try pinned.snapshot()?["layout"]?["id"] != .string(id))
        #expect(try streamer.get("/api/layouts").items.map { $0["isDefault"] } == [false, true])
        #expect(try streamer.put("/api/layouts/\(id)/default", [:]).status == 200)
        let table = EventTable(of: streamer.server)
        #expect(throws: Socket.Failure.self) { try table.change("UPDATE layouts SET is_default = 1") }
        #expect(try table.number("SELECT count(*) FROM layouts WHERE is_default = 1") == 2, "one of each streamer")
    }

    @Test func `a deleted layout takes everything with it, and the oldest of the others is the default one`() throws {
        let streamer = try DemoStreamer()
        let main = try #require(try streamer.layout()["id"]?.stringValue)
        for name in ["second", "third"] {
            #expect(try streamer.post("/api/layouts", ["name": .string(name)]).status == 201)
        }
        _ = try streamer.post("/api/layouts/\(main)/key")
        _ = try streamer.put("/api/layouts/\(main)/draft", ["name": "Later", "version": 1])
        let widgets = try streamer.get("/api/widgets").items.compactMap { $0["id"]?.stringValue }
        let pinned = try streamer.page(
            layout: main,
            key: try streamer.get("/api/layouts/\(main)/key").data["key"]?.stringValue
        )
        #expect(try pinned.snapshot() != nil)

        let removed = try streamer.delete("/api/layouts/\(main)")

        #expect(removed.status == 204)
        #expect(try pinned.closeCode() == 4505)
        #expect(try streamer.get("/api/layouts").items.map { $0["name"] } == ["second", "third"])
        #expect(try streamer.layout()["isDefault"] == true)
        #expect(try streamer.page().snapshot()?["layout"]?["id"] == streamer.layout()["id"])
        #expect(try streamer.get("/api/layouts/\(main)").status == 404)
        for id in widgets { #expect(try streamer.get("/api/widgets/\(id)").status == 404) }
        let table = EventTable(of: streamer.server)
        for name in ["widgets", "draft_widgets", "layout_drafts", "overlay_keys"] {
            #expect(try table.rows("SELECT 1 FROM \(name) WHERE layout_id = '\(main)'").isEmpty, "\(name)")
        }
        let list = widgets.map { "'\($0)'" }.joined(separator: ",")
        #expect(try table.rows("SELECT 1 FROM checkpoints WHERE widget_id IN (\(list))").isEmpty)
    }

    @Test func `the last layout stays`() throws {
        let streamer = try DemoStreamer()
        let before = try streamer.layout()
        let id = try #require(before["id"]?.stringValue)

        let refused = try streamer.delete("/api/layouts/\(id)")

        #expect(refused.status == 409 && refused.message == "You must have at least one layout.")
        #expect(try streamer.layout() == before)
    }

    @Test func `every bound of a grid and of a free layout holds at its edge`() throws {
        let streamer = try DemoStreamer()
        let id = try #require(try streamer.post("/api/layouts", ["name": "Edges"]).data["id"]?.stringValue)
        var version: Int64 = 1
        func save(_ mode: String, _ grid: JSONValue, _ places: [[Int64]]) throws -> DemoStreamer.Answer {
            let widgets = places.map { place -> JSONValue in
                [
                    "type": "goals",
                    "position": [
                        "x": .integer(place[0]), "y": .integer(place[1]), "width": .integer(place[2]),
                        "height": .integer(place[3]),
                    ],
                ]
            }
            let answer = try streamer.put(
                "/api/layouts/\(id)",
                ["mode": .string(mode), "grid": grid, "widgets": .array(widgets), "version": .integer(version)]
            )
            version = answer.data["version"]?.integerValue ?? version
            return answer
        }
        let usual: JSONValue = ["columns": 12, "rows": 9, "gap": 0]

        for (mode, grid, places) in [
            ("grid", ["columns": 24, "rows": 20, "gap": 32], [[23, 19, 1, 1], [0, 0, 23, 20]]),
            ("grid", ["columns": 1, "rows": 1, "gap": 0], [[0, 0, 1, 1]]),
            ("grid", usual, [[0, 0, 12, 8], [0, 8, 12, 1]]), ("grid", usual, [[0, 0, 6, 9], [6, 0, 6, 9]]),
            ("free", usual, [[0, 0, 1920, 1080], [0, 0, 1920, 1080]]), ("free", usual, [[1919, 1079, 1, 1]]),
            ("free", usual, [[10, 20, 300, 400], [100, 100, 300, 400]]),
        ] as [(String, JSONValue, [[Int64]])] {
            let answer = try save(mode, grid, places)
            #expect(answer.status == 200, "\(mode) \(places): \(answer.message)")
        }
        for (mode, grid, places) in [
            ("grid", ["columns": 25], []), ("grid", ["columns": 0], []), ("grid", ["rows": 21], []),
            ("grid", ["rows": 0], []), ("grid", ["gap": 33], []), ("grid", ["gap": -1], []),
            ("grid", usual, [[0, 0, 13, 1]]), ("grid", usual, [[12, 0, 1, 1]]), ("grid", usual, [[0, 9, 1, 1]]),
            ("grid", usual, [[0, 0, 1, 10]]), ("grid", usual, [[-1, 0, 1, 1]]), ("grid", usual, [[0, 0, 0, 1]]),
            ("grid", usual, [[0, 0, 7, 9], [6, 0, 6, 9]]), ("grid", usual, [[0, 0, 12, 9], [11, 8, 1, 1]]),
            ("free", usual, [[0, 0, 1921, 1]]), ("free", usual, [[1, 0, 1920, 1]]), ("free", usual, [[0, 1, 1, 1080]]),
            ("free", usual, [[1920, 0, 1, 1]]), ("free", usual, [[0, 0, 1, 0]]),
        ] as [(String, JSONValue, [[Int64]])] {
            let answer = try save(mode, grid, places)
            #expect(answer.status == 400 && answer.code == "VALIDATION_ERROR", "\(mode) \(grid.text) \(places)")
        }
        let many = (0..<11).map { [Int64($0), 0, 1, 1] }
        #expect(try save("grid", usual, Array(many.prefix(10))).status == 200)
        #expect(try save("grid", usual, many).status == 409)
        #expect(try streamer.get("/api/layouts/\(id)").data["widgets"]?.arrayValue?.count == 10)
    }

    @Test func `of a free layout pages get pixels and who is in front`() throws {
        let streamer = try DemoStreamer()
        let widgets: JSONValue = [
            ["type": "goals", "position": ["x": 100, "y": 50, "width": 640, "height": 360], "zIndex": 1000],
            ["type": "chat", "position": ["x": 0, "y": 0, "width": 1920, "height": 1080], "zIndex": -1000],
        ]
        let made = try streamer.post("/api/layouts", ["name": "Free", "mode": "free", "widgets": widgets])

        let snapshot = try streamer.page(layout: made.data["id"]?.stringValue).snapshot()

        #expect(made.status == 201, "\(made.message)")
        #expect(snapshot?["layout"]?["mode"] == "free")
        #expect(snapshot?["widgets"]?.arrayValue?.map { $0["zIndex"] } == [1000, -1000])
        #expect(snapshot?["widgets"]?.arrayValue?[0]["position"] == widgets.arrayValue?[0]["position"])
    }
}
