import Synchronization
import WidgetAPI

/// Holds one version of a package back on the whole host when it fails for many streamers.
///
/// It opens when widgets of five streamers rest, and these are more than one in twenty of those at work; first for a
/// minute, then twice as long each time up to an hour. A package that has tried the wall stays out until the host
/// starts again.
final class PackageBreaker: Sendable {
    private static let tenantsLimit = 5
    private static let shareOfAll = 20
    private static let window: Int64 = 600_000
    private static let firstRest: Int64 = 60_000
    private static let longestRest: Int64 = 3_600_000

    private struct Condition {
        var atWork = 0
        /// The last rest of each streamer's widgets.
        var openings: [String: Timestamp] = [:]
        var restsUntil: Timestamp?
        var inARow = 0
        var alarm: String?
    }

    private let condition = Mutex(Condition())

    /// Why nobody may run it any more on this host; `nil` when everybody may.
    var alarm: String? { condition.withLock { $0.alarm } }

    /// When it may be tried again; `nil` when it may now.
    func held(at moment: Timestamp) -> Timestamp? {
        condition.withLock { $0.restsUntil.flatMap { $0 > moment ? $0 : nil } }
    }

    func began() {
        condition.withLock { $0.atWork += 1 }
    }

    func ended() {
        condition.withLock { $0.atWork -= 1 }
    }

    /// A widget of that streamer rests; `true` when now all of the version do.
    func opened(for owner: String, at moment: Timestamp) -> Bool {
        condition.withLock { condition in
            condition.openings[owner] = moment
            condition.openings = condition.openings.filter { $0.value.milliseconds > moment.milliseconds - Self.window }
            guard condition.openings.count >= Self.tenantsLimit,
                condition.openings.count * Self.shareOfAll > condition.atWork
            else { return false }
            let last = condition.restsUntil?.milliseconds ?? 0
            if moment.milliseconds - last > 2 * Self.longestRest { condition.inARow = 0 }
            let rest = min(Self.firstRest << Int64(min(condition.inARow, 20)), Self.longestRest)
            condition.restsUntil = moment.advanced(byMilliseconds: rest)
            condition.inARow += 1
            condition.openings = [:]
            return true
        }
    }

    /// It has tried what no widget can by mistake.
    func sound(_ reason: String) {
        condition.withLock { $0.alarm = reason }
    }
}
