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

    /// Fits the state to settings that have just changed; without an implementation it stays as it is.
    ///
    /// The change is a row of the log, so it comes between the same events in every replay.
    func configChanged(from old: Config, to new: Config, state: inout State, context: inout WidgetContext)

    /// Brings settings that an older version of this widget kept to this version's schema.
    ///
    /// The host checks the result like settings that a streamer has just chosen. Without an implementation they are
    /// kept as they are.
    func migrate(config: JSONObject, from version: String) -> JSONObject

    /// Brings a state that an older version of this widget wrote to this version's form.
    ///
    /// Without an implementation it is kept; a state that cannot be read begins again from the log.
    func migrate(state: JSONValue, from version: String) -> JSONValue

    /// What a widget with an alert queue is showing, for the streamer's alert controls; `nil` for every other widget.
    func alerts(in state: State) -> AlertQueueReport?
}

extension Widget {
    /// Keeps the state.
    public func configChanged(from old: Config, to new: Config, state: inout State, context: inout WidgetContext) {}

    /// Keeps the settings.
    public func migrate(config: JSONObject, from version: String) -> JSONObject { config }

    /// Keeps the state.
    public func migrate(state: JSONValue, from version: String) -> JSONValue { state }

    /// Has no alert queue.
    public func alerts(in state: State) -> AlertQueueReport? { nil }
}

/// What an alert queue is showing and what waits in it.
public struct AlertQueueReport: Sendable, Equatable {
    /// Whether the streamer has stopped it.
    public let isPaused: Bool
    /// Place in the log of the row that brought the alert on screen, or `nil`; of a replay that of `alert:replay`.
    public let current: Int64?
    /// Places in the log of the rows whose alerts wait, the next one first.
    public let waiting: [Int64]

    /// A queue that shows one event and holds others.
    public init(isPaused: Bool, current: Int64?, waiting: [Int64]) {
        self.isPaused = isPaused
        self.current = current
        self.waiting = waiting
    }
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
    private var chance: UInt64

    /// A context at that time, for hosts and tests.
    ///
    /// The same seed gives the same ``random(below:)``; a host takes it from the widget and the event, so that a
    /// replay throws the same dice.
    public init(now: Timestamp, seed: UInt64 = 0) {
        self.now = now
        chance = seed
    }

    /// A whole number from 0 up to, but not including, `limit`, each about equally likely; 0 when `limit` is below 2.
    ///
    /// SplitMix64, as described by Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
    public mutating func random(below limit: Int64) -> Int64 {
        chance &+= 0x9e37_79b9_7f4a_7c15
        var mixed = chance
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return limit < 2 ? 0 : Int64((mixed ^ (mixed >> 31)) % UInt64(limit))
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

    /// Plays a sound once, on the one page of the streamer that sounds; later than `until` nobody hears it.
    ///
    /// Needs the permission ``WidgetManifest/Permission/sound``. `asset` is `assets/…` of the package or `/files/…` of
    /// the streamer, `volume` 0 to 1.
    public mutating func playSound(_ asset: String, volume: Double, until: Timestamp) {
        effects.append(.playSound(Sound(asset: asset, volume: volume, until: until)))
    }

    /// Writes a line to the widget's log.
    ///
    /// Never put what viewers wrote into it.
    public mutating func log(_ level: Effect.LogLevel, _ text: String) {
        effects.append(.log(level, text))
    }
}
