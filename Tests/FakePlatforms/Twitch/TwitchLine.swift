import Foundation
import WidgetAPI

/// Somebody's chat line: the same in the tags of IRC and in the fields of EventSub.
///
/// Sources: https://dev.twitch.tv/docs/chat/irc/#privmsg-tags and
/// https://dev.twitch.tv/docs/eventsub/eventsub-subscription-types/#channelchatmessage
struct TwitchLine {
    let room: FakePlatform.User
    let speaker: FakePlatform.User
    /// Pieces of the text as EventSub lists them.
    let fragments: [JSONValue]
    var id = UUID().uuidString.lowercased()
    var color = "#1E90FF"
    /// Written as `set/version`.
    var badges: [String] = []
    var isAction = false
    /// Tags beside those of every line, or other values of those.
    var tags: [String: String] = [:]
    /// Members of the event beside those of every line, or other values of those.
    var members: JSONObject = [:]

    /// What was written.
    var text: String { fragments.compactMap { $0["text"]?.stringValue }.joined() }

    /// The same line, as both ways tell it.
    var saying: TwitchSaying {
        TwitchSaying(delivery: delivery, line: .init(command: "PRIVMSG", id: id, text: irc))
    }

    private var said: String { isAction ? "\u{1}ACTION \(text)\u{1}" : text }

    // MARK: IRC

    private var irc: String {
        let usual = [
            "badge-info": "", "badges": badges.joined(separator: ","), "color": color, "display-name": speaker.name,
            "emotes": emotes, "first-msg": "0", "flags": "", "id": id, "mod": "0", "returning-chatter": "0",
            "room-id": room.id, "subscriber": "0", "tmi-sent-ts": "\(PlatformClock.now.milliseconds)", "turbo": "0",
            "user-id": speaker.id, "user-type": "",
        ]
        let prefix = "\(speaker.login)!\(speaker.login)@\(speaker.login).tmi.twitch.tv"
        return Self.tagged(usual.merging(tags) { $1 }, ":\(prefix) PRIVMSG #\(room.login) :\(said)")
    }

    /// Written as `id:first-last,first-last/id:…`, counted in code points.
    private var emotes: String {
        var places: [(id: String, ranges: [String])] = []
        var start = 0
        for fragment in fragments {
            let count = fragment["text"]?.stringValue?.unicodeScalars.count ?? 0
            if let id = fragment["emote"]?["id"]?.stringValue {
                let range = "\(start)-\(start + count - 1)"
                if let index = places.firstIndex(where: { $0.id == id }) {
                    places[index].ranges.append(range)
                } else {
                    places.append((id, [range]))
                }
            }
            start += count
        }
        return places.map { "\($0.id):\($0.ranges.joined(separator: ","))" }.joined(separator: "/")
    }

    /// A line with its tags before it, their values escaped.
    static func tagged(_ tags: [String: String], _ line: String) -> String {
        let texts = tags.sorted { $0.key < $1.key }.map { "\($0.key)=\(escaped($0.value))" }
        return "@\(texts.joined(separator: ";")) \(line)"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing(";", with: "\\:").replacing(" ", with: "\\s")
            .replacing("\r", with: "\\r").replacing("\n", with: "\\n")
    }

    // MARK: EventSub

    private var delivery: SignedDelivery {
        var event: JSONObject = [
            "broadcaster_user_id": .string(room.id), "broadcaster_user_login": .string(room.login),
            "broadcaster_user_name": .string(room.name), "chatter_user_id": .string(speaker.id),
            "chatter_user_login": .string(speaker.login),
            "chatter_user_name": .string(speaker.name.isEmpty ? speaker.login : speaker.name),
            "message_id": .string(id), "message": ["text": .string(said), "fragments": .array(fragments)],
            "message_type": "text", "badges": .array(badges.map(Self.badge)), "cheer": .null, "color": .string(color),
            "reply": .null, "channel_points_custom_reward_id": .null, "source_broadcaster_user_id": .null,
            "source_message_id": .null, "source_badges": .null, "is_source_only": .null,
        ]
        for member in members.members { event[member.name] = member.value }
        var delivery = SignedDelivery.notification("channel.chat.message", "1", .object(event), in: room.id)
        delivery.messageId = id
        return delivery
    }

    private static func badge(_ text: String) -> JSONValue {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        return ["set_id": .string(parts[0]), "id": .string(parts[1]), "info": ""]
    }
}
