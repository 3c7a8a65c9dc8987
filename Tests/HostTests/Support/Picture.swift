import WidgetAPI

/// What an overlay shows: each widget's view, written as JSON, by the widget's type.
struct Picture: Equatable {
    var views: [String: String] = [:]
    /// The place in the log that it belongs to.
    var seq: Int64 = 0

    init(snapshot: JSONValue) {
        seq = snapshot["seq"]?.integerValue ?? -1
        for widget in snapshot["widgets"]?.arrayValue ?? [] {
            views[widget["type"]?.stringValue ?? ""] = widget["view"]?.text
        }
    }

    /// Opens an overlay for a moment and looks.
    static func take(port: Int, channel: String = "alice", view: String = "overlay") throws -> Picture {
        let page = try WebSocketClient(port: port)
        guard let snapshot = try page.subscribe(channel, view: view) else {
            throw Socket.Failure(description: "no snapshot")
        }
        return Picture(snapshot: snapshot)
    }

    /// The number that the goal shows, or `nil` when there is none.
    var goal: Int? {
        guard let view = views["goals"], let slash = view.firstRange(of: " / ") else { return nil }
        return Int(view[..<slash.lowerBound].reversed().prefix { $0.isNumber }.reversed().map { String($0) }.joined())
    }
}
