import Crypto
import CryptoExtras
import Foundation
import WidgetAPI

/// Deliveries as Kick would post them, signed with a key of the tests' own.
struct KickSamples {
    /// Making a key takes a while, so all tests share one.
    static let signer = signerOfNobody()
    /// A moment at which all unit tests live.
    static let sentAt = "2026-03-01T18:00:00Z"

    var messageId = UUID().uuidString.lowercased()
    var timestamp = PlatformClock.now.iso8601
    var type: String
    var version = "1"
    var body: [UInt8]
    var signer = KickSamples.signer

    init(_ type: String, _ event: JSONValue) {
        self.type = type
        body = Array(event.text.utf8)
    }

    /// What fits it, in PEM.
    static var publicKey: String? { publicKey(of: signer) }

    static func publicKey(of signer: _RSA.Signing.PrivateKey?) -> String? { signer?.publicKey.pemRepresentation }

    /// A key that the host does not know.
    static func signerOfNobody() -> _RSA.Signing.PrivateKey? {
        try? _RSA.Signing.PrivateKey(keySize: .bits2048)
    }

    /// The headers, with a correct signature.
    var headers: [(String, String)] {
        let digest = SHA256.hash(data: Array("\(messageId).\(timestamp).".utf8) + body)
        let signature = try? signer?.signature(for: digest, padding: .insecurePKCS1v1_5)
        return [
            ("Content-Type", "application/json"), ("Kick-Event-Message-Id", messageId),
            ("Kick-Event-Subscription-Id", "subscription"), ("Kick-Event-Message-Timestamp", timestamp),
            ("Kick-Event-Signature", signature?.rawRepresentation.base64EncodedString() ?? ""),
            ("Kick-Event-Type", type), ("Kick-Event-Version", version),
        ]
    }

    // MARK: What happens in a channel

    static let broadcaster: JSONValue = person(501, "Harbour")

    static func person(
        _ id: Int64,
        _ name: String,
        isAnonymous: Bool = false,
        identity: JSONValue = .null
    ) -> JSONValue {
        [
            "is_anonymous": .bool(isAnonymous), "user_id": .integer(id), "username": .string(name),
            "is_verified": false, "profile_picture": "https://example.com/picture.webp",
            "channel_slug": .string(name.lowercased()), "identity": identity,
        ]
    }

    static let nobody: JSONValue = [
        "is_anonymous": false, "user_id": .null, "username": .null, "channel_slug": .null, "identity": .null,
    ]

    static func chat(_ content: String, id: String = "line-1", by sender: JSONValue? = nil) -> KickSamples {
        KickSamples(
            "chat.message.sent",
            [
                "message_id": .string(id), "replies_to": .null, "broadcaster": broadcaster,
                "sender": sender ?? person(77, "Wren"), "content": .string(content), "emotes": .null,
                "created_at": .string(sentAt),
            ]
        )
    }

    static func follow(by name: String = "Wren") -> KickSamples {
        KickSamples("channel.followed", ["broadcaster": broadcaster, "follower": person(77, name)])
    }

    static func gifts(by gifter: JSONValue, to names: [String]) -> KickSamples {
        let giftees = names.enumerated().map { person(Int64(900 + $0), $1) }
        return KickSamples(
            "channel.subscription.gifts",
            [
                "broadcaster": broadcaster, "gifter": gifter, "giftees": .array(giftees),
                "created_at": .string(sentAt), "expires_at": "2026-04-01T18:00:00Z",
            ]
        )
    }
}
