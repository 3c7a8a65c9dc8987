import Foundation
import Testing
import WidgetAPI

@testable import Host

/// Texts that want to be statements, scripts or something else: each is kept as it is or refused by name.
@Suite(.withProcesses) struct HostileTextTests {
    /// A field of the API that takes a text.
    private struct Field {
        let name: String
        let method: String
        let path: String
        /// The body around the text.
        let body: (JSONValue) -> JSONValue
        /// Where the answer gives it back.
        let steps: [String]
        /// Characters; the corpus is cut to it nowhere, for all of it is shorter.
        var takesLines = true

        func text(in answer: JSONValue) -> String? {
            steps.reduce(answer as JSONValue?) { $0?[$1] }?.stringValue
        }
    }

    private static func fields(_ streamer: DemoStreamer) throws -> [Field] {
        let layout = try #require(try streamer.post("/api/layouts", ["name": "x"]).data["id"]?.stringValue)
        let theme = try #require(try streamer.post("/api/themes", ["name": "x"]).data["id"]?.stringValue)
        let goal = try streamer.widget("goals")
        func event(_ type: String, _ payload: JSONValue) -> JSONValue { ["type": .string(type), "payload": payload] }
        return [
            Field(
                name: "displayName",
                method: "PUT",
                path: "/api/settings",
                body: { ["displayName": $0] },
                steps: ["displayName"]
            ),
            Field(
                name: "name",
                method: "PUT",
                path: "/api/themes/\(theme)",
                body: { ["name": $0] },
                steps: ["name"]
            ),
            Field(
                name: "name",
                method: "PUT",
                path: "/api/layouts/\(layout)/draft",
                body: { ["name": $0, "version": 1] },
                steps: ["name"]
            ),
            Field(
                name: "label",
                method: "PUT",
                path: "/api/widgets/\(goal)",
                body: { ["config": ["label": $0]] },
                steps: ["config", "label"]
            ),
            Field(
                name: "payload",
                method: "POST",
                path: "/api/events/test",
                body: { event("chat:message", ["text": $0, "user": ["displayName": "x"]]) },
                steps: ["payload", "text"]
            ),
            Field(
                name: "payload",
                method: "POST",
                path: "/api/events/test",
                body: { event("event:follow", ["user": ["displayName": $0]]) },
                steps: ["payload", "user", "displayName"]
            ),
            Field(
                name: "payload",
                method: "POST",
                path: "/api/events/test",
                body: { event("event:redemption", ["input": $0]) },
                steps: ["payload", "input"]
            ),
            Field(
                name: "payload",
                method: "POST",
                path: "/api/events/test",
                body: { event("event:tip", ["message": $0]) },
                steps: ["payload", "message"]
            ),
        ]
    }

    @Test func `every text comes back as it was sent, and nothing else changes`() throws {
        let streamer = try DemoStreamer()
        let fields = try Self.fields(streamer)
        // Each field is written once, so that every row is there that will be.
        for field in fields {
            let answer = try streamer.ask(field.method, field.path, field.body("first"))
            #expect(answer.status < 300, "\(field.path): \(answer.message)")
        }
        let before = try streamer.library()

        for field in fields {
            for hostile in HostileText.kept {
                let answer = try streamer.ask(field.method, field.path, field.body(.string(hostile.text)))
                // One schema holds lines alone; it says so by the setting's name.
                if answer.status == 400 {
                    #expect(hostile.title == "control characters", "\(field.path) \(hostile.title)")
                    #expect(answer.code == "VALIDATION_ERROR" && answer.message.contains(field.name))
                    continue
                }
                #expect(field.text(in: answer.data) == hostile.text, "\(field.path) \(hostile.title) \(answer.message)")
                guard field.method == "PUT" else { continue }
                #expect(field.text(in: try streamer.get(field.path).data) == hostile.text, "\(hostile.title)")
            }
        }

        #expect(try streamer.library() == before)
        let logged = try streamer.get("/api/events?before=100000&limit=500&types=event:tip").items
        let messages = Set(logged.compactMap { $0["payload"]?["message"]?.stringValue })
        #expect(messages.isSuperset(of: HostileText.kept.map(\.text)), "the log tells what was sent")
    }

