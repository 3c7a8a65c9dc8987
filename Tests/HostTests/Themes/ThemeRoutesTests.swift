import Testing
import WidgetAPI

@Suite(.withProcesses) struct ThemeRoutesTests {
    @Test func `a new theme is like Signal but for what is said, and is nobody's yet`() throws {
        let streamer = try DemoStreamer()
        let signal = try #require(try streamer.get("/api/themes").items.first)
        #expect(signal["name"] == "Signal" && signal["isDefault"] == true)

        let made = try streamer.post(
            "/api/themes",
            ["name": "Neon", "variables": ["primary": "#FF00aa", "radius": 0]]
        )

        #expect(made.status == 201, "\(made.message)")
        var expected = try #require(signal["variables"]?.objectValue)
        expected["primary"] = "#FF00aa"
        expected["radius"] = 0
        #expect(made.data["variables"] == .object(expected) && made.data["isDefault"] == false)
        let id = try #require(made.data["id"]?.stringValue)
        #expect(try streamer.get("/api/themes/\(id)").data == made.data)
        #expect(try streamer.get("/api/themes").items == [signal, made.data])
    }

    @Test func `every value of a theme is checked at its edges`() throws {
        let streamer = try DemoStreamer()
        let long = String(repeating: "n", count: 80)
        let id = try #require(try streamer.post("/api/themes", ["name": .string(long)]).data["id"]?.stringValue)
        let before = try streamer.get("/api/themes/\(id)").data
        func put(_ name: String, _ value: JSONValue) throws -> DemoStreamer.Answer {
            try streamer.put("/api/themes/\(id)", ["variables": .object([name: value])])
        }

        for (name, good, bad) in [
            ("backgroundAlpha", [0, 1, 0.5], [-0.01, 1.01, "0.5", nil]), ("radius", [0, 32], [-1, 33, 1.5, "8"]),
            ("spacing", [0, 32], [-1, 33]), ("fontScale", [0.85, 1, 1.2], [0.8, 1.1, 2, "1"]),
            ("primary", ["#000000", "#ffFFff"], ["#fff", "000000", "#00000g", "#0000000", "", "red", 0]),
            ("text", ["#123456"], ["#12345６", "url(x)", "#+23456"]),
            (
                "headingFont", ["Inter", "Noto Sans JP", "ＭＳ ゴシック", .string(String(repeating: "f", count: 64))],
                ["", "a\"b", "a\\b", "a;b", "a{b", "a<b", " x", "x\n", .string(String(repeating: "f", count: 65))]
            ),
        ] as [(String, [JSONValue], [JSONValue])] {
            for value in good {
                let answer = try put(name, value)
                #expect(answer.status == 200, "\(name) \(value.text): \(answer.message)")
                #expect(answer.data["variables"]?[name]?.numberValue == value.numberValue)
                #expect(answer.data["variables"]?[name]?.stringValue == value.stringValue)
            }
            let kept = try streamer.get("/api/themes/\(id)").data
            for value in bad {
                let answer = try put(name, value)
                #expect(answer.status == 400 && answer.message.contains("variables.\(name)"), "\(name) \(value.text)")
            }
            #expect(try streamer.get("/api/themes/\(id)").data == kept)
        }
        #expect(try put("shadow", "x").status == 400)
        #expect(try streamer.put("/api/themes/\(id)", ["name": .string(long + "n")]).status == 400)
        #expect(try streamer.put("/api/themes/\(id)", ["name": ""]).status == 400)
        #expect(try streamer.put("/api/themes/\(id)", ["isDefault": true]).status == 400)
        #expect(try streamer.get("/api/themes/\(id)").data["name"] == before["name"])
    }

    @Test func `a saved theme is on running overlays at once`() throws {
        let streamer = try DemoStreamer()
        let page = try streamer.page(view: "goals")
        let first = try #require(try page.snapshot())
        let theme = try #require(try streamer.get("/api/themes").items.first?["id"]?.stringValue)

        let saved = try streamer.put("/api/themes/\(theme)", ["variables": ["text": "#ABCDEF", "spacing": 20]])

        #expect(saved.status == 200)
        let next = try #require(try page.snapshot())
        #expect(first["theme"]?["--th-text"] == "#FFFFFF")
        #expect(next["theme"]?["--th-text"] == "#ABCDEF" && next["theme"]?["--th-space"] == "20px")
        #expect(next["layout"] == first["layout"], "the layout itself has not changed")
    }

