import WidgetAPI

/// One placed widget, run as the host runs it: its log's clock, its timers, its dice and what a moderator has hidden.
///
/// It expects nothing itself, so that it can also run a widget that is known to be bad.
package struct WidgetStage<W: Widget> {
    // Architecture, section 6.
    private static var timerLimit: Int { 32 }
    private static var shortestTimerMilliseconds: Int64 { 50 }

    package let widget: W
    package private(set) var config: W.Config
    package private(set) var state: W.State
    package private(set) var now = Timestamp(milliseconds: 1_795_253_400_000)
    package private(set) var timers: [String: WidgetTimer] = [:]
    /// Everything it has asked for, in order.
    package private(set) var effects: [Effect] = []
    /// What the host would have refused to do for it, in words.
    package private(set) var refusals: [String] = []
    /// Place in the log of the last event.
    package private(set) var seq: Int64 = 0
    private let seed: UInt64
    private var throwsOfDice: UInt64 = 0
    private var moderation = HiddenTexts()

    /// A widget that has just been placed; another instance of it has another seed.
    package init(_ widget: W, _ settings: JSONObject, seed: UInt64 = 0) {
        self.widget = widget
        self.seed = seed
        config = W.Config(settings)
        state = widget.initialState(config)
    }

    /// What the widget draws.
    package var view: View { widget.render(state, config: config) }

    /// What a page is given: the view without what moderators have hidden.
    package var picture: View { moderation.applied(to: view) }

    /// State and view, byte for byte.
    package var bytes: String { "\(state.json.text)\n\(ViewMeasure(view).json.text)" }

    /// Takes the next row of the log, if the manifest asks for it; it happens now.
    package mutating func take(_ event: Event) {
        var event = event
        (event.occurredAt, event.receivedAt) = (now, now)
        // A timer has no place of its own.
        if !event.type.name.hasPrefix("timer:") { seq += 1 }
        event.seq = seq
        moderation.apply(event)
        guard event.type.name.hasPrefix("timer:") || widget.manifest.events.contains(where: { $0.matches(event.type) })
        else { return }
        var context = nextContext()
        widget.handle(event, state: &state, config: config, context: &context)
        perform(context.effects)
    }

    /// Gives new settings to the running widget.
    package mutating func change(to settings: JSONObject) {
        let old = config
        config = W.Config(settings)
        var context = nextContext()
        widget.configChanged(from: old, to: config, state: &state, context: &context)
        perform(context.effects)
    }

    /// Lets time pass, timers included.
    package mutating func wait(milliseconds: Int64) {
        let end = now.advanced(byMilliseconds: milliseconds)
        while fireTimer(until: end) {}
        pass(to: end)
    }

    /// Fires the next timer that is due by then; `false` when there is none.
    package mutating func fireTimer(until end: Timestamp) -> Bool {
        let next = timers.values.min { ($0.due, $0.name) < ($1.due, $1.name) }
        guard let timer = next, timer.due <= end else { return false }
        now = max(now, timer.due)
        timers[timer.name] = timer.intervalMilliseconds.map {
            WidgetTimer(
                name: timer.name,
                due: timer.due.advanced(byMilliseconds: $0),
                intervalMilliseconds: $0,
                payload: timer.payload
            )
        }
        take(
            Event(
                id: Event.ID("timer:\(timer.name):\(timer.due.milliseconds)"),
                seq: seq,
                type: .timer(timer.name),
                platform: "streamvibes",
                occurredAt: now,
                receivedAt: now,
                payload: timer.payload
            )
        )
        return true
    }

    /// Sets the clock, which never goes back.
    package mutating func pass(to moment: Timestamp) {
        now = max(now, moment)
    }

    /// The same widget after a crash: its state read from JSON; `nil` when it cannot be read.
    package func revived() -> WidgetStage? {
        guard let json = try? JSONValue(parsing: state.json.text), let state = W.State(json: json) else { return nil }
        return with(state)
    }

    /// The same widget with a state of another moment or version.
    package func with(_ state: W.State) -> WidgetStage {
        var stage = self
        stage.state = state
        return stage
    }

    private mutating func nextContext() -> WidgetContext {
        throwsOfDice += 1
        return WidgetContext(now: now, seed: seed &+ throwsOfDice)
    }

    private mutating func perform(_ wishes: [Effect]) {
        effects += wishes
        for wish in wishes {
            switch wish {
            case .startTimer(let timer): start(timer)
            case .cancelTimer(let name): timers[name] = nil
            case .playSound(let sound):
                if !widget.manifest.permissions.contains(.sound) {
                    refusals.append("it plays \(sound.asset) without the permission for sound")
                }
            case .log: break
            }
        }
    }

    private mutating func start(_ timer: WidgetTimer) {
        guard widget.manifest.permissions.contains(.timers) else {
            return refusals.append("it starts the timer \(timer.name) without the permission for timers")
        }
        guard timers.count < Self.timerLimit || timers[timer.name] != nil else {
            return refusals.append("it has more than \(Self.timerLimit) timers")
        }
        timers[timer.name] = WidgetTimer(
            name: timer.name,
            due: max(timer.due, now.advanced(byMilliseconds: Self.shortestTimerMilliseconds)),
            intervalMilliseconds: timer.intervalMilliseconds.map { max($0, Self.shortestTimerMilliseconds) },
            payload: timer.payload
        )
    }
}
