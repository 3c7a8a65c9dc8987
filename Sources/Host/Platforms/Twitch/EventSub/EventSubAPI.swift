import NIOHTTP1
import WidgetAPI

/// Twitch's list of subscriptions (https://dev.twitch.tv/docs/api/reference/#create-eventsub-subscription).
struct EventSubAPI: Sendable {
    /// How long a request waits where Twitch has heard enough for now: nobody sits in front of it.
    fileprivate static let patience = Duration.seconds(60)

    let application: PlatformApplication
    let http: PlatformHTTP

    /// What came of a wish.
    enum Outcome: Sendable, Equatable {
        case made
        /// One was there already: of an attempt whose answer was lost, or one that has ended and stands in the way.
        case existing
        /// It is not to be had as things are: a scope is missing, the type has gone, or there are too many of it.
        case refused(String)
    }

    /// Asks for one type of event: over a socket with the streamer's own token, else with the application's.
    ///
    /// - Throws: `PlatformFailure.tokenRefused` for a token that has ended.
    func subscribe(
        _ wish: EventSubSubscription,
        of broadcasterId: String,
        over transport: EventSubTransport,
        with token: Secret
    ) async throws(PlatformFailure) -> Outcome {
        let answer = try await send(
            .POST,
            "",
            json: wish.body(of: broadcasterId, over: transport),
            patience: transport.patience,
            token
        )
        switch answer.status {
        case 202: return .made
        case 409: return .existing
        case 401: throw .tokenRefused
        case 400, 403, 404, 429: return .refused("\(answer.status) \(answer.complaint)")
        default: throw .unusable(reason: "\(answer.status) \(answer.complaint)")
        }
    }

    /// The application's subscriptions, those that name this user or all of them, page by page.
    func subscriptions(of userId: String? = nil, with token: Secret) async throws(PlatformFailure) -> [EventSubRecord] {
        var records: [EventSubRecord] = []
        var cursor: String?
        repeat {
            let fields = [("user_id", userId), ("after", cursor)].compactMap { name, value in
                value.map { (name: name, value: $0) }
            }
            let answer = try await send(.GET, fields.isEmpty ? "" : "?\(FormText.encode(fields))", token)
            guard answer.status != 401 else { throw .tokenRefused }
            guard answer.status == 200, let list = answer.json["data"]?.arrayValue else {
                throw .unusable(reason: "\(answer.status) \(answer.complaint)")
            }
            records += list.compactMap(EventSubRecord.init)
            let next = answer.json["pagination"]?["cursor"]?.stringValue
            // A cursor that leads nowhere would lead there for ever.
            cursor = list.isEmpty || next == cursor ? nil : next
        } while cursor != nil
        return records
    }

    /// Ends a subscription, if there is one with this id.
    func end(_ id: String, with token: Secret) async throws(PlatformFailure) {
        let answer = try await send(.DELETE, "?\(FormText.encode([("id", id)]))", token)
        switch answer.status {
        case 204, 404: return
        case 401: throw .tokenRefused
        default: throw .unusable(reason: "\(answer.status) \(answer.complaint)")
        }
    }

    private func send(
        _ method: HTTPMethod,
        _ query: String,
        json: JSONValue? = nil,
        patience: Duration = Self.patience,
        _ token: Secret
    ) async throws(PlatformFailure) -> PlatformAnswer {
        try await http.send(
            PlatformRequest(
                method: method,
                url: "\(application.apiURL)/eventsub/subscriptions\(query)",
                headers: [
                    (name: "Authorization", value: "Bearer \(token.exposed)"),
                    (name: "Client-Id", value: application.clientId),
                ],
                json: json,
                patience: patience
            )
        )
    }
}

/// How Twitch brings events.
enum EventSubTransport: Sendable {
    /// Over a socket that it has greeted.
    case socket(session: String)
    /// Posted to an address (HTTPS, port 443), signed with a secret.
    case webhook(callback: String, TwitchSecret)

    /// How long a wish may wait: a socket that has asked for nothing within ten seconds is closed.
    fileprivate var patience: Duration {
        switch self {
        case .socket: .seconds(5)
        case .webhook: EventSubAPI.patience
        }
    }

    /// As it stands in a wish.
    var json: JSONValue {
        switch self {
        case .socket(let session): ["method": "websocket", "session_id": .string(session)]
        case .webhook(let callback, let secret):
            [
                "method": "webhook", "callback": .string(callback),
                "secret": .string(String(decoding: secret.bytes, as: UTF8.self)),
            ]
        }
    }
}
