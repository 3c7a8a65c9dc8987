import WidgetAPI

/// Who is on air by Kick's channel, asked for with the streamer's own token (https://docs.kick.com/apis/channels).
///
/// That `start_time` there is the `started_at` of a delivery is nowhere said; they may be three seconds apart.
struct KickStreams: StreamingPlatform {
    private static let scope = "channel:read"
    /// Nobody sits in front of it.
    private static let patience = Duration.seconds(60)

    let application: PlatformApplication
    let http: PlatformHTTP
    let keeper: ConnectionKeeper

    let platform = Platform.kick
    let together = 1
    let questionsPerMinute = 120

    func words(on subscribers: [Subscriber]) async throws -> [String: StreamWord] {
        var words: [String: StreamWord] = [:]
        for subscriber in subscribers where subscriber.scopes.contains(Self.scope) {
            let id = subscriber.platformUserId
            let scope = keeper.scope(subscriber.tenant)
            words[id] = try await keeper.withToken(on: .kick, in: scope) { token in try await word(on: id, token) }
        }
        return words
    }

    private func word(on broadcaster: String, _ token: Secret) async throws(PlatformFailure) -> StreamWord? {
        let query = FormText.encode([(name: "broadcaster_user_id", value: broadcaster)])
        let answer = try await http.send(
            PlatformRequest(
                url: "\(application.apiURL)/public/v1/channels?\(query)",
                headers: [(name: "Authorization", value: "Bearer \(token.exposed)")],
                patience: Self.patience
            )
        )
        switch answer.status {
        case 200: return Self.word(in: answer.json["data"]?.arrayValue?.first?["stream"])
        case 401: throw .tokenRefused
        // Kick's servers answer 403 and 404 on bad days, too.
        default: throw .unusable(reason: "\(answer.status) \(answer.complaint)")
        }
    }

    private static func word(in stream: JSONValue?) -> StreamWord? {
        guard let isLive = stream?["is_live"]?.boolValue else { return nil }
        guard isLive else { return .offAir }
        // Kick writes the year 1 where there is no moment.
        guard let since = DeliveryFields(stream, path: "stream").moment("start_time"), since.milliseconds > 0 else {
            return nil
        }
        return .onAir(since: since)
    }
}
