import WidgetAPI

/// What somebody may use of the processor: so much a second, and a multiple of it at once after a rest.
///
/// Whoever uses more owes it, and waits until it is paid back; time is told by the caller.
package struct CPUShare: Sendable {
    /// Of one widget (architecture section 6).
    package static let ofInstance = CPUShare(millisecondsPerSecond: 50)
    /// Of all widgets of one streamer together.
    package static let ofTenant = CPUShare(millisecondsPerSecond: 150)

    /// After how many seconds of rest no more is saved up.
    private static let seconds: Int64 = 10
    /// An hour pays back whatever anybody can owe.
    private static let longest: Int64 = 3_600_000

    package let millisecondsPerSecond: Int64
    private var saved: Int64
    private var counted: Timestamp?

    private init(millisecondsPerSecond: Int64) {
        self.millisecondsPerSecond = millisecondsPerSecond
        saved = millisecondsPerSecond * Self.seconds * 1000
    }

    /// Takes note of work that has been done.
    package mutating func spend(microseconds: Int64, at moment: Timestamp) {
        saved = available(at: moment) - min(max(microseconds, 0), 1_000_000)
        counted = moment
    }

    /// Microseconds that may be used; negative while it is owed.
    package func available(at moment: Timestamp) -> Int64 {
        // A clock that was set back saves nothing and costs nothing.
        let passed = max(0, moment.milliseconds - (counted ?? moment).milliseconds)
        // A millisecond earns as many microseconds as the share has milliseconds a second.
        let earned = min(passed, Self.longest) * millisecondsPerSecond
        return min(saved + earned, millisecondsPerSecond * Self.seconds * 1000)
    }

    /// When there is something to use again; `nil` when there is now.
    package func held(at moment: Timestamp) -> Timestamp? {
        let owed = -available(at: moment)
        guard owed >= 0 else { return nil }
        return moment.advanced(byMilliseconds: owed / millisecondsPerSecond + 1)
    }
}
