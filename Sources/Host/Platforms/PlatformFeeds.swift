import ServiceLifecycle
import Synchronization
import WidgetAPI

/// Brings events from platforms for those streamers who need them right now (SA7).
///
/// A feed is there for as long as a streamer has a page open, an overlay or a dashboard, or is on air, and a few
/// seconds longer: a page that reloads finds it as it was. Where nothing was granted there is no feed; a login begins
/// one at once, and until then nobody is asked anything. Each platform's part begins and ends by itself.
final class PlatformFeeds: Service {
    /// How long a feed stays after the last who needed it.
    static let linger = Duration.seconds(5)
    /// How long it takes until storage that did not answer is asked again.
    private static let patience = Duration.seconds(5)
    /// How often grants are looked at anyway: an operator's command takes a channel away in a process of its own.
    private static let doubt = Duration.seconds(60)

    private struct Watch {
        /// Pages, and one for a stream that is on air.
        var count = 0
        /// How often the last one has gone: who waits to end the feed asks whether it was for the last time.
        var farewells = 0
        /// The parts that have come back, for a login alone can help.
        var idle: Set<Int> = []
        /// The parts whose grants could not be read and are asked for again in a moment.
        var unread: Set<Int> = []
        /// Tell each part that grants may have changed.
        let signals: [AsyncStream<Void>.Continuation]
        /// Its end is the feed's.
        let end: AsyncStream<Void>.Continuation
    }

    private struct State {
        var watches: [Tenant.ID: Watch] = [:]
        var isOver = false
    }

    private enum Job: Sendable {
        case feed(Tenant.ID, [AsyncStream<Void>], until: AsyncStream<Void>)
        case linger(Tenant.ID, farewell: Int)
    }

    /// What a streamer has granted, each with the generation of its tokens.
    typealias Grants = [PlatformGrant: Int64]

    /// Brings something of a streamer's until its task is cancelled.
    typealias Feed = @Sendable (Tenant.ID) async -> Void

    /// What one platform brings.
    struct Part: Sendable {
        /// What a streamer has granted there.
        let grants: @Sendable (Tenant.ID) async throws -> Grants
        /// Brings a streamer's events.
        ///
        /// It comes back before its task is cancelled when a login alone can help, and is begun anew after that.
        let feed: Feed
    }

    private let parts: [Part]
    private let always: Feed
    private let state = Mutex(State())
    private let jobs: AsyncStream<Job>
    private let work: AsyncStream<Job>.Continuation

    /// `always` runs as long as a feed would, whatever was granted.
    init(_ parts: [Part], always: @escaping Feed = { _ in }) {
        self.parts = parts
        self.always = always
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
        state.withLock { state in
            for signal in state.watches[tenant]?.signals ?? [] { signal.yield() }
        }
    }

    private func begin(_ tenant: Tenant.ID) {
        state.withLock { state in
            guard !state.isOver else { return }
            if state.watches[tenant] == nil {
                // Two signals mean no more than one.
                let channels = parts.map { _ in AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1)) }
                let (ends, end) = AsyncStream<Void>.makeStream()
                for (_, signal) in channels { signal.yield() }
                state.watches[tenant] = Watch(signals: channels.map(\.continuation), end: end)
                work.yield(.feed(tenant, channels.map(\.stream), until: ends))
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
                    case .feed(let tenant, let signals, let end):
                        group.addTask { await self.bring(tenant, signals, until: end) }
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
                for watch in state.watches.values { watch.end.finish() }
            }
            self.work.finish()
        }
    }

    /// Feeds until the end, each part from the beginning when something else is granted there.
    private func bring(_ tenant: Tenant.ID, _ signals: [AsyncStream<Void>], until end: AsyncStream<Void>) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.always(tenant) }
            for (part, signals) in signals.enumerated() {
                group.addTask { await self.bring(part, tenant, byGrants: signals) }
            }
            group.addTask {
                while (try? await Task.sleep(for: Self.doubt * .random(in: 0.75...1.25))) != nil {
                    self.doubt(tenant)
                }
            }
            for await _ in end {}
            group.cancelAll()
        }
    }

    private func bring(_ part: Int, _ tenant: Tenant.ID, byGrants signals: AsyncStream<Void>) async {
        var grants: Grants? = [:]
        while let granted = grants { grants = await bring(part, tenant, granted, signals) }
    }

    /// Feeds with these grants.
    ///
    /// - Returns: other ones, or `nil` when the feed is over.
    private func bring(
        _ part: Int,
        _ tenant: Tenant.ID,
        _ granted: Grants,
        _ signals: AsyncStream<Void>
    ) async -> Grants? {
        set(part, of: tenant, isIdle: false)
        return await withDiscardingTaskGroup { group in
            defer { group.cancelAll() }
            if !granted.isEmpty {
                group.addTask {
                    await self.parts[part].feed(tenant)
                    guard !Task.isCancelled else { return }
                    self.set(part, of: tenant, isIdle: true)
                    // Somebody may have signed in while it made up its mind.
                    self.signal(part, of: tenant)
                }
            }
            for await _ in signals {
                do {
                    let grants = try await self.parts[part].grants(tenant)
                    // A feed that has come back waits for other tokens, one that goes on for another grant.
                    let isIdle = self.state.withLock { $0.watches[tenant]?.idle.contains(part) == true }
                    if isIdle ? grants != granted : grants.keys != granted.keys { return grants }
                } catch {
                    // Whoever asks meanwhile waits for the same answer.
                    guard self.set(part, of: tenant, isUnread: true) else { continue }
                    group.addTask {
                        try? await Task.sleep(for: Self.patience)
                        _ = self.set(part, of: tenant, isUnread: false)
                        self.signal(part, of: tenant)
                    }
                }
            }
            return nil
        }
    }

    /// Has the grants of those parts looked at that bring something; the others wait for a login.
    private func doubt(_ tenant: Tenant.ID) {
        state.withLock { state in
            guard let watch = state.watches[tenant] else { return }
            for (part, signal) in watch.signals.enumerated() where !watch.idle.contains(part) { signal.yield() }
        }
    }

    /// - Returns: whether that is news.
    private func set(_ part: Int, of tenant: Tenant.ID, isUnread: Bool) -> Bool {
        state.withLock { state in
            if !isUnread { return state.watches[tenant]?.unread.remove(part) != nil }
            return state.watches[tenant]?.unread.insert(part).inserted ?? false
        }
    }

    private func signal(_ part: Int, of tenant: Tenant.ID) {
        state.withLock { _ = $0.watches[tenant]?.signals[part].yield() }
    }

    private func set(_ part: Int, of tenant: Tenant.ID, isIdle: Bool) {
        state.withLock { state in
            if isIdle { state.watches[tenant]?.idle.insert(part) } else { state.watches[tenant]?.idle.remove(part) }
        }
    }

    private func end(_ tenant: Tenant.ID, after farewell: Int) {
        state.withLock { state in
            guard let watch = state.watches[tenant], watch.count == 0, watch.farewells == farewell else { return }
            state.watches[tenant] = nil
            watch.end.finish()
        }
    }
}
