import WidgetAPI

/// A widget written in Swift.
final class SwiftWidgetInstance<Kind: Widget>: WidgetInstance {
    /// Timers a widget may have at once (architecture section 6).
    static var timerLimit: Int { 32 }
    /// Sounds that are kept until somebody asks; what is older nobody would hear any more.
    static var soundsLimit: Int { 8 }
    /// The shortest time a timer may be set for.
    static var shortestTimerMilliseconds: Int64 { 50 }

    private(set) var seq: Int64
    private(set) var isDirty = true
    private let kind: Kind
    private let rows: WidgetRows
    /// Every setting, those of the host included.
    private var settings: JSONObject
    private var config: Kind.Config
    private var state: Kind.State
    private var clock: Timestamp
    private var timers: [String: WidgetTimer]
    private var log: [(Effect.LogLevel, String)] = []
    private var sounds: [Sound] = []

    var alerts: AlertQueueReport? { kind.alerts(in: state) }
    var styleSheet: String { ConfigSchema.styleSheet(of: settings) + kind.styleSheet }
    var id: PlacedWidget.ID { rows.id }
    var manifest: WidgetManifest { rows.manifest }
    var nextTimer: Timestamp? { timers.values.map(\.due).min() }

    /// A widget that has just been placed, or that goes on from a checkpoint.
    init(_ kind: Kind, placed: PlacedWidget, from checkpoint: WidgetCheckpoint?) throws(ConfigError) {
        self.kind = kind
        rows = WidgetRows(id: placed.id, manifest: kind.manifest)
        let saved = checkpoint.flatMap { Self.memory(of: $0, kind) }
        // Checkpoints of the first release do not say with which settings they were written.
        let settings = checkpoint.map { $0.content["settings"].flatMap(WidgetSettings.init(json:)) ?? placed.settings }
        if let checkpoint, let saved {
            self.settings = try (settings ?? placed.settings).current(for: kind)
            config = Kind.Config(self.settings)
            state = saved.state
            seq = checkpoint.seq
            clock = checkpoint.clock
            timers = saved.timers
        } else {
            self.settings = try placed.placedSettings.current(for: kind)
            config = Kind.Config(self.settings)
            state = kind.initialState(config)
            seq = placed.placedAtSeq
            timers = [:]
            clock = Timestamp(milliseconds: 0)
            if checkpoint != nil {
                log.append((.warning, "its checkpoint cannot be read; it counts from the log again"))
            }
        }
    }

    private static func memory(
        of checkpoint: WidgetCheckpoint,
        _ kind: Kind
    ) -> (state: Kind.State, timers: [String: WidgetTimer])? {
        guard var saved = checkpoint.content["state"] else { return nil }
        let version = checkpoint.content["version"]?.stringValue ?? kind.manifest.version
        if version != kind.manifest.version { saved = kind.migrate(state: saved, from: version) }
        guard let state = Kind.State(json: saved) else { return nil }
        var timers: [String: WidgetTimer] = [:]
        for timer in checkpoint.content["timers"]?.arrayValue?.compactMap(WidgetTimer.init(json:)) ?? [] {
            timers[timer.name] = timer
        }
        return (state, timers)
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
        if rows.isChange(event) { return change(event) }
        if let event = rows.given(event, settings) { handle(event) }
    }

    /// Takes new settings at their place in the log.
    private func change(_ event: Event) {
        guard let chosen = WidgetSettings(json: event.payload) else { return }
        let next: JSONObject
        do throws(ConfigError) {
            next = try chosen.current(for: kind)
        } catch {
            // Checked when they were chosen; a later version of the type may see them differently.
            return log.append((.error, "its new settings are not valid any more: \(error)"))
        }
        let needsRestart = kind.manifest.configSchema.fields.contains {
            !$0.isLive && next[$0.name] != settings[$0.name]
        }
        let (old, before) = (config, settings)
        (settings, config) = (next, Kind.Config(next))
        isDirty = true
        if needsRestart {
            (state, timers) = (kind.initialState(config), [:])
        } else {
            var context = WidgetContext(now: event.receivedAt, seed: rows.seed(of: event))
            kind.configChanged(from: old, to: config, state: &state, context: &context)
            for effect in context.effects { perform(effect) }
            for clearing in rows.clearings(after: event, from: before, to: settings) { handle(clearing) }
        }
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
                "settings": WidgetSettings(version: kind.manifest.version, config: .object(settings)).json,
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
        var context = WidgetContext(now: event.receivedAt, seed: rows.seed(of: event))
        kind.handle(event, state: &state, config: config, context: &context)
        for effect in context.effects { perform(effect) }
        isDirty = true
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
