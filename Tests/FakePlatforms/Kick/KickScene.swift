import Foundation
import WidgetAPI

/// What happens in one channel on Kick.
struct KickScene {
    let room: FakePlatform.User

    private var broadcaster: JSONValue { KickSamples.person(Int64(room.id) ?? 0, room.name) }

    /// The stream has begun then, or ends now.
    func stream(isLive: Bool, since: Timestamp) -> KickSamples {
        let ended: JSONValue = isLive ? .null : .string(PlatformClock.now.iso8601)
        let startedAt = JSONValue.string(since.iso8601)
        return told(
            "livestream.status.updated",
            ["is_live": .bool(isLive), "title": "Ahoy", "started_at": startedAt, "ended_at": ended]
        )
    }

    /// The line of that number; forty viewers take turns.
    func line(_ number: Int) -> KickSamples {
        let viewer = number % 40
        let identity: JSONValue = [
            "username_color": "#FF5733", "badges": [["text": "Subscriber", "type": "subscriber", "count": 3]],
        ]
        let sender = KickSamples.person(Int64(9000 + viewer), "Viewer\(viewer)", identity: identity)
        // A line has an id of its own; here it is that of the delivery, so that both are found by one.
        let id = UUID().uuidString.lowercased()
        var sample = told(
            "chat.message.sent",
            [
                "message_id": .string(id), "replies_to": .null, "sender": sender,
                "content": .string("line \(number) [emote:37226:KEKW]"), "emotes": .null,
            ]
        )
        sample.messageId = id
        return sample
    }

    func follow(by name: String) -> KickSamples { told("channel.followed", ["follower": person(name)]) }

    func subscription(by name: String) -> KickSamples {
        told("channel.subscription.new", ["subscriber": person(name), "duration": 1])
    }

    func gifts(_ count: Int) -> KickSamples {
        let giftees = (1...count).map { KickSamples.person(Int64(8000 + $0), "Guest\($0)") }
        return told("channel.subscription.gifts", ["gifter": person("Giver"), "giftees": .array(giftees)])
    }

    func kicks(_ amount: Int, by name: String) -> KickSamples {
        told(
            "kicks.gifted",
            ["sender": person(name), "gift": ["amount": .integer(Int64(amount)), "name": "Wave", "message": "ahoy"]]
        )
    }

    func ban(of name: String) -> KickSamples {
        told(
            "moderation.banned",
            [
                "moderator": broadcaster, "banned_user": person(name),
                "metadata": ["reason": "", "created_at": .string(PlatformClock.now.iso8601), "expires_at": .null],
            ]
        )
    }

    private func told(_ type: String, _ members: JSONObject) -> KickSamples {
        var event: JSONObject = ["broadcaster": broadcaster, "created_at": .string(PlatformClock.now.iso8601)]
        for member in members.members { event[member.name] = member.value }
        return KickSamples(type, .object(event))
    }

    /// Everybody has a number; those who write lines have the same here.
    private func person(_ name: String) -> JSONValue {
        let number = name.utf8.reduce(Int64(7)) { ($0 * 31 + Int64($1)) % 100_000 }
        let viewer = name.hasPrefix("Viewer") ? Int64(name.dropFirst("Viewer".count)) : nil
        return KickSamples.person(viewer.map { 9000 + $0 } ?? 100_000 + number, name)
    }
}
