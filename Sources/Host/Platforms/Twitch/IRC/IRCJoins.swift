import Synchronization

/// How often accounts have joined a channel of late.
///
/// Twitch allows an account 20 joins in ten seconds; it drops what goes beyond without a word and may not hear the
/// account for half an hour then (https://dev.twitch.tv/docs/chat/irc/#rate-limits).
final class IRCJoins: Sendable {
    /// Joins of an account within the window, at most.
    static let limit = 20
    /// A second more than Twitch's ten, whose clock begins when a join arrives.
    static let window = Duration.seconds(11)

    private let window: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    /// The joins within the window, in order.
    private let recent = Mutex<[String: [ContinuousClock.Instant]]>([:])

    /// Another window and another clock than `now` are of use in tests alone.
    init(window: Duration = IRCJoins.window, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.window = window
        self.now = now
    }

    /// Whether that account may join a channel right now.
    func isFree(_ account: String) -> Bool {
        let moment = now()
        return recent.withLock { recent in
            (recent[account] ?? []).count { moment - $0 < window } < Self.limit
        }
    }

    /// Counts a join of that account's, where it may join now.
    ///
    /// - Returns: how long it has to wait, where it may not.
    func claim(_ account: String) -> Duration? {
        let moment = now()
        return recent.withLock { recent in
            recent = recent.compactMapValues { moments in
                let left = moments.filter { moment - $0 < window }
                return left.isEmpty ? nil : left
            }
            let moments = recent[account] ?? []
            guard moments.count < Self.limit else { return moments[0] + window - moment }
            recent[account, default: []].append(moment)
            return nil
        }
    }

    /// Waits until that account may join a channel, and counts it.
    func turn(of account: String) async throws {
        while let wait = claim(account) { try await Task.sleep(for: wait) }
    }
}