    @Test func `what no database keeps whole is refused by name, and changes nothing`() throws {
        let streamer = try DemoStreamer()
        let fields = try Self.fields(streamer)
        let layouts = try streamer.get("/api/layouts").items

        for field in fields where !field.path.hasPrefix("/api/events") {
            let body = field.body("HERE").text
            for text in HostileText.unkeepable + [JSONValue.string(HostileText.endless).text] {
                let sent = body.replacing("\"HERE\"", with: text)
                let answer = try streamer.ask(field.method, field.path, text: sent)
                guard field.name == "label" else {
                    #expect(
                        answer.status == 400 && answer.code == "VALIDATION_ERROR",
                        "\(field.path) \(text.prefix(20))"
                    )
                    let isNamed = answer.message.contains(field.name) || answer.message.contains("surrogate")
                    #expect(isNamed && answer.message.utf8.count < 600, "\(answer.message)")
                    continue
                }
                // Settings are JSON in their column, which may hold what a name may not.
                #expect([200, 400].contains(answer.status), "\(text.prefix(20))")
            }
        }

        let tooMuch = try streamer.send("event:tip", ["message": .string(String(repeating: "x", count: 65_536))])
        #expect(tooMuch.status == 400 && tooMuch.message.hasPrefix("payload: "), "\(tooMuch.message.prefix(99))")
        for id in [String(repeating: "x", count: 129), "a\u{0}b"] {
            let answer = try streamer.send("chat:message", ["messageId": .string(id)])
            #expect(answer.status == 400 && answer.message.hasPrefix("payload.messageId: "))
        }
        let longest = String(repeating: "x", count: 128)
        #expect(try streamer.send("chat:message", ["messageId": .string(longest)]).data["id"] == .string(longest))
        #expect(try streamer.get("/api/layouts").items.map { $0["name"] } == layouts.map { $0["name"] })
        #expect(try streamer.get("/api/settings").data["displayName"] == "demo")
    }

    @Test func `a file is called what its address says, or refused`() throws {
        let streamer = try DemoStreamer()
        for hostile in HostileText.kept {
            let name = hostile.text.utf8.map { byte in (byte < 16 ? "%0" : "%") + String(byte, radix: 16) }.joined()
            let answer = try streamer.upload(FileSamples.png, query: "?name=\(name)")
            #expect(answer.status == 201 && answer.data["name"] == .string(hostile.text), "\(hostile.title)")
        }
        let names = Set(try streamer.get("/api/files?perPage=100").items.compactMap { $0["name"]?.stringValue })
        #expect(names == Set(HostileText.kept.map(\.text)))

        let marks = "Z" + String(repeating: "%CC%81", count: 5000)
        for name in ["%00", "a%00b", "%FF", "%ED%A0%80", "%0D%0AX-Evil:%201", "%E2%80%A8", "", marks] {
            let answer = try streamer.upload(FileSamples.png, query: "?name=\(name)")
            #expect(answer.status == 400 && answer.message.hasPrefix("name: "), "\(name.prefix(20))")
        }
    }

    @Test func `an address that was made up leads nowhere, and says nothing back`() throws {
        let streamer = try DemoStreamer()
        let places = [
            "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%27%20OR%201%3D1--", "demo%00", "%FF%FE", "..%2F..%2Fetc",
            "demo%27",
            "%7B%7BcsrfToken%7D%7D", "%E2%80%AEdemo", "d%CC%81emo", "%25%30%30",
        ]

        for place in places {
            for path in [
                "/twitch/\(place)/overlay", "/\(place)/demo/overlay", "/twitch/demo/overlay?layout=\(place)",
                "/auth/login/\(place)", "/files/\(place)", "/img/twitch/emote/\(place)", "/\(place)",
            ] {
                let answer = try HTTPExchange.perform("GET", path, port: streamer.server.port)
                #expect((400..<500).contains(answer.status), "\(path): \(answer.status)")
                #expect(!answer.body.contains("alert(1)") && !answer.body.contains("1=1"), "\(path)")
            }
            for path in [
                "/api/layouts/\(place)", "/api/widgets?layoutId=\(place)", "/api/themes/\(place)/export",
                "/api/widgets/\(place)/health",
            ] {
                #expect(try streamer.get(path).status == 404, "\(path)")
            }
            #expect(try streamer.get("/api/events?types=\(place)").items.isEmpty)
        }
        let problem = try HTTPExchange.perform(
            "GET",
            "/auth/login?problem=%3Cscript%3Ealert(1)%3C%2Fscript%3E&platform=%3Cb%3E",
            port: streamer.server.port
        )
        #expect(problem.status == 200 && !problem.body.contains("alert(1)"))
    }
}
