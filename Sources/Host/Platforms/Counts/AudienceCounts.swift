import Logging
import Synchronization
import WidgetAPI

/// Asks platforms how many follow and subscribe, for streamers whom somebody watches (FR29.1, FR34.1).
///
/// An answer is good for a minute, whoever comes meanwhile; who comes while one is on its way asks for no second one.
/// What cannot be had leaves everything as it was (NFR14).
final class AudienceCounts: Sendable {
    /// How long an answer is good.
    static let freshMilliseconds: Int64 = 60_000
    /// How much later the next one may be asked for: a thousand streamers of one evening shall not ask at once.
    static let jitterMilliseconds: Int64 = 6_000
    /// The least and the most between two looks, in milliseconds, whatever clocks do.
    private static let lookMilliseconds: ClosedRange<Int64> = 500...(freshMilliseconds + jitterMilliseconds)
    /// Answers remembered at most; then those that are too old are forgotten.
    private static let rememberedLimit = 20_000

    private struct Key: Hashable {
        let tenant: Tenant.ID
        let platform: Platform
    }

    private struct Memory {
        /// When to ask again.
        var nextAt: Timestamp
        /// Tries in a row that came to nothing.
        var failures = 0
        var isAsking = false
    }

    let platforms: [Platform: any CountingPlatform]
    let keeper: ConnectionKeeper
    let channels: ChannelStore
    let store: CountStore
    let now: @Sendable () -> Timestamp
    let logger: Logger
    private let memories = Mutex<[Key: Memory]>([:])

    init(
        _ platforms: [any CountingPlatform],
        keeper: ConnectionKeeper,
        channels: ChannelStore,
        store: CountStore,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.platforms = Dictionary(platforms.map { ($0.platform, $0) }) { first, _ in first }
        self.keeper = keeper
        self.channels = channels
        self.store = store
        self.now = now
        self.logger = logger
    }

    /// Keeps a streamer's numbers up to date until its task is cancelled.
    func follow(_ tenant: Tenant.ID) async {
        let scope = keeper.scope(tenant)
        while !Task.isCancelled {
            let next = await look(in: scope)
            let wait = next.milliseconds - now().milliseconds
            let pause = min(max(wait, Self.lookMilliseconds.lowerBound), Self.lookMilliseconds.upperBound)
            guard (try? await Task.sleep(for: .milliseconds(pause))) != nil else { return }
        }
    }

    /// Asks the platforms of a streamer's channels whose last answer is too old.
    ///
    /// - Returns: when to look again.
    func look(in scope: TenantScope) async -> Timestamp {
        let idle = now().advanced(byMilliseconds: Self.freshMilliseconds)
        do {
            let channels = try await channels.channels(in: scope)
            return await withTaskGroup(of: Timestamp.self) { group in
                for channel in channels { group.addTask { await self.look(at: channel, in: scope) } }
                return await group.reduce(idle, min)
            }
        } catch {
            logger.warning("a streamer's channels could not be read", metadata: ["reason": "\(error)"])
            return idle
        }
    }

    private func look(at channel: Channel, in scope: TenantScope) async -> Timestamp {
        let key = Key(tenant: scope.tenant, platform: channel.platform)
        let begun = now()
        let known = memories.withLock { memories -> Timestamp? in
            if memories.count >= Self.rememberedLimit {
                memories = memories.filter { $0.value.isAsking || begun < $0.value.nextAt }
            }
            var memory = memories[key] ?? Memory(nextAt: begun)
            if memory.isAsking { return begun.advanced(byMilliseconds: Self.lookMilliseconds.lowerBound) }
            if begun < memory.nextAt { return memory.nextAt }
            memory.isAsking = true
            memories[key] = memory
            return nil
        }
        if let known { return known }
        let failure = await ask(channel, in: scope)
        // Nobody watches any more: whoever comes next is told at once.
        let isGivenUp = Task.isCancelled
        let ended = now()
        let (next, isFirstFailure) = memories.withLock { memories -> (Timestamp, Bool) in
            var memory = memories[key] ?? Memory(nextAt: ended)
            memory.isAsking = false
            if isGivenUp {
                memory.nextAt = ended
            } else if failure != nil {
                let pause = FeedSessions.pause(after: memory.failures)
                memory.nextAt = ended.advanced(byMilliseconds: Int64(pause / .milliseconds(1)))
                memory.failures += 1
            } else {
                let jitter = Int64.random(in: 0...Self.jitterMilliseconds)
                memory.nextAt = ended.advanced(byMilliseconds: Self.freshMilliseconds + jitter)
                memory.failures = 0
            }
            memories[key] = memory
            return (memory.nextAt, memory.failures == 1)
        }
        if let failure, isFirstFailure, !isGivenUp {
            logger.notice(
                "a platform does not tell its numbers; the last ones stay",
                metadata: [
                    "platform": "\(channel.platform.rawValue)", "streamer": "\(scope.tenant)",
                    "reason": "\(failure)",
                ]
            )
        }
        return next
    }

    /// One question and what is written of the answer.
    ///
    /// - Returns: why it should be asked again soon, if it should.
    private func ask(_ channel: Channel, in scope: TenantScope) async -> (any Error)? {
        let moment = now()
        var numbers = AudienceNumbers()
        do {
            numbers = try await told(of: channel, in: scope)
        } catch PlatformFailure.needsLogin(_), PlatformFailure.notConnected(_), PlatformFailure.tokenRefused {
            // Only the streamer can help, or another minute.
        } catch let failure as PlatformFailure {
            numbers.failure = failure
        } catch {
            return error
        }
        do {
            try await store.write(numbers, of: channel, askedAt: moment, in: scope)
            return numbers.failure
        } catch EventLogError.unknownTenant {
            return nil
        } catch {
            return error
        }
    }

    private func told(of channel: Channel, in scope: TenantScope) async throws -> AudienceNumbers {
        guard let platform = platforms[channel.platform],
            let connection = try await keeper.store.connection(on: channel.platform, in: scope)
        else { return AudienceNumbers() }
        return try await keeper.withToken(on: channel.platform, in: scope) { token in
            try await platform.numbers(of: connection, with: token)
        }
    }
}
