/// A widget: a deterministic reducer over a streamer's events.
///
/// The same config and the same events always give the same state and the same view. A widget therefore has no clock,
/// no randomness and no input of its own; what it needs of the world stands in its events and its ``WidgetContext``,
/// what it wants of the world it says there. The host keeps the state, replays the log after a crash and streams the
/// difference between two views.
///
/// ```swift
/// struct FollowCounter: Widget {
///     struct Config: WidgetConfig {
///         init(_ settings: JSONObject) {}
///     }
///
///     struct State: JSONConvertible {
///         var follows: Int64 = 0
///
///         init() {}
///
///         init?(json: JSONValue) {
///             guard let follows = json.integerValue else { return nil }
///             self.follows = follows
///         }
///
///         var json: JSONValue { .integer(follows) }
///     }
///
///     let manifest = WidgetManifest(
///         id: "follow-counter",
///         name: "Follow counter",
///         version: "1.0.0",
///         description: "Counts new followers.",
///         category: .stats,
///         defaultSize: .init(width: 2, height: 1),
///         events: ["event:follow"],
///         configSchema: ConfigSchema([])
///     )
///     let styleSheet = ".count { color: var(--th-text) }"
///
///     func initialState(_ config: Config) -> State {
///         State()
///     }
///
///     func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
///         state.follows += event.isTest ? 0 : 1
///     }
///
///     func render(_ state: State, config: Config) -> View {
///         View(.element(.div, class: "count", .text("\(state.follows)")))
///     }
/// }
/// ```
public protocol Widget: Sendable {
    /// The settings, read once per change.
    associatedtype Config: WidgetConfig
    /// Everything the widget remembers.
    associatedtype State: JSONConvertible

    /// What the type says of itself.
    var manifest: WidgetManifest { get }

    /// CSS that applies inside this widget only; features of Chromium 102.
    var styleSheet: String { get }

    /// The state of a widget that has just been placed.
    func initialState(_ config: Config) -> State

    /// Takes one event into the state. Called for every event of the manifest's patterns and for the widget's timers,
    /// in the order of the log.
    func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext)

    /// Draws the state. Called after events, at most once for those that arrive together.
    func render(_ state: State, config: Config) -> View
}

/// The settings of a widget as a Swift value.
public protocol WidgetConfig: Sendable {
    /// Reads settings that the widget's schema has accepted; every setting is there.
    init(_ settings: JSONObject)
}

/// What a widget may know and ask for while it handles an event.
public struct WidgetContext: Sendable {
    /// The log's time: that of the event, or the moment for which the timer was set.
    public let now: Timestamp
    /// What the widget has asked for, in order.
    public private(set) var effects: [Effect] = []

    /// A context at that time, for hosts and tests.
    public init(now: Timestamp) {
        self.now = now
    }

    /// Fires `timer:<name>` once after so many milliseconds (at least 50), in place of a timer of that name.
    public mutating func startTimer(_ name: String, afterMilliseconds delay: Int64, payload: JSONValue = .null) {
        effects.append(.startTimer(WidgetTimer(name: name, due: now.advanced(byMilliseconds: delay), payload: payload)))
    }

    /// Fires `timer:<name>` every so many milliseconds (at least 50), in place of a timer of that name.
    public mutating func repeatTimer(_ name: String, everyMilliseconds interval: Int64, payload: JSONValue = .null) {
        let due = now.advanced(byMilliseconds: interval)
        effects.append(
            .startTimer(WidgetTimer(name: name, due: due, intervalMilliseconds: interval, payload: payload))
        )
    }

    /// Stops the timer of that name.
    public mutating func cancelTimer(_ name: String) {
        effects.append(.cancelTimer(name))
    }

    /// Writes a line to the widget's log.
    ///
    /// Never put what viewers wrote into it.
    public mutating func log(_ level: Effect.LogLevel, _ text: String) {
        effects.append(.log(level, text))
    }
}