    @Test func `there is one default theme, which new layouts wear`() throws {
        let streamer = try DemoStreamer()
        let old = try #require(try streamer.get("/api/themes").items.first?["id"])
        let new = try #require(try streamer.post("/api/themes", ["name": "Neon"]).data["id"])
        let before = try streamer.layout()

        let answer = try streamer.put("/api/themes/\(new.stringValue ?? "")/default", [:])

        #expect(answer.status == 200 && answer.data["isDefault"] == true)
        #expect(try streamer.get("/api/themes").items.map { $0["isDefault"] } == [false, true])
        #expect(try streamer.layout()["themeId"] == old)
        #expect(try streamer.layout() == before)
        #expect(try streamer.post("/api/layouts", ["name": "x"]).data["themeId"] == new)
        let table = EventTable(of: streamer.server)
        #expect(throws: Socket.Failure.self) { try table.change("UPDATE themes SET is_default = 1") }
    }

    @Test func `a theme that is needed stays and says by whom, another one goes`() throws {
        let streamer = try DemoStreamer()
        let signal = try #require(try streamer.get("/api/themes").items.first?["id"]?.stringValue)
        let neon = try #require(try streamer.post("/api/themes", ["name": "Neon"]).data["id"]?.stringValue)
        let layout = try #require(try streamer.layout()["id"]?.stringValue)

        #expect(try streamer.delete("/api/themes/\(signal)").message.contains("default"))
        #expect(try streamer.put("/api/themes/\(neon)/default", [:]).status == 200)
        let worn = try streamer.delete("/api/themes/\(signal)")
        #expect(worn.status == 409 && worn.message.contains("the layout \"Main\""), "\(worn.message)")
        #expect(try streamer.put("/api/layouts/\(layout)", ["themeId": .string(neon), "version": 1]).status == 200)
        #expect(
            try streamer.put("/api/layouts/\(layout)/draft", ["themeId": .string(signal), "version": 2]).status == 200
        )
        let drafted = try streamer.delete("/api/themes/\(signal)")
        #expect(drafted.status == 409 && drafted.message.contains("the draft \"Main\""), "\(drafted.message)")
        #expect(try streamer.delete("/api/layouts/\(layout)/draft").status == 204)

        #expect(try streamer.delete("/api/themes/\(signal)").status == 204)

