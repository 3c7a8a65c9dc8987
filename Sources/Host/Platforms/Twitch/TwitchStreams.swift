import WidgetAPI

/// Who is on air by Helix, a hundred channels a question, asked for with the application's own token.
///
/// Who is not in the list is off air.
/// Source: https://dev.twitch.tv/docs/api/reference/#get-streams
struct TwitchStreams: StreamingPlatform {
    /// Bytes of a list of a hundred, each with a title and tags.
    private static let sizeLimit = 1 << 20
    /// Nobody sits in front of it.
    private static let patience = Duration.seconds(60)

    let application: PlatformApplication
    let http: PlatformHTTP
    let token: TwitchAppToken

    let platform = Platform.twitch
    let together = 100
    let questionsPerMinute = 60

    func words(on subscribers: [Subscriber]) async throws -> [String: StreamWord] {
        let ids = subscribers.map(\.platformUserId)
        var words = Dictionary(ids.map { ($0, StreamWord.offAir) }) { first, _ in first }
        for stream in try await list(of: ids) {
            let fields = DeliveryFields(stream, path: "stream")
            guard let id = fields.optionalText("user_id") else {
                // It may be anybody's, so of nobody it can be said that they are not there.
                throw PlatformFailure.unusable(reason: "a stream without a user_id")
            }
            words[id] = fields.moment("started_at").map { .onAir(since: $0) }
        }
        return words
    }

    private func list(of ids: [String]) async throws(PlatformFailure) -> [JSONValue] {
        // Without a number Twitch shows the first twenty.
        let query = FormText.encode(ids.map { (name: "user_id", value: $0) } + [(name: "first", value: "\(together)")])
        return try await token.with { token throws(PlatformFailure) in
            let answer = try await http.send(
                PlatformRequest(
                    url: "\(application.apiURL)/streams?\(query)",
                    headers: [
                        (name: "Authorization", value: "Bearer \(token.exposed)"),
                        (name: "Client-Id", value: application.clientId),
                    ],
                    patience: Self.patience,
                    answerLimit: Self.sizeLimit
                )
            )
            guard answer.status != 401 else { throw .tokenRefused }
            guard answer.status == 200, let list = answer.json["data"]?.arrayValue else {
                throw .unusable(reason: "\(answer.status) \(answer.complaint)")
            }
            return list
        }
    }
}
