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
    /// Whether it has worked off every row that it took; one that runs in another process needs a moment.
    var isSettled: Bool { get }
    /// Called, on the streamer's loop, when one that was not settled has come further.
    var onProgress: (() -> Void)? { get set }
    /// When it works again after it has been held back; `nil` while it is not.
    var nextTry: Timestamp? { get }
    /// Works again, if it may by now.
    func tryAgain()
    /// Whether it may have left out rows, of which the log tells.
    var mayLeaveRowsOut: Bool { get }
    /// Will not take these rows: it did not when they came.
    func leaveOut(_ places: ClosedRange<Int64>)
    /// Whether the log does not know yet of rows that it has left out.
    var hasSkipped: Bool { get }
    /// Rows that it has left out since the last call, for the log.
    func takeSkipped() -> [SkippedRows.Range]
    /// Takes back such rows when the log could not be told.
    func putBackSkipped(_ ranges: [SkippedRows.Range])
    /// Whether a checkpoint is worth while though no row has come.
    var hasUnkept: Bool { get }
    /// What the operator should know since the last call.
    func takeNotices() -> [WidgetNotice]
    /// From now on rows come as they happen.
    func caughtUp()
    /// How it fares; `nil` for one that nothing holds back.
    func report() -> WidgetHealth?
    /// Starts it again after it has stopped or is held back.
    func restart()
    /// Gives back what it holds outside of this process; it is on no layout any more.
    func end()
}

extension WidgetInstance {
    var isSettled: Bool { true }

    func end() {}

    var nextTry: Timestamp? { nil }

    func tryAgain() {}

    var mayLeaveRowsOut: Bool { false }

    func leaveOut(_ places: ClosedRange<Int64>) {}

    var hasSkipped: Bool { false }

    func takeSkipped() -> [SkippedRows.Range] { [] }

    func putBackSkipped(_ ranges: [SkippedRows.Range]) {}

    func caughtUp() {}

    var hasUnkept: Bool { false }

    func takeNotices() -> [WidgetNotice] { [] }

    func report() -> WidgetHealth? { nil }

    func restart() {}

    var onProgress: (() -> Void)? {
        get { nil }
        set {}
    }

    /// Fires all timers that are due at that moment or before.
    func advance(to moment: Timestamp) {
        while !advance(to: moment, atMost: .max) {}
    }
}

/// Something about a widget that its operator should know.
enum WidgetNotice: Sendable {
    /// It does nothing any more until somebody starts it again.
    case stopped
    /// Its package has done what no widget can by mistake.
    case alarm(String)
}

/// A widget's memory at one place of the log.
struct WidgetCheckpoint: Sendable, Equatable {
    let widgetId: PlacedWidget.ID
    let seq: Int64
    let clock: Timestamp
    /// Written as `{version,state,timers,settings}`.
    let content: JSONValue
}
