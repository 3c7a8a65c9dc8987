import Testing
import WidgetAPI

extension BrowserTests {
    /// The streamer's hand on the alerts, and what a page makes of it.
    @Suite struct AlertControlTests {
        @Test func `pause, resume, skip, replay and clear do on the overlay what they say`() throws {
            let stream = try RunningOverlay()
            try stream.change("events", ["displayDuration": 15])
            try stream.streamer.command("clear")
            try stream.streamer.command("skip")
            try stream.expectAlert(nil, waiting: [])
            for name in ["Aurora", "Borealis", "Corona"] {
                try stream.streamer.send("event:follow", ["user": ["id": .string(name), "displayName": .string(name)]])
            }

            try stream.expectAlert("Aurora", waiting: ["Borealis", "Corona"])
            let first = try #require(try stream.streamer.get("/api/alerts").data["current"]?["seq"]?.integerValue)
            try stream.streamer.command("pause")
            try stream.expectAlert(nil, waiting: ["Borealis", "Corona"], isPaused: true)
            try stream.streamer.command("resume")
            try stream.expectAlert("Borealis", waiting: ["Corona"])
            try stream.streamer.command("skip")
            try stream.expectAlert("Corona", waiting: [])
            try stream.streamer.send("event:follow", ["user": ["id": "Dawn", "displayName": "Dawn"]])
            try stream.streamer.command("\(first)/replay")
            try stream.expectAlert("Corona", waiting: ["Aurora", "Dawn"])
            try stream.streamer.command("skip")
            try stream.expectAlert("Aurora", waiting: ["Dawn"])
            try stream.streamer.command("clear")
            try stream.expectAlert("Aurora", waiting: [])
            try stream.streamer.command("skip")
            try stream.expectAlert(nil, waiting: [])

            try stream.expectNothingBroke()
        }
    }
}

extension DemoStreamer {
    /// Does something to the alerts.
    fileprivate func command(_ name: String) throws {
        let answer = try post("/api/alerts/\(name)")
        guard answer.status == 200 else { throw Socket.Failure(description: "\(name): \(answer.message)") }
    }
}

extension RunningOverlay {
    /// The page shows that alert and the dashboard is told the same.
    fileprivate func expectAlert(_ name: String?, waiting: [String], isPaused: Bool = false) throws {
        let shown: JSONValue = .array(name.map { [.string($0)] } ?? [])
        let names = "probe.texts('events', '.alert:not(.leaving) .name')"
        try page.wait(
            until: "JSON.stringify(\(names)) === JSON.stringify(\(shown.text))",
            "the overlay shows \(name ?? "no alert")",
            withinSeconds: 30
        )
        let status = try streamer.get("/api/alerts").data
        let person = { (event: JSONValue) in event["payload"]?["user"]?["displayName"]?.stringValue }
        #expect(status["current"].flatMap(person) == name)
        #expect(status["waiting"]?.arrayValue?.compactMap(person) == waiting)
        #expect(status["paused"] == .bool(isPaused))
        guard let name else { return }
        // What the page has painted stands in the log, so that a crash does not bring it again.
        let place = try page.evaluate("probe.all('events', '.alert:not(.leaving)')[0].dataset.alert").stringValue ?? ""
        let isNoted = try Deadline.wait(seconds: 30) {
            let shown = try streamer.get("/api/events?types=alert:shown&limit=500").items
            return shown.contains { $0["payload"]?["seq"] == Int64(place).map(JSONValue.integer) }
        }
        #expect(isNoted, "the log does not say that \(name) was seen")
    }
}
