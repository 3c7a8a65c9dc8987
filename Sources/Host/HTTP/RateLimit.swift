import Synchronization
import WidgetAPI

/// How often somebody may ask within a minute, counted from their first request.
///
/// Everybody's minutes are their own, so no crowd can make another wait. The table is bounded: one that is full of
/// people who asked within the last minute forgets all of them rather than to grow.
final class RateLimit: Sendable {
    private struct Minute {
        var begun: Timestamp
        var count = 0
    }

    static let windowMilliseconds: Int64 = 60_000
    /// People that are remembered at once.
    static let tableLimit = 50_000

    let perMinute: Int
    private let now: @Sendable () -> Timestamp
    private let minutes = Mutex<[[UInt8]: Minute]>([:])

    init(perMinute: Int, now: @escaping @Sendable () -> Timestamp) {
        (self.perMinute, self.now) = (perMinute, now)
    }

    /// Counts a request of that person: `nil` when it may pass, else the seconds until one may again.
    func admit(_ person: [UInt8]) -> Int64? {
        let moment = now().milliseconds
        return minutes.withLock { minutes in
            if minutes.count >= Self.tableLimit, minutes[person] == nil { Self.forget(&minutes, at: moment) }
            var minute = minutes[person] ?? Minute(begun: Timestamp(milliseconds: moment))
            let end = minute.begun.milliseconds + Self.windowMilliseconds
            if moment >= end { minute = Minute(begun: Timestamp(milliseconds: moment)) }
            guard minute.count < perMinute else { return max(1, (end - moment + 999) / 1000) }
            minute.count += 1
            minutes[person] = minute
            return nil
        }
    }

    /// Whether that person has been counted before and is remembered.
    func knows(_ person: [UInt8]) -> Bool {
        minutes.withLock { $0[person] != nil }
    }

    private static func forget(_ minutes: inout [[UInt8]: Minute], at moment: Int64) {
        minutes = minutes.filter { moment - $0.value.begun.milliseconds < windowMilliseconds }
        if minutes.count >= tableLimit { minutes = [:] }
    }
}
