import WidgetAPI

/// What a notification says, whichever way it came: `{subscription,event}`.
struct TwitchNotification: Sendable, Equatable {
    let broadcasterId: String
    private let type: String
    private let version: String
    private let event: JSONValue

    /// Reads it; `named` is what stands beside it, outside of what is signed, so the notification has the last word.
    init(_ json: JSONValue, named: (type: String, version: String)? = nil) throws(MalformedDelivery) {
        let subscription = DeliveryFields(json["subscription"], path: "subscription")
        if let named {
            type = subscription.optionalText("type") ?? named.type
            version = subscription.optionalText("version") ?? named.version
        } else {
            type = try subscription.text("type")
            version = try subscription.text("version")
        }
        broadcasterId = try subscription.inner("condition").text(Self.broadcasterField(of: type))
        // Batched types (drops) carry `events`; none of them is known here, so the list is stored as it came.
        guard let event = json["event"] ?? json["events"], !event.isNull else {
            throw MalformedDelivery("event is missing")
        }
        self.event = event
    }

    /// The events to append, in order; `findsPictures` says whether this host can look pictures up.
    func drafts(
        deliveryId: String,
        deliveredAt: Timestamp,
        findsPictures: Bool
    ) throws(MalformedDelivery) -> [EventDraft] {
        let payloads = TwitchPayloads(
            deliveryId: deliveryId,
            deliveredAt: deliveredAt,
            broadcasterId: broadcasterId,
            type: type,
            version: version,
            event: event,
            findsPictures: findsPictures
        )
        return try payloads.drafts()
    }

    /// The member of a condition that names whose channel it is.
    static func broadcasterField(of type: String) -> String {
        type == "channel.raid" ? "to_broadcaster_user_id" : "broadcaster_user_id"
    }
}
