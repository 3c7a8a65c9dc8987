import WidgetAPI

/// What a streamer's login with a platform gave this host.
struct Connection: Sendable {
    enum Status: String, Sendable {
        case connected
        /// The platform takes neither token any more.
        case needsLogin = "needs-login"
    }

    let platform: Platform
    let platformUserId: String
    let accessToken: Secret
    let refreshToken: Secret?
    let scopes: [String]
    let status: Status
    /// Counts the tokens that were stored; who saw an older one knows that theirs has been replaced.
    let generation: Int64
    let expiresAt: Timestamp?
}

/// When something has to be done about a connection.
struct ConnectionSchedule: Sendable, Equatable {
    /// Twitch wants every token validated once an hour.
    static let validationMilliseconds: Int64 = 3_600_000
    /// Longest time before the end of a token at which it is renewed.
    static let leadMilliseconds: Int64 = 600_000

    let expiresAt: Timestamp?
    let refreshAt: Timestamp?
    let validateAt: Timestamp?

    /// For tokens of that lifetime; `jitter` from 0 to 1 keeps a thousand streamers of one evening apart.
    init(lifetimeSeconds: Int64?, wantsValidation: Bool, now: Timestamp, jitter: Double) {
        let lifetime = lifetimeSeconds.map { $0 * 1000 }
        expiresAt = lifetime.map(now.advanced(byMilliseconds:))
        refreshAt = lifetime.map { lifetime in
            let lead = min(Self.leadMilliseconds, lifetime / 4)
            return now.advanced(byMilliseconds: lifetime - lead - Int64(Double(lead) * jitter / 2))
        }
        // Never later than the hour.
        let early = Int64(Double(Self.validationMilliseconds) * jitter / 10)
        validateAt = wantsValidation ? now.advanced(byMilliseconds: Self.validationMilliseconds - early) : nil
    }
}

/// Why a connection is not changed.
enum ConnectionError: HostFailure, Equatable {
    case last
    case unknown(String)

    var code: FailureCode {
        switch self {
        case .last: .conflict
        case .unknown: .notFound
        }
    }

    var publicMessage: String {
        switch self {
        case .last: "You must have at least one platform connected."
        case .unknown(let name): "\(name): no platform of this name is connected."
        }
    }
}
