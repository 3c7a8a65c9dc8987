import WidgetAPI

/// How a placed widget fares, for its streamer and its author.
struct WidgetHealth: Sendable {
    enum State: String, Sendable {
        case running
        /// Held back for a while; it comes back by itself.
        case backingOff = "backing-off"
        /// Does nothing until somebody starts it again.
        case stopped
    }

    /// The last thing that went wrong.
    struct Fault: Sendable {
        /// Written as `error`, `limit`, `memory`, `killed`, `rejected` or `permission`.
        let kind: String
        let message: String
        /// Where in the widget's program it happened; empty when nobody knows.
        let traceback: String
        let at: Timestamp
    }

    /// A line that the widget, or the host about it, has written.
    struct Line: Sendable {
        let at: Timestamp
        let level: Effect.LogLevel
        let text: String
    }

    let state: State
    let since: Timestamp
    var fault: Fault?
    var log: [Line] = []
    /// What it may use and has used; empty for a widget that has no limits.
    let budget: JSONObject

    /// Written as `{state,since,error,log,budget}`.
    var json: JSONValue {
        let error: JSONValue =
            fault.map { fault in
                [
                    "kind": .string(fault.kind), "message": .string(fault.message),
                    "traceback": .string(fault.traceback), "at": .string(fault.at.iso8601),
                ]
            } ?? .null
        let lines = log.map { line -> JSONValue in
            [
                "at": .string(line.at.iso8601), "level": .string(line.level.rawValue), "text": .string(line.text),
            ]
        }
        return [
            "state": .string(state.rawValue), "since": .string(since.iso8601), "error": error,
            "log": .array(lines), "budget": .object(budget),
        ]
    }
}

/// The last lines of a widget's log, no more than a limit of bytes.
struct WidgetJournal {
    /// So much of a log is kept in memory for each widget.
    private static let bytesLimit = 64 << 10
    private static let linesLimit = 200

    private(set) var lines: [WidgetHealth.Line] = []
    private var bytes = 0

    mutating func append(_ line: WidgetHealth.Line) {
        lines.append(line)
        bytes += line.text.utf8.count
        while bytes > Self.bytesLimit || lines.count > Self.linesLimit { bytes -= lines.removeFirst().text.utf8.count }
    }
}
