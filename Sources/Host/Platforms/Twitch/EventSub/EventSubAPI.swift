import NIOHTTP1
import WidgetAPI

/// Making subscriptions (https://dev.twitch.tv/docs/api/reference/#create-eventsub-subscription).
struct EventSubAPI: Sendable {
    let application: PlatformApplication
    let http: PlatformHTTP

    /// What came of a wish.
    enum Outcome: Sendable, Equatable {
        /// Also when it was there already.
        case made
        /// It is not to be had as things are: a scope is missing, or the type has gone.
        case refused(String)
    }

    /// Asks for one type of event with the streamer's own token.
    ///
    /// - Throws: `PlatformFailure.tokenRefused` for a token that has ended.
    func subscribe(
        _ wish: EventSubSubscription,
        of broadcasterId: String,
        session: String,
        with token: Secret
    ) async throws(PlatformFailure) -> Outcome {
        let answer = try await http.send(
            PlatformRequest(
                method: .POST,
                url: "\(application.apiURL)/eventsub/subscriptions",
                headers: [
                    (name: "Authorization", value: "Bearer \(token.exposed)"),
                    (name: "Client-Id", value: application.clientId),
                ],
                json: wish.body(of: broadcasterId, session: session)
            )
        )
        switch answer.status {
        case 202, 409: return .made
        case 401: throw .tokenRefused
        case 400, 403, 404: return .refused("\(answer.status) \(answer.complaint)")
        default: throw .unusable(reason: "\(answer.status) \(answer.complaint)")
        }
    }
}
