import WidgetAPI

/// Subscribers by Kick's channel (https://docs.kick.com/apis/channels).
///
/// Nothing there tells the followers: those are counted from the streamer's start value on.
struct KickCounts: CountingPlatform {
    let application: PlatformApplication
    let http: PlatformHTTP

    let platform = Platform.kick

    private static let scope = "channel:read"

    func numbers(of connection: Connection, with token: Secret) async throws(PlatformFailure) -> AudienceNumbers {
        var numbers = AudienceNumbers()
        guard connection.scopes.contains(Self.scope) else { return numbers }
        try await numbers.fill(\.subscribers) { () async throws(PlatformFailure) in
            try await subscribers(of: connection.platformUserId, token)
        }
        return numbers
    }

    private func subscribers(of broadcaster: String, _ token: Secret) async throws(PlatformFailure) -> Int64? {
        let query = FormText.encode([("broadcaster_user_id", broadcaster)])
        let headers = [(name: "Authorization", value: "Bearer \(token.exposed)")]
        let url = "\(application.apiURL)/public/v1/channels?\(query)"
        let answer = try await http.send(PlatformRequest(url: url, headers: headers))
        switch answer.status {
        case 200: return try AudienceNumbers.number(answer.json["data"]?.arrayValue?.first?["active_subscribers_count"])
        case 401: throw .tokenRefused
        // Kick's servers answer 403 and 404 on bad days, too.
        default: throw .unusable(reason: "\(answer.status) \(answer.complaint)")
        }
    }
}