        #expect(try streamer.get("/api/themes").items.map { $0["name"] } == ["Neon"])
        #expect(try streamer.get("/api/themes/\(signal)").status == 404)
        #expect(try streamer.page().snapshot() != nil)
    }

    @Test func `fifty themes are taken and no more, made or imported`() throws {
        let streamer = try DemoStreamer()
        for number in 2...50 {
            #expect(try streamer.post("/api/themes", ["name": .string("\(number)")]).status == 201, "\(number)")
        }
        let file = try JSONValue(parsing: streamer.exchange("GET", "/api/themes/\(try themeId(streamer))/export").body)

        let more = try streamer.post("/api/themes", ["name": "51"])

        #expect(more.status == 409 && more.message.contains("50"))
        #expect(try streamer.post("/api/themes/import", file).status == 409)
        #expect(try streamer.get("/api/themes?perPage=100").items.count == 50)
    }

    @Test func `an exported theme comes back identical as a new one`() throws {
        let streamer = try DemoStreamer()
        let variables: JSONValue = [
            "primary": "#010203", "secondary": "#A1B2C3", "accent": "#ffffff", "background": "#000000",
            "backgroundAlpha": 0.123456789, "text": "#fedcba", "mutedText": "#777777", "radius": 31, "spacing": 1,
            "headingFont": "Noto Sans", "bodyFont": "Ünicode Sans", "fontScale": 1.2,
        ]
        let made = try streamer.post("/api/themes", ["name": "Nächte \"4/7\"", "variables": variables])
        let id = try #require(made.data["id"]?.stringValue)

        let file = try streamer.exchange("GET", "/api/themes/\(id)/export")
        let back = try streamer.ask("POST", "/api/themes/import", text: file.body)

        #expect(file.status == 200)
        #expect(
            file.headers["content-disposition"]
                == "attachment; filename=\"N_chte _4_7_-theme.json\"; "
                + "filename*=UTF-8''N%C3%A4chte%20%224%2F7%22-theme.json"
        )
        #expect(back.status == 201, "\(back.message)")
        #expect(back.data["id"] != made.data["id"] && back.data["isDefault"] == false)
        #expect(back.data["name"] == made.data["name"] && back.data["variables"] == made.data["variables"])
        #expect(made.data["variables"] == variables)
        let again = try streamer.exchange("GET", "/api/themes/\(back.data["id"]?.stringValue ?? "")/export")
        #expect(again.bytes == file.bytes)
        let plain = try streamer.exchange("GET", "/api/themes/\(try themeId(streamer))/export")
        #expect(plain.headers["content-disposition"] == "attachment; filename=\"Signal-theme.json\"")
        #expect(plain.headers["x-content-type-options"] == "nosniff")
    }

    @Test func `a file that is no theme is refused by name and stores nothing`() throws {
        let streamer = try DemoStreamer()
        let good = try JSONValue(parsing: streamer.exchange("GET", "/api/themes/\(try themeId(streamer))/export").body)
        let members = try #require(good.objectValue)
        func changed(_ name: String, _ value: JSONValue?) -> String {
            var object = members
            object[name] = value
            return JSONValue.object(object).text
        }
        func variable(_ name: String, _ value: JSONValue?) -> String {
            var variables = good["variables"]?.objectValue ?? [:]
            variables[name] = value
            return changed("variables", .object(variables))
        }

        for (text, expected) in [
            ("", "not JSON"), ("{", "not JSON"), ("[]", "an object"), ("null", "an object"),
            (changed("name", nil), "name"),
            (changed("name", 7), "name"), (changed("variables", nil), "variables"),
            (changed("variables", []), "variables"),
            (changed("format", "other"), "format"), (changed("version", 2), "version"), (changed("extra", 1), "extra"),
            (variable("text", nil), "variables.text"), (variable("text", "red"), "variables.text"),
            (variable("script", "x"), "variables.script"), (variable("bodyFont", "x\"}"), "variables.bodyFont"),
            (String(repeating: "[", count: 100_000), "not JSON"),
        ] {
            let answer = try streamer.ask("POST", "/api/themes/import", text: text)
            #expect(answer.status == 400 && answer.message.contains(expected), "\(text.prefix(80)): \(answer.message)")
        }
        let edge = good.text + String(repeating: " ", count: 262_144 - good.text.utf8.count)
        #expect(try streamer.ask("POST", "/api/themes/import", text: edge + " ").status == 413)
        #expect(try streamer.get("/api/themes").items.count == 1)
        #expect(try streamer.ask("POST", "/api/themes/import", text: edge).status == 201)
    }

    @Test func `another streamer's theme is neither seen nor changed`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        let theirs = try bob.get("/api/themes").items
        let id = try #require(theirs.first?["id"]?.stringValue)

        for (method, path, body) in [
            ("GET", "", nil), ("PUT", "", ["name": "mine"]), ("DELETE", "", nil), ("PUT", "/default", [:]),
            ("GET", "/export", nil),
        ] as [(String, String, JSONValue?)] {
            #expect(try streamer.ask(method, "/api/themes/\(id)\(path)", body).status == 403, "\(method) \(path)")
            #expect(try streamer.ask(method, "/api/themes/nobody\(path)", body).status == 404, "\(method) \(path)")
        }
        #expect(try streamer.post("/api/layouts", ["name": "x", "themeId": .string(id)]).status == 403)
        #expect(try streamer.post("/api/layouts", ["name": "x", "themeId": "nobody"]).status == 404)
        #expect(try streamer.get("/api/themes").items.contains { $0["id"]?.stringValue == id } == false)
        #expect(try bob.get("/api/themes").items == theirs)
        for method in ["POST", "PUT", "DELETE"] {
            #expect(try streamer.ask(method, "/api/themes/\(try themeId(streamer))", csrf: false).status != 200)
        }
    }

    private func themeId(_ streamer: DemoStreamer) throws -> String {
        try #require(try streamer.get("/api/themes").items.first?["id"]?.stringValue)
    }
}
