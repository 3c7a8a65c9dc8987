import BuiltinWidgets
import WidgetAPI
import WidgetConformance

/// The widget on a page that somebody has open.
func openEvents(_ settings: JSONValue = [:]) throws -> WidgetRun<EventsWidget> {
    var events = try WidgetRun(EventsWidget(), settings)
    try events.take(TestEvents.overlay(open: true))
    return events
}

extension WidgetRun where W == EventsWidget {
    /// The sentence on screen, or `nil` while there is none.
    var sentence: String? { texts(of: "sentence").first }

    var report: AlertQueueReport? { widget.alerts(in: state) }

    /// The sentences of all alerts from now on, until nothing happens any more.
    mutating func sentences() throws -> [String] {
        var sentences = [sentence].compactMap(\.self)
        while let timer = timers.values.first {
            try wait(milliseconds: timer.due.milliseconds - now.milliseconds)
            if let sentence { sentences.append(sentence) }
        }
        return sentences
    }

    /// The names in the sentences of all alerts from now on.
    mutating func names() throws -> [String] {
        try sentences().map { String($0.prefix { $0 != " " }) }
    }

    /// A page says that it shows the alert on screen.
    mutating func see() throws {
        guard let place = report?.current else { return }
        try take(TestEvents.event(.alertShown, ["seq": .integer(place)], on: "streamvibes"))
    }

    /// Ends the alert on screen and the rest after it.
    mutating func awaitNext() throws {
        for _ in 0..<2 {
            guard let timer = timers.values.first else { return }
            try wait(milliseconds: timer.due.milliseconds - now.milliseconds)
        }
    }
}
