import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What Twitch tells of a channel, posted or over a socket; every shape after the documented fields.
struct SpokenTwitch: SpokenPlatform {
    enum Way: String, Sendable {
        case webhook, socket
    }

    let way: Way

    var name: String { "Twitch by \(way.rawValue)" }
    var platform: Platform { .twitch }
    var currency: String { "BITS" }
    var tellsRenewalWords: Bool { true }

    func required(by type: String) -> Set<String> {
        switch type {
        case "channel.chat.message": ["message", "message_id", "chatter_user_id"]
        case "channel.chat.message_delete": ["message_id"]
        case "channel.chat.clear_user_messages": ["target_user_id"]
        case "channel.chat.notification": ["notice_type", "message_id", "chatter_user_id"]
        case "channel.follow", "channel.subscribe", "channel.subscription.message": ["user_id"]
        case "channel.subscription.gift": ["total"]
        case "channel.cheer": ["bits"]
        case "channel.raid": ["from_broadcaster_user_id", "viewers"]
        case "channel.channel_points_custom_reward_redemption.add": ["user_id", "reward", "reward.title"]
        default: []
        }
    }

    func choices(of type: String) -> [String] {
        switch type {
        case "channel.chat.message": ["message_type", "message.fragments.0.type", "badges.0.set_id"]
        case "channel.chat.notification": ["notice_type"]
        case "channel.subscribe", "channel.subscription.gift", "channel.subscription.message": ["tier"]
        case "channel.channel_points_custom_reward_redemption.add": ["status"]
        case "stream.online": ["type"]
        default: []
        }
    }

    func body(of spoken: Spoken) -> [UInt8] {
        let raid = spoken.type == "channel.raid"
        let notification: JSONValue = [
            "subscription": [
                "id": "subscription", "type": .string(spoken.type), "version": .string(spoken.version),
                "status": "enabled", "cost": 0,
                "condition": [(raid ? "to_broadcaster_user_id" : "broadcaster_user_id"): .string(Self.broadcasterId)],
                "transport": [
                    "method": "webhook", "callback": "https://callback.example/hook", "secret": "transport-secret",
                ],
                "created_at": "2026-02-01T00:00:00Z",
            ],
            "event": spoken.event,
        ]
        guard way == .socket else { return Array(notification.text.utf8) }
        let frame: JSONValue = [
            "metadata": [
                "message_id": .string(spoken.id), "message_type": "notification",
                "message_timestamp": .string(spoken.moment), "subscription_type": .string(spoken.type),
                "subscription_version": .string(spoken.version),
            ],
            "payload": notification,
        ]
        return Array(frame.text.utf8)
    }

    func read(_ body: [UInt8], as spoken: Spoken) throws -> [EventDraft] {
        guard way == .webhook else {
            guard case .notification(let drafts) = try EventSubMessage(body, of: Self.broadcasterId) else { return [] }
            return drafts
        }
        let delivery = SignedDelivery(
            messageId: spoken.id,
            timestamp: spoken.moment,
            type: spoken.type,
            version: spoken.version,
            body: body
        )
        let headers = Dictionary(delivery.headers) { first, _ in first }
        do throws(TwitchDeliveryError) {
            let read = try TwitchDelivery.read(
                header: { headers[$0] },
                body: body,
                now: Timestamp(rfc3339: spoken.moment) ?? .now,
                signature: TwitchSignature(secret: Self.secret),
                findsPictures: true
            )
            guard case .notification(Self.broadcasterId, let drafts) = read else { return [] }
            return drafts
        } catch {
            guard case .malformed(let reason) = error else { throw error }
            throw MalformedDelivery(reason)
        }
    }

    private static let secret: TwitchSecret = {
        guard let secret = try? TwitchSecret(ServerProcess.secret) else { fatalError("the tests' secret is none") }
        return secret
    }()
}

