import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What Kick's unofficial socket tells, in the words of the canonical events.
@Suite struct KickChatPayloadsTests {
    private static let now = Timestamp(milliseconds: 1_772_388_009_000)

    @Test func `a chat line is the event that its delivery becomes`() throws {
        let badges: JSONValue = [
            ["text": "Moderator", "type": "moderator"], ["text": "Founder", "type": "founder"],
            ["text": "Sub Gifter", "type": "sub_gifter", "count": 5],
        ]
        let text = "Hi [emote:37226:KEKW] see www.example.com"
        let posted = KickSamples.chat(
            text,
            by: KickSamples.person(77, "Wren", identity: ["username_color": "#FF5733", "badges": badges])
        )

        let heard = try Self.draft(
            "ChatMessageEvent",
            KickChatSamples.line(text, identity: ["color": "#FF5733", "badges": badges, "badges_v2": []])
        )

        #expect(try heard == posted.drafts().first)
        let message = try #require(heard.flatMap { ChatMessage(json: $0.payload) })
        #expect(message.fragments.map(\.kind) == [.text, .emote, .text, .link])
        #expect(message.user?.roles == [.moderator, .subscriber] && message.user?.badges.last?.id == "5")
    }

    @Test func `a reply names whom it answers`() throws {
        let metadata: JSONValue = [
            "original_sender": ["id": 5, "username": "Robin"],
            "original_message": ["id": "line-0", "content": "really? [emote:1:Hmm]"], "message_ref": "1",
        ]

        let draft = try #require(try Self.draft("ChatMessageEvent", KickChatSamples.line("yes", metadata: metadata)))

        #expect(
            ChatMessage(json: draft.payload)?.replyTo
                == .init(messageId: "line-0", displayName: "Robin", text: "really? Hmm")
        )
    }

    @Test(arguments: ["#fff", "red;background:url(x)", ""])
    func `what is no colour is none`(color: String) throws {
        let line = KickChatSamples.line("hi", identity: ["color": .string(color), "badges": .null])

        let draft = try #require(try Self.draft("ChatMessageEvent", line))

        #expect(ChatMessage(json: draft.payload)?.user?.color == nil)
    }

    @Test func `a deletion names its line, a ban its person, and a clearing nobody`() throws {
        let deletion = try #require(try Self.draft("MessageDeletedEvent", KickChatSamples.deletion(of: "line-1")))
        let ban = try #require(try Self.draft("UserBannedEvent", KickChatSamples.ban(of: 77)))
        let clearing = try #require(try Self.draft("ChatroomClearEvent", KickChatSamples.clearing()))

        #expect(deletion.type == .chatDelete && deletion.payload == ["messageId": "line-1"])
        #expect(deletion.id.text == "delete:line-1" && deletion.occurredAt == Self.now)
        #expect(ban.type == .chatClear && ban.payload == ["userId": "77"] && ban.id.text == "clear:event-of-ban")
        #expect(clearing.type == .chatClear && clearing.payload == ["userId": nil])
        #expect(clearing.id.text == "clear:event-of-clearing")
    }

    @Test func `a clearing without an id has one of whom and when`() throws {
        let all = try Self.draft("ChatroomClearEvent", [])
        let one = try Self.draft("UserBannedEvent", ["user": ["id": 77]])

        #expect(all?.id.text == "clear:all:\(Self.now.milliseconds)")
        #expect(one?.id.text == "clear:77:\(Self.now.milliseconds)")
    }

    @Test(arguments: [
        "SubscriptionEvent", "GiftedSubscriptionsEvent", "KicksGifted", "RewardRedeemedEvent", "StreamHostEvent",
        "UserUnbannedEvent", "PinnedMessageCreatedEvent", "PollUpdateEvent", "FollowersUpdated", "EventOfTomorrow",
    ])
    func `what Kick delivers, or nobody shows, is left out`(name: String) throws {
        #expect(try Self.draft(name, ["id": "1", "username": "Wren", "months": 3]) == nil)
    }

    @Test(
        arguments: [
            ("ChatMessageEvent", ["content": "hi"], "data.id is missing, empty or not a text"),
            ("ChatMessageEvent", ["id": "1"], "data.content is missing or not a text"),
            ("ChatMessageEvent", ["id": "1", "content": "hi"], "data.sender.id is missing, empty or not a text"),
            ("MessageDeletedEvent", ["id": "1"], "data.message.id is missing, empty or not a text"),
            ("UserBannedEvent", ["id": "1"], "data.user.id is missing, empty or not a text"),
            ("UserBannedEvent", .null, "data.user.id is missing, empty or not a text"),
        ] as [(String, JSONValue, String)]
    )
    func `what lacks what it is about is malformed, and says where`(name: String, data: JSONValue, reason: String) {
        #expect(throws: MalformedDelivery(reason)) { try Self.draft(name, data) }
    }

    private static func draft(_ name: String, _ data: JSONValue) throws(MalformedDelivery) -> EventDraft? {
        try KickChatPayloads(name: name, data: data, broadcasterId: "501", receivedAt: now).draft()
    }
}
