import WidgetAPI

@testable import Host

/// What Kick posts; every shape after the documented fields.
struct SpokenKick: SpokenPlatform {
    var name: String { "Kick" }
    var platform: Platform { .kick }
    var currency: String { "KICKS" }
    var tellsRenewalWords: Bool { false }

    func required(by type: String) -> Set<String> {
        let own: Set<String> =
            switch type {
            case "chat.message.sent": ["message_id", "content", "sender", "sender.user_id"]
            case "channel.followed": ["follower", "follower.user_id"]
            case "channel.subscription.new", "channel.subscription.renewal": ["subscriber", "subscriber.user_id"]
            case "channel.subscription.gifts": ["giftees", "gifter"]
            case "channel.reward.redemption.updated": ["redeemer", "redeemer.user_id", "reward", "reward.title"]
            case "livestream.status.updated": ["is_live"]
            case "livestream.metadata.updated": ["metadata"]
            case "moderation.banned": ["banned_user", "banned_user.user_id"]
            case "kicks.gifted": ["sender", "gift", "gift.amount"]
            default: []
            }
        return own.union(["broadcaster", "broadcaster.user_id"])
    }

    func choices(of type: String) -> [String] {
        switch type {
        case "chat.message.sent": ["sender.identity.badges.0.type"]
        case "channel.reward.redemption.updated": ["status"]
        case "kicks.gifted": ["gift.type", "gift.tier"]
        default: []
        }
    }

    func body(of spoken: Spoken) -> [UInt8] { Array(spoken.event.text.utf8) }

    func read(_ body: [UInt8], as spoken: Spoken) throws -> [EventDraft] {
        let headers = [
            "Kick-Event-Message-Id": spoken.id, "Kick-Event-Message-Timestamp": spoken.moment,
            "Kick-Event-Signature": "proved elsewhere", "Kick-Event-Type": spoken.type,
            "Kick-Event-Version": spoken.version,
        ]
        do throws(KickDeliveryError) {
            let now = Timestamp(rfc3339: spoken.moment) ?? .now
            let read = try KickDelivery(header: { headers[$0] }, now: now).read(body)
            return read.broadcasterId == Self.broadcasterId ? read.drafts : []
        } catch {
            guard case .malformed(let reason) = error else { throw error }
            throw MalformedDelivery(reason)
        }
    }

    func deliveries(of happening: Happening, _ telling: Telling) -> [Spoken] {
        let (person, moment) = (Self.person(telling), JSONValue.string(telling.moment))
        func said(_ type: String, _ event: JSONObject) -> [Spoken] {
            var event = event
            event["broadcaster"] = Self.person(501, "Harbour")
            return [
                Spoken(
                    id: telling.deliveryId,
                    type: type,
                    version: "1",
                    moment: telling.moment,
                    event: .object(event)
                )
            ]
        }
        switch happening {
        case .chatLine: return said("chat.message.sent", Self.line(telling))
        case .emoteLine:
            var line = Self.line(telling)
            line["content"] = .string("\(telling.text) [emote:\(Telling.emote.id):\(Telling.emote.name)]")
            return said("chat.message.sent", line)
        case .reply:
            var line = Self.line(telling)
            line["replies_to"] = ["message_id": "line-0", "content": "who?", "sender": Self.person(5, "Robin")]
            return said("chat.message.sent", line)
        case .personCleared:
            let metadata: JSONValue = ["reason": "spam", "created_at": moment, "expires_at": .null]
            return said(
                "moderation.banned",
                ["moderator": Self.person(5, "Robin"), "banned_user": person, "metadata": metadata]
            )
        case .follow: return said("channel.followed", ["follower": person])
        case .subscription, .renewal:
            let isNew = happening == .subscription
            return said(
                isNew ? "channel.subscription.new" : "channel.subscription.renewal",
                [
                    "subscriber": person, "duration": .integer(isNew ? 1 : Int64(Telling.months)),
                    "created_at": moment, "expires_at": "2026-04-01T18:00:00Z",
                ]
            )
        case .giftBomb, .anonymousGifts:
            let guests = (1...Telling.giftCount).map { Self.person(Int64(900 + $0), "Guest\($0)") }
            let giver = happening == .giftBomb ? person : Self.nobody
            return said(
                "channel.subscription.gifts",
                ["gifter": giver, "giftees": .array(guests), "created_at": moment, "expires_at": moment]
            )
        case .tip, .anonymousTip:
            let gift: JSONValue = [
                "amount": .integer(Telling.amount), "name": "Rage Quit", "type": "LEVEL_UP", "tier": "MID",
                "message": .string(telling.text), "pinned_time_seconds": 600,
            ]
            let giver = happening == .tip ? person : Self.nobody
            return said("kicks.gifted", ["sender": giver, "gift": gift, "created_at": moment])
        case .redemption:
            let reward: JSONValue = [
                "id": "reward", "title": .string(Telling.reward.title), "cost": .integer(Telling.reward.cost),
                "description": "",
            ]
            return said(
                "channel.reward.redemption.updated",
                [
                    "id": .string(telling.redemptionId), "user_input": .string(telling.text), "status": "pending",
                    "redeemed_at": moment, "reward": reward, "redeemer": person,
                ]
            )
        case .online, .offline:
            let isLive = happening == .online
            return said(
                "livestream.status.updated",
                [
                    "is_live": .bool(isLive), "title": "Boats", "started_at": moment,
                    "ended_at": isLive ? .null : moment,
                ]
            )
        case .update:
            let metadata: JSONValue = [
                "title": .string(telling.text), "language": "en", "has_mature_content": false,
                "category": ["id": 1, "name": "Sailing", "thumbnail": "https://picture.example/1.webp"],
            ]
            return said("livestream.metadata.updated", ["metadata": metadata])
        case .action, .cheeredLine, .notice, .deletion, .chatCleared, .raid: return []
        }
    }

    private static func line(_ telling: Telling) -> JSONObject {
        [
            "message_id": .string(telling.messageId), "replies_to": .null, "sender": person(telling),
            "content": .string(telling.text), "emotes": .null, "created_at": .string(telling.moment),
        ]
    }

    private static func person(_ telling: Telling) -> JSONValue {
        person(Int64(Telling.personId) ?? 0, telling.name)
    }

    private static func person(_ id: Int64, _ name: String) -> JSONValue {
        [
            "is_anonymous": false, "user_id": .integer(id), "username": .string(name), "is_verified": .null,
            "profile_picture": "https://picture.example/1.webp", "channel_slug": "slug",
            "identity": ["username_color": "#FF5733", "badges": [["text": "VIP", "type": "vip"]]],
        ]
    }

    private static let nobody: JSONValue = [
        "is_anonymous": false, "user_id": .null, "username": .null, "channel_slug": .null, "identity": .null,
    ]
}
