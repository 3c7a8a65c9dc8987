import WidgetAPI

/// One placed widget at work: its state, its timers and the place in the log up to which it has come.
///
/// Fed the same rows it always ends in the same state, whether they come one by one as they happen or all at once in a
/// replay: a timer fires before the first event that is not earlier than it.
protocol WidgetInstance: AnyObject {
    var id: PlacedWidget.ID { get }
    var manifest: WidgetManifest { get }
    /// The type's style sheet, after what this widget overrides of the theme.
    var styleSheet: String { get }
    /// The last row it has seen.
    var seq: Int64 { get }
    /// When its next timer fires.
    var nextTimer: Timestamp? { get }
    /// Whether its picture may have changed since ``render()``.
    var isDirty: Bool { get }

    /// Fires timers that are due at that moment or before, but no more than so many; `false` when some are left.
    func advance(to moment: Timestamp, atMost limit: Int) -> Bool
    /// Takes the next row, after the timers before it.
    func apply(_ event: Event)
    /// Its picture now.
    func render() -> View
    /// What ``WidgetCheckpoint`` keeps of it.
    func checkpoint() -> WidgetCheckpoint
    /// Lines it has written to its log since the last call.
    func takeLog() -> [(Effect.LogLevel, String)]
    /// Sounds it has asked for since the last call.
    func takeSounds() -> [Sound]
    /// What its alert queue is showing; `nil` when it has none.
    var alerts: AlertQueueReport? { get }
}

extension WidgetInstance {
    /// Fires all timers that are due at that moment or before.
    func advance(to moment: Timestamp) {
        while !advance(to: moment, atMost: .max) {}
    }
}

/// A widget's memory at one place of the log.
struct WidgetCheckpoint: Sendable, Equatable {
    let widgetId: PlacedWidget.ID
    let seq: Int64
    let clock: Timestamp
    /// Written as `{version,state,timers}`.
    let content: JSONValue
}

/// A widget written in Swift.
final class SwiftWidgetInstance<Kind: Widget>: WidgetInstance {
    /// Timers a widget may have at once (architecture section 6).
    static var timerLimit: Int { 32 }
    /// Sounds that are kept until somebody asks; what is older nobody would hear any more.
    static var soundsLimit: Int { 8 }
    /// The shortest time a timer may be set for.
    static var shortestTimerMilliseconds: Int64 { 50 }

    let id: PlacedWidget.ID
    private(set) var seq: Int64
    private(set) var isDirty = true
    let styleSheet: String
    private let kind: Kind
    private let config: Kind.Config
    private var state: Kind.State
    private var clock: Timestamp
    private var timers: [String: WidgetTimer] = [:]
    private var log: [(Effect.LogLevel, String)] = []
    private var sounds: [Sound] = []

    var alerts: AlertQueueReport? { kind.alerts(in: state) }
    var manifest: WidgetManifest { kind.manifest }
    var nextTimer: Timestamp? { timers.values.map(\.due).min() }

    /// A widget that has just been placed, or that goes on from a checkpoint.
    init(_ kind: Kind, placed: PlacedWidget, from checkpoint: WidgetCheckpoint?) throws(ConfigError) {
        self.kind = kind
        id = placed.id
        let appearance = try WidgetAppearance(of: placed.config)
        styleSheet = appearance.styleSheet + kind.styleSheet
        config = Kind.Config(try kind.manifest.configSchema.validate(appearance.ownConfig))
        if let checkpoint, let state = checkpoint.content["state"].flatMap(Kind.State.init(json:)) {
            self.state = state
            seq = checkpoint.seq
            clock = checkpoint.clock
            for timer in checkpoint.content["timers"]?.arrayValue?.compactMap(WidgetTimer.init(json:)) ?? [] {
                timers[timer.name] = timer
            }
        } else {
            state = kind.initialState(config)
            seq = placed.placedAtSeq
            clock = Timestamp(milliseconds: 0)
            if checkpoint != nil {
                log.append((.warning, "its checkpoint cannot be read; it counts from the log again"))
            }
        }
    }

