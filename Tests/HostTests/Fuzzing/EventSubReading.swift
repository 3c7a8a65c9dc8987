import Crypto
import WidgetAPI

@testable import Host

/// Reads bytes as what Twitch tells of a channel: as a frame of a socket, and as the body of a signed delivery.
enum EventSubReading {
    private static let broadcasterId = "501"
    private static let secret = "a secret of ours 42"
    private static let sentAt = "2026-03-01T18:00:00.123456789Z"
    private static let now = Timestamp(milliseconds: 1_772_388_002_000)

    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        try checkFrame(bytes)
        // What a delivery is stands outside of what is signed, so any body may come as anything.
        switch bytes.count % 8 {
        case 0: try checkDelivery(bytes, "revocation")
        case 1: try checkDelivery(bytes, "webhook_callback_verification")
        default: try checkDelivery(bytes, "notification")
        }
    }

    private static func checkFrame(_ bytes: [UInt8]) throws(FuzzFinding) {
        let message: EventSubMessage
        do throws(MalformedDelivery) {
            message = try EventSubMessage(bytes, of: broadcasterId)
        } catch {
            return try DraftPromises.check(error.reason)
        }
        try FuzzFinding.unless(
            (try? EventSubMessage(bytes, of: broadcasterId)) == message,
            "a frame that is read twice says the same"
        )
        switch message {
        case .welcome(let session, let seconds):
            try FuzzFinding.unless(!session.isEmpty && (10...600).contains(seconds), "a greeting can be relied on")
        case .reconnect(let address): try FuzzFinding.unless(!address.isEmpty, "a move leads somewhere")
        case .revocation(let type, let status):
            try FuzzFinding.unless(!type.isEmpty && !status.isEmpty, "an end has a type and a reason")
        case .notification(let drafts):
            try DraftPromises.check(drafts, of: .twitch, broadcasterId)
            // The same event by the other way.
            guard let payload = (try? JSONValue(parsing: bytes))?["payload"] else { return }
            let posted = try read(Array(payload.text.utf8), "notification")
            guard case .notification(broadcasterId, let others)? = posted else {
                throw FuzzFinding(description: "what a socket may say may be posted: \(String(describing: posted))")
            }
            try FuzzFinding.unless(
                others.map(\.type) == drafts.map(\.type),
                "what is said is the same event when it is posted"
            )
        case .keepalive, .unknown: break
        }
    }

    private static func checkDelivery(_ body: [UInt8], _ kind: String) throws(FuzzFinding) {
        switch try read(body, kind) {
        case .notification(let broadcasterId, let drafts):
            try FuzzFinding.unless(!broadcasterId.isEmpty, "a delivery is for somebody")
            try DraftPromises.check(drafts, of: .twitch, broadcasterId)
        case .challenge(let text): try FuzzFinding.unless(!text.isEmpty, "a challenge is not empty")
        case .revocation(let type, let status, _):
            try FuzzFinding.unless(!type.isEmpty && !status.isEmpty, "an end has a type and a reason")
        case nil: break
        }
    }

    /// The delivery, or `nil` where it was refused for what it says; it may be refused for nothing else.
    private static func read(_ body: [UInt8], _ kind: String) throws(FuzzFinding) -> TwitchDelivery? {
        guard let known = try? TwitchSecret(secret) else { throw FuzzFinding(description: "the secret is one") }
        let headers = [
            "Twitch-Eventsub-Message-Id": "message-1", "Twitch-Eventsub-Message-Timestamp": sentAt,
            "Twitch-Eventsub-Message-Signature": signature(of: Array("message-1\(sentAt)".utf8) + body),
            "Twitch-Eventsub-Message-Type": kind, "Twitch-Eventsub-Subscription-Type": "channel.follow",
            "Twitch-Eventsub-Subscription-Version": "2",
        ]
        do throws(TwitchDeliveryError) {
            let signature = TwitchSignature(secret: known)
            return try TwitchDelivery.read(
                header: { headers[$0] },
                body: body,
                now: now,
                signature: signature,
                findsPictures: true
            )
        } catch {
            guard case .malformed(let reason) = error else {
                throw FuzzFinding(description: "a delivery that is signed is not refused for its envelope: \(error)")
            }
            try DraftPromises.check(reason)
            return nil
        }
    }

    private static func signature(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        let code = HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: Array(secret.utf8)))
        return code.reduce(into: "sha256=") { $0 += [digits[Int($1 >> 4)], digits[Int($1 & 15)]] }
    }
}
