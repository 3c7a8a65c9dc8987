import WidgetAPI

/// The envelope of what Kick posts to the webhook.
///
/// Source: https://docs.kick.com/events/webhook-security
struct KickDelivery: Sendable, Equatable {
    /// Kick's id of this message; a message that is sent again keeps it.
    let messageId: String
    /// In base64.
    let signature: String
    /// As it was written, for the signature covers it so.
    let timestamp: String
    let deliveredAt: Timestamp
    let type: String
    let version: String

    /// The contract's limits: a day, for Kick does not say how long it tries again, and five minutes for clocks that
    /// are wrong.
    static let oldestMilliseconds: Int64 = 86_400_000
    static let farthestAheadMilliseconds: Int64 = 300_000

    /// Reads the headers, which must all be there; `header` finds a value by its name, whatever its case.
    init(header: (String) -> String?, now: Timestamp) throws(KickDeliveryError) {
        func value(_ name: String) throws(KickDeliveryError) -> String {
            guard let value = header(name), !value.isEmpty else { throw .missingHeader(name) }
            return value
        }
        messageId = try value("Kick-Event-Message-Id")
        timestamp = try value("Kick-Event-Message-Timestamp")
        signature = try value("Kick-Event-Signature")
        type = try value("Kick-Event-Type")
        version = try value("Kick-Event-Version")
        guard let moment = Timestamp(rfc3339: timestamp) else { throw .staleTimestamp }
        let age = now.milliseconds - moment.milliseconds
        guard (-Self.farthestAheadMilliseconds...Self.oldestMilliseconds).contains(age) else { throw .staleTimestamp }
        deliveredAt = moment
    }

    /// What the signature is made of: id, timestamp and body, with dots between them.
    ///
    /// Type and version are not among them, so the body has to prove its type.
    func signed(_ body: some Collection<UInt8>) -> [UInt8] {
        Array("\(messageId).\(timestamp).".utf8) + body
    }

    /// Reads a body whose signature held.
    func read(
        _ body: some Collection<UInt8>
    ) throws(KickDeliveryError) -> (broadcasterId: String, drafts: [EventDraft]) {
        do {
            let json = try DeliveryFields.object(in: body)
            let broadcasterId = try DeliveryFields(json["broadcaster"], path: "broadcaster").text("user_id")
            let payloads = KickPayloads(delivery: self, broadcasterId: broadcasterId, event: json)
            return (broadcasterId, try payloads.drafts())
        } catch {
            throw .malformed(error.reason)
        }
    }
}

/// Why a delivery is refused: the first three as not Kick's, the last as not understood.
enum KickDeliveryError: HostFailure, Equatable {
    case missingHeader(String)
    case badSignature
    case staleTimestamp
    /// Signed, but not what the type promises; says where.
    case malformed(String)

    var code: FailureCode {
        switch self {
        case .missingHeader, .badSignature, .staleTimestamp: .unauthorized
        case .malformed: .validation
        }
    }

    var publicMessage: String {
        switch self {
        case .missingHeader(let name): "The header \(name) is missing."
        case .badSignature: "The signature does not fit this delivery."
        case .staleTimestamp:
            "Kick-Event-Message-Timestamp is no RFC 3339 time within the last 24 hours and the next 5 minutes."
        case .malformed(let reason): "This delivery is malformed: \(reason)."
        }
    }
}
