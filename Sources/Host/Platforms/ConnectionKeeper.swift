import Logging
import ServiceLifecycle
import Synchronization
import WidgetAPI

/// Keeps tokens alive: renews them ahead of their end, validates them, and revokes those that nobody needs.
///
/// All that is asked of a platform about one connection happens once at a time: who comes while tokens are being
/// renewed waits for the same answer. The work belongs to the service and not to who asked, because a request that is
/// cancelled in between must not lose tokens for which the old ones have already ended.
final class ConnectionKeeper: Service {
    /// How long fresh tokens are tried to be stored, once a second.
    ///
    /// The old ones have ended, and nobody gives these a second time. Other connections with the platform wait as well.
    private static let storingLimit = Duration.seconds(600)
    /// How often once the host goes down.
    static let lastStoringAttempts = 5
    /// How long a platform that did not answer is left alone.
    static let retryMilliseconds: Int64 = 60_000
    /// How long it is said that a platform did not answer, unless it has answered meanwhile: longer than it takes from
    /// one round that looks after deliveries to the next.
    static let silenceMilliseconds: Int64 = 720_000

    private struct Key: Hashable {
        let tenant: Tenant.ID
        let platform: Platform
    }

    private enum Job: Sendable {
        case refresh(Key, generation: Int64)
        case revoke(Platform, Secret, Secret?)
    }

    private typealias Outcome = Result<Connection, any Error>

    private struct State {
        var waiting: [Key: [Int: CheckedContinuation<Outcome, Never>]] = [:]
        var lastWaiter = 0
        var isOver = false
    }

    let platforms: [Platform: any LoginPlatform]
    let store: ConnectionStore
    private let http: PlatformHTTP
    let now: @Sendable () -> Timestamp
    let logger: Logger
    let troubles: ConnectionTroubles
    let aside: ConnectionsAside
    private let state = Mutex(State())
    private let jobs: AsyncStream<Job>
    private let feed: AsyncStream<Job>.Continuation

    init(
        _ platforms: [Platform: any LoginPlatform],
        store: ConnectionStore,
        http: PlatformHTTP,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.platforms = platforms
        self.store = store
        self.http = http
        self.now = now
        self.logger = logger
        troubles = ConnectionTroubles(now: now)
        aside = ConnectionsAside(now: now)
        // Bounded by the connections there are: each has one job at a time, and revocations are rare.
        (jobs, feed) = AsyncStream.makeStream()
    }

    // MARK: For callers

    /// Calls the body with a token that works.
    ///
    /// When the body throws `PlatformFailure.tokenRefused`, the token is renewed and the body called once more. Throws
    /// `PlatformFailure.needsLogin` when only the streamer can help.
    func withToken<Answer: Sendable>(
        on platform: Platform,
        in scope: TenantScope,
        _ body: (Secret) async throws -> Answer
    ) async throws -> Answer {
        var connection = try await store.working(on: platform, in: scope)
        let isOver = connection.expiresAt.map { $0 <= now() } ?? false
        if isOver { connection = try await refreshed(platform, after: connection.generation, in: scope) }
        do {
            return try await body(connection.accessToken)
        } catch PlatformFailure.tokenRefused {
            let fresh = try await refreshed(platform, after: connection.generation, in: scope)
            return try await body(fresh.accessToken)
        }
    }

