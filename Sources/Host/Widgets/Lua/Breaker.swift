import WidgetAPI

/// Holds a widget back that fails too often, and lets it try again by itself.
///
/// It opens at 5 points within a minute: an error is worth one, a cell that ends over the widget three. Then the widget
/// rests, at first for a second and twice as long each time, and is given one row to try. The tenth opening within a
/// day is the last one.
struct Breaker {
    /// What a fault is worth.
    enum Weight: Int {
        case error = 1
        case ending = 3
    }

    private static let threshold = 5
    private static let window: Int64 = 60_000
    private static let firstRest: Int64 = 1000
    private static let longestRest: Int64 = 300_000
    private static let openingsLimit = 10
    private static let openingsWindow: Int64 = 86_400_000

    private var faults: [(at: Timestamp, points: Int)] = []
    private var openings: [Timestamp] = []
    /// How often it has opened without 20 quiet minutes between.
    private var inARow = 0
    private var restsUntil: Timestamp?
    /// Has rested and not yet shown that it works again.
    private(set) var isTrying = false

    /// Whether it has opened so often that only somebody else can close it.
    var isWornOut: Bool { openings.count >= Self.openingsLimit }

    /// When it may be tried again; `nil` when it may now.
    func held(at moment: Timestamp) -> Timestamp? {
        restsUntil.flatMap { $0 > moment ? $0 : nil }
    }

    /// Takes note of a fault; `true` when it opens over it.
    ///
    /// The seed spreads those who fail together.
    mutating func failed(_ weight: Weight, at moment: Timestamp, seed: UInt64) -> Bool {
        // What was under way when it opened is no further reason.
        guard held(at: moment) == nil else { return false }
        faults.append((moment, weight.rawValue))
        faults.removeAll { $0.at.milliseconds <= moment.milliseconds - Self.window }
        guard isTrying || faults.reduce(0, { $0 + $1.points }) >= Self.threshold else { return false }
        if let last = openings.last, moment.milliseconds - last.milliseconds > 4 * Self.longestRest {
            inARow = 0
        }
        let rest = min(Self.firstRest << Int64(min(inARow, 20)), Self.longestRest)
        let jitter = Int64((seed &+ UInt64(openings.count)) % 256) * rest / 1024
        restsUntil = moment.advanced(byMilliseconds: rest + jitter)
        inARow += 1
        openings.removeAll { $0.milliseconds <= moment.milliseconds - Self.openingsWindow }
        openings.append(moment)
        (faults, isTrying) = ([], true)
        return true
    }

    /// Takes note of a row that went well.
    mutating func succeeded(at moment: Timestamp) {
        guard isTrying, held(at: moment) == nil else { return }
        (isTrying, restsUntil) = (false, nil)
    }
}
