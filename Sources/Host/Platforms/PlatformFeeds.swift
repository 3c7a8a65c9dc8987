import ServiceLifecycle
import Synchronization
import WidgetAPI

/// Brings events from platforms for those streamers who need them right now (SA7).
///
/// A feed is there for as long as a streamer has a page open, an overlay or a dashboard, or is on air, and a few
/// seconds longer: a page that reloads finds it as it was. Where nothing was granted there is no feed; a login begins
/// one at once, and until then nobody is asked anything.
final class PlatformFeeds: Service {
    /// How long a feed stays after the last who needed it.
    static let linger = Duration.seconds(5)
    /// How long it takes until storage that did not answer is asked again.
    private static let patience = Duration.seconds(5)

    private struct Watch {
        /// Pages, and one for a stream that is on air.
        var count = 0
        /// How often the last one has gone: who waits to end the feed asks whether it was for the last time.
        var farewells = 0
        /// Whether the feed has come back, for a login alone can help.
        var isIdle = false
        /// Tells the feed that grants may have changed; its end is the feed's.
        let signal: AsyncStream<Void>.Continuation
    }

    private struct State {
        var watches: [Tenant.ID: Watch] = [:]
        var isOver = false
    }

    private enum Job: Sendable {
        case feed(Tenant.ID, until: AsyncStream<Void>)
        case linger(Tenant.ID, farewell: Int)
    }

    /// What a streamer has granted, each with the generation of its tokens.
    typealias Grants = [PlatformGrant: Int64]

    /// Brings something of a streamer's until its task is cancelled.
    typealias Feed = @Sendable (Tenant.ID) async -> Void

    private let grants: @Sendable (Tenant.ID) async throws -> Grants
    private let always: Feed
    private let feed: Feed
    private let state = Mutex(State())
    private let jobs: AsyncStream<Job>
    private let work: AsyncStream<Job>.Continuation

    /// - Parameters:
    ///   - grants: what a streamer has granted.
    ///   - always: runs as long as a feed would, whatever was granted.
    ///   - feed: brings a streamer's events. It comes back before its task is cancelled when a login alone can help,
    ///     and is begun anew after that.
    init(
        grants: @escaping @Sendable (Tenant.ID) async throws -> Grants,
        always: @escaping Feed = { _ in },
        _ feed: @escaping Feed
    ) {
        self.grants = grants
        self.always = always
        self.feed = feed
        // Bounded by the pages and streams there are.
        (jobs, work) = AsyncStream.makeStream()
    }

    // MARK: Who needs a feed

    /// Somebody watches that streamer.
    func pageOpened(_ tenant: Tenant.ID) { begin(tenant) }

    /// One who watched has gone.
    func pageClosed(_ tenant: Tenant.ID) { leave(tenant) }

    /// The streamer is on air; said once until the end.
    func streamBegan(_ tenant: Tenant.ID) { begin(tenant) }

    /// The streamer is on air no more.
    func streamEnded(_ tenant: Tenant.ID) { leave(tenant) }

    /// What the streamer has granted may have changed: somebody has signed in, or has disconnected.
    ///
    /// A feed that goes on with the same grant is left alone, whatever tokens it has now.
    func connectionChanged(_ tenant: Tenant.ID) {
        state.withLock { _ = $0.watches[tenant]?.signal.yield() }
    }

    private func begin(_ tenant: Tenant.ID) {
        state.withLock { state in
            guard !state.isOver else { return }
            if state.watches[tenant] == nil {
                // Two signals mean no more than one.
                let (signals, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
                signal.yield()
                state.watches[tenant] = Watch(signal: signal)
                work.yield(.feed(tenant, until: signals))
            }
            state.watches[tenant]?.count += 1
        }
    }

    private func leave(_ tenant: Tenant.ID) {
        state.withLock { state in
            guard var watch = state.watches[tenant] else { return }
            watch.count -= 1
            if watch.count == 0 {
                watch.farewells += 1
                work.yield(.linger(tenant, farewell: watch.farewells))
            }
            state.watches[tenant] = watch
        }
    }

    // MARK: Service

    func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await job in jobs {
                    switch job {
                    case .feed(let tenant, let signals): group.addTask { await self.bring(tenant, signals) }
                    case .linger(let tenant, let farewell):
                        group.addTask {
                            try? await Task.sleep(for: Self.linger)
                            self.end(tenant, after: farewell)
                        }
                    }
                }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.state.withLock { state in
                state.isOver = true
                for watch in state.watches.values { watch.signal.finish() }
            }
            self.work.finish()
        }
    }

    /// Feeds until there are no more signals, each time from the beginning when something else is granted.
    private func bring(_ tenant: Tenant.ID, _ signals: AsyncStream<Void>) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.always(tenant) }
            await self.bring(tenant, byGrants: signals)
            group.cancelAll()
        }
    }

    private func bring(_ tenant: Tenant.ID, byGrants signals: AsyncStream<Void>) async {
        var grants: Grants? = [:]
        while let granted = grants { grants = await bring(tenant, granted, signals) }
    }

    /// Feeds with these grants.
    ///
    /// - Returns: other ones, or `nil` when the feed is over.
    private func bring(
        _ tenant: Tenant.ID,
        _ granted: Grants,
        _ signals: AsyncStream<Void>
    ) async -> Grants? {
        set(tenant, isIdle: false)
        return await withDiscardingTaskGroup { group in
            defer { group.cancelAll() }
            if !granted.isEmpty {
                group.addTask {
                    await self.feed(tenant)
                    guard !Task.isCancelled else { return }
                    self.set(tenant, isIdle: true)
                    // Somebody may have signed in while it made up its mind.
                    self.connectionChanged(tenant)
                }
            }
            for await _ in signals {
                do {
                    let grants = try await self.grants(tenant)
                    // A feed that has come back waits for other tokens, one that goes on for another grant.
                    let isIdle = self.state.withLock { $0.watches[tenant]?.isIdle == true }
                    if isIdle ? grants != granted : grants.keys != granted.keys { return grants }
                } catch {
                    group.addTask {
                        guard (try? await Task.sleep(for: Self.patience)) != nil else { return }
                        self.connectionChanged(tenant)
                    }
                }
            }
            return nil
        }
    }

    private func set(_ tenant: Tenant.ID, isIdle: Bool) {
        state.withLock { $0.watches[tenant]?.isIdle = isIdle }
    }

    private func end(_ tenant: Tenant.ID, after farewell: Int) {
        state.withLock { state in
            guard let watch = state.watches[tenant], watch.count == 0, watch.farewells == farewell else { return }
            state.watches[tenant] = nil
            watch.signal.finish()
        }
    }
}
