import Glibc
import Synchronization
import WidgetAPI

/// A wall clock that is never set back.
///
/// While the system's is behind where this one has been, it goes on at the pace of the monotonic clock: a log must not
/// stand still for the hour by which somebody corrects a clock.
final class SteadyClock: Sendable {
    private let offset = Mutex<Int64>(.min)

    func now() -> Timestamp {
        let monotonic = Self.milliseconds(CLOCK_MONOTONIC)
        let wall = Self.milliseconds(CLOCK_REALTIME)
        return offset.withLock {
            $0 = max($0, wall - monotonic)
            return Timestamp(milliseconds: monotonic + $0)
        }
    }

    fileprivate static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension Timestamp {
    /// The wall clock.
    static var now: Timestamp {
        Timestamp(milliseconds: SteadyClock.milliseconds(CLOCK_REALTIME))
    }
}
