import WidgetAPI

/// What Twitch posts to the webhook, verified and understood.
///
/// Source: https://dev.twitch.tv/docs/eventsub/handling-webhook-events/
enum TwitchDelivery: Sendable, Equatable {
    /// A new subscription: this text must be sent back as it is.
    case challenge(String)
    /// A subscription ended; `status` is the reason. Not every subscription has a broadcaster.
    case revocation(type: String, status: String, broadcasterId: String?)
    /// Something happened in that broadcaster's channel.
    case notification(broadcasterId: String, drafts: [EventDraft])

    /// Checks a delivery in the order of the contract and reads it; nothing is decoded before its signature held.
    ///
    /// `header` finds a header's value by its name, whatever its case; `findsPictures` says whether this host can look
    /// pictures up.
    static func read(
        header: (String) -> String?,
        body: some Collection<UInt8>,
        now: Timestamp,
        signature: TwitchSignature,
        findsPictures: Bool
    ) throws(TwitchDeliveryError) -> TwitchDelivery {
        let headers = try Headers(header)
        guard
            signature.accepts(
                signature: headers.signature,
                messageId: headers.messageId,
                timestamp: headers.timestamp,
                body: body
            )
        else { throw .badSignature }
        guard let deliveredAt = Timestamp(rfc3339: headers.timestamp), isFresh(deliveredAt, at: now) else {
            throw .staleTimestamp
        }
        do {
            return try understand(DeliveryFields.object(in: body), headers, deliveredAt, findsPictures)
        } catch {
            throw .malformed(error.reason)
        }
    }

    /// Twitch's advice against replays is 10 minutes; the other direction is for clocks that are wrong.
    private static func isFresh(_ deliveredAt: Timestamp, at now: Timestamp) -> Bool {
        abs(now.milliseconds - deliveredAt.milliseconds) <= 600_000
    }

    /// Reads the body as what the type header says it is.
    ///
    /// The signature does not cover that header, so somebody who recorded a delivery could send it again as another
    /// type: each branch insists on the members that only its own type has.
    private static func understand(
        _ json: JSONValue,
        _ headers: Headers,
        _ deliveredAt: Timestamp,
        _ findsPictures: Bool
    ) throws(MalformedDelivery) -> TwitchDelivery {
        switch headers.messageType {
        case "webhook_callback_verification":
            guard let challenge = json["challenge"]?.stringValue, !challenge.isEmpty else {
                throw MalformedDelivery("challenge is missing, empty or not a text")
            }
            return .challenge(challenge)
        case "revocation":
            guard json["event"] == nil else { throw MalformedDelivery("event is not part of a revocation") }
            let subscription = DeliveryFields(json["subscription"], path: "subscription")
            let type = try subscription.text("type")
            return .revocation(
                type: type,
                status: try subscription.text("status"),
                broadcasterId: subscription.inner("condition")
                    .optionalText(TwitchNotification.broadcasterField(of: type))
            )
        case "notification":
            let named = (headers.subscriptionType, headers.subscriptionVersion)
            let notification = try TwitchNotification(json, named: named)
            return .notification(
                broadcasterId: notification.broadcasterId,
                drafts: try notification.drafts(
                    deliveryId: headers.messageId,
                    deliveredAt: deliveredAt,
                    findsPictures: findsPictures
                )
            )
        default:
            throw MalformedDelivery("Twitch-Eventsub-Message-Type is unknown: \(headers.messageType)")
        }
    }
}

extension TwitchDelivery {
    /// The headers without which a delivery is refused.
    private struct Headers {
        let messageId: String
        let timestamp: String
        let signature: String
        let messageType: String
        let subscriptionType: String
        let subscriptionVersion: String

        init(_ header: (String) -> String?) throws(TwitchDeliveryError) {
            func value(_ name: String) throws(TwitchDeliveryError) -> String {
                guard let value = header(name), !value.isEmpty else { throw .missingHeader(name) }
                return value
            }
            messageId = try value("Twitch-Eventsub-Message-Id")
            timestamp = try value("Twitch-Eventsub-Message-Timestamp")
            signature = try value("Twitch-Eventsub-Message-Signature")
            messageType = try value("Twitch-Eventsub-Message-Type")
            subscriptionType = try value("Twitch-Eventsub-Subscription-Type")
            subscriptionVersion = try value("Twitch-Eventsub-Subscription-Version")
        }
    }
}

/// Why a delivery is refused: the first three as not Twitch's, the last as not understood.
enum TwitchDeliveryError: HostFailure, Equatable {
    case missingHeader(String)
    case badSignature
    case staleTimestamp
    /// Signed, but not what the type promises; says where.
    case malformed(String)

    var code: FailureCode {
        switch self {
        case .missingHeader, .badSignature, .staleTimestamp: .forbidden
        case .malformed: .validation
        }
    }

    var publicMessage: String {
        switch self {
        case .missingHeader(let name): "The header \(name) is missing."
        case .badSignature: "The signature does not fit this delivery."
        case .staleTimestamp:
            "Twitch-Eventsub-Message-Timestamp is no RFC 3339 time within 10 minutes of this host's clock."
        case .malformed(let reason): "This delivery is malformed: \(reason)."
        }
    }
}
