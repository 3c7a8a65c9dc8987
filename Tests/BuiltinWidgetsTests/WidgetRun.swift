import Testing
import WidgetAPI
import WidgetConformance

/// One placed widget with the clock of a log.
///
/// After every event its state goes through JSON, as after a crash, and its view is measured.
struct WidgetRun<W: Widget> where W.State: Equatable {
    private var stage: WidgetStage<W>

    init(_ widget: W, _ settings: JSONValue = [:]) throws {
        stage = WidgetStage(widget, try widget.manifest.configSchema.validate(settings))
    }

    var widget: W { stage.widget }
    var config: W.Config { stage.config }
    var state: W.State { stage.state }
    var now: Timestamp { stage.now }
    var timers: [String: WidgetTimer] { stage.timers }
    /// Place in the log of the last event.
    var seq: Int64 { stage.seq }

    /// Everything it has asked to play, in order.
    var sounds: [Sound] {
        stage.effects.compactMap { if case .playSound(let sound) = $0 { sound } else { nil } }
    }

    /// Everything it has written to its log, in order.
    var log: [String] {
        stage.effects.compactMap { if case .log(_, let line) = $0 { line } else { nil } }
    }

    var view: View { stage.view }

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
        stage.take(event)
        try expectSurvival()
    }

    mutating func wait(seconds: Int64) throws {
        try wait(milliseconds: seconds * 1000)
    }

    mutating func wait(milliseconds: Int64) throws {
        let end = now.advanced(byMilliseconds: milliseconds)
        while stage.fireTimer(until: end) { try expectSurvival() }
        stage.pass(to: end)
    }

    mutating func change(_ settings: JSONValue) throws {
        stage.change(to: try widget.manifest.configSchema.validate(settings))
        try expectSurvival()
    }

    private mutating func expectSurvival() throws {
        let revived = try #require(stage.revived())
        #expect(revived.state == state)
        #expect(state.json.text.utf8.count < 64 * 1024)
        #expect(stage.refusals == [])
        stage = revived
        #expect(ViewMeasure(view).faults == [])
    }
}
