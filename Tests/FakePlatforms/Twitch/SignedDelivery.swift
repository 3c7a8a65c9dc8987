import Crypto
import Foundation
import WidgetAPI

/// A Twitch delivery as Twitch would post it, signed with the operator's secret.
struct SignedDelivery {
    /// The operator's secret in all tests.
    static let operatorSecret = "a-secret-for-tests"

    var messageId = UUID().uuidString.lowercased()
    var timestamp = PlatformClock.now.iso8601
    var messageType = "notification"
    var type: String
    var version = "1"
    var body: [UInt8]
    var secret = SignedDelivery.operatorSecret

    /// The headers with a correct signature over id, timestamp and body.
    var headers: [(String, String)] {
        let signed = Array(messageId.utf8) + Array(timestamp.utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: Array(secret.utf8)))
        let digits = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return [
            ("Content-Type", "application/json"),
            ("Twitch-Eventsub-Message-Id", messageId),
            ("Twitch-Eventsub-Message-Timestamp", timestamp),
            ("Twitch-Eventsub-Message-Signature", "sha256=\(digits)"),
            ("Twitch-Eventsub-Message-Type", messageType),
            ("Twitch-Eventsub-Subscription-Type", type),
            ("Twitch-Eventsub-Subscription-Version", version),
        ]
    }

    /// A chat line.
    ///
    /// Its message and its delivery have the same id, so that tests find it in the log by that.
    static func chat(_ text: String, by name: String = "viewer", in broadcaster: String = "1234") -> SignedDelivery {
        let id = UUID().uuidString.lowercased()
        let event: JSONValue = [
            "broadcaster_user_id": .string(broadcaster), "chatter_user_id": .string("id-\(name)"),
            "chatter_user_login": .string(name.lowercased()), "chatter_user_name": .string(name),
            "message_id": .string(id),
            "message": ["text": .string(text), "fragments": [["type": "text", "text": .string(text)]]],
            "color": "", "badges": [],
        ]
        var delivery = notification("channel.chat.message", "1", event, in: broadcaster)
        delivery.messageId = id
        return delivery
    }

    /// A new follower.
    static func follow(by name: String, in broadcaster: String = "1234") -> SignedDelivery {
        let event: JSONValue = [
            "user_id": .string("id-\(name)"), "user_login": .string(name.lowercased()), "user_name": .string(name),
            "broadcaster_user_id": .string(broadcaster), "followed_at": .string(PlatformClock.now.iso8601),
        ]
        return notification("channel.follow", "2", event, in: broadcaster)
    }

    /// Bits that a viewer cheered.
    static func cheer(_ bits: Int64, by name: String, in broadcaster: String = "1234") -> SignedDelivery {
        let event: JSONValue = [
            "is_anonymous": false, "user_id": .string("id-\(name)"), "user_login": .string(name.lowercased()),
            "user_name": .string(name), "broadcaster_user_id": .string(broadcaster), "message": "cheers",
            "bits": .integer(bits),
        ]
        return notification("channel.cheer", "1", event, in: broadcaster)
    }

    /// Any notification for a broadcaster.
    static func notification(
        _ type: String,
        _ version: String,
        _ event: JSONValue,
        in broadcaster: String
    ) -> SignedDelivery {
        let body: JSONValue = [
            "subscription": [
                "id": "subscription", "status": "enabled", "type": .string(type), "version": .string(version),
                "condition": [
                    (type == "channel.raid" ? "to_broadcaster_user_id" : "broadcaster_user_id"): .string(broadcaster)
                ],
            ],
            "event": event,
        ]
        return SignedDelivery(type: type, version: version, body: Array(body.text.utf8))
    }
}
