import WidgetAPI

/// What Twitch says on an EventSub socket.
///
/// Source: https://dev.twitch.tv/docs/eventsub/websocket-reference/
enum EventSubMessage: Sendable, Equatable {
    /// The socket is ready: subscriptions may be made for this session. Twitch says something at least that often.
    case welcome(session: String, keepaliveSeconds: Int64)
    case keepalive
    /// Go on at this address; subscriptions come along.
    case reconnect(address: String)
    /// Something happened in that broadcaster's channel.
    case notification(drafts: [EventDraft])
    /// A subscription ended; `status` is the reason.
    case revocation(type: String, status: String)
    /// A kind of message that nobody here knows.
    case unknown(String)

    /// The documented bounds of the keepalive time; a socket that names another one is taken at the nearest.
    static let keepaliveSeconds: ClosedRange<Int64> = 10...600

    /// Reads a frame that came to a socket of that broadcaster.
    init(_ bytes: some Collection<UInt8>, of broadcasterId: String) throws(MalformedDelivery) {
        let json = try DeliveryFields.object(in: bytes)
        let metadata = DeliveryFields(json["metadata"], path: "metadata")
        let payload = DeliveryFields(json["payload"], path: "payload")
        switch try metadata.text("message_type") {
        case "session_welcome":
            let session = payload.inner("session")
            let seconds = Int64(session.optionalCount("keepalive_timeout_seconds") ?? 10)
            let bounds = Self.keepaliveSeconds
            self = .welcome(
                session: try session.text("id"),
                keepaliveSeconds: min(max(seconds, bounds.lowerBound), bounds.upperBound)
            )
        case "session_keepalive": self = .keepalive
        case "session_reconnect": self = .reconnect(address: try payload.inner("session").text("reconnect_url"))
        case "revocation":
            let subscription = payload.inner("subscription")
            self = .revocation(type: try subscription.text("type"), status: try subscription.text("status"))
        case "notification":
            self = .notification(drafts: try Self.drafts(json["payload"], metadata, broadcasterId))
        case let other: self = .unknown(other)
        }
    }

    private static func drafts(
        _ payload: JSONValue?,
        _ metadata: DeliveryFields,
        _ broadcasterId: String
    ) throws(MalformedDelivery) -> [EventDraft] {
        guard let deliveredAt = metadata.moment("message_timestamp") else {
            throw MalformedDelivery("metadata.message_timestamp is missing or no RFC 3339 time")
        }
        let notification = try TwitchNotification(payload ?? .null)
        // The session is that streamer's own, so anything else would be somebody else's event.
        guard notification.broadcasterId == broadcasterId else {
            throw MalformedDelivery("payload.subscription.condition names another broadcaster")
        }
        return try notification.drafts(
            deliveryId: metadata.text("message_id"),
            deliveredAt: deliveredAt,
            // A socket is the application's, and so is what looks pictures up.
            findsPictures: true
        )
    }
}
