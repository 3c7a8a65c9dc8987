import WidgetAPI

/// How high a count stood at moments of the last minute.
///
/// Platforms say that their own numbers may lag behind the events they have sent, and not by how much
/// (https://dev.twitch.tv/docs/api/). What came in within a minute before a number was asked for may be in it or
/// not: it is unsettled.
struct RecentCounts: Equatable, JSONConvertible {
    private struct Entry: Equatable {
        /// When the first of ``spanMilliseconds`` came in.
        let since: Timestamp
        /// The count before it.
        let before: Int64
    }

    /// How late a platform's number may be; the host asks again until nothing is unsettled (its `CountStore`).
    private static let lagMilliseconds: Int64 = 60_000
    /// What comes within so long of each other is taken for one moment, the first.
    private static let spanMilliseconds: Int64 = 10_000
    // Enough for the lag and ten seconds in which the number was on its way.
    private static let limit = 8

    private var entries: [Entry] = []

    init() {}

    init?(json: JSONValue) {
        entries = (json.arrayValue ?? []).compactMap { entry in
            guard let pair = entry.arrayValue?.compactMap(\.integerValue), pair.count == 2 else { return nil }
            return Entry(since: Timestamp(milliseconds: pair[0]), before: pair[1])
        }
    }

    var json: JSONValue {
        .array(entries.map { .array([.integer($0.since.milliseconds), .integer($0.before)]) })
    }

    /// Notes that a count is about to rise from there.
    mutating func rises(from count: Int64, at moment: Timestamp) {
        if let last = entries.last, moment < last.since.advanced(byMilliseconds: Self.spanMilliseconds) { return }
        entries.append(Entry(since: moment, before: count))
        if entries.count > Self.limit { entries.removeFirst() }
    }

    /// How much of the count a number may not hold that was asked for at that moment.
    func unsettled(of count: Int64, asked moment: Timestamp) -> Int64 {
        let lag = Self.lagMilliseconds + Self.spanMilliseconds
        let entry = entries.first { moment < $0.since.advanced(byMilliseconds: lag) }
        return entry.map { max(0, count - $0.before) } ?? 0
    }
}