extension SpokenTwitch {
    func deliveries(of happening: Happening, _ telling: Telling) -> [Spoken] {
        let (person, words) = (Self.person("user", telling), JSONValue.string(telling.text))
        func said(_ type: String, _ event: JSONObject...) -> [Spoken] {
            [Self.spoken(type, telling.deliveryId, telling, event)]
        }
        switch happening {
        case .chatLine: return said("channel.chat.message", Self.line(telling))
        case .reply:
            let reply: JSONValue = [
                "parent_message_id": "line-0", "parent_message_body": "who?", "parent_user_id": "5",
                "parent_user_login": "lev", "parent_user_name": "Lev",
            ]
            return said("channel.chat.message", Self.line(telling), ["reply": reply])
        case .emoteLine:
            let emote: JSONValue = [
                "type": "emote", "text": .string(Telling.emote.name),
                "emote": ["id": .string(Telling.emote.id), "emote_set_id": "0", "owner_id": "0", "format": ["static"]],
            ]
            return said("channel.chat.message", Self.line(telling, emote))
        case .action:
            // Unlike the text, its pieces are not wrapped.
            var line = Self.line(telling)
            line["message"] = line["message"]?.setting("text", to: .string("\u{1}ACTION \(telling.text)\u{1}"))
            return said("channel.chat.message", line)
        case .cheeredLine:
            let cheer: JSONValue = [
                "type": "cheermote", "text": .string(Telling.cheer),
                "cheermote": ["prefix": "cheer", "bits": .integer(Telling.bits), "tier": 1],
            ]
            return said("channel.chat.message", Self.line(telling, cheer), ["cheer": ["bits": .integer(Telling.bits)]])
        case .notice:
            return said(
                "channel.chat.notification",
                Self.line(telling),
                [
                    "chatter_is_anonymous": false, "system_message": "Wren subscribed", "notice_type": "resub",
                    "resub": ["cumulative_months": 7, "streak_months": .null, "sub_tier": "1000", "is_prime": true],
                ]
            )
        case .deletion: return said("channel.chat.message_delete", ["message_id": .string(telling.messageId)])
        case .personCleared: return said("channel.chat.clear_user_messages", Self.person("target_user", telling))
        case .chatCleared: return said("channel.chat.clear", [:])
        case .follow: return said("channel.follow", person, ["followed_at": .string(telling.moment)])
        case .subscription: return said("channel.subscribe", person, ["tier": "2000", "is_gift": false])
        case .renewal:
            return said(
                "channel.subscription.message",
                person,
                [
                    "tier": "1000", "message": ["text": words, "emotes": .null],
                    "cumulative_months": .integer(Int64(Telling.months)), "streak_months": .null, "duration_months": 1,
                ]
            )
        case .giftBomb, .anonymousGifts: return Self.gifts(telling, isAnonymous: happening == .anonymousGifts)
        case .tip, .anonymousTip:
            let isAnonymous = happening == .anonymousTip
            let giver = isAnonymous ? Self.nobody : person
            let gift: JSONObject = [
                "is_anonymous": .bool(isAnonymous), "message": words, "bits": .integer(Telling.amount),
            ]
            return said("channel.cheer", giver, gift)
        case .raid:
            let viewers: JSONObject = ["viewers": .integer(Int64(Telling.viewers))]
            return said("channel.raid", Self.person("from_broadcaster_user", telling), viewers)
        case .redemption:
            return said(
                "channel.channel_points_custom_reward_redemption.add",
                person,
                [
                    "id": .string(telling.redemptionId), "user_input": words, "status": "unfulfilled",
                    "reward": [
                        "id": "reward", "title": .string(Telling.reward.title), "cost": .integer(Telling.reward.cost),
                        "prompt": "",
                    ],
                    "redeemed_at": .string(telling.moment),
                ]
            )
        case .online:
            return said("stream.online", ["id": "9", "type": "live", "started_at": .string(telling.moment)])
        case .offline: return said("stream.offline", ["id": "9"])
        case .update:
            return said(
                "channel.update",
                ["title": words, "language": "en", "category_id": "1", "category_name": "Sailing"]
            )
        }
    }

    /// The bomb, and a delivery for each who gets a gift.
    private static func gifts(_ telling: Telling, isAnonymous: Bool) -> [Spoken] {
        let giver = isAnonymous ? nobody : person("user", telling)
        let count = Telling.giftCount
        let bomb: JSONObject = [
            "total": .integer(Int64(count)), "tier": "1000", "cumulative_total": .null,
            "is_anonymous": .bool(isAnonymous),
        ]
        let received = (1...count).map { number in
            let guest = triple("user", "90\(number)", "Guest\(number)")
            let id = "\(telling.deliveryId)-\(number)"
            return spoken("channel.subscribe", id, telling, [guest, ["tier": "1000", "is_gift": true]])
        }
        return [spoken("channel.subscription.gift", telling.deliveryId, telling, [giver, bomb])] + received
    }

    /// A line, with a piece at its end that is no text.
    private static func line(_ telling: Telling, _ piece: JSONValue? = nil) -> JSONObject {
        var line = person("chatter_user", telling)
        let rest = piece?["text"]?.stringValue.map { " \($0)" } ?? ""
        let beginning = JSONValue.string(telling.text + (rest.isEmpty ? "" : " "))
        let pieces: [JSONValue] = [["type": "text", "text": beginning, "emote": .null]] + (piece.map { [$0] } ?? [])
        line["message_id"] = .string(telling.messageId)
        line["message"] = ["text": .string(telling.text + rest), "fragments": .array(pieces)]
        line["message_type"] = "text"
        line["badges"] = [["set_id": "vip", "id": "1", "info": ""]]
        line["color"] = "#00C8FA"
        line["cheer"] = .null
        line["reply"] = .null
        return line
    }

    private static func person(_ prefix: String, _ telling: Telling) -> JSONObject {
        triple(prefix, Telling.personId, telling.name)
    }

    private static let nobody: JSONObject = ["user_id": .null, "user_login": .null, "user_name": .null]

    private static func triple(_ prefix: String, _ id: String, _ name: String) -> JSONObject {
        var triple = JSONObject()
        triple["\(prefix)_id"] = .string(id)
        triple["\(prefix)_login"] = "login"
        triple["\(prefix)_name"] = .string(name)
        return triple
    }

    private static func spoken(_ type: String, _ id: String, _ telling: Telling, _ parts: [JSONObject]) -> Spoken {
        var event = triple(
            type == "channel.raid" ? "to_broadcaster_user" : "broadcaster_user",
            broadcasterId,
            "Harbour"
        )
        for member in parts.flatMap(\.members) { event[member.name] = member.value }
        let isSecond = ["channel.follow", "channel.update"].contains(type)
        return Spoken(
            id: id,
            type: type,
            version: isSecond ? "2" : "1",
            moment: telling.moment,
            event: .object(event)
        )
    }
}
