import Logging
import ServiceLifecycle
import Synchronization
import WidgetAPI

/// Sees to it that platforms deliver what they should: at once for who connects, and for all of them in rounds.
///
/// A round compares what is subscribed with what should be, both ways, and mends it: platforms end subscriptions by
/// themselves, and lose some. One streamer is looked after at a time on each platform, those who have just connected
/// before the others; a platform that does not answer is left alone for 1, 2, 4 … 30 s, and so is each streamer for
/// whom it does not.
final class DeliverySubscriptions: Service {
    /// From one round to the next, give or take a tenth.
    static let round = Duration.seconds(600)
    /// How often a platform is asked to end what is subscribed for a channel that has left.
    static let farewellAttempts = 5

    private enum Job: Sendable, Equatable {
        case mend(Tenant.ID)
        case leave(Connection)
        case removeStrays

        static func == (one: Job, other: Job) -> Bool {
            switch (one, other) {
            case (.mend(let one), .mend(let other)): one == other
            case (.removeStrays, .removeStrays): true
            default: false
            }
        }
    }

    /// What the platform did not answer, so many times in a row.
    private struct Attempt {
        let job: Job
        let failures: Int
        /// When it is tried again.
        let moment: ContinuousClock.Instant
    }

    private struct Queue {
        /// For those who wait for it.
        var urgent: [Job] = []
        var routine: [Job] = []
        var failed: [Attempt] = []
        /// Whether one of the routine comes next: who is tried again and again must not keep the others waiting.
        var isRoutinesTurn = false

        /// Takes out what is to be done now, and how often it has failed.
        mutating func takeNext() -> (job: Job, failures: Int)? {
            if !urgent.isEmpty { return (urgent.removeFirst(), 0) }
            let now = ContinuousClock.now
            if !isRoutinesTurn || routine.isEmpty, let index = failed.firstIndex(where: { $0.moment <= now }) {
                isRoutinesTurn = true
                let attempt = failed.remove(at: index)
                return (attempt.job, attempt.failures)
            }
            isRoutinesTurn = false
            while !routine.isEmpty {
                let job = routine.removeFirst()
                // Who has failed has a time of their own.
                if !failed.contains(where: { $0.job == job }) { return (job, 0) }
            }
            return nil
        }
    }

    private struct State {
        /// Platforms challenge the host before they deliver, so nothing is asked for until it can answer.
        var isOpen = false
        var queues: [Platform: Queue] = [:]
    }

    private let platforms: [Platform: any DeliveringPlatform]
    private let keeper: ConnectionKeeper
    private let round: Duration
    private let lookedAfter: @Sendable (Tenant.ID, Platform) -> Void
    private let logger: Logger
    private let state = Mutex(State())
    private let signals: [Platform: (stream: AsyncStream<Void>, send: AsyncStream<Void>.Continuation)]

    /// `lookedAfter` is told whose have been: what came before may have been missed.
    ///
    /// Another round is of use in tests alone.
    init(
        _ platforms: [any DeliveringPlatform],
        keeper: ConnectionKeeper,
        round: Duration = DeliverySubscriptions.round,
        lookedAfter: @escaping @Sendable (Tenant.ID, Platform) -> Void = { _, _ in },
        logger: Logger
    ) {
        self.platforms = Dictionary(uniqueKeysWithValues: platforms.map { ($0.platform, $0) })
        self.keeper = keeper
        self.round = round
        self.lookedAfter = lookedAfter
        self.logger = logger
        signals = self.platforms.mapValues { _ in
            let (stream, send) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
            return (stream, send)
        }
    }

    // MARK: For callers

    /// Whether that platform posts to this host.
    func covers(_ platform: Platform) -> Bool { platforms[platform] != nil }

    /// The host answers requests from now on.
    func open() {
        state.withLock { $0.isOpen = true }
        for signal in signals.values { signal.send.yield() }
    }

    /// A streamer has connected a platform, or the platform has ended a subscription of theirs.
    func changed(_ tenant: Tenant.ID, on platform: Platform) {
        add([.mend(tenant)], on: platform, isUrgent: true)
    }

    /// Ends what is subscribed for a channel that leaves, and then the tokens it had.
    func leave(_ connection: Connection) {
        guard platforms[connection.platform] != nil else { return revoke(connection) }
        add([.leave(connection)], on: connection.platform, isUrgent: true)
    }

