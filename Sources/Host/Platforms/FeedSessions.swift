import Logging

/// Ends a feed until it is begun anew, for another session would end in the same way; who throws it has said why.
struct LastSession: Error {}

/// The sessions of a feed with its platform: one after the other, and never a tight loop.
enum FeedSessions {
    /// Seconds between two sessions (NFR15), the next of them whenever little came of one; jitter comes on top.
    static let pauses: [Double] = [1, 2, 4, 8, 16, 30]
    /// How long a platform is left alone that refuses a token it has just renewed, unless there are other ones: the
    /// next one would be refused as well, and a login has at most fifty.
    private static let refusedPause = Duration.seconds(300)
    /// How often it is looked for other ones meanwhile, which a login brings.
    private static let lookout = Duration.seconds(5)
    /// A session that stood so long was a good one.
    private static let goodSession = Duration.seconds(30)

    /// Has sessions until the task is cancelled, or until a login alone can help.
    ///
    /// A session ends by throwing: `PlatformFailure.needsLogin`, `notConnected` and ``LastSession`` are the last word,
    /// all else is followed by another one, and in between the dashboard names the trouble, until the session says that
    /// it stands. `name` says in the log what they are sessions of.
    static func run(
        of name: String,
        _ trouble: ConnectionTrouble,
        on platform: Platform,
        in scope: TenantScope,
        _ keeper: ConnectionKeeper,
        _ logger: Logger,
        _ session: (_ stands: () -> Void) async throws -> Never
    ) async {
        var failures = 0
        while !Task.isCancelled {
            // What came before, such as the wait for a turn, makes no session a good one.
            var stoodAt: ContinuousClock.Instant?
            var isRefused = false
            do {
                try await session {
                    stoodAt = .now
                    keeper.answered(platform, scope, [trouble])
                }
            } catch PlatformFailure.needsLogin, PlatformFailure.notConnected {
                return
            } catch is LastSession {
                return
            } catch {
                // Nobody needs it any more.
                guard !Task.isCancelled else { return }
                logger.notice("a session has ended", metadata: ["of": "\(name)", "reason": "\(error)"])
                keeper.didNotAnswer(platform, scope, trouble)
                isRefused = error as? PlatformFailure == .tokenRefused
            }
            let isGood = stoodAt.map { ContinuousClock.now - $0 >= goodSession } ?? false
            failures = isGood ? 0 : failures + 1
            if isRefused { await waitForTokens(on: platform, in: scope, keeper) }
            guard (try? await Task.sleep(for: pause(after: failures))) != nil else { return }
        }
    }

    /// Waits until there are other tokens than now, or for ``refusedPause``.
    private static func waitForTokens(on platform: Platform, in scope: TenantScope, _ keeper: ConnectionKeeper) async {
        let refused = try? await keeper.store.working(on: platform, in: scope).generation
        let end = ContinuousClock.now + refusedPause * .random(in: 0.75...1.25)
        while ContinuousClock.now < end, (try? await Task.sleep(for: lookout)) != nil {
            let generation = try? await keeper.store.working(on: platform, in: scope).generation
            if generation != refused { return }
        }
    }

    /// How long to leave a platform alone after so many failures in a row, with jitter.
    static func pause(after failures: Int) -> Duration {
        .seconds(pauses[min(failures, pauses.count - 1)] * .random(in: 0.75...1.25))
    }
}

extension EventLog {
    /// Writes down what a platform says once and not again: it waits for storage here, and the platform waits for us.
    ///
    /// - Throws: `CancellationError` when nobody needs it any more, or when the streamer is gone.
    func keep(_ drafts: [EventDraft], in scope: TenantScope, _ logger: Logger) async throws {
        for pause in FeedSessions.pauses.dropFirst() + Array(repeating: 30, count: 20) {
            do {
                try await append(drafts, in: scope)
                return
            } catch EventLogError.unknownTenant {
                throw CancellationError()
            } catch {
                // All feeds wait for the same storage.
                try await Task.sleep(for: .seconds(pause * .random(in: 0.75...1.25)))
            }
        }
        logger.error("events of a platform's were lost: storage took none for minutes")
    }
}
