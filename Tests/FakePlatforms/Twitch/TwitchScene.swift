import Foundation
import WidgetAPI

/// What happens in one channel on Twitch.
struct TwitchScene {
    let room: FakePlatform.User

    // MARK: The stream

    func online(_ broadcast: FakePlatform.Broadcast) -> [TwitchSaying] {
        let startedAt = JSONValue.string(broadcast.since.iso8601)
        return [told("stream.online", ["id": .string(broadcast.id), "type": "live", "started_at": startedAt])]
    }

    func offline() -> [TwitchSaying] { [told("stream.offline")] }

    // MARK: People

    func follow(by name: String) -> [TwitchSaying] {
        [
            told(
                "channel.follow",
                person("user", name),
                ["followed_at": .string(PlatformClock.now.iso8601)],
                version: "2"
            )
        ]
    }

    func cheer(_ bits: Int, by name: String) -> [TwitchSaying] {
        let gift: JSONObject = ["is_anonymous": false, "message": "cheers", "bits": .integer(Int64(bits))]
        return [told("channel.cheer", person("user", name), gift)]
    }

    func subscription(by name: String) -> [TwitchSaying] {
        [told("channel.subscribe", person("user", name), ["tier": "1000", "is_gift": false])]
    }

    func redemption(by name: String) -> [TwitchSaying] {
        let id = UUID().uuidString.lowercased()
        let details: JSONObject = [
            "id": .string(id), "user_input": "", "status": "unfulfilled",
            "reward": ["id": "reward", "title": "Hydrate", "cost": 100, "prompt": ""],
            "redeemed_at": .string(PlatformClock.now.iso8601),
        ]
        var saying = told("channel.channel_points_custom_reward_redemption.add", person("user", name), details)
        saying.delivery?.messageId = id
        return [saying]
    }

    /// The raid, and Twitch's own word on it in chat.
    func raid(_ viewers: Int) -> [TwitchSaying] {
        let count: JSONObject = ["viewers": .integer(Int64(viewers))]
        return [
            told("channel.raid", person("from_broadcaster_user", "Harbour"), count),
            notice(
                "raid",
                by: "Harbour",
                as: "raid",
                ["user_id": "id-Harbour", "viewer_count": .integer(Int64(viewers))],
                ["msg-param-displayName": "Harbour", "msg-param-viewerCount": "\(viewers)"]
            ),
        ]
    }

    /// A gift bomb: itself, one subscription for each who gets a gift, and as many words in chat.
    func gifts(_ count: Int, by name: String = "Giver") -> [TwitchSaying] {
        let bomb = UUID().uuidString.lowercased()
        let total = JSONValue.integer(Int64(count))
        let members: JSONObject = ["total": total, "tier": "1000", "cumulative_total": .null, "is_anonymous": false]
        var sayings = [
            told("channel.subscription.gift", person("user", name), members),
            notice(
                "community_sub_gift",
                by: name,
                as: "submysterygift",
                ["id": .string(bomb), "total": total, "sub_tier": "1000", "cumulative_total": .null],
                ["msg-param-mass-gift-count": "\(count)", "msg-param-community-gift-id": bomb]
            ),
        ]
        for number in 1...count {
            let guest = "Guest\(number)"
            sayings.append(
                told("channel.subscribe", person("user", guest), ["tier": "1000", "is_gift": true])
            )
            sayings.append(
                notice(
                    "sub_gift",
                    by: name,
                    as: "subgift",
                    [
                        "community_gift_id": .string(bomb), "sub_tier": "1000", "duration_months": 1,
                        "recipient_user_id": .string("id-\(guest)"), "recipient_user_name": .string(guest),
                        "recipient_user_login": .string(guest.lowercased()),
                    ],
                    ["msg-param-community-gift-id": bomb, "msg-param-recipient-user-name": guest.lowercased()]
                )
            )
        }
        return sayings
    }

    // MARK: Moderators

