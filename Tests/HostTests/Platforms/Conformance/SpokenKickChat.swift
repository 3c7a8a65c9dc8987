import WidgetAPI

@testable import Host

/// What Kick's unofficial socket says of a chat; every shape after what its own page reads.
///
/// An event is what Pusher carries as a text. A clearing goes by its own id and a deletion by its line's, so
/// ``Spoken/id`` is what this way makes of them.
struct SpokenKickChat: SpokenPlatform {
    private static let room = "chatrooms.7.v2"
    private static let message = "ChatMessageEvent"

    var name: String { "Kick's chat" }
    var platform: Platform { .kick }
    var currency: String { "KICKS" }
    var tellsRenewalWords: Bool { false }
    var idMembers: [String] { ["id"] }

    func required(by type: String) -> Set<String> {
        switch type {
        case Self.message: ["id", "content", "sender", "sender.id"]
        case "MessageDeletedEvent": ["message", "message.id"]
        case "UserBannedEvent": ["user", "user.id"]
        default: []
        }
    }

    func choices(of type: String) -> [String] {
        type == Self.message ? ["type", "sender.identity.badges.0.type"] : []
    }

    func body(of spoken: Spoken) -> [UInt8] {
        let frame: JSONValue = [
            "event": .string("App\\Events\\\(spoken.type)"), "data": .string(spoken.event.text),
            "channel": .string(Self.room),
        ]
        return Array(frame.text.utf8)
    }

    func read(_ body: [UInt8], as spoken: Spoken) throws -> [EventDraft] {
        guard case .event(let name, Self.room, let data) = try KickChatFrame(body) else { return [] }
        let sentAt = Timestamp(rfc3339: spoken.moment) ?? .now
        let payloads = KickChatPayloads(
            name: name,
            data: data,
            broadcasterId: Self.broadcasterId,
            // A line says itself when it was written; of all else nobody knows more than when it came.
            receivedAt: spoken.type == Self.message ? sentAt.advanced(byMilliseconds: 9000) : sentAt
        )
        return try payloads.draft().map { [$0] } ?? []
    }

    func deliveries(of happening: Happening, _ telling: Telling) -> [Spoken] {
        let id = JSONValue.string(telling.deliveryId)
        func said(_ type: String, _ id: String, _ event: JSONObject) -> [Spoken] {
            [Spoken(id: id, type: type, version: "1", moment: telling.moment, event: .object(event))]
        }
        switch happening {
        case .chatLine: return said(Self.message, telling.messageId, Self.line(telling))
        case .emoteLine:
            var line = Self.line(telling)
            line["content"] = .string("\(telling.text) [emote:\(Telling.emote.id):\(Telling.emote.name)]")
            return said(Self.message, telling.messageId, line)
        case .reply:
            var line = Self.line(telling)
            line["type"] = "reply"
            line["metadata"] = [
                "original_sender": ["id": 5, "username": "Robin", "slug": "robin"],
                "original_message": ["id": "line-0", "content": "who?"], "message_ref": "1",
            ]
            return said(Self.message, telling.messageId, line)
        case .deletion:
            return said(
                "MessageDeletedEvent",
                "delete:\(telling.messageId)",
                [
                    "id": id, "message": ["id": .string(telling.messageId)], "aiModerated": false,
                    "violatedRules": [],
                ]
            )
        case .personCleared:
            return said(
                "UserBannedEvent",
                "clear:\(telling.deliveryId)",
                [
                    "id": id, "user": Self.person(telling), "permanent": false, "duration": 5,
                    "banned_by": ["id": 5, "username": "Robin", "slug": "robin"],
                    "expires_at": "2026-03-01T18:05:00+00:00",
                ]
            )
        case .chatCleared: return said("ChatroomClearEvent", "clear:\(telling.deliveryId)", ["id": id])
        // Kick posts what it tells of these.
        case .action, .cheeredLine, .notice, .follow, .subscription, .renewal, .giftBomb, .anonymousGifts, .tip,
            .anonymousTip, .raid, .redemption, .online, .offline, .update:
            return []
        }
    }

    private static func line(_ telling: Telling) -> JSONObject {
        [
            "id": .string(telling.messageId), "chatroom_id": 7, "content": .string(telling.text), "type": "message",
            "created_at": .string(telling.moment), "sender": person(telling), "metadata": ["message_ref": "1"],
        ]
    }

    private static func person(_ telling: Telling) -> JSONValue {
        [
            "id": .integer(Int64(Telling.personId) ?? 0), "username": .string(telling.name), "slug": "slug",
            "identity": ["color": "#FF5733", "badges": [["text": "VIP", "type": "vip"]], "badges_v2": []],
        ]
    }
}
