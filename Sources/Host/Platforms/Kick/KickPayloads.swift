import WidgetAPI

/// One delivery in the words of the canonical events.
///
/// Source of every shape: https://docs.kick.com/events/event-types
struct KickPayloads {
    let delivery: KickDelivery
    let broadcasterId: String
    let event: JSONValue

    /// The version of every type that this file was written against.
    private static let currentVersion = "1"

    /// The events to append, in order.
    ///
    /// What nobody here knows is kept as it came: an answer other than 2xx would cost the subscription after a day.
    func drafts() throws(MalformedDelivery) -> [EventDraft] {
        do {
            if let drafts = try known() { return drafts }
        } catch {
            guard delivery.version != Self.currentVersion else { throw error }
        }
        return [try raw()]
    }

    /// It stands one object deeper than it came, and what the log holds must be readable.
    private func raw() throws(MalformedDelivery) -> EventDraft {
        let payload: JSONValue = [
            "type": .string(delivery.type), "version": .string(delivery.version), "event": event,
        ]
        guard (try? JSONValue(parsing: payload.text)) != nil else {
            throw MalformedDelivery("\(JSONValue.maximumDepth) objects and arrays stand inside one another in the body")
        }
        return draft("platform:raw", payload)
    }

    private func known() throws(MalformedDelivery) -> [EventDraft]? {
        switch delivery.type {
        case "chat.message.sent": [try chatMessage()]
        case "channel.followed": [draft(.follow, Follow(user: try person("follower")).json)]
        case "channel.subscription.new": [try subscription(.new)]
        case "channel.subscription.renewal": [try subscription(.renewal)]
        case "channel.subscription.gifts": try gifts()
        case "channel.reward.redemption.updated": [try redemption()]
        case "livestream.status.updated": [try liveness()]
        case "livestream.metadata.updated": [try channelUpdate()]
        case "moderation.banned": [draft(.chatClear, ChatClearing(userId: try person("banned_user").id).json)]
        case "kicks.gifted": [try kicks()]
        default: nil
        }
    }

    func draft(_ type: EventType, id: String? = nil, at moment: Timestamp? = nil, _ payload: JSONValue) -> EventDraft {
        EventDraft(
            id: Event.ID(id ?? delivery.messageId),
            type: type,
            platform: .kick,
            channelId: broadcasterId,
            occurredAt: moment ?? delivery.deliveredAt,
            payload: payload
        )
    }

    var fields: DeliveryFields { DeliveryFields(event, path: "body") }

    private func subscription(_ kind: Subscription.Kind) throws(MalformedDelivery) -> EventDraft {
        let payload = Subscription(user: try person("subscriber"), kind: kind, months: fields.optionalCount("duration"))
        return draft(.subscribe, at: fields.moment("created_at"), payload.json)
    }

    /// The bomb, and one gift for each who is known to have got one; Kick tells all of it at once.
    private func gifts() throws(MalformedDelivery) -> [EventDraft] {
        let count = fields.elements("giftees").count
        guard count > 0 else { throw MalformedDelivery("body.giftees is missing or empty") }
        let giftees = fields.elements("giftees").compactMap { User(kick: $0) }
        guard event["gifter"] != nil else { throw MalformedDelivery("body.gifter is missing") }
        let (gifter, id, moment) = (User(kick: event["gifter"]), delivery.messageId, fields.moment("created_at"))
        let bomb = Subscription(
            user: nil,
            kind: .gift,
            gifter: gifter,
            giftId: id,
            giftCount: count,
            recipients: giftees
        )
        let gifts = giftees.enumerated().map { index, user in
            let gift = Subscription(user: user, kind: .gift, gifter: gifter, giftId: id, giftCount: 1)
            return draft(.subscribe, id: "\(id):\(index + 1)", at: moment, gift.json)
        }
        return [draft(.subscribe, at: moment, bomb.json)] + gifts
    }

