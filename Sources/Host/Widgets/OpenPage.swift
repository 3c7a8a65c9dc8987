import WidgetAPI

/// An overlay page that is connected, as its streamer is told of it.
struct OpenPage: Sendable {
    /// Of this connection; the next one of the same page has another.
    let id = UUIDv7.make()
    let key: AudienceKey
    /// Of the overlay key that it came with, or `nil`.
    let keyHash: String?
    let connectedAt: Timestamp
    /// What it said last of itself.
    var health = PageHealth()
    /// The newest event that it has said to have shown.
    var lastShownSeq: Int64?

    /// Written as `{id,view,layoutId,connectedAt,fps,p95,lastShownSeq,ownsSound}`.
    func json(showing layout: Layout.ID?, ownsSound: Bool) -> JSONValue {
        [
            "id": .string(id), "view": .string(key.view.rawValue), "layoutId": .optional(layout?.text),
            "connectedAt": .string(connectedAt.iso8601), "fps": health.fps.map(JSONValue.number) ?? .null,
            "p95": health.p95.map(JSONValue.number) ?? .null,
            "lastShownSeq": lastShownSeq.map(JSONValue.integer) ?? .null, "ownsSound": .bool(ownsSound),
        ]
    }
}

/// How a page fares by its own measure; what anybody says of themselves, so nothing depends on it.
struct PageHealth: Sendable, Equatable {
    // Far beyond every screen and every patience.
    private static let fpsLimit = 1000.0
    private static let millisecondsLimit = 3_600_000.0

    /// Frames a second.
    var fps: Double?
    /// Milliseconds from a message's receipt to the frame that shows it, 19 times of 20.
    var p95: Double?

    init() {}

    /// Reads the payload of `system:ping`; what is no such number is left out.
    init(_ payload: JSONValue) {
        fps = Self.number(payload["fps"], Self.fpsLimit)
        p95 = Self.number(payload["painted"]?["p95"], Self.millisecondsLimit)
    }

    /// What is new of this, over what was known.
    func over(_ old: PageHealth) -> PageHealth {
        var health = old
        health.fps = fps ?? old.fps
        health.p95 = p95 ?? old.p95
        return health
    }

    private static func number(_ value: JSONValue?, _ limit: Double) -> Double? {
        value?.numberValue.flatMap { (0...limit).contains($0) ? $0 : nil }
    }
}
