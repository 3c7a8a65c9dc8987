/// What a widget asks the host to do.
///
/// Effects are values: the host performs them after the callback, in their order. One that the manifest does not permit
/// or that is over a limit is left out, with a line in the widget's log that says so.
public enum Effect: Sendable, Equatable {
    /// Start a timer, in place of one that has the same name.
    case startTimer(WidgetTimer)
    /// Stop the timer of that name; nothing happens when there is none.
    case cancelTimer(String)
    /// Play a sound on the one page that sounds, if a page is open; a replay of the log plays none.
    case playSound(Sound)
    /// Write a line to the widget's log.
    case log(LogLevel, String)

    /// How much a log line matters.
    public enum LogLevel: String, Sendable, CaseIterable {
        case debug, info, warning, error
    }
}

/// A sound that a widget wants to be heard once.
public struct Sound: Sendable, Equatable {
    /// What is played: `assets/…` of the widget's package, or `/files/…` of the streamer.
    public let asset: String
    /// How loud, 0 to 1.
    public let volume: Double
    /// Until when it makes sense to begin; a page that hears of it later stays silent.
    public let until: Timestamp

    /// That sound, so loud, begun before that moment or not at all.
    public init(asset: String, volume: Double, until: Timestamp) {
        self.asset = asset
        self.volume = min(max(volume, 0), 1)
        self.until = until
    }
}

/// A timer of a widget.
///
/// It comes back as the event `timer:<name>` and fires by the log's clock, so a replay of the log
/// fires it at the same place.
public struct WidgetTimer: Sendable, Equatable, JSONConvertible {
    /// Unique within the widget.
    public let name: String
    /// When it fires.
    public let due: Timestamp
    /// Milliseconds between firings, at least 50; `nil` fires once.
    public let intervalMilliseconds: Int64?
    /// What the event brings back.
    public let payload: JSONValue

    /// A timer that fires at `due`, and every `intervalMilliseconds` after it where that is given.
    public init(name: String, due: Timestamp, intervalMilliseconds: Int64? = nil, payload: JSONValue = .null) {
        self.name = name
        self.due = due
        self.intervalMilliseconds = intervalMilliseconds
        self.payload = payload
    }

    /// Reads what ``json`` wrote.
    public init?(json: JSONValue) {
        guard let name = json["name"]?.stringValue, let due = json["due"]?.integerValue else { return nil }
        self.init(
            name: name,
            due: Timestamp(milliseconds: due),
            intervalMilliseconds: json["interval"]?.integerValue,
            payload: json["payload"] ?? .null
        )
    }

    /// `{name,due,interval,payload}`, times in milliseconds.
    public var json: JSONValue {
        [
            "name": .string(name), "due": .integer(due.milliseconds),
            "interval": intervalMilliseconds.map(JSONValue.integer) ?? .null, "payload": payload,
        ]
    }
}