    // MARK: Service

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                // A service that ends takes the host with it, also one that has no platform to look after.
                group.addTask { try? await gracefulShutdown() }
                for (platform, signal) in self.signals {
                    group.addTask { await self.work(on: platform, signal.stream) }
                    group.addTask { await self.makeRounds(on: platform) }
                }
            }
        }
        // Who leaves while the host goes down leaves at the next round, but tokens are ended now.
        let left = state.withLock { state in
            state.queues.values.flatMap { $0.urgent + $0.failed.map(\.job) }
        }
        for case .leave(let connection) in left { revoke(connection) }
    }

    private func makeRounds(on platform: Platform) async {
        while !Task.isCancelled {
            do {
                let all = try await keeper.store.subscribers(on: platform).map(\.tenant)
                keeper.keepRefusals(on: platform, only: Set(all))
                add(all.map { Job.mend($0) } + [.removeStrays], on: platform, isUrgent: false)
            } catch is CancellationError {
                return
            } catch {
                logger.warning("subscriptions are looked after later", metadata: ["reason": "\(error)"])
            }
            try? await Task.sleep(for: round * Double.random(in: 0.9...1.1))
        }
    }

    private func work(on platform: Platform, _ signal: AsyncStream<Void>) async {
        await withDiscardingTaskGroup { group in
            var failures = 0
            for await _ in signal {
                while !Task.isCancelled, let next = next(on: platform) {
                    let hasAnswered = await perform(next.job, on: platform, failures: next.failures)
                    // One who fails again and again says nothing about the others.
                    failures = hasAnswered ? 0 : next.failures > 0 ? max(failures, 1) : failures + 1
                    guard failures > 0 else { continue }
                    try? await Task.sleep(for: FeedSessions.pause(after: failures - 1))
                }
                guard let moment = nextAttempt(on: platform) else { continue }
                group.addTask {
                    try? await Task.sleep(until: moment)
                    self.signals[platform]?.send.yield()
                }
            }
            group.cancelAll()
        }
    }

    private func add(_ jobs: [Job], on platform: Platform, isUrgent: Bool) {
        guard let signal = signals[platform] else { return }
        let list: WritableKeyPath<Queue, [Job]> = isUrgent ? \.urgent : \.routine
        state.withLock { state in
            var queue = state.queues[platform] ?? Queue()
            // Nobody stands in it twice; a round that finds the last one under way adds nobody.
            let waiting = queue[keyPath: list]
            queue[keyPath: list] += isUrgent ? jobs.filter { !waiting.contains($0) } : (waiting.isEmpty ? jobs : [])
            if isUrgent { queue.failed.removeAll { jobs.contains($0.job) } }
            state.queues[platform] = queue
        }
        signal.send.yield()
    }

    private func next(on platform: Platform) -> (job: Job, failures: Int)? {
        state.withLock { $0.isOpen ? $0.queues[platform]?.takeNext() : nil }
    }

    private func nextAttempt(on platform: Platform) -> ContinuousClock.Instant? {
        state.withLock { $0.queues[platform]?.failed.map(\.moment).min() }
    }

    /// Does it again after a while, a longer one each time.
    private func putOff(_ job: Job, on platform: Platform, failures: Int) {
        let moment = ContinuousClock.now + FeedSessions.pause(after: failures - 1)
        state.withLock { state in
            state.queues[platform]?.failed.removeAll { $0.job == job }
            state.queues[platform]?.failed.append(Attempt(job: job, failures: failures, moment: moment))
        }
    }

    // MARK: Jobs

    /// Does it, or puts it back where the platform does not answer.
    ///
    /// - Returns: whether the platform has answered, and it seems worth while to go on with others at once.
    private func perform(_ job: Job, on name: Platform, failures: Int) async -> Bool {
        guard let platform = platforms[name] else { return true }
        do {
            switch job {
            case .mend(let tenant): try await mend(tenant, on: platform)
            case .leave(let connection):
                // Who has come back meanwhile wants what there is.
                let isBack = try await keeper.store.isSubscriber(connection.platformUserId, on: name)
                if !isBack { try await platform.leave(connection) }
                revoke(connection)
            case .removeStrays:
                try await platform.removeStrays {
                    try await self.keeper.store.channelOwners(on: name)
                }
            }
            state.withLock { $0.queues[name]?.failed.removeAll { $0.job == job } }
            return true
        } catch {
            return putBack(job, on: name, after: error, failures: failures + 1)
        }
    }

    private func mend(_ tenant: Tenant.ID, on platform: any DeliveringPlatform) async throws {
        // Who has left meanwhile, or has to sign in again, wants nothing.
        guard let subscriber = try await keeper.store.subscriber(tenant, on: platform.platform) else { return }
        let refused = try await platform.mend(subscriber)
        keeper.answered(platform.platform, keeper.scope(tenant))
        keeper.wasRefused(refused, on: platform.platform, keeper.scope(tenant))
        lookedAfter(tenant, platform.platform)
    }

    private func putBack(_ job: Job, on name: Platform, after error: any Error, failures: Int) -> Bool {
        logger.warning(
            "subscriptions could not be looked after",
            metadata: ["platform": "\(name.rawValue)", "reason": "\(error)"]
        )
        switch (job, error) {
        case (.leave(let connection), _):
            guard failures < Self.farewellAttempts else {
                revoke(connection)
                return true
            }
            putOff(job, on: name, failures: failures)
        case (.mend(let tenant), PlatformFailure.unreachable), (.mend(let tenant), is StorageError):
            if error is PlatformFailure { keeper.didNotAnswer(name, keeper.scope(tenant)) }
            putOff(job, on: name, failures: failures)
        // Here and below it may be the host that the platform refuses, so nobody else is asked for at once.
        case (.mend(let tenant), PlatformFailure.grantRefused), (.mend(let tenant), PlatformFailure.tokenRefused),
            (.mend(let tenant), PlatformFailure.unusable):
            keeper.didNotAnswer(name, keeper.scope(tenant))
        case (.removeStrays, is PlatformFailure):
            break
        default:
            // Trying again would change nothing; the next round may find it changed.
            return true
        }
        return false
    }

    private func revoke(_ connection: Connection) {
        keeper.revoke(connection.accessToken, connection.refreshToken, on: connection.platform)
    }
}
