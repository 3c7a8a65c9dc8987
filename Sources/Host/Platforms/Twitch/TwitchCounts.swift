import WidgetAPI

/// Followers and subscribers by Helix, of whose lists the totals are wanted and nobody's name.
///
/// Sources: https://dev.twitch.tv/docs/api/reference/#get-channel-followers, which tells its total without a scope, and
/// https://dev.twitch.tv/docs/api/reference/#get-broadcaster-subscriptions
struct TwitchCounts: CountingPlatform {
    let application: PlatformApplication
    let http: PlatformHTTP

    let platform = Platform.twitch

    private static let subscribersScope = "channel:read:subscriptions"

    func numbers(of connection: Connection, with token: Secret) async throws(PlatformFailure) -> AudienceNumbers {
        let broadcaster = connection.platformUserId
        var numbers = AudienceNumbers()
        try await numbers.fill(\.followers) { () async throws(PlatformFailure) in
            try await total(of: "channels/followers", broadcaster, token)
        }
        guard connection.scopes.contains(Self.subscribersScope) else { return numbers }
        try await numbers.fill(\.subscribers) { () async throws(PlatformFailure) in
            try await total(of: "subscriptions", broadcaster, token)
        }
        return numbers
    }

    private func total(
        of list: String,
        _ broadcaster: String,
        _ token: Secret
    ) async throws(PlatformFailure) -> Int64? {
        let query = FormText.encode([("broadcaster_id", broadcaster), ("first", "1")])
        let headers = [("Authorization", "Bearer \(token.exposed)"), ("Client-Id", application.clientId)]
        let url = "\(application.apiURL)/\(list)?\(query)"
        let answer = try await http.send(PlatformRequest(url: url, headers: headers.map { ($0, $1) }))
        switch answer.status {
        case 200:
            guard let total = try AudienceNumbers.number(answer.json["total"]) else {
                throw .unusable(reason: "\(list) without a total")
            }
            return total
        case 401: throw .tokenRefused
        // Not to be had as things are: a channel without subscriptions, or a scope that was taken back.
        case 400, 403, 404: return nil
        default: throw .unusable(reason: "\(answer.status) \(answer.complaint)")
        }
    }
}
