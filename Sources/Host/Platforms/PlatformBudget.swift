import Synchronization

/// How long platforms want to be left alone, for all who ask them in this host's name (NFR19).
///
/// A platform counts what an application asks, whoever it asks for: when it says that this was enough, everybody waits,
/// and nobody tries whether it meant somebody else. A host at one address is one platform's.
final class PlatformBudget: Sendable {
    /// The longest rest that is believed; a platform that names a longer one is asked again after it.
    static let longestRest = Duration.seconds(3600)
    /// Twitch counts by the minute; a reset that is later than that tells of clocks that disagree.
    private static let longestReset: Int64 = 60

    private let rests = Mutex<[String: ContinuousClock.Instant]>([:])

    /// What is left of the rest that the platform at that address wants, or `nil` where it may be asked.
    func rest(at host: String) -> Duration? {
        rests.withLock { rests in
            guard let end = rests[host] else { return nil }
            let left = end - .now
            guard left > .zero else {
                rests[host] = nil
                return nil
            }
            return left
        }
    }

    /// Takes from an answer whether its platform wants to be left alone.
    ///
    /// `Retry-After` in seconds (RFC 9110, section 10.2.3) goes with 429 and 503. Twitch tells with each answer how
    /// many requests are left (`Ratelimit-Remaining`) and when there are more (`Ratelimit-Reset`, in seconds of 1970):
    /// https://dev.twitch.tv/docs/api/guide/#twitch-rate-limits
    /// `epochSeconds` is now, on the clock that everybody shares.
    ///
    /// - Returns: whether a 429 is about something else: Twitch says so of a fourth subscription of a kind, too, while
    ///   requests are left.
    @discardableResult
    func heard(from host: String, status: Int, header: (String) -> String?, epochSeconds: Int64) -> Bool {
        let named = header("Retry-After").flatMap { UInt32($0) }.map { Int64($0) }
        let left = header("Ratelimit-Remaining")
        guard status != 429 || named != nil || left == nil || left == "0" else { return true }
        let isRefused = status == 429 || status == 503
        guard isRefused || left == "0" else { return false }
        let reset = header("Ratelimit-Reset").flatMap { UInt32($0) }.map {
            min(Int64($0) - epochSeconds, Self.longestReset)
        }
        guard let seconds = isRefused ? named ?? reset : reset, seconds > 0 else { return false }
        let end = ContinuousClock.now + min(.seconds(seconds), Self.longestRest)
        rests.withLock { $0[host] = max(end, $0[host] ?? end) }
        return false
    }

    /// Scheme, name and port of an address.
    static func host(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let rest = url[scheme.upperBound...]
        return String(url[..<(rest.firstIndex { $0 == "/" || $0 == "?" } ?? url.endIndex)])
    }
}
