import WidgetAPI

/// How many rows a widget is given: 200 a second, and 256 more at once (architecture section 6, "events in").
///
/// Counted by the log's own time, so it does not matter when a row is worked off.
struct RowRate {
    private static let perSecond: Int64 = 200
    private static let atOnce: Int64 = 256

    /// In thousandths of a row.
    private var level: Int64 = 0
    private var last = Timestamp(milliseconds: 0)

    /// Whether a row of that moment is still within the rate.
    mutating func admits(_ moment: Timestamp) -> Bool {
        let passed = min(max(0, moment.milliseconds - last.milliseconds), 10_000)
        last = max(last, moment)
        level = max(0, level - passed * Self.perSecond)
        guard level + 1000 <= Self.atOnce * 1000 else { return false }
        level += 1000
        return true
    }
}
