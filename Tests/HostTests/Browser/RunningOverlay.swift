import Testing
import WidgetAPI

@testable import FakePlatforms

/// The demo's overlay in a browser, with some of everything on it, and its dashboard beside it.
final class RunningOverlay {
    let streamer: DemoStreamer
    let page: Page
    /// What the chat says from the beginning.
    let lines = ["first words", "second words", "third words", "fourth words"]
    private static let alerts = ["event:follow", "event:subscribe", "event:tip", "event:raid", "event:redemption"]
    private var alerts = 0

    init() throws {
        streamer = try DemoStreamer()
        let port = streamer.server.port
        // As cards they would take turns, and what is on screen would depend on the moment.
        try streamer.configure("tips", ["mode": "donations", "style": "list"])
        page = try Browser().overlay("http://127.0.0.1:\(port)/twitch/demo/overlay")
        let deliveries =
            lines.map { SignedDelivery.chat($0, in: "demo-twitch") } + [
                .follow(by: "Newcomer", in: "demo-twitch"), .cheer(200, by: "Bruno", in: "demo-twitch"),
            ]
        for delivery in deliveries {
            let status = try delivery.post(port: port)
            guard status == 204 else { throw Socket.Failure(description: "a delivery was answered by \(status)") }
        }
        try page.waitForLine("fourth words", withinSeconds: 30)
        try page.wait(until: "probe.texts('goals', '.count')[0] === '1 / 100'", "it counts", withinSeconds: 30)
        // A page that loads itself again would have forgotten this.
        _ = try page.evaluate("window.isTheSamePage = true")
    }

    /// Gives a widget settings, and returns when the page shows what a new page would be shown.
    func change(_ type: String, _ config: JSONValue, _ what: String = "") throws {
        try streamer.configure(type, config)
        try waitForTheHost(what.isEmpty ? config.text : what)
        var (seen, expected): ([String], [String]) = ([], [])
        // A widget may take its turn between the two looks.
        let isEqual = try Deadline.wait(seconds: 30) {
            expected = try Self.texts(of: type, port: streamer.server.port)
            seen = try texts(of: type)
            return seen == expected
        }
        guard isEqual else { throw Socket.Failure(description: "\(what): \(seen), a new page has \(expected)") }
        guard try page.evaluate("window.isTheSamePage === true") == true else {
            throw Socket.Failure(description: "\(what): the page has loaded again")
        }
        guard try type != "chat" || page.chatLines().filter(lines.contains) == lines else {
            throw Socket.Failure(description: "\(what): the chat has lost lines: \(try page.chatLines())")
        }
    }

    /// Waits until the page has everything that is in the log.
    func waitForTheHost(_ what: String) throws {
        let last = try streamer.get("/api/events?limit=1").json["meta"]?["lastSeq"]?.integerValue ?? .max
        try page.wait(until: "Number(document.body.dataset.seq) >= \(last)", "the page has \(what)", withinSeconds: 30)
    }

    /// Sends one more if there is none, each time of another kind.
    func showSomeAlert() throws {
        guard try page.evaluate("probe.all('events', '.alert').length") == 0 else { return }
        try streamer.send(Self.alerts[alerts % Self.alerts.count])
        alerts += 1
    }

    /// A file of the streamer's for each format of settings that takes one.
    func files() throws -> [String: JSONValue] {
        let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>"
        var files: [String: JSONValue] = [:]
        for (format, bytes) in [
            ("asset-image", Array(picture.utf8)), ("asset-sound", FileSamples.wav), ("asset-video", FileSamples.webm),
        ] {
            files[format] = try streamer.upload(bytes).data["url"]
        }
        return files
    }

    /// All settings of the first widget of that type.
    func config(of type: String) throws -> JSONObject {
        let widget = try streamer.get("/api/widgets").items.first { $0["type"]?.stringValue == type }
        return try #require(widget?["config"]?.objectValue)
    }

    /// Shows a tip of Tipper's, if that is not on screen any more.
    func showTipper() throws {
        let names = "probe.texts('events', '.alert:not(.leaving) .name')"
        guard try page.evaluate(names) != ["Tipper"] else { return }
        try streamer.send("event:tip", ["user": ["displayName": "Tipper"]])
        try expect(names, is: ["Tipper"])
    }

    /// The expression has that value, now or soon.
    func expect(
        _ expression: String,
        is expected: JSONValue,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var value: JSONValue?
        _ = Deadline.wait(seconds: 30) {
            // What it asks for may be about to come.
            value = try? page.evaluate(expression)
            return value == expected
        }
        #expect(value == expected, "\(expression)", sourceLocation: sourceLocation)
    }

    /// Every text of that widget on screen.
    func texts(of type: String) throws -> [String] {
        try page.evaluate("probe.picture()[\(JSONValue.string(type).text)]").arrayValue?.compactMap(\.stringValue) ?? []
    }

    /// Neither a fault of the page nor one that the host has noted.
    func expectNothingBroke(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let complaints = try page.takeComplaints()
        #expect(complaints == [], sourceLocation: sourceLocation)
        let faults = ["error", "warning", "critical"].flatMap(streamer.server.logLines(with:))
        #expect(faults.filter { !$0.contains("few files may be open") } == [], sourceLocation: sourceLocation)
    }

    /// Every text that a page which opens now is sent for that widget.
    private static func texts(of type: String, port: Int) throws -> [String] {
        let client = try WebSocketClient(port: port)
        guard let snapshot = try client.subscribe("demo", view: "overlay") else {
            throw Socket.Failure(description: "no snapshot")
        }
        let widget = snapshot["widgets"]?.arrayValue?.first { $0["type"]?.stringValue == type }
        return JSONValue.texts(widget?["view"]?.arrayValue ?? [])
    }
}
