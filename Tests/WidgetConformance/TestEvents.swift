import WidgetAPI

/// Events as the host would hand them over; ``WidgetRun`` gives them their time.
package enum TestEvents {
    package static func chatMessage(
        _ id: String,
        _ text: String = "hello",
        from user: User? = user("Aurora99"),
        on platform: String = "twitch",
        fragments: [ChatMessage.Fragment]? = nil,
        isAction: Bool = false,
        replyTo: ChatMessage.Reply? = nil,
        isTest: Bool = false
    ) -> Event {
        let message = ChatMessage(
            messageId: id,
            user: user,
            text: text,
            fragments: fragments,
            isAction: isAction,
            replyTo: replyTo
        )
        return event(id, .chatMessage, message, on: platform, isTest: isTest)
    }

    package static func deletion(of messageId: String, on platform: String = "twitch") -> Event {
        event("deletion of \(messageId)", .chatDelete, ChatDeletion(messageId: messageId), on: platform)
    }

    package static func clearing(of userId: String?, on platform: String = "twitch") -> Event {
        event("clearing", .chatClear, ChatClearing(userId: userId), on: platform)
    }

    package static func follow(
        _ id: String,
        by name: String = "Aurora99",
        on platform: String = "twitch",
        isTest: Bool = false
    ) -> Event {
        event(id, .follow, Follow(user: user(name)), on: platform, isTest: isTest)
    }

    /// A platform's own numbers; `nil` where it does not tell one.
    package static func counts(
        followers: Int? = nil,
        subscribers: Int? = nil,
        on platform: String = "twitch",
        isTest: Bool = false
    ) -> Event {
        var event = follow("counts", on: platform, isTest: isTest)
        event.type = .counts
        event.payload = ["followers": .optional(followers), "subscribers": .optional(subscribers)]
        return event
    }

    package static func subscription(
        _ id: String,
        _ kind: Subscription.Kind = .new,
        by name: String = "Aurora99",
        tier: String? = "1000",
        months: Int? = nil,
        message: String? = nil,
        isTest: Bool = false
    ) -> Event {
        let subscription = Subscription(user: user(name), kind: kind, tier: tier, months: months, message: message)
        return event(id, .subscribe, subscription, isTest: isTest)
    }

    package static func giftBomb(
        _ id: String,
        of count: Int,
        by name: String? = "Nova",
        tier: String? = "1000",
        giftId: String? = nil,
        isTest: Bool = false
    ) -> Event {
        let bomb = Subscription(
            user: nil,
            kind: .gift,
            tier: tier,
            gifter: name.map { user($0) },
            giftId: giftId,
            giftCount: count
        )
        return event(id, .subscribe, bomb, isTest: isTest)
    }

    package static func gift(
        _ id: String,
        to name: String,
        by giver: String? = "Nova",
        tier: String? = "1000",
        giftId: String? = nil,
        on platform: String = "twitch"
    ) -> Event {
        let gift = Subscription(
            user: user(name),
            kind: .gift,
            tier: tier,
            gifter: giver.map { user($0) },
            giftId: giftId,
            giftCount: 1
        )
        return event(id, .subscribe, gift, on: platform)
    }

    package static func tip(
        _ id: String,
        _ minor: Int64,
        _ currency: String = "USD",
        kind: Tip.Kind = .donation,
        by name: String? = "Aurora99",
        message: String? = nil,
        rates: [String: Int64] = [:],
        on platform: String = "twitch",
        isTest: Bool = false
    ) -> Event {
        let amount = Money(minor: minor, currency: currency)
        let tip = Tip(user: name.map { user($0) }, amount: amount, kind: kind, message: message, rates: rates)
        return event(id, .tip, tip, on: platform, isTest: isTest)
    }

    package static func raid(_ id: String, of viewers: Int) -> Event {
        event(id, .raid, Raid(user: user("Nova"), viewers: viewers))
    }

    package static func redemption(
        _ id: String,
        of title: String,
        by name: String = "Aurora99",
        input: String = "please",
        status: String = "unfulfilled"
    ) -> Event {
        let redemption = Redemption(
            user: user(name),
            rewardId: "reward",
            rewardTitle: title,
            rewardCost: 500,
            input: input,
            status: status
        )
        return event(id, .redemption, redemption)
    }

    package static func overlay(open: Bool) -> Event {
        var event = follow("presence")
        (event.type, event.platform, event.payload) = (.overlayPresence, "streamvibes", ["open": .bool(open)])
        return event
    }

    package static func user(_ name: String, color: String? = nil, roles: [User.Role] = []) -> User {
        User(id: "id-\(name)", login: name.lowercased(), displayName: name, color: color, roles: roles)
    }

    private static func event(
        _ id: String,
        _ type: EventType,
        _ payload: some JSONConvertible,
        on platform: String = "twitch",
        isTest: Bool = false
    ) -> Event {
        Event(
            id: Event.ID(id),
            seq: 1,
            type: type,
            platform: platform,
            occurredAt: Timestamp(milliseconds: 0),
            receivedAt: Timestamp(milliseconds: 0),
            isTest: isTest,
            payload: payload.json
        )
    }
}

extension TestEvents {
    package static func control(_ type: EventType) -> Event {
        event(type, [:], on: "streamvibes")
    }

    package static func replay(of event: Event) -> Event {
        self.event(.alertReplay, AlertReplay(event).json, on: "streamvibes")
    }

    package static func notice(
        _ messageId: String,
        of name: String = "Aurora99",
        kind: String = "resub",
        message: String? = nil,
        prime: Bool? = nil,
        on platform: String = "twitch"
    ) -> Event {
        let notice = ChatNotice(
            messageId: messageId,
            user: user(name),
            kind: kind,
            systemText: "",
            message: message,
            prime: prime
        )
        return event(.chatNotice, notice.json, id: messageId, on: platform)
    }

    package static func event(
        _ type: EventType,
        _ payload: JSONValue,
        id: String = "row",
        on platform: String = "twitch",
        isTest: Bool = false
    ) -> Event {
        var event = follow(id, isTest: isTest)
        (event.type, event.payload, event.platform) = (type, payload, platform)
        return event
    }
}
