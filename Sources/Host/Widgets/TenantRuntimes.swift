import Logging
import ServiceLifecycle
import Synchronization
import WidgetAPI

/// The awake streamers.
///
/// A sleeping one costs nothing here.
final class TenantRuntimes: Sendable {
    private let around: TenantRuntime.Surroundings
    private let awake = Mutex<[Tenant.ID: TenantRuntime]>([:])
    private let log = Mutex<EventLog?>(nil)

    init(around: TenantRuntime.Surroundings) {
        self.around = around
    }

    /// Log and runtimes know each other; this ties the knot once, before the first event.
    func attach(_ log: EventLog) {
        self.log.withLock { $0 = log }
    }

    /// Brings new rows to their streamer and wakes them.
    func announce(_ tenant: Tenant.ID, _ events: [Event]) {
        runtime(of: TenantScope(granting: tenant, to: .host))?.deliver(events)
    }

    /// Shows a page an overlay of that streamer.
    func subscribe(_ page: OverlaySubscription, in scope: TenantScope) async -> (TenantRuntime, SubscribeResult)? {
        await attempt(in: scope) { await $0.subscribe(page) }
    }

    /// Shows a dashboard the rows of that streamer's log.
    func subscribe(
        toEvents patterns: Set<EventPattern>,
        after: Int64?,
        connection: ConnectionHandle,
        in scope: TenantScope
    ) async -> (TenantRuntime, SubscribeResult)? {
        await attempt(in: scope) { await $0.subscribe(toEvents: patterns, after: after, connection: connection) }
    }

    /// What that streamer's alert queue is showing; `nil` when they have none.
    ///
    /// - Throws: `AlertsUnavailable` when that cannot be known.
    func alertReport(in scope: TenantScope) async throws -> AlertQueueReport? {
        for _ in 0..<3 {
            guard let runtime = runtime(of: scope) else { break }
            if case .known(let report) = await runtime.alertReport() { return report }
        }
        throw AlertsUnavailable()
    }

    /// That streamer's connected pages; who sleeps has none and is not woken.
    func openPages(in scope: TenantScope) async -> [JSONValue] {
        await awake.withLock { $0[scope.tenant] }?.openPages() ?? []
    }

    /// How that streamer's widget fares; `nil` when it is not on air.
    ///
    /// - Throws: `WidgetHealthUnavailable` when that cannot be known.
    func health(of id: PlacedWidget.ID, in scope: TenantScope) async throws -> WidgetHealth? {
        try await health(in: scope) { await $0.health(of: id) }
    }

    /// Starts that streamer's widget again, and says how it fares then; `nil` when it is not on air.
    ///
    /// - Throws: `WidgetHealthUnavailable` when that cannot be known.
    func restart(_ id: PlacedWidget.ID, in scope: TenantScope) async throws -> WidgetHealth? {
        try await health(in: scope) { await $0.restart(id) }
    }

    private func health(
        in scope: TenantScope,
        _ ask: (TenantRuntime) async -> HealthResult
    ) async throws -> WidgetHealth? {
        for _ in 0..<3 {
            guard let runtime = runtime(of: scope) else { break }
            switch await ask(runtime) {
            case .known(let health): return health
            case .unknown: return nil
            case .retired: continue
            }
        }
        throw WidgetHealthUnavailable()
    }

    /// Sends that streamer's pages away and forgets what their widgets know; it is to be read again, or is gone.
    func dismiss(_ scope: TenantScope, comingBack: Bool) async {
        guard let runtime = awake.withLock({ $0[scope.tenant] }) else { return }
        if comingBack {
            await runtime.dismiss(.tryLater, "what is shown has to be read again")
        } else {
            await runtime.dismiss(.unknownChannel, "the channel is gone")
        }
    }

    /// A runtime may fall asleep between being found and being asked; then there is a next one.
    private func attempt(
        in scope: TenantScope,
        _ ask: (TenantRuntime) async -> SubscribeResult
    ) async -> (TenantRuntime, SubscribeResult)? {
        for _ in 0..<3 {
            guard let runtime = runtime(of: scope) else { return nil }
            let result = await ask(runtime)
            if case .retired = result { continue }
            return (runtime, result)
        }
        return nil
    }

    func runtime(of scope: TenantScope) -> TenantRuntime? {
        guard let log = log.withLock({ $0 }) else { return nil }
        return awake.withLock { awake in
            if let runtime = awake[scope.tenant] { return runtime }
            let runtime = TenantRuntime(
                scope: scope,
                around: around,
                log: log,
                loop: around.hub.loop(for: scope.tenant.hashValue),
                onRetired: { [weak self] in self?.forget($0) }
            )
            awake[scope.tenant] = runtime
            return runtime
        }
    }

    private func forget(_ runtime: TenantRuntime) {
        awake.withLock { awake in
            if awake[runtime.scope.tenant] === runtime { awake[runtime.scope.tenant] = nil }
        }
    }

    /// How many streamers are awake.
    var awakeCount: Int { awake.withLock { $0.count } }
}

extension TenantRuntimes: Service {
    /// Keeps everybody's checkpoint when the host goes down.
    func run() async throws {
        try? await gracefulShutdown()
        let runtimes = awake.withLock { Array($0.values) }
        // Not a child task: whoever is in a hurry and cancels must not lose the checkpoints.
        await Task {
            await withTaskGroup(of: Void.self) { group in
                for runtime in runtimes {
                    group.addTask {
                        await runtime.settlePresence()
                        await runtime.checkpoint()
                    }
                }
            }
        }.value
    }
}
