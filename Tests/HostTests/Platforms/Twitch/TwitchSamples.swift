import Crypto
import WidgetAPI

@testable import Host

/// Deliveries as Twitch would send them, written from the documented fields.
enum TwitchSamples {
    static let secret = "a secret of ours 42"
    static let deliveryId = "9d1f3c52-0f0e-4b7a-a6f5-1c5d2f6b7a10"
    static let sentAt = "2026-03-01T18:00:00.123456789Z"
    static let sentMilliseconds: Int64 = 1_772_388_000_123
    static let now = Timestamp(milliseconds: sentMilliseconds + 2000)

    static func signature() throws -> TwitchSignature {
        TwitchSignature(secret: try TwitchSecret(secret))
    }

    /// The whole body of a notification about broadcaster 501.
    static func notification(
        _ type: String,
        version: String = "1",
        condition: String = #"{"broadcaster_user_id":"501"}"#,
        event: String
    ) -> String {
        """
        {"subscription":{"id":"sub-1","type":"\(type)","version":"\(version)","status":"enabled","cost":0,
        "condition":\(condition),"transport":{"method":"webhook","callback":"https://overlay.example/hook"},
        "created_at":"2026-02-01T00:00:00Z"},"event":\(event)}
        """
    }

    /// The headers of a delivery with that body, rightly signed.
    static func headers(
        body: String,
        type: String = "channel.follow",
        version: String = "2",
        messageType: String = "notification",
        sentAt: String = sentAt
    ) -> [String: String] {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array((deliveryId + sentAt + body).utf8),
            using: SymmetricKey(data: Array(secret.utf8))
        )
        let digits = Array("0123456789abcdef")
        let hex = code.reduce(into: "") { $0 += [digits[Int($1 >> 4)], digits[Int($1 & 15)]] }
        return [
            "Twitch-Eventsub-Message-Id": deliveryId,
            "Twitch-Eventsub-Message-Timestamp": sentAt,
            "Twitch-Eventsub-Message-Signature": "sha256=\(hex)",
            "Twitch-Eventsub-Message-Type": messageType,
            "Twitch-Eventsub-Subscription-Type": type,
            "Twitch-Eventsub-Subscription-Version": version,
        ]
    }

    static func read(
        _ headers: [String: String],
        _ body: String,
        now: Timestamp = now,
        findsPictures: Bool = false
    ) throws -> TwitchDelivery {
        try TwitchDelivery.read(
            header: { headers[$0] },
            body: Array(body.utf8),
            now: now,
            signature: signature(),
            findsPictures: findsPictures
        )
    }

    /// The one event that a notification becomes.
    static func draft(
        _ type: String,
        version: String = "1",
        condition: String = #"{"broadcaster_user_id":"501"}"#,
        event: String,
        findsPictures: Bool = false
    ) throws -> EventDraft? {
        let body = notification(type, version: version, condition: condition, event: event)
        let delivery = try read(
            headers(body: body, type: type, version: version),
            body,
            findsPictures: findsPictures
        )
        guard case .notification("501", let drafts) = delivery, drafts.count == 1 else { return nil }
        return drafts.first
    }

    static let broadcaster = """
        "broadcaster_user_id":"501","broadcaster_user_login":"harbour","broadcaster_user_name":"Harbour"
        """
    static let user = #""user_id":"77","user_login":"mira","user_name":"Mira""#
    static let mira = User(id: "77", login: "mira", displayName: "Mira")
}
