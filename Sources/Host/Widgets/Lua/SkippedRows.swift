import WidgetAPI

/// Rows that a widget was not given, or failed on.
///
/// Each is a row of the log itself, `widget:skipped`, so that a replay leaves out the same ones.
struct SkippedRows {
    /// Some rows and why they were left out.
    struct Range: Equatable {
        var places: ClosedRange<Int64>
        let reason: String
    }

    /// What the log says already, in the order of the first places.
    private var known: [ClosedRange<Int64>] = []
    /// What it does not say yet.
    private(set) var news: [Range] = []

    /// Learns from the log which rows to leave out.
    mutating func learn(_ places: ClosedRange<Int64>) {
        known.append(places)
        known.sort { $0.lowerBound < $1.lowerBound }
    }

    /// Whether a row has been left out before; places are asked for in ascending order.
    mutating func leavesOut(_ seq: Int64) -> Bool {
        known.removeAll { $0.upperBound < seq }
        return known.contains { $0.contains(seq) }
    }

    /// Takes note of rows that are left out now; rows next to each other for the same reason are said at once.
    mutating func note(_ places: ClosedRange<Int64>, _ reason: String) {
        if let last = news.last, last.reason == reason, last.places.upperBound + 1 == places.lowerBound {
            news[news.count - 1].places = last.places.lowerBound...places.upperBound
        } else {
            news.append(Range(places: places, reason: reason))
        }
    }

    /// Takes back what the log could not be told.
    mutating func putBack(_ ranges: [Range]) {
        news = ranges + news
    }

    /// What the log does not say yet; after this it counts as said.
    mutating func takeNews() -> [Range] {
        defer { news = [] }
        return news
    }
}
