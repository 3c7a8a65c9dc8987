import WidgetAPI

/// An overlay page of alice over a real socket: what it shows, and what it was told to play.
struct MirroredPage {
    let client: WebSocketClient
    private(set) var mirror = PageMirror()
    /// The id of every sound, as often as it came.
    private(set) var effects: [String] = []

    init(port: Int) throws {
        client = try WebSocketClient(port: port)
        try client.send("overlay:subscribe", ["platform": "twitch", "channel": "alice", "view": "overlay"])
        guard let snapshot = try client.message("overlay:snapshot", withinMilliseconds: 60_000) else {
            throw Socket.Failure(description: "no snapshot")
        }
        _ = try mirror.take(snapshot)
    }

    /// Marks the moment up to which ``nextChange()`` reads.
    func begin() throws {
        try client.send("system:ping", [:])
    }

    /// The widget that has changed next; `nil` when there is nothing more from before the mark.
    mutating func nextChange() throws -> String? {
        while let frame = try client.receive(withinMilliseconds: 60_000) {
            try client.answer(frame)
            guard frame.opcode == 1 else { continue }
            let message = try JSONValue(parsing: frame.payload)
            if message["type"] == "system:pong" { return nil }
            if message["type"] == "overlay:effect" { effects.append(message["payload"]?["id"]?.stringValue ?? "") }
            if let widget = try mirror.take(message) { return widget }
        }
        throw Socket.Failure(description: "the host has stopped talking to the page")
    }
}
