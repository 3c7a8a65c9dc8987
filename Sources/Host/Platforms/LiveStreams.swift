import Logging
import ServiceLifecycle
import WidgetAPI

/// Keeps the feed of each streamer who is on air, whoever watches (SA7).
///
/// The sessions in the database say who that is, so a host that was away goes on where it was. A stream whose end it
/// has missed is let go when its platform says twice that it is off air (``StreamQuestions``), and in any case when it
/// has become older than ``StreamSessionStore/longestMilliseconds``.
struct LiveStreams: Service {
    /// Of whom to look whether they are on air.
    enum Look: Sendable {
        case streamer(Tenant.ID)
        case everybody
    }

    typealias Looks = (stream: AsyncStream<Look>, continuation: AsyncStream<Look>.Continuation)

    /// How often everybody is looked at.
    private static let round = Duration.seconds(600)
    /// How long it takes until storage that did not answer is asked again.
    private static let patience = Duration.seconds(5)

    let store: StreamSessionStore
    /// Bounded by the rows that tell of streams.
    let looks: Looks
    let feeds: PlatformFeeds
    let now: @Sendable () -> Timestamp
    let logger: Logger

    /// Whether rows tell of a stream's beginning or end.
    static func isNews(_ rows: [Event]) -> Bool {
        rows.contains { StreamNotice($0) != nil }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    repeat { looks.continuation.yield(.everybody) } while await passes(Self.round)
                }
                var live: Set<Tenant.ID> = []
                for await look in looks.stream {
                    do {
                        try await take(look, &live)
                    } catch is CancellationError {
                        break
                    } catch {
                        logger.warning("who is on air could not be read", metadata: ["reason": "\(error)"])
                        group.addTask { if await passes(Self.patience) { looks.continuation.yield(look) } }
                    }
                }
                group.cancelAll()
            }
        }
    }

    /// Whether that time passes before the host goes down.
    private func passes(_ duration: Duration) async -> Bool {
        (try? await Task.sleep(for: duration)) != nil
    }

    private func take(_ look: Look, _ live: inout Set<Tenant.ID>) async throws {
        let before = live
        switch look {
        case .everybody: live = try await store.live(at: now())
        case .streamer(let tenant):
            if try await store.isLive(tenant, at: now()) { live.insert(tenant) } else { live.remove(tenant) }
        }
        for tenant in live.subtracting(before) { feeds.streamBegan(tenant) }
        for tenant in before.subtracting(live) { feeds.streamEnded(tenant) }
    }
}