    func advance(to moment: Timestamp, atMost limit: Int) -> Bool {
        for _ in 0..<limit {
            guard let timer = earliest, timer.due <= moment else {
                clock = max(clock, moment)
                return true
            }
            fire(timer)
        }
        return false
    }

    func apply(_ event: Event) {
        guard event.seq > seq else { return }
        advance(to: event.receivedAt)
        seq = event.seq
        guard kind.manifest.events.contains(where: { $0.matches(event.type) }) else { return }
        handle(event)
    }

    func render() -> View {
        isDirty = false
        return kind.render(state, config: config)
    }

    func checkpoint() -> WidgetCheckpoint {
        let timers = timers.values.sorted { $0.name < $1.name }.map(\.json)
        return WidgetCheckpoint(
            widgetId: id,
            seq: seq,
            clock: clock,
            content: [
                "version": .string(kind.manifest.version), "state": state.json, "timers": .array(timers),
            ]
        )
    }

    func takeLog() -> [(Effect.LogLevel, String)] {
        defer { log = [] }
        return log
    }

    func takeSounds() -> [Sound] {
        defer { sounds = [] }
        return sounds
    }

    /// Of timers that are due together the one whose name sorts first.
    private var earliest: WidgetTimer? {
        timers.values.min { ($0.due, $0.name) < ($1.due, $1.name) }
    }

    private func fire(_ timer: WidgetTimer) {
        if let interval = timer.intervalMilliseconds {
            timers[timer.name] = WidgetTimer(
                name: timer.name,
                due: timer.due.advanced(byMilliseconds: interval),
                intervalMilliseconds: interval,
                payload: timer.payload
            )
        } else {
            timers[timer.name] = nil
        }
        clock = max(clock, timer.due)
        handle(
            Event(
                id: Event.ID("timer:\(id):\(timer.name):\(timer.due.milliseconds)"),
                seq: seq,
                type: .timer(timer.name),
                platform: Platform.streamvibes.rawValue,
                occurredAt: timer.due,
                receivedAt: timer.due,
                payload: timer.payload
            )
        )
    }

    private func handle(_ event: Event) {
        var context = WidgetContext(now: event.receivedAt, seed: seed(of: event))
        kind.handle(event, state: &state, config: config, context: &context)
        for effect in context.effects { perform(effect) }
        isDirty = true
    }

    /// Dice that fall the same in every replay: they belong to this widget, this event and its moment.
    private func seed(of event: Event) -> UInt64 {
        var hash = StableHash()
        hash.combine(id.text)
        hash.combine(event.platform)
        hash.combine(event.id.text)
        return hash.value
    }

    private func perform(_ effect: Effect) {
        switch effect {
        case .startTimer(let timer):
            guard kind.manifest.permissions.contains(.timers) else {
                return log.append((.error, "timer \(timer.name): add \"timers\" to the manifest's permissions"))
            }
            guard timers.count < Self.timerLimit || timers[timer.name] != nil else {
                return log.append((.error, "timer \(timer.name): a widget may have \(Self.timerLimit) timers"))
            }
            let shortest = Self.shortestTimerMilliseconds
            let earliest = clock.advanced(byMilliseconds: shortest)
            timers[timer.name] = WidgetTimer(
                name: timer.name,
                due: max(timer.due, earliest),
                intervalMilliseconds: timer.intervalMilliseconds.map { max($0, shortest) },
                payload: timer.payload
            )
        case .cancelTimer(let name): timers[name] = nil
        case .playSound(let sound):
            guard kind.manifest.permissions.contains(.sound) else {
                return log.append((.error, "sound \(sound.asset): add \"sound\" to the manifest's permissions"))
            }
            sounds.append(sound)
            if sounds.count > Self.soundsLimit { sounds.removeFirst() }
        case .log(let level, let text): log.append((level, text))
        }
        if log.count > 100 { log.removeFirst(log.count - 100) }
    }
}
