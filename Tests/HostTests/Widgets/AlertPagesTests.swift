import Testing
import WidgetAPI

@testable import Host

/// Alerts as the pages of one streamer get them, in a host of their own.
@Suite(.withProcesses) struct AlertPagesTests {
    @Test func `an alert is heard on one page only, and on the next one when that goes`() throws {
        let streamer = try DemoStreamer()
        try streamer.configure("events", ["displayDuration": 15])
        var first: WebSocketClient? = try Self.page(streamer.server)
        let second = try Self.page(streamer.server)

        try streamer.send("event:follow")
        let heard = try #require(try first?.message("overlay:effect", withinMilliseconds: 30_000))
        let third = try Self.page(streamer.server)
        let unheard = try Self.effects(second) + Self.effects(third)
        first = nil
        var effects: [String] = []
        // Until the host knows that the first page has gone, that is where alerts sound.
        let takesOver = try Deadline.wait(seconds: 30, pausing: 200) {
            _ = try streamer.post("/api/alerts/skip")
            try streamer.send("event:follow")
            effects += try Self.effects(second)
            return !effects.isEmpty
        }

        #expect(heard["payload"]?["kind"] == "sound")
        #expect(unheard == [], "a second page sounds too, or one that came late")
        #expect(takesOver, "nobody sounds any more")
        #expect(!effects.contains(heard["payload"]?["id"]?.stringValue ?? ""))
        #expect(try Self.effects(third) == [])
    }

    @Test func `an alert that was shown does not come again after a crash, and the next one does`() throws {
        let streamer = try DemoStreamer()
        let server = streamer.server
        try streamer.configure("events", ["displayDuration": 3])
        let page = try Self.page(server)
        for name in ["Aurora", "Borealis", "Corona"] {
            try streamer.send("event:follow", ["user": ["id": .string(name), "displayName": .string(name)]])
        }
        var since: Int64 = 0
        for name in ["Aurora", "Borealis"] {
            let patch = try #require(
                try page.message("overlay:patch", withinMilliseconds: 30_000) { $0.text.contains(name) }
            )
            let alert = try #require(Self.alerts(patch).last)
            since = alert.since
            let widget = patch["payload"]?["widgetId"] ?? .null
            try page.send("overlay:ack", ["widgetId": widget, "seq": .integer(alert.place), "state": "shown"])
        }
        let isNoted = try Deadline.wait(seconds: 30) { try EventTable(of: server).count(ofType: "alert:shown") == 2 }
        try #require(isNoted)

        server.kill()
        // What was in its middle would still be there for the rest of its time, which is right.
        _ = Deadline.wait(seconds: 10) { Timestamp.now.milliseconds > since + 3500 }
        try server.start()

        let again = try WebSocketClient(port: server.port)
        var seen = try #require(try again.subscribe("demo")).text
        let deadline = Deadline(seconds: 30)
        while !seen.contains("Corona"), !deadline.isOver {
            seen += try again.message("overlay:patch", withinMilliseconds: deadline.millisecondsLeft)?.text ?? ""
        }
        #expect(seen.contains("Corona"))
        #expect(!seen.contains("Aurora"))
        #expect(!seen.contains("Borealis"))
    }

    @Test func `a report with which a page goes still counts`() throws {
        let streamer = try DemoStreamer()
        try streamer.configure("events", ["displayDuration": 3])
        for round in 1...5 {
            let page = try Self.page(streamer.server)
            try streamer.send("event:follow", ["user": ["id": .string("\(round)"), "displayName": "Viewer \(round)"]])
            let patch = try #require(
                try page.message("overlay:patch", withinMilliseconds: 30_000) { $0.text.contains("Viewer \(round)") }
            )
            let alert = try #require(Self.alerts(patch).last)
            let widget = patch["payload"]?["widgetId"] ?? .null

            try page.send("overlay:ack", ["widgetId": widget, "seq": .integer(alert.place), "state": "shown"])
            try page.send(.init(opcode: 8, payload: []))

            let table = EventTable(of: streamer.server)
            let isNoted = try Deadline.wait(seconds: 30) { try table.count(ofType: "alert:shown") == round }
            #expect(isNoted, "round \(round)")
        }
    }

    /// An overlay that has its snapshot.
    private static func page(_ server: ServerProcess) throws -> WebSocketClient {
        let client = try WebSocketClient(port: server.port)
        _ = try #require(try client.subscribe("demo"))
        return client
    }

    /// The ids of the sounds that this page has been sent until now.
    private static func effects(_ client: WebSocketClient) throws -> [String] {
        try client.send("system:ping", [:])
        var effects: [String] = []
        while let frame = try client.receive(withinMilliseconds: 30_000) {
            let message = try JSONValue(parsing: frame.payload)
            if message["type"] == "system:pong" { return effects }
            if message["type"] == "overlay:effect" { effects.append(message["payload"]?["id"]?.stringValue ?? "") }
        }
        throw Socket.Failure(description: "the host does not answer a ping")
    }

    /// The alerts that a message brings on screen.
    private static func alerts(_ message: JSONValue) -> [(place: Int64, since: Int64)] {
        var alerts: [(Int64, Int64)] = []
        func look(_ value: JSONValue) {
            if let place = value["data-alert"]?.stringValue.flatMap({ Int64($0) }),
                let since = value["data-since"]?.stringValue.flatMap({ Int64($0) })
            {
                alerts.append((place, since))
            }
            for child in value.arrayValue ?? value.objectValue?.members.map(\.value) ?? [] { look(child) }
        }
        look(message)
        return alerts
    }
}