    /// A connection with newer tokens than those of that generation.
    func refreshed(
        _ platform: Platform,
        after generation: Int64,
        in scope: TenantScope
    ) async throws -> Connection {
        let key = Key(tenant: scope.tenant, platform: platform)
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        let outcome: Outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !state.isOver else { return true }
                    let isFirst = state.waiting[key] == nil
                    state.waiting[key, default: [:]][number] = continuation
                    if isFirst { feed.yield(.refresh(key, generation: generation)) }
                    return false
                }
                if isOver { continuation.resume(returning: .failure(Self.goingDown)) }
                if Task.isCancelled { leave(key, number) }
            }
        } onCancel: {
            leave(key, number)
        }
        return try outcome.get()
    }

    /// Lets one who waits go, whose answer nobody needs any more; the tokens are renewed all the same.
    private func leave(_ key: Key, _ number: Int) {
        let waiter = state.withLock { $0.waiting[key]?.removeValue(forKey: number) }
        waiter?.resume(returning: .failure(CancellationError()))
    }

    private static let goingDown = PlatformFailure.unreachable(reason: "the host is going down")

    /// Ends tokens at their platform, soon; a failure is logged and comes to nobody.
    func revoke(_ accessToken: Secret, _ refreshToken: Secret?, on platform: Platform) {
        feed.yield(.revoke(platform, accessToken, refreshToken))
    }

    // MARK: Service

    func run() async throws {
        try await http.connected {
            await withGracefulShutdownHandler {
                await withDiscardingTaskGroup { group in
                    group.addTask { await self.watch() }
                    for await job in self.jobs {
                        group.addTask { await self.perform(job) }
                    }
                    self.end()
                }
            } onGracefulShutdown: {
                self.end()
            }
        }
        let left = state.withLock { state in
            defer { state.waiting = [:] }
            return state.waiting.values.flatMap(\.values)
        }
        for continuation in left { continuation.resume(returning: .failure(Self.goingDown)) }
    }

    private func end() {
        state.withLock { $0.isOver = true }
        feed.finish()
    }

    // MARK: Jobs

    private func perform(_ job: Job) async {
        switch job {
        case .refresh(let key, let generation):
            // Not a child task: a stop that is in a hurry and cancels must not lose tokens that nobody gives again.
            let outcome = await Task { await self.refresh(key, after: generation) }.value
            let waiting = state.withLock { $0.waiting.removeValue(forKey: key) ?? [:] }
            for continuation in waiting.values { continuation.resume(returning: outcome) }
        case .revoke(let platform, let accessToken, let refreshToken):
            do throws(PlatformFailure) {
                try await platforms[platform]?.revoke(accessToken, refreshToken)
            } catch {
                logger.warning(
                    "tokens could not be revoked; they end by themselves",
                    metadata: ["platform": "\(platform.rawValue)", "reason": "\(error)"]
                )
            }
        }
    }

    private func refresh(_ key: Key, after generation: Int64) async -> Outcome {
        let scope = scope(key.tenant)
        do {
            guard let seen = try await store.connection(on: key.platform, in: scope) else {
                throw PlatformFailure.notConnected(key.platform)
            }
            guard seen.status == .connected else { throw PlatformFailure.needsLogin(key.platform) }
            guard seen.generation <= generation else { return .success(seen) }
            guard let platform = platforms[key.platform] else {
                try await putOff(key.platform, scope)
                throw PlatformFailure.unreachable(reason: "\(key.platform.rawValue) is not set up on this host")
            }
            guard let refreshToken = seen.refreshToken else { throw try await needsLogin(seen, scope, "no token") }
            return .success(try await renew(seen, with: refreshToken, at: platform, scope))
        } catch {
            return .failure(error)
        }
    }

    private func renew(
        _ seen: Connection,
        with refreshToken: Secret,
        at platform: any LoginPlatform,
        _ scope: TenantScope
    ) async throws -> Connection {
        let grant: TokenGrant
        do throws(PlatformFailure) {
            grant = try await platform.refresh(refreshToken)
        } catch {
            if case .grantRefused(let reason) = error { throw try await needsLogin(seen, scope, reason) }
            let metadata: Logger.Metadata = [
                "platform": "\(seen.platform.rawValue)", "streamer": "\(scope.tenant)", "reason": "\(error)",
            ]
            logger.warning("tokens could not be renewed yet", metadata: metadata)
            try await putOff(seen.platform, scope)
            throw error
        }
        let schedule = ConnectionSchedule(
            lifetimeSeconds: grant.lifetimeSeconds,
            wantsValidation: platform.wantsValidation,
            now: now(),
            jitter: .random(in: 0...1)
        )
        guard let stored = try await keep(grant, over: seen, schedule, scope) else {
            revoke(grant.accessToken, grant.refreshToken, on: seen.platform)
            throw PlatformFailure.notConnected(seen.platform)
        }
        answered(seen.platform, scope)
        return stored
    }

    /// Stores what cannot be had again: a full disk may have room again in some minutes.
    private func keep(
        _ grant: TokenGrant,
        over seen: Connection,
        _ schedule: ConnectionSchedule,
        _ scope: TenantScope
    ) async throws -> Connection? {
        let end = ContinuousClock.now + Self.storingLimit
        var (isToldOf, lastAttempts) = (false, Self.lastStoringAttempts)
        while true {
            do {
                return try await store.replace(seen, with: grant, schedule, in: scope)
            } catch StorageError.unavailable(let reason) {
                let metadata: Logger.Metadata = ["streamer": "\(scope.tenant)", "reason": "\(reason)"]
                if !isToldOf { logger.warning("fresh tokens wait for storage", metadata: metadata) }
                isToldOf = true
                if state.withLock(\.isOver) { lastAttempts -= 1 }
                guard lastAttempts > 0, ContinuousClock.now < end,
                    (try? await Task.sleep(for: .seconds(1))) != nil
                else {
                    logger.error("fresh tokens are lost, for storage took none", metadata: metadata)
                    throw StorageError.unavailable(reason)
                }
            }
        }
    }

    private func needsLogin(_ seen: Connection, _ scope: TenantScope, _ reason: String) async throws -> PlatformFailure
    {
        guard try await store.markNeedsLogin(seen, in: scope) else {
            // Whoever asked tries again, with what there is now.
            return .unreachable(reason: "other tokens came, or none are left, since these were used")
        }
        answered(seen.platform, scope, ConnectionTrouble.allCases)
        logger.warning(
            "a streamer has to sign in again",
            metadata: [
                "platform": "\(seen.platform.rawValue)", "streamer": "\(scope.tenant)", "reason": "\(reason)",
            ]
        )
        return .needsLogin(seen.platform)
    }

    /// Leaves a platform alone for a while, each connection for its own.
    func putOff(_ platform: Platform, _ scope: TenantScope) async throws {
        didNotAnswer(platform, scope)
        try await store.retry(platform, at: later, in: scope)
    }

    /// When what has failed is tried again.
    var later: Timestamp {
        now().advanced(byMilliseconds: Int64(Double(Self.retryMilliseconds) * .random(in: 0.75...1.25)))
    }

    /// The streamer's own login is why the host may act for them.
    func scope(_ tenant: Tenant.ID) -> TenantScope { TenantScope(granting: tenant, to: .host) }
}
