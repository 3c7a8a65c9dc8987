import Synchronization
import WidgetAPI

/// How long platforms want to be left alone, for all who ask them in this host's name (NFR19).
///
/// A platform counts what an application asks, whoever it asks for: when it says that this was enough, everybody waits,
/// and nobody tries whether it meant somebody else. Kick documents no limits and no headers for them: a platform that
/// names no time is left alone for 1, 2, 4 … 30 s. A host at one address is one platform's.
final class PlatformBudget: Sendable {
    /// The longest rest that is believed; a platform that names a longer one is asked again after it.
    static let longestRest = Duration.seconds(3600)
    /// Twitch counts by the minute; a reset that is later than that tells of clocks that disagree.
    private static let longestReset: Int64 = 60

    private struct State {
        /// When each host may be asked again.
        var ends: [String: ContinuousClock.Instant] = [:]
        /// How many rests in a row each host has had without naming a time.
        var unnamed: [String: Int] = [:]
    }

    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    /// Another clock than `now` is of use in tests alone.
    init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.now = now
    }

    /// What is left of the rest that the platform at that address wants, or `nil` where it may be asked.
    func rest(at host: String) -> Duration? {
        let moment = now()
        return state.withLock { state in
            guard let end = state.ends[host] else { return nil }
            let left = end - moment
            guard left > .zero else {
                state.ends[host] = nil
                return nil
            }
            return left
        }
    }

    /// Takes from an answer whether its platform wants to be left alone.
    ///
    /// `Retry-After` (RFC 9110, section 10.2.3) goes with 429 and 503. Twitch tells with each answer how many requests
    /// are left (`Ratelimit-Remaining`) and when there are more (`Ratelimit-Reset`, in seconds of 1970):
    /// https://dev.twitch.tv/docs/api/guide/#twitch-rate-limits
    /// A 429 that names no time to come begins a rest of its own, twice as long as the one before it, up to half a
    /// minute; any other answer ends the row, but no rest. `epochSeconds` is now, on the clock that everybody shares.
    ///
    /// - Returns: whether a 429 is about something else: Twitch says so of a fourth subscription of a kind, too, while
    ///   requests are left.
    @discardableResult
    func heard(from host: String, status: Int, header: (String) -> String?, epochSeconds: Int64) -> Bool {
        let named = Self.retryAfter(header, epochSeconds)
        let left = header("Ratelimit-Remaining")
        let isLimit = status == 429 && named == nil && left != nil && left != "0"
        let reset = header("Ratelimit-Reset").flatMap { UInt32($0) }.map {
            min(Int64($0) - epochSeconds, Self.longestReset)
        }
        let isRefused = status == 429 && !isLimit || status == 503
        let seconds = isRefused ? named ?? reset : left == "0" ? reset : nil
        let moment = now()
        state.withLock { state in
            if let seconds, seconds > 0 {
                let end = moment + min(.seconds(seconds), Self.longestRest)
                state.ends[host] = max(end, state.ends[host] ?? end)
                state.unnamed[host] = nil
            } else if status == 429, !isLimit {
                // All who asked before a rest began are told the same: that is one refusal, not many.
                if let end = state.ends[host], end > moment { return }
                let count = state.unnamed[host] ?? 0
                let pause = Duration.seconds(FeedSessions.pauses[min(count, FeedSessions.pauses.count - 1)])
                state.ends[host] = moment + pause
                state.unnamed[host] = count + 1
            } else {
                state.unnamed[host] = nil
            }
        }
        return isLimit
    }

    /// The seconds until the time that the platform names, or `nil` where it names none; a time may have passed.
    private static func retryAfter(_ header: (String) -> String?, _ epochSeconds: Int64) -> Int64? {
        guard let text = header("Retry-After") else { return nil }
        if let seconds = UInt32(text) { return Int64(seconds) }
        guard let end = HTTPDate.moment(text) else { return nil }
        // By its own clock, where it shows that one: clocks disagree.
        let sent = header("Date").flatMap(HTTPDate.moment) ?? Timestamp(milliseconds: epochSeconds * 1000)
        return (end.milliseconds - sent.milliseconds) / 1000
    }

    /// Scheme, name and port of an address.
    static func host(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let rest = url[scheme.upperBound...]
        return String(url[..<(rest.firstIndex { $0 == "/" || $0 == "?" } ?? url.endIndex)])
    }
}
