import Logging
import ServiceLifecycle
import Synchronization
import WidgetAPI

/// Asks platforms who is on air, where their own word on it may have been missed, and writes down what the log lacks.
///
/// Who is to be asked about waits for the platform's next turn, and all who wait then share a question, as far as it
/// takes so many. What cannot be had leaves everything as it was (NFR14); whoever wanted to know asks again with the
/// next round or session. A channel may be missing from a list for a while: only what two answers say, some time apart,
/// is believed to be off air.
final class StreamQuestions: Service {
    /// Where one platform is asked.
    private struct Desk {
        let platform: any StreamingPlatform
        let share: PlatformShare
        let signals: AsyncStream<Void>
        let signal: AsyncStream<Void>.Continuation
    }

    /// How far apart the first and the last of them are: longer than a list is wrong, and no longer than three rounds.
    static let doubtMilliseconds: ClosedRange<Int64> = 300_000...1_800_000
    /// A line in the log about what cannot be had, at most so often; each streamer is asked about as often.
    private static let quiet = DeliverySubscriptions.round

    private let desks: [Platform: Desk]
    private let keeper: ConnectionKeeper
    private let database: any Database
    private let log: EventLog
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    /// Nobody stands in it twice.
    private let waiting = Mutex<[Platform: [Tenant.ID]]>([:])
    /// When a platform first said that those are off air who are on air by the log.
    private let doubts = Mutex<[Platform: [Tenant.ID: Timestamp]]>([:])

    init(
        _ platforms: [any StreamingPlatform],
        keeper: ConnectionKeeper,
        database: any Database,
        log: EventLog,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        let desks = platforms.map { platform in
            let (signals, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
            let share = PlatformShare(perMinute: platform.questionsPerMinute)
            return Desk(platform: platform, share: share, signals: signals, signal: signal)
        }
        self.desks = Dictionary(desks.map { ($0.platform.platform, $0) }) { first, _ in first }
        self.keeper = keeper
        self.database = database
        self.log = log
        self.now = now
        self.logger = logger
    }

    /// A beginning or an end of that streamer's may have been missed: nobody has listened until now, or for a while.
    func ask(about tenant: Tenant.ID, on platform: Platform) {
        guard let desk = desks[platform] else { return }
        waiting.withLock { waiting in
            if waiting[platform]?.contains(tenant) != true { waiting[platform, default: []].append(tenant) }
        }
        desk.signal.yield()
    }

    // MARK: Service

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                // A service that ends takes the host with it, also one that has no platform to ask.
                group.addTask { try? await gracefulShutdown() }
                for desk in self.desks.values { group.addTask { await self.work(at: desk) } }
            }
        }
    }

    private func work(at desk: Desk) async {
        let name = desk.platform.platform
        var lastComplaint: ContinuousClock.Instant?
        for await _ in desk.signals {
            while waiting.withLock({ $0[name]?.isEmpty == false }) {
                guard (try? await desk.share.turn()) != nil else { return }
                do {
                    try await ask(about: next(at: desk), at: desk.platform)
                } catch {
                    guard !Task.isCancelled else { return }
                    let now = ContinuousClock.now
                    if let lastComplaint, now - lastComplaint < Self.quiet { continue }
                    lastComplaint = now
                    logger.notice(
                        "a platform does not say who is on air; it is asked again later",
                        metadata: ["platform": "\(name.rawValue)", "reason": "\(error)"]
                    )
                }
            }
        }
    }

    /// Takes out those whom the next question is about.
    private func next(at desk: Desk) -> [Tenant.ID] {
        let (name, count) = (desk.platform.platform, desk.platform.together)
        return waiting.withLock { waiting in
            let all = waiting[name] ?? []
            waiting[name] = Array(all.dropFirst(count))
            return Array(all.prefix(count))
        }
    }

    private func ask(about tenants: [Tenant.ID], at platform: any StreamingPlatform) async throws {
        var subscribers: [Subscriber] = []
        for tenant in tenants {
            // Who has left meanwhile, or has to sign in again, is no business of ours.
            if let subscriber = try await keeper.store.subscriber(tenant, on: platform.platform) {
                subscribers.append(subscriber)
            }
        }
        guard !subscribers.isEmpty else { return }
        let moment = now()
        let words: [String: StreamWord]
        do {
            words = try await platform.words(on: subscribers)
        } catch PlatformFailure.needsLogin(_), PlatformFailure.notConnected(_) {
            return
        }
        var failure: (any Error)?
        for subscriber in subscribers {
            guard let word = words[subscriber.platformUserId] else { continue }
            do {
                try await write(word, of: subscriber, on: platform.platform, askedAt: moment)
            } catch EventLogError.unknownTenant {
                continue
            } catch {
                // The others' rows may be taken.
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Writes what the log lacks; what is told meanwhile is seen, for the look and the row are one transaction.
    private func write(
        _ word: StreamWord,
        of subscriber: Subscriber,
        on platform: Platform,
        askedAt moment: Timestamp
    ) async throws {
        let (tenant, channelId) = (subscriber.tenant, subscriber.platformUserId)
        let scope = keeper.scope(tenant)
        let look = { @Sendable (sql: any SQLSession, moment: Timestamp) in
            try StreamSessionStore.draft(of: word, in: channelId, on: platform, askedAt: moment, for: tenant, sql: sql)
        }
        // Most answers are known; they shall not wait for the writer.
        let isLacking = try await database.read(in: scope) { sql in try look(sql, moment) != nil }
        guard isLacking else { return believe(tenant, on: platform) }
        guard let moment = word == .offAir ? doubted(tenant, on: platform, askedAt: moment) : moment else { return }
        let rows = try await log.append(in: scope) { sql in try look(sql, moment).map { [$0] } ?? [] }
        believe(tenant, on: platform)
        for row in rows {
            logger.notice(
                "the log lacked what a platform says of a stream",
                metadata: ["platform": "\(platform.rawValue)", "streamer": "\(tenant)", "type": "\(row.type)"]
            )
        }
    }

    /// Since when a streamer is said to be off air; `nil` the first time, or where that is too short or too long ago.
    private func doubted(_ tenant: Tenant.ID, on platform: Platform, askedAt moment: Timestamp) -> Timestamp? {
        doubts.withLock { doubts in
            let first = doubts[platform]?[tenant] ?? moment
            let age = moment.milliseconds - first.milliseconds
            if Self.doubtMilliseconds.contains(age) { return first }
            doubts[platform, default: [:]][tenant] = age > Self.doubtMilliseconds.upperBound ? moment : first
            return nil
        }
    }

    /// The log and the platform agree.
    private func believe(_ tenant: Tenant.ID, on platform: Platform) {
        doubts.withLock { $0[platform]?[tenant] = nil }
    }
}
