import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// All ten events of Kick in the words of the canonical ones (contract section 4).
@Suite struct KickPayloadsTests {
    @Test func `a chat line has its own id, its writer, and emotes by name`() throws {
        let sender = KickSamples.person(
            77,
            "Wren",
            identity: [
                "username_color": "#FF5733",
                "badges": [
                    ["text": "Moderator", "type": "moderator"], ["text": "Founder", "type": "founder"],
                    ["text": "Sub Gifter", "type": "sub_gifter", "count": 5],
                ],
            ]
        )
        let line = KickSamples.chat("Hi [emote:37226:KEKW] see www.example.com [emote:x:no]", by: sender)
        let draft = try #require(try line.drafts().first)
        let message = try #require(ChatMessage(json: draft.payload))

        #expect(draft.id.text == "line-1" && draft.type == .chatMessage && draft.platform == .kick)
        #expect(draft.channelId == "501" && draft.occurredAt.iso8601.hasPrefix("2026-03-01T18:00:00"))
        #expect(message.text == "Hi KEKW see www.example.com [emote:x:no]")
        #expect(message.fragments.map(\.kind) == [.text, .emote, .text, .link, .text])
        #expect(message.fragments[1].emoteId == "37226")
        #expect(message.fragments[1].emoteUrl == "/img/kick/emote/37226")
        #expect(message.fragments.map(\.text).joined() == message.text)
        let user = try #require(message.user)
        #expect(user.id == "77" && user.login == "wren" && user.displayName == "Wren" && user.color == "#FF5733")
        #expect(user.roles == [.moderator, .subscriber])
        #expect(user.badges.map(\.id) == ["1", "1", "5"])
    }

    @Test(
        arguments: [
            (
                "https://files.kick.com/images/user/77/profile_image/conversion/0c2f-fullsize.webp",
                "/img/kick/avatar/77/0c2f-fullsize"
            ), ("https://kick.com/img/default-profile-pictures/default2.jpeg", nil),
            ("https://example.com/a.webp", nil),
            ("", nil),
        ] as [(String, String?)]
    )
    func `a person's picture is one that Kick keeps`(address: String, path: String?) throws {
        guard case .object(var sender) = KickSamples.person(77, "Wren") else { return }
        sender["profile_picture"] = .string(address)

        let draft = try #require(try KickSamples.chat("hi", by: .object(sender)).drafts().first)

        #expect(ChatMessage(json: draft.payload)?.user?.avatarUrl == path)
    }

    @Test func `an emote whose id no emote has is its name`() throws {
        let line = KickSamples.chat("[emote:\(String(repeating: "9", count: 19)):Hi]")
        let draft = try #require(try line.drafts().first)

        let fragment = try #require(ChatMessage(json: draft.payload)?.fragments.first)

        #expect(fragment.kind == .emote && fragment.text == "Hi" && fragment.emoteUrl == nil)
    }

    @Test(arguments: ["red;background:url(x)", "#12345", "#GGGGGG", ""])
    func `what is no colour is none`(color: String) throws {
        let sender = KickSamples.person(77, "Wren", identity: ["username_color": .string(color), "badges": []])
        let draft = try #require(try KickSamples.chat("hi", by: sender).drafts().first)
        #expect(ChatMessage(json: draft.payload)?.user?.color == nil)
    }

