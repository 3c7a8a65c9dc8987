import Synchronization

/// What one kind of questions may take of all that a platform lets this host ask, so that the others have the rest.
///
/// Its requests begin a fixed time apart, whoever asks and however often. Nothing is saved up: after an hour of silence
/// the first two are as far apart as any.
final class PlatformShare: Sendable {
    /// Between the beginnings of two requests.
    private let interval: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private let sleep: @Sendable (ContinuousClock.Instant) async throws -> Void
    /// The first moment that nobody has taken.
    private let free = Mutex<ContinuousClock.Instant?>(nil)

    /// Another clock than `now` and `sleep`, which waits for a moment, is of use in tests alone.
    init(
        perMinute requests: Int,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        sleep: @escaping @Sendable (ContinuousClock.Instant) async throws -> Void = { try await Task.sleep(until: $0) }
    ) {
        interval = Duration.seconds(60) / requests
        self.now = now
        self.sleep = sleep
    }

    /// Waits for a turn that nobody else has.
    ///
    /// - Throws: `CancellationError`; the turn is lost then.
    func turn() async throws {
        let asked = now()
        let moment = free.withLock { free in
            let moment = max(asked, free ?? asked)
            free = moment + interval
            return moment
        }
        if moment > asked { try await sleep(moment) }
    }
}
