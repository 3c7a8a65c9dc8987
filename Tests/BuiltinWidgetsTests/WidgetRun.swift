import Testing
import WidgetAPI

/// One placed widget with the clock of a log.
///
/// After every event its state goes through JSON, as after a crash, and its view is measured.
struct WidgetRun<W: Widget> where W.State: Equatable {
    let widget: W
    private(set) var config: W.Config
    private(set) var state: W.State
    private(set) var now = Timestamp(milliseconds: 1_795_253_400_000)
    private(set) var timers: [String: WidgetTimer] = [:]
    /// Everything it has asked to play, in order.
    private(set) var sounds: [Sound] = []
    /// Everything it has written to its log, in order.
    private(set) var log: [String] = []
    /// Place in the log of the last event.
    private(set) var seq: Int64 = 0
    private var dice: UInt64 = 0

    init(_ widget: W, _ settings: JSONValue = [:]) throws {
        self.widget = widget
        config = W.Config(try widget.manifest.configSchema.validate(settings))
        state = widget.initialState(config)
    }

    var view: View { widget.render(state, config: config) }

    /// Every text on screen, in order.
    var texts: [String] { ViewMeasure(view).texts }

    /// The texts of the elements of that class.
    func texts(of className: String) -> [String] {
        ViewMeasure(view).elements(className).map { ViewMeasure(View(children: $0.children)).texts.joined() }
    }

    func elements(_ className: String) -> [Element] {
        ViewMeasure(view).elements(className)
    }

    mutating func take(_ events: Event...) throws {
        for event in events { try take(event) }
    }

    mutating func take(_ event: Event) throws {
        var event = event
        (event.occurredAt, event.receivedAt) = (now, now)
        // A timer has no place of its own.
        if !event.type.name.hasPrefix("timer:") { seq += 1 }
        event.seq = seq
        dice += 1
        var context = WidgetContext(now: now, seed: dice)
        widget.handle(event, state: &state, config: config, context: &context)
        for effect in context.effects { perform(effect) }
        try expectSurvival()
    }

    mutating func wait(seconds: Int64) throws {
        try wait(milliseconds: seconds * 1000)
    }

    mutating func wait(milliseconds: Int64) throws {
        let end = now.advanced(byMilliseconds: milliseconds)
        while let timer = timers.values.filter({ $0.due <= end }).min(by: { $0.due < $1.due }) {
            now = timer.due
            timers[timer.name] = timer.intervalMilliseconds.map {
                WidgetTimer(name: timer.name, due: now.advanced(byMilliseconds: $0), intervalMilliseconds: $0)
            }
            var event = TestEvents.follow("timer")
            (event.type, event.platform, event.payload) = (.timer(timer.name), "streamvibes", timer.payload)
            try take(event)
        }
        now = end
    }

    mutating func change(_ settings: JSONValue) throws {
        let old = config
        config = W.Config(try widget.manifest.configSchema.validate(settings))
        dice += 1
        var context = WidgetContext(now: now, seed: dice)
        widget.configChanged(from: old, to: config, state: &state, context: &context)
        for effect in context.effects { perform(effect) }
        try expectSurvival()
    }

    private mutating func perform(_ effect: Effect) {
        switch effect {
        case .startTimer(let timer): timers[timer.name] = timer
        case .cancelTimer(let name): timers[name] = nil
        case .playSound(let sound): sounds.append(sound)
        case .log(_, let line): log.append(line)
        }
    }

    private mutating func expectSurvival() throws {
        let text = state.json.text
        let revived = try #require(W.State(json: JSONValue(parsing: text)))
        #expect(revived == state)
        #expect(text.utf8.count < 64 * 1024)
        state = revived
        ViewMeasure(view).expectWithinLimits()
    }
}
