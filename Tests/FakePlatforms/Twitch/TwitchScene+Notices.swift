import Foundation
import WidgetAPI

/// What Twitch itself says in chat (https://dev.twitch.tv/docs/chat/irc/#usernotice-tags).
extension TwitchScene {
    /// A notice of every kind, one each.
    func notices() -> [TwitchSaying] {
        let months: [String: String] = ["msg-param-cumulative-months": "7", "msg-param-sub-plan": "1000"]
        let gifter: JSONValue = ["gifter_is_anonymous": false, "gifter_user_name": "Giver"]
        return [
            notice(
                "sub",
                by: "Wren",
                as: "sub",
                ["sub_tier": "1000", "is_prime": true],
                ["msg-param-sub-plan": "Prime"]
            ),
            notice(
                "resub",
                by: "Lev",
                as: "resub",
                ["cumulative_months": 7, "streak_months": .null, "sub_tier": "1000", "is_prime": false],
                months,
                said: "seven already"
            ),
            notice("gift_paid_upgrade", by: "Mira", as: "giftpaidupgrade", gifter, ["msg-param-sender-name": "Giver"]),
            notice("gift_paid_upgrade", by: "Noor", as: "anongiftpaidupgrade", gifter, [:]),
            notice("pay_it_forward", by: "Odo", as: "communitypayforward", gifter, [:]),
            notice("prime_paid_upgrade", by: "Pia", as: "primepaidupgrade", ["sub_tier": "1000"], [:]),
            notice("rewardgift", by: "Quin", as: "rewardgift", [:], [:]),
            notice("unraid", by: "Rune", as: "unraid", [:], [:]),
            notice("bits_badge_tier", by: "Sol", as: "bitsbadgetier", ["tier": 1000], ["msg-param-threshold": "1000"]),
            notice(
                "announcement",
                by: "Tove",
                as: "announcement",
                ["color": "BLUE"],
                ["msg-param-color": "BLUE"],
                said: "soon there is cake"
            ),
            notice("modiversary", by: "Uma", as: "modiversary", ["months": 12], ["msg-param-months": "12"]),
            notice(
                "watch_streak",
                by: "Vik",
                as: "viewermilestone",
                ["streak_count": 5, "channel_points_awarded": 350],
                ["msg-param-category": "watch-streak", "msg-param-value": "5"]
            ),
            notice(
                "shared_chat_sub",
                by: "Xena",
                as: "sharedchatnotice",
                ["sub_tier": "1000", "is_prime": false],
                ["source-msg-id": "sub", "source-room-id": "4321", "source-id": "source-notice"]
            ),
        ]
    }

    /// One notice: EventSub's word for it, the tag `msg-id`, the details of both, and what the viewer wrote with it.
    func notice(
        _ kind: String,
        by name: String,
        as word: String,
        _ details: JSONValue,
        _ tags: [String: String],
        said: String = ""
    ) -> TwitchSaying {
        let id = UUID().uuidString.lowercased()
        let members: JSONObject = [
            "chatter_is_anonymous": false, "color": "", "badges": .array([]), "message_id": .string(id),
            "system_message": .string("\(name) did it"), "notice_type": .string(kind),
            "message": ["text": .string(said), "fragments": .array([])], kind: details,
        ]
        let usual = [
            "badge-info": "", "badges": "", "color": "", "display-name": name, "emotes": "", "flags": "", "id": id,
            "login": name.lowercased(), "mod": "0", "msg-id": word, "room-id": room.id, "subscriber": "0",
            "system-msg": "\(name) did it", "tmi-sent-ts": "\(PlatformClock.now.milliseconds)",
            "user-id": "id-\(name)", "user-type": "",
        ]
        let end = said.isEmpty ? "" : " :\(said)"
        let text = TwitchLine.tagged(usual.merging(tags) { $1 }, ":tmi.twitch.tv USERNOTICE #\(room.login)\(end)")
        var saying = told("channel.chat.notification", person("chatter_user", name), members)
        saying.line = .init(command: "USERNOTICE", id: id, text: text)
        return saying
    }
}