    /// One redemption goes by its own id, for Kick tells of it again when it is decided.
    ///
    /// An accepted one is the event that it was while it was pending. A rejected one is an event of its own, which
    /// nobody celebrates.
    private func redemption() throws(MalformedDelivery) -> EventDraft {
        let payload = try fields.redemption(by: person("redeemer"))
        let id = payload.status == "rejected" ? nil : fields.optionalText("id")
        return draft(.redemption, id: id, at: fields.moment("redeemed_at"), payload.json)
    }

    private func liveness() throws(MalformedDelivery) -> EventDraft {
        guard let isLive = event["is_live"]?.boolValue else {
            throw MalformedDelivery("body.is_live is missing or neither true nor false")
        }
        let moment = fields.moment(isLive ? "started_at" : "ended_at") ?? delivery.deliveredAt
        let name = isLive ? "startedAt" : "endedAt"
        return draft(isLive ? .streamOnline : .streamOffline, at: moment, [name: .string(moment.iso8601)])
    }

    private func channelUpdate() throws(MalformedDelivery) -> EventDraft {
        guard fields.has("metadata"), event["banned_user"] == nil else {
            throw MalformedDelivery("body.metadata is missing")
        }
        let metadata = fields.inner("metadata")
        let category = metadata.inner("category").optionalText("name")
        return draft(
            .streamUpdate,
            [
                "title": .string(metadata.optionalText("title") ?? ""),
                "category": .optional(category),
                "language": .optional(metadata.optionalText("language")),
            ]
        )
    }

    private func kicks() throws(MalformedDelivery) -> EventDraft {
        let gift = fields.inner("gift")
        guard event["sender"] != nil else { throw MalformedDelivery("body.sender is missing") }
        let payload = Tip(
            user: User(kick: event["sender"]),
            amount: Money(minor: Int64(try gift.count("amount")), currency: "KICKS"),
            kind: .kicks,
            message: gift.optionalText("message")
        )
        return draft(.tip, at: fields.moment("created_at"), payload.json)
    }

    /// Somebody who has to be named, whatever the flag says that Kick sets now and then.
    /// https://github.com/KickEngineering/KickDevDocs/issues/305
    func person(_ name: String) throws(MalformedDelivery) -> User {
        guard let user = User(named: event[name]) else {
            throw MalformedDelivery("body.\(name).user_id is missing, empty or no number")
        }
        return user
    }
}

extension User {
    /// A person as Kick writes them; `nil` for somebody who wants to stay unknown.
    ///
    /// Givers without a name come with `is_anonymous: false` and nothing else now and then.
    /// https://github.com/KickEngineering/KickDevDocs/issues/340
    init?(kick json: JSONValue?) {
        guard json?["is_anonymous"]?.boolValue != true else { return nil }
        self.init(named: json)
    }

    /// A person as Kick writes them; `nil` without an id.
    fileprivate init?(named json: JSONValue?) {
        let fields = DeliveryFields(json, path: "user")
        guard let id = fields.optionalText("user_id") else { return nil }
        let identity = fields.inner("identity")
        self.init(
            kickId: id,
            slug: fields.optionalText("channel_slug"),
            name: fields.optionalText("username"),
            picture: fields.optionalText("profile_picture"),
            color: identity.color("username_color"),
            badges: identity.elements("badges")
        )
    }

    /// A person of whom Kick tells that much, whichever way it does.
    init(kickId id: String, slug: String?, name: String?, picture: String?, color: String?, badges: [JSONValue]) {
        let name = name ?? slug ?? id
        self.init(
            id: id,
            login: slug ?? name.lowercased(),
            displayName: name,
            avatarUrl: picture.flatMap { KickAvatar(address: $0)?.path },
            color: color,
            badges: badges.compactMap(Badge.init(kick:))
        )
        let sets = Set(self.badges.map(\.set))
        roles = Role.allCases.filter { sets.contains($0.rawValue) || $0 == .subscriber && sets.contains("founder") }
    }
}

extension User.Badge {
    /// A badge as Kick writes it; which one of a set is the count of what it stands for.
    fileprivate init?(kick json: JSONValue) {
        let fields = DeliveryFields(json, path: "badge")
        guard let set = fields.optionalText("type") else { return nil }
        self.init(set: set, id: fields.optionalText("count") ?? "1", title: fields.optionalText("text"))
    }
}