    @Test func `a reply names whom it answers`() throws {
        var line = KickSamples.chat("yes")
        var json = try #require(try JSONValue(parsing: line.body).objectValue)
        json["replies_to"] = [
            "message_id": "line-0", "content": "really? [emote:1:Hmm]", "sender": KickSamples.person(5, "Robin"),
        ]
        line.body = Array(JSONValue.object(json).text.utf8)
        let message = ChatMessage(json: try #require(try line.drafts().first).payload)
        #expect(message?.replyTo == .init(messageId: "line-0", displayName: "Robin", text: "really? Hmm"))
    }

    @Test func `a bomb is itself and one gift for each who got one`() throws {
        let delivery = KickSamples.gifts(by: KickSamples.person(77, "Wren"), to: ["Ash", "Bea", "Cleo"])
        let drafts = try delivery.drafts()
        let gifts = drafts.compactMap { Subscription(json: $0.payload) }

        let id = delivery.messageId
        #expect(drafts.map(\.id.text) == [id, "\(id):1", "\(id):2", "\(id):3"])
        #expect(gifts.map { $0.user?.displayName } == [nil, "Ash", "Bea", "Cleo"])
        #expect(gifts.map(\.giftCount) == [3, 1, 1, 1])
        #expect(gifts[0].recipients.map(\.displayName) == ["Ash", "Bea", "Cleo"])
        #expect(gifts.allSatisfy { $0.kind == .gift && $0.giftId == id && $0.gifter?.displayName == "Wren" })
    }

    @Test(arguments: [KickSamples.nobody, KickSamples.person(77, "Wren", isAnonymous: true), .null])
    func `who gives without a name stays unknown`(gifter: JSONValue) throws {
        let drafts = try KickSamples.gifts(by: gifter, to: ["Ash"]).drafts()
        #expect(drafts.count == 2)
        #expect(drafts.allSatisfy { Subscription(json: $0.payload)?.gifter == nil })
    }

    @Test func `a bomb counts those who are unknown`() throws {
        var bomb = KickSamples.gifts(by: KickSamples.person(77, "Wren"), to: ["Ash", "Bea"])
        let text = String(decoding: bomb.body, as: UTF8.self)
        bomb.body = Array(text.replacing(KickSamples.person(901, "Bea").text, with: KickSamples.nobody.text).utf8)
        let gifts = try bomb.drafts().compactMap { Subscription(json: $0.payload) }
        #expect(gifts.map(\.giftCount) == [2, 1])
        #expect(gifts[0].recipients.map(\.displayName) == ["Ash"])
    }

    @Test func `who follows is known, whatever the flag says`() throws {
        var follow = KickSamples.follow()
        let text = String(decoding: follow.body, as: UTF8.self)
        follow.body = Array(text.replacing("\"is_anonymous\":false", with: "\"is_anonymous\":true").utf8)
        #expect(follow.body != KickSamples.follow().body)
        #expect(try follow.drafts().first.flatMap { Follow(json: $0.payload)?.user?.id } == "77")
    }

    @Test(arguments: [("pending", "redemption"), ("accepted", "redemption"), ("rejected", nil)])
    func `what is decided of a redemption is the same event, unless it is rejected`(
        status: String,
        id: String?
    ) throws {
        let reward = KickSamples(
            "channel.reward.redemption.updated",
            [
                "id": "redemption", "user_input": "", "status": .string(status),
                "redeemed_at": .string(KickSamples.sentAt), "reward": ["id": "r", "title": "Pick a song", "cost": 10],
                "redeemer": KickSamples.person(77, "Wren"), "broadcaster": KickSamples.broadcaster,
            ]
        )
        #expect(try reward.drafts().map(\.id.text) == [id ?? reward.messageId])
    }

    @Test(arguments: [("channel.subscription.new", Subscription.Kind.new), ("channel.subscription.renewal", .renewal)])
    func `a subscription says for how long`(type: String, kind: Subscription.Kind) throws {
        let delivery = KickSamples(
            type,
            [
                "broadcaster": KickSamples.broadcaster, "subscriber": KickSamples.person(77, "Wren"), "duration": 3,
                "created_at": .string(KickSamples.sentAt), "expires_at": "2026-04-01T18:00:00Z",
            ]
        )
        let subscription = Subscription(json: try #require(try delivery.drafts().first).payload)
        #expect(subscription?.kind == kind && subscription?.months == 3 && subscription?.user?.login == "wren")
    }

    @Test func `kicks are a tip, a ban clears its user's lines, a follow has its follower`() throws {
        let gift = KickSamples(
            "kicks.gifted",
            [
                "broadcaster": KickSamples.broadcaster, "sender": KickSamples.person(77, "Wren"),
                "gift": ["amount": 500, "name": "Rage Quit", "type": "LEVEL_UP", "tier": "MID", "message": "w"],
                "created_at": .string(KickSamples.sentAt),
            ]
        )
        let told = try #require(try gift.drafts().first)
        let tip = try #require(Tip(json: told.payload))
        #expect(tip.amount == Money(minor: 500, currency: "KICKS") && tip.kind == .kicks && tip.message == "w")

        let ban = KickSamples(
            "moderation.banned",
            [
                "broadcaster": KickSamples.broadcaster, "moderator": KickSamples.person(5, "Robin"),
                "banned_user": KickSamples.person(77, "Wren"), "metadata": ["reason": "spam", "expires_at": .null],
            ]
        )
        let clearing = try #require(try ban.drafts().first)
        #expect(clearing.type == .chatClear && clearing.payload == ["userId": "77"])
        let follow = try #require(try KickSamples.follow().drafts().first)
        #expect(Follow(json: follow.payload)?.user?.id == "77")
    }

    @Test func `a reward, going live, going off and a new title`() throws {
        let reward = KickSamples(
            "channel.reward.redemption.updated",
            [
                "id": "redemption", "user_input": "a song", "status": "pending",
                "redeemed_at": "2026-03-01T18:00:00.319Z",
                "reward": ["id": "r", "title": "Pick a song", "cost": 1000], "redeemer": KickSamples.person(77, "Wren"),
                "broadcaster": KickSamples.broadcaster,
            ]
        )
        let redemption = Redemption(json: try #require(try reward.drafts().first).payload)
        #expect(redemption?.rewardTitle == "Pick a song" && redemption?.rewardCost == 1000)
        #expect(redemption?.input == "a song" && redemption?.status == "pending")
        #expect(try reward.drafts().map(\.id) == [Event.ID("redemption")])

        let status = { (isLive: Bool) in
            KickSamples(
                "livestream.status.updated",
                [
                    "broadcaster": KickSamples.broadcaster, "is_live": .bool(isLive), "title": "Harbour lights",
                    "started_at": "2026-03-01T11:00:00+11:00",
                    "ended_at": isLive ? .null : "2026-03-01T15:00:00+11:00",
                ]
            )
        }
        let on = try #require(try status(true).drafts().first)
        let off = try #require(try status(false).drafts().first)
        #expect(on.type == .streamOnline && on.payload["startedAt"] == "2026-03-01T00:00:00.000Z")
        #expect(off.type == .streamOffline && off.payload["endedAt"] == "2026-03-01T04:00:00.000Z")

        let update = KickSamples(
            "livestream.metadata.updated",
            [
                "broadcaster": KickSamples.broadcaster,
                "metadata": ["title": "Harbour lights", "language": "en", "category": ["id": 1, "name": "Sailing"]],
            ]
        )
        let told = try #require(try update.drafts().first)
        #expect(told.payload == ["title": "Harbour lights", "category": "Sailing", "language": "en"])
    }

    @Test func `what is unknown is kept as it came, and another version of what is known`() throws {
        var delivery = KickSamples.follow()
        delivery.type = "channel.of.tomorrow"
        let draft = try #require(try delivery.drafts().first)
        #expect(draft.type == "platform:raw" && draft.payload["type"] == "channel.of.tomorrow")

        var newer = KickSamples("channel.followed", ["broadcaster": KickSamples.broadcaster, "by": "somebody"])
        #expect(throws: KickDeliveryError.malformed("body.follower.user_id is missing, empty or no number")) {
            try newer.drafts()
        }
        newer.version = "2"
        #expect(try newer.drafts().first?.payload["version"] == "2")
    }

    /// The log reads 64 levels, and what is kept as it came has one more around it.
    @Test(arguments: [(62, true), (63, false)])
    func `what is kept as it came can be read again`(lists: Int, isTaken: Bool) throws {
        let deep = (0..<lists).reduce(into: JSONValue.null) { value, _ in value = [value] }
        let delivery = KickSamples("channel.of.tomorrow", ["broadcaster": KickSamples.broadcaster, "deep": deep])

        let kept = try? delivery.drafts().first?.payload

        #expect((kept != nil) == isTaken)
        if let kept { #expect(try JSONValue(parsing: kept.text) == kept) }
    }

    @Test(arguments: [
        "chat.message.sent", "channel.followed", "channel.subscription.new", "channel.subscription.renewal",
        "channel.subscription.gifts", "channel.reward.redemption.updated", "livestream.status.updated",
        "livestream.metadata.updated", "moderation.banned", "kicks.gifted",
    ])
    func `a delivery that claims to be another is malformed`(type: String) throws {
        var others = [
            KickSamples.chat("hello"), KickSamples.follow(),
            KickSamples.gifts(by: KickSamples.person(77, "Wren"), to: ["Ash"]),
        ]
        others.removeAll { $0.type == type }
        for var other in others {
            other.type = type
            #expect(throws: KickDeliveryError.self, "\(type)") { try other.drafts() }
        }
    }
}
