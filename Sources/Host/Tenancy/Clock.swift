import CKernel
import Synchronization
import WidgetAPI

/// A wall clock that is never set back.
///
/// While the system's is behind where this one has been, it goes on at the pace of the monotonic clock: a log must not
/// stand still for the hour by which somebody corrects a clock.
final class SteadyClock: Sendable {
    private let offset = Mutex<Int64>(.min)

    func now() -> Timestamp {
        let monotonic = kernel_steady_milliseconds()
        let wall = kernel_wall_milliseconds()
        return offset.withLock {
            $0 = max($0, wall - monotonic)
            return Timestamp(milliseconds: monotonic + $0)
        }
    }
}

extension Timestamp {
    /// The wall clock.
    static var now: Timestamp {
        Timestamp(milliseconds: kernel_wall_milliseconds())
    }
}
