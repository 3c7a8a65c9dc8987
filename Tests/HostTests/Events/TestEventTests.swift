import Testing
import WidgetAPI

@testable import Host

@Suite(.withProcesses) struct TestEventTests {
    @Test func `a test of every core type enters the log as what it is`() throws {
        let streamer = try DemoStreamer()

        for type in CoreSamples.types {
            let sent = try streamer.send(type.name)

            #expect(sent.status == 201, "\(type): \(sent.message)")
            #expect(sent.data["type"] == .string(type.name) && sent.data["test"] == true)
            #expect(sent.data["platform"] == "twitch" && sent.data["channelId"] == "demo-twitch")
        }

        let types = try streamer.get("/api/events?types=chat:*,event:*,stream:*,stats:*").items.map { $0["type"] }
        #expect(types == CoreSamples.types.map { .string($0.name) })
    }

    @Test func `some types alone are found from both ends, and whether there are more`() throws {
        let streamer = try DemoStreamer()
        for type in ["event:raid", "chat:message", "event:follow", "event:raid", "chat:message", "stream:online"] {
            #expect(try streamer.send(type).status == 201)
        }
        func list(_ query: String) throws -> (types: [String], hasMore: JSONValue?) {
            let answer = try streamer.get("/api/events?\(query)")
            return (answer.items.compactMap { $0["type"]?.stringValue }, answer.json["meta"]?["hasMore"])
        }

        #expect(
            try list("types=event:raid,chat:message&limit=3") == (["event:raid", "chat:message", "event:raid"], true)
        )
        #expect(try list("types=event:*&limit=3") == (["event:raid", "event:follow", "event:raid"], false))
        #expect(try list("types=event:*&before=1000&limit=2") == (["event:raid", "event:follow"], true))
        #expect(
            try list("types=stream:*,event:r*&before=1000") == (["stream:online", "event:raid", "event:raid"], false)
        )
        #expect(try list("types=event:party,chat:delete") == ([], false))
        #expect(try list("types=*&limit=500").types.filter { $0 != "overlay:presence" }.count == 6)
    }

    @Test func `what is given is laid over the sample, and a text alone becomes one fragment`() throws {
        let streamer = try DemoStreamer()

        let line = try streamer.send("chat:message", ["text": "hi", "user": ["displayName": "Bea"]], on: "kick")

        #expect(line.data["platform"] == "kick" && line.data["id"] == line.data["payload"]?["messageId"])
        #expect(line.data["payload"]?["fragments"] == [["type": "text", "text": "hi"]])
        #expect(line.data["payload"]?["user"]?["displayName"] == "Bea")
        #expect(line.data["payload"]?["user"]?["login"] == "aurora99")
    }

    @Test func `what is no test event is refused by name and leaves no row`() throws {
        let streamer = try DemoStreamer()
        let faults: [(JSONValue, String)] = [
            ([:], "type"), (["type": "event:party"], "event:follow"),
            (["type": "event:tip", "payload": 5], "payload: 5"),
            (["type": "event:tip", "payload": ["amount": "much"]], "amount"),
            (["type": "event:tip", "platform": "myspace"], "platform"), (["type": "event:tip", "count": 5], "count"),
        ]

        for (body, expected) in faults {
            let answer = try streamer.post("/api/events/test", body)
            #expect(answer.status == 400 && answer.message.contains(expected), "\(body.text): \(answer.message)")
        }

        #expect(try streamer.send("chat:message", ["messageId": "same"]).status == 201)
        #expect(try streamer.send("chat:message", ["messageId": "same"]).status == 409)
        #expect(try EventTable(of: streamer.server).number("SELECT count(*) FROM events WHERE test = 1") == 1)
    }

    @Test func `a test tip is shown and moves no goal`() async throws {
        let streamer = try DemoStreamer()
        try streamer.configure("goals", ["goalType": "tips"])
        let page = try WebSocketClient(port: streamer.server.port)
        _ = try #require(try page.subscribe("demo", view: "overlay"))

        try streamer.send("event:tip", ["message": "just a test"])

        let shown = try page.message("overlay:patch") { $0.text.contains("just a test") }
        #expect(shown != nil)
        let goal = try WebSocketClient(port: streamer.server.port).subscribe("demo", view: "goals")
        #expect(goal?.text.contains("$0.00") == true, "\(goal?.text ?? "")")
    }
}
