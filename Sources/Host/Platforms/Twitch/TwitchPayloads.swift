import WidgetAPI

/// One notification in the words of the canonical events.
///
/// Source of every shape: https://dev.twitch.tv/docs/eventsub/eventsub-subscription-types/
struct TwitchPayloads {
    let deliveryId: String
    let deliveredAt: Timestamp
    let broadcasterId: String
    let type: String
    let version: String
    let event: JSONValue
    /// Whether pictures can be looked up that the event itself does not bring; else it names none of them.
    let findsPictures: Bool

    /// The events to append, in order.
    ///
    /// A type that nobody here knows, and a version of a known one that reads differently, is kept as it came: an
    /// answer other than 2xx would cost the subscription, and a later release can read the log again.
    func drafts() throws(MalformedDelivery) -> [EventDraft] {
        do {
            return [try known() ?? raw]
        } catch {
            guard version != currentVersion else { throw error }
            return [raw]
        }
    }

    /// The version of each known type that this file was written against.
    private var currentVersion: String {
        type == "channel.follow" || type == "channel.update" ? "2" : "1"
    }

    private var raw: EventDraft {
        draft("platform:raw", ["type": .string(type), "version": .string(version), "event": event])
    }

    private func known() throws(MalformedDelivery) -> EventDraft? {
        switch type {
        case "channel.chat.message": try chatMessage()
        case "channel.chat.message_delete": try chatDeletion()
        case "channel.chat.notification": try chatNotice()
        case "channel.chat.clear": draft(.chatClear, ChatClearing(userId: nil).json)
        case "channel.chat.clear_user_messages": try clearingOfUser()
        case "channel.follow": try follow()
        case "channel.subscribe": try subscription()
        case "channel.subscription.gift": try giftBomb()
        case "channel.subscription.message": try renewal()
        case "channel.cheer": try cheer()
        case "channel.raid": try raid()
        case "channel.channel_points_custom_reward_redemption.add": try redemption()
        case "stream.online": streamOnline()
        case "stream.offline": draft(.streamOffline, ["endedAt": .string(deliveredAt.iso8601)])
        case "channel.update": try channelUpdate()
        default: nil
        }
    }

    /// An event of this delivery; some have an id of their own.
    func draft(_ type: EventType, id: String? = nil, at moment: Timestamp? = nil, _ payload: JSONValue) -> EventDraft {
        EventDraft(
            id: Event.ID(id ?? deliveryId),
            type: type,
            platform: .twitch,
            channelId: broadcasterId,
            occurredAt: moment ?? deliveredAt,
            payload: payload
        )
    }

    var fields: DeliveryFields { DeliveryFields(event, path: "event") }

    /// The person of `<prefix>_id`, `_login` and `_name`.
    func person(_ prefix: String) throws(MalformedDelivery) -> User {
        pictured(try fields.user(prefix))
    }

    private func pictured(_ user: User) -> User {
        var user = user
        if findsPictures { user.avatarUrl = TwitchAvatar(userId: user.id)?.path }
        return user
    }

    private func follow() throws(MalformedDelivery) -> EventDraft {
        draft(.follow, at: fields.moment("followed_at"), Follow(user: try person("user")).json)
    }

    /// A first subscription, or one of the gifts of a bomb.
    ///
    /// Twitch does not say who gave it: the bomb comes as a delivery of its own, in any order.
    /// https://github.com/twitchdev/issues/issues/450
    private func subscription() throws(MalformedDelivery) -> EventDraft {
        let isGift = fields.flag("is_gift")
        let payload = Subscription(
            user: try person("user"),
            kind: isGift ? .gift : .new,
            tier: tier,
            giftCount: isGift ? 1 : nil
        )
        return draft(.subscribe, payload.json)
    }

    private func giftBomb() throws(MalformedDelivery) -> EventDraft {
        let payload = Subscription(
            user: nil,
            kind: .gift,
            tier: tier,
            gifter: giver,
            giftCount: try fields.count("total")
        )
        return draft(.subscribe, payload.json)
    }

    /// A renewal that the subscriber shared in chat; the others are never told.
    private func renewal() throws(MalformedDelivery) -> EventDraft {
        let payload = Subscription(
            user: try person("user"),
            kind: .renewal,
            tier: tier,
            months: fields.optionalCount("cumulative_months"),
            streak: fields.optionalCount("streak_months"),
            message: fields.inner("message").optionalText("text")
        )
        return draft(.subscribe, payload.json)
    }

    private func cheer() throws(MalformedDelivery) -> EventDraft {
        let payload = Tip(
            user: giver,
            amount: Money(minor: Int64(try fields.count("bits")), currency: "BITS"),
            kind: .bits,
            message: fields.optionalText("message")
        )
        return draft(.tip, payload.json)
    }

    private func raid() throws(MalformedDelivery) -> EventDraft {
        let payload = Raid(user: try person("from_broadcaster_user"), viewers: try fields.count("viewers"))
        return draft(.raid, payload.json)
    }

    /// It goes by its own id: now and then one comes in two messages.
    /// https://github.com/twitchdev/issues/issues/918
    private func redemption() throws(MalformedDelivery) -> EventDraft {
        let payload = try fields.redemption(by: person("user"))
        return draft(.redemption, id: fields.optionalText("id"), at: fields.moment("redeemed_at"), payload.json)
    }

    private func streamOnline() -> EventDraft {
        let startedAt = fields.moment("started_at") ?? deliveredAt
        return draft(.streamOnline, at: startedAt, ["startedAt": .string(startedAt.iso8601)])
    }

    private func channelUpdate() throws(MalformedDelivery) -> EventDraft {
        draft(
            .streamUpdate,
            [
                "title": .string(fields.optionalText("title") ?? ""),
                "category": .optional(fields.optionalText("category_name")),
                "language": .optional(fields.optionalText("language")),
            ]
        )
    }

    /// Whoever gave, or `nil` for somebody who wants to stay unknown, even where ids slipped in.
    private var giver: User? {
        fields.flag("is_anonymous") ? nil : fields.optionalUser("user").map(pictured)
    }

    private var tier: String? {
        fields.optionalText("tier").flatMap { ["1000", "2000", "3000"].contains($0) ? $0 : nil }
    }
}
