import Synchronization

/// A clock that goes on when it is told to.
final class HandClock: Sendable {
    private let moment = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { moment.withLock { $0 } }

    func goOn(_ duration: Duration) { moment.withLock { $0 += duration } }

    /// Goes on until that moment, if it has not come yet.
    func goOn(until end: ContinuousClock.Instant) { moment.withLock { $0 = max($0, end) } }
}