    func timeout(of name: String) -> [TwitchSaying] { [cleared(name, ["ban-duration": "600"])] }

    func ban(of name: String) -> [TwitchSaying] { [cleared(name, [:])] }

    /// The whole chat is emptied.
    func clearing() -> [TwitchSaying] {
        var saying = told("channel.chat.clear")
        let tags = ["room-id": room.id, "tmi-sent-ts": "\(PlatformClock.now.milliseconds)"]
        let text = TwitchLine.tagged(tags, ":tmi.twitch.tv CLEARCHAT #\(room.login)")
        saying.line = .init(command: "CLEARCHAT", id: "", text: text)
        return [saying]
    }

    func deletion(of messageId: String) -> [TwitchSaying] {
        var saying = told(
            "channel.chat.message_delete",
            person("target_user", "Viewer1"),
            ["message_id": .string(messageId)]
        )
        let tags = [
            "login": "viewer1", "room-id": "", "target-msg-id": messageId,
            "tmi-sent-ts": "\(PlatformClock.now.milliseconds)",
        ]
        let text = TwitchLine.tagged(tags, ":tmi.twitch.tv CLEARMSG #\(room.login) :gone")
        saying.line = .init(command: "CLEARMSG", id: messageId, text: text)
        return [saying]
    }

    /// The room's settings change, and its moderators are told: IRC alone says so, and it is nobody's event.
    func settings() -> [TwitchSaying] {
        let lines = [
            TwitchLine.tagged(["room-id": room.id, "slow": "10"], ":tmi.twitch.tv ROOMSTATE #\(room.login)"),
            TwitchLine.tagged(
                ["msg-id": "slow_on"],
                ":tmi.twitch.tv NOTICE #\(room.login) :This room is now in slow mode."
            ),
            TwitchLine.tagged(
                ["badges": "broadcaster/1", "color": "", "display-name": room.name, "mod": "0", "user-type": ""],
                ":tmi.twitch.tv USERSTATE #\(room.login)"
            ),
        ]
        return zip(["ROOMSTATE", "NOTICE", "USERSTATE"], lines).map { command, text in
            TwitchSaying(delivery: nil, line: .init(command: command, id: "", text: text))
        }
    }

    private func cleared(_ name: String, _ more: [String: String]) -> TwitchSaying {
        var saying = told("channel.chat.clear_user_messages", person("target_user", name))
        let id = Self.id(of: name)
        let usual = [
            "room-id": room.id, "target-user-id": id, "tmi-sent-ts": "\(PlatformClock.now.milliseconds)",
        ]
        let text = ":tmi.twitch.tv CLEARCHAT #\(room.login) :\(name.lowercased())"
        saying.line = .init(command: "CLEARCHAT", id: "", text: TwitchLine.tagged(usual.merging(more) { $1 }, text))
        return saying
    }

    // MARK: Parts

    /// A notification; members of the event come in parts.
    func told(_ type: String, _ parts: JSONObject..., version: String = "1") -> TwitchSaying {
        let prefix = type == "channel.raid" ? "to_broadcaster_user" : "broadcaster_user"
        var event: JSONObject = [
            "\(prefix)_id": .string(room.id), "\(prefix)_login": .string(room.login),
            "\(prefix)_name": .string(room.name),
        ]
        for member in parts.flatMap(\.members) { event[member.name] = member.value }
        return TwitchSaying(delivery: .notification(type, version, .object(event), in: room.id), line: nil)
    }

    func person(_ prefix: String, _ name: String) -> JSONObject {
        [
            "\(prefix)_id": .string(Self.id(of: name)), "\(prefix)_login": .string(name.lowercased()),
            "\(prefix)_name": .string(name),
        ]
    }

    /// Viewers who write lines have numbers; everybody else is called after their name.
    private static func id(of name: String) -> String {
        let number = name.hasPrefix("Viewer") ? Int(name.dropFirst("Viewer".count)) : nil
        return number.map { "\(9000 + $0)" } ?? "id-\(name)"
    }
}
