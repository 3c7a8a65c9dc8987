import Testing
import WidgetAPI

@testable import Host

/// Bodies that are no body: refused with the contract's code at every address that takes one, and nothing breaks.
@Suite(.withProcesses) struct HostileBodyTests {
    private static let notObjects = [
        "", " ", "[]", "[{}]", "1", "\"text\"", "null", "true", "{", "}", "{]", "{\"a\"}", "{\"a\":}", "{a:1}",
        "{'a':1}",
        "{\"a\":1,}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":-Infinity}", "{\"a\":1e999}", "{\"a\":-1e999}",
        "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":0x10}", "{} {}", "{}x", "// no\n{}", "{\"a\":\"\t\"}",
        "{\"a\":\"\\x41\"}", "{\"a\":\"\\u12\"}", "name=x&version=1", "<xml/>", "\u{FEFF}{}",
    ]

    /// Every operation whose body is JSON, with ids that are there.
    private static func operations(_ streamer: DemoStreamer) throws -> [(method: String, path: String)] {
        let layout = try #require(try streamer.post("/api/layouts", ["name": "x"]).data["id"]?.stringValue)
        let theme = try #require(try streamer.post("/api/themes", ["name": "x"]).data["id"]?.stringValue)
        let widget = try streamer.widget("chat")
        return APIOperation.all.compactMap { operation in
            guard case .json = operation.body else { return nil }
            let path = operation.path.replacing("{layoutId}", with: layout).replacing("{themeId}", with: theme)
                .replacing("{widgetId}", with: widget).replacing("{platform}", with: "kick")
            return (operation.method.rawValue.uppercased(), path)
        }
    }

    @Test func `what is no JSON object is refused everywhere, and the connection goes on`() throws {
        let streamer = try DemoStreamer()
        let operations = try Self.operations(streamer)
        #expect(operations.count >= 11 && operations.allSatisfy { !$0.path.contains("{") })
        let before = try streamer.library()
        let invalid: [[UInt8]] = [
            Array("{\"name\":\"".utf8) + [0xFF, 0xFE] + Array("\"}".utf8), [0xC0, 0x80], [0xED, 0xA0, 0x80],
            [0x7B, 0, 0x7D], [0xFE, 0xFF, 0, 0x7B, 0, 0x7D],
        ]
        let deep = [
            String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 65),
            "{\"a\":" + String(repeating: "[", count: 64) + String(repeating: "]", count: 64) + "}",
        ]
        let bodies = Self.notObjects.map { Array($0.utf8) } + invalid + deep.map { Array($0.utf8) }

        for (method, path) in operations {
            let socket = try Socket(port: streamer.server.port)
            for body in bodies {
                let answer = try streamer.ask(method, path, body, on: socket)
                let shown = String(decoding: body.prefix(40), as: UTF8.self)
                #expect(answer.status == 400 && answer.failureCode == "VALIDATION_ERROR", "\(method) \(path): \(shown)")
            }
            #expect(try streamer.ask("GET", "/api/session", [], on: socket).status == 200, "\(method) \(path)")
            #expect(try streamer.ask(method, path, Array("{\"x\":1,\"x\":1}".utf8), on: socket).status == 400)
        }

        #expect(try streamer.library() == before)
    }

    @Test func `a name that stands twice is refused with the name, however deep it stands`() throws {
        let streamer = try DemoStreamer()
        let layout = try #require(try streamer.layout()["id"]?.stringValue)

        for (method, path, body, name) in [
            ("PUT", "/api/settings", #"{"locale":"de","locale":"en"}"#, "locale"),
            ("PUT", "/api/settings", #"{"locale":"de","\u006cocale":"en"}"#, "locale"),
            ("PUT", "/api/layouts/\(layout)", #"{"version":1,"grid":{"gap":1,"gap":2}}"#, "grid.gap"),
            ("PUT", "/api/layouts/\(layout)", #"{"version":1,"widgets":[{},{"id":"a","id":"b"}]}"#, "widgets[1].id"),
            ("POST", "/api/events/test", #"{"type":"event:tip","payload":{"user":{"x":1,"x":2}}}"#, "payload.user.x"),
        ] {
            let answer = try streamer.ask(method, path, text: body)
            #expect(
                answer.status == 400 && answer.message.hasPrefix("\(name): given more than once"),
                "\(answer.message)"
            )
        }
        #expect(try streamer.get("/api/settings").data["locale"] == "en")
    }

    @Test func `a body may have a mebibyte and not a byte more, at every address`() throws {
        let streamer = try DemoStreamer()

        for (method, path) in try Self.operations(streamer) {
            // The file of a theme is smaller.
            let limit = path == "/api/themes/import" ? ThemeFile.limit : RequestBody.limit
            let exact = Array("{\"nobodys\":1".utf8) + [UInt8](repeating: 0x20, count: limit - 13) + [0x7D]
            #expect(exact.count == limit)
            let full = try streamer.exchange(method, path, bytes: exact)
            #expect(full.status == 400 && full.failureCode == "VALIDATION_ERROR", "\(method) \(path): \(full.body)")
            let over = try streamer.exchange(method, path, bytes: exact + [0x20])
            #expect(over.status == 413 && over.failureCode == "PAYLOAD_TOO_LARGE", "\(method) \(path)")
        }
        let largest = Array("{\"locale\":\"de\"}".utf8) + [UInt8](repeating: 0x0A, count: RequestBody.limit - 15)
        #expect(try streamer.exchange("PUT", "/api/settings", bytes: largest).status == 200)
    }

    @Test func `a body says what it is by itself; its type is not looked at`() throws {
        let streamer = try DemoStreamer()

        for type in ["application/json", "text/plain", "text/xml", "application/x-www-form-urlencoded", "\"", ""] {
            let socket = try Socket(port: streamer.server.port)
            let good = try streamer.ask("PUT", "/api/settings", Array("{\"setupStep\":1}".utf8), type: type, on: socket)
            let form = try streamer.ask("PUT", "/api/settings", Array("setupStep=2".utf8), type: type, on: socket)
            #expect(good.status == 200 && form.status == 400, "\(type)")
        }
        #expect(try streamer.get("/api/settings").data["setupStep"] == 1)
    }

    @Test func `numbers that fit nowhere are refused by name`() throws {
        let streamer = try DemoStreamer()
        let layout = try #require(try streamer.layout()["id"]?.stringValue)
        let numbers = [
            "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e308", "-1e308", "1.5", "-1",
            String(repeating: "9", count: 300), "0.5e-300",
        ]

        for number in numbers {
            for (path, body, name) in [
                ("/api/settings", "{\"setupStep\":\(number)}", "setupStep"),
                ("/api/connections/kick", "{\"followersAtStart\":\(number)}", "followersAtStart"),
                ("/api/layouts/\(layout)", "{\"version\":1,\"grid\":{\"gap\":\(number)}}", "grid.gap"),
                ("/api/layouts/\(layout)", "{\"version\":1,\"grid\":{\"columns\":\(number)}}", "grid.columns"),
            ] {
                let answer = try streamer.ask("PUT", path, text: body)
                #expect(answer.status == 400, "\(path) \(number.prefix(30))")
                #expect(answer.message.hasPrefix("\(name): "), "\(answer.message)")
            }
        }
        #expect(try streamer.layout()["version"] == 1)
    }

    @Test func `a body that is made to take long takes no long`() throws {
        let streamer = try DemoStreamer()
        let layout = try #require(try streamer.layout()["id"]?.stringValue)
        let place = #"{"type":"chat","position":{"x":0,"y":0,"width":1,"height":1}}"#
        let members = (0..<60_000).map { "\"a\($0)\":1" }.joined(separator: ",")
        let widgets = Array(repeating: place, count: 11_000).joined(separator: ",")

        let before = streamer.server.processorSeconds
        let event = try streamer.ask(
            "POST",
            "/api/events/test",
            text: "{\"type\":\"event:tip\",\"payload\":{\(members)}}"
        )
        let crowd = try streamer.ask("PUT", "/api/layouts/\(layout)", text: "{\"version\":1,\"widgets\":[\(widgets)]}")
        let name = try streamer.ask(
            "PUT",
            "/api/settings",
            text: "{\"\(String(repeating: "x", count: 500_000))\":1}"
        )

        #expect(event.status == 400 && crowd.status == 409 && name.status == 400)
        #expect(name.message.utf8.count < 600, "nothing is said back at length")
        // By its own clock: what else the machine does takes nothing of it.
        let used = streamer.server.processorSeconds - before
        #expect(used > 0 && used < 8, "\(used) s")
        #expect(try streamer.get("/api/session").status == 200)
    }
}

extension DemoStreamer {
    /// One of several requests over one connection.
    func ask(
        _ method: String,
        _ path: String,
        _ body: [UInt8],
        type: String? = nil,
        on socket: Socket
    ) throws -> HTTPExchange {
        var headers = [("Cookie", cookie), ("X-CSRF-Token", csrfToken)]
        if let type { headers.append(("Content-Type", type)) }
        return try HTTPExchange.perform(method, path, headers: headers, body: body, on: socket)
    }
}
