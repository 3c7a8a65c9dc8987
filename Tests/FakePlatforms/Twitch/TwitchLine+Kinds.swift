import WidgetAPI

/// Lines with every kind of tag that Twitch documents.
extension TwitchLine {
    /// How many kinds there are.
    static let kinds = 18

    /// The line of that number; kinds take turns, and so do forty viewers.
    init(number: Int, in room: FakePlatform.User) {
        let viewer = number % 40
        let speaker = FakePlatform.User(id: "\(9000 + viewer)", login: "viewer\(viewer)", name: "Viewer\(viewer)")
        self.init(kind: number % Self.kinds, "line \(number)", by: speaker, in: room)
    }

    private init(kind: Int, _ words: String, by speaker: FakePlatform.User, in room: FakePlatform.User) {
        switch kind {
        case 1...4: self = Self.badged(kind, words, speaker, room)
        case 5...8: self = Self.pictured(kind, words, speaker, room)
        case 9...13: self = Self.related(kind, words, speaker, room)
        default: self = Self.odd(kind, words, speaker, room)
        }
    }

    /// Those whose writer is somebody in this channel.
    private static func badged(
        _ kind: Int,
        _ words: String,
        _ speaker: FakePlatform.User,
        _ room: FakePlatform.User
    ) -> TwitchLine {
        var line = TwitchLine(room: room, speaker: speaker, fragments: [written(words)])
        switch kind {
        case 1:
            line.badges = ["subscriber/12"]
            line.tags = ["badge-info": "subscriber/14", "subscriber": "1"]
        case 2:
            line.badges = ["moderator/1", "partner/1"]
            line.tags = ["mod": "1", "user-type": "mod"]
        case 3:
            line.badges = ["vip/1", "bits/1000"]
            line.tags = ["vip": "1"]
        default:
            line.badges = ["turbo/1"]
            line.tags = ["turbo": "1", "vip": "0"]
        }
        return line
    }

    /// Those that show a picture.
    private static func pictured(
        _ kind: Int,
        _ words: String,
        _ speaker: FakePlatform.User,
        _ room: FakePlatform.User
    ) -> TwitchLine {
        switch kind {
        case 5:
            // An emoji is one code point, and two units of UTF-16.
            let pieces = [written("\(words) 😂 "), emote("25", "Kappa"), written(" 👩‍🚀 "), emote("25", "Kappa")]
            return TwitchLine(room: room, speaker: speaker, fragments: pieces + [written(" "), emote("1902", "Keepo")])
        case 6:
            var line = TwitchLine(
                room: room,
                speaker: speaker,
                fragments: [emote("25", "Kappa"), written(" "), emote("25", "Kappa")]
            )
            line.tags = ["emote-only": "1"]
            return line
        case 7:
            let cheer: JSONValue = [
                "type": "cheermote", "text": "Cheer100", "cheermote": ["prefix": "Cheer", "bits": 100, "tier": 100],
            ]
            var line = TwitchLine(room: room, speaker: speaker, fragments: [cheer, written(" \(words)")])
            line.tags = ["bits": "100"]
            line.members = ["cheer": ["bits": 100]]
            return line
        default:
            let address = "https://media.example/gif?id=cat&size=small"
            let gif: JSONValue = [
                "type": "gif", "text": "[a cat that waves]", "gif": ["gif_id": "cat", "url": .string(address)],
            ]
            var line = TwitchLine(room: room, speaker: speaker, fragments: [gif, written(" \(words)")])
            line.tags = ["gifs": "0-17|cat|\(address)"]
            return line
        }
    }

    /// Those that belong to something else.
    private static func related(
        _ kind: Int,
        _ words: String,
        _ speaker: FakePlatform.User,
        _ room: FakePlatform.User
    ) -> TwitchLine {
        var line = TwitchLine(room: room, speaker: speaker, fragments: [written(words)])
        switch kind {
        case 9: line.tags = ["first-msg": "1"]
        case 10: line.tags = ["returning-chatter": "1"]
        case 11:
            line.tags = [
                "reply-parent-msg-id": "parent-1", "reply-parent-user-id": "5", "reply-parent-user-login": "lev",
                "reply-parent-display-name": "Lev", "reply-parent-msg-body": #"who; me? a \ b"#,
                "reply-thread-parent-msg-id": "parent-0", "reply-thread-parent-user-login": "mira",
            ]
            line.members = [
                "reply": [
                    "parent_message_id": "parent-1", "parent_message_body": #"who; me? a \ b"#,
                    "parent_user_id": "5", "parent_user_login": "lev", "parent_user_name": "Lev",
                    "thread_message_id": "parent-0", "thread_user_id": "6", "thread_user_login": "mira",
                    "thread_user_name": "Mira",
                ]
            ]
        case 12:
            // Another channel's line in a shared chat.
            line.tags = [
                "source-room-id": "4321", "source-id": "source-\(line.id)", "source-badges": "vip/1",
                "source-badge-info": "", "source-only": "0",
            ]
            line.members = [
                "source_broadcaster_user_id": "4321", "source_broadcaster_user_login": "harbour",
                "source_broadcaster_user_name": "Harbour", "source_message_id": .string("source-\(line.id)"),
                "source_badges": [["set_id": "vip", "id": "1", "info": ""]], "is_source_only": false,
            ]
        default:
            line.tags = ["msg-id": "highlighted-message", "client-nonce": "0123456789abcdef", "flags": "0-3:P.3"]
            line.members = ["message_type": "channel_points_highlighted"]
        }
        return line
    }

    /// Those that are written otherwise, and the plain one.
    private static func odd(
        _ kind: Int,
        _ words: String,
        _ speaker: FakePlatform.User,
        _ room: FakePlatform.User
    ) -> TwitchLine {
        var speaker = speaker
        var fragments = [written(words)]
        switch kind {
        case 15: speaker.name = "観客"
        case 16:
            let mention: JSONValue = [
                "type": "mention", "text": .string("@\(room.login)"),
                "mention": [
                    "user_id": .string(room.id), "user_login": .string(room.login), "user_name": .string(room.name),
                ],
            ]
            fragments = [written("\(words) "), mention]
        case 17: fragments = [written("\(words) https://example.com/a?b=c;d")]
        default: break
        }
        var line = TwitchLine(room: room, speaker: speaker, fragments: fragments)
        line.isAction = kind == 14
        if kind == 15 { line.color = "" }
        return line
    }

    private static func written(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }

    private static func emote(_ id: String, _ name: String) -> JSONValue {
        [
            "type": "emote", "text": .string(name),
            "emote": ["id": .string(id), "emote_set_id": "0", "owner_id": "0", "format": ["static"]],
        ]
    }
}
