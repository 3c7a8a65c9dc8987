import Testing
import WidgetAPI

@Suite(.withProcesses) struct StreamerSettingsTests {
    @Test func `settings are the usual ones until they are changed, and what is absent stays`() throws {
        let streamer = try DemoStreamer()
        let usual: JSONValue = [
            "displayName": "demo", "locale": "en", "timeZone": "UTC", "shortcuts": true, "setupStep": 0,
        ]
        #expect(try streamer.get("/api/settings").data == usual)

        let first = try streamer.put("/api/settings", ["displayName": "Größe 😀", "timeZone": "Europe/Berlin"])
        let second = try streamer.put("/api/settings", ["locale": "pt-BR", "shortcuts": false, "setupStep": 3])

        #expect(first.status == 200 && second.status == 200, "\(first.message)\(second.message)")
        let expected: JSONValue = [
            "displayName": "Größe 😀", "locale": "pt-BR", "timeZone": "Europe/Berlin", "shortcuts": false,
            "setupStep": 3,
        ]
        #expect(second.data == expected)
        #expect(try streamer.get("/api/settings").data == expected)
        #expect(try streamer.get("/api/session").data["displayName"] == "Größe 😀")
        #expect(try streamer.put("/api/settings", [:]).data == expected)
    }

    @Test func `every setting is checked at its edges, and one fault leaves all as it was`() throws {
        let streamer = try DemoStreamer()
        let long = String(repeating: "x", count: 80)
        let tag = "de" + String(repeating: "-abcde12", count: 4)

        for (name, good, bad) in [
            ("displayName", [.string(long), "a b"], ["", .string(long + "x"), "a\nb", "  ", nil, 5]),
            (
                "locale", ["de", "deu", "zh-Hant-TW", .string(tag + "x")],
                ["", "d", "german", "de_DE", "de-", .string(tag + "xy"), .string(tag + "-ab")]
            ),
            (
                "timeZone", ["UTC", "America/Argentina/Buenos_Aires", "Asia/Kolkata"],
                [
                    "", "utc", "Mars/Phobos", "Europe/", "GMT+5", "+01:00", "/etc/passwd",
                    .string(String(repeating: "A/", count: 40)),
                ]
            ),
            ("shortcuts", [true, false], ["true", 1, nil]), ("setupStep", [0, 20], [-1, 21, 1.5, "3"]),
        ] as [(String, [JSONValue], [JSONValue])] {
            for value in good {
                let answer = try streamer.put("/api/settings", .object([name: value]))
                #expect(answer.status == 200 && answer.data[name] == value, "\(name) \(value.text): \(answer.message)")
            }
            let before = try streamer.get("/api/settings").data
            for value in bad {
                var body: JSONObject = [name: value]
                if name != "setupStep" { body["setupStep"] = 7 }
                let answer = try streamer.put("/api/settings", .object(body))
                #expect(answer.status == 400 && answer.message.contains(name), "\(name) \(value.text)")
            }
            #expect(try streamer.get("/api/settings").data == before)
        }
        #expect(try streamer.put("/api/settings", ["email": "a@b"]).status == 400)
        #expect(try streamer.ask("PUT", "/api/settings", ["setupStep": 1], csrf: false).status == 403)
        #expect(try HTTPExchange.perform("GET", "/api/settings", port: streamer.server.port).status == 401)
    }

    @Test func `everybody has settings of their own`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        let theirs = try bob.get("/api/settings").data

        #expect(try streamer.put("/api/settings", ["displayName": "Demo", "setupStep": 4]).status == 200)

        #expect(theirs["displayName"] == "bob")
        #expect(try bob.get("/api/settings").data == theirs)
    }
}
