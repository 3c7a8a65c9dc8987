import ServiceLifecycle
import Synchronization
import WidgetAPI

/// Brings events from platforms for those streamers whom somebody watches (SA7).
///
/// A feed begins with a streamer's first page, an overlay or a dashboard, and ends a few seconds after the last: a page
/// that reloads finds it as it was.
final class PlatformFeeds: Service {
    /// How long a feed stays after the last page has gone.
    static let linger = Duration.seconds(5)

    private struct Watch {
        var pages = 0
        /// How often the last page has gone: who waits to end the feed asks whether it was for the last time.
        var farewells = 0
        /// Tells the feed to end.
        let end: AsyncStream<Void>.Continuation
    }

    private struct State {
        var watches: [Tenant.ID: Watch] = [:]
        var isOver = false
    }

    private enum Job: Sendable {
        case feed(Tenant.ID, until: AsyncStream<Void>)
        case linger(Tenant.ID, farewell: Int)
    }

    private let feed: @Sendable (Tenant.ID) async -> Void
    private let state = Mutex(State())
    private let jobs: AsyncStream<Job>
    private let work: AsyncStream<Job>.Continuation

    /// - Parameter feed: brings a streamer's events until its task is cancelled.
    init(_ feed: @escaping @Sendable (Tenant.ID) async -> Void) {
        self.feed = feed
        // Bounded by the pages there are.
        (jobs, work) = AsyncStream.makeStream()
    }

    /// Somebody watches that streamer.
    func pageOpened(_ tenant: Tenant.ID) {
        state.withLock { state in
            guard !state.isOver else { return }
            if state.watches[tenant] == nil {
                let (signal, end) = AsyncStream<Void>.makeStream()
                state.watches[tenant] = Watch(end: end)
                work.yield(.feed(tenant, until: signal))
            }
            state.watches[tenant]?.pages += 1
        }
    }

    /// One who watched has gone.
    func pageClosed(_ tenant: Tenant.ID) {
        state.withLock { state in
            guard var watch = state.watches[tenant] else { return }
            watch.pages -= 1
            if watch.pages == 0 {
                watch.farewells += 1
                work.yield(.linger(tenant, farewell: watch.farewells))
            }
            state.watches[tenant] = watch
        }
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await job in jobs {
                    switch job {
                    case .feed(let tenant, let signal): group.addTask { await self.bring(tenant, until: signal) }
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

    private func bring(_ tenant: Tenant.ID, until signal: AsyncStream<Void>) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.feed(tenant) }
            for await _ in signal {}
            group.cancelAll()
        }
    }

    private func end(_ tenant: Tenant.ID, after farewell: Int) {
        state.withLock { state in
            guard let watch = state.watches[tenant], watch.pages == 0, watch.farewells == farewell else { return }
            state.watches[tenant] = nil
            watch.end.finish()
        }
    }
}
