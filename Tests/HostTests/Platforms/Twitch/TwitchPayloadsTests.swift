import Testing
import WidgetAPI

@testable import Host

@Suite struct TwitchPayloadsTests {
    private let user = TwitchSamples.user
    private let broadcaster = TwitchSamples.broadcaster
    private let mira = TwitchSamples.mira
    private let sentAt = Timestamp(milliseconds: TwitchSamples.sentMilliseconds)

    @Test func `a follow names the follower and the moment of following`() throws {
        let draft = try TwitchSamples.draft(
            "channel.follow",
            version: "2",
            event: #"{\#(user),\#(broadcaster),"followed_at":"2026-03-01T17:59:58.98765432Z","mood":"new field"}"#
        )

        let expected = EventDraft(
            id: Event.ID(TwitchSamples.deliveryId),
            type: .follow,
            platform: .twitch,
            channelId: "501",
            occurredAt: Timestamp(milliseconds: TwitchSamples.sentMilliseconds - 1136),
            payload: Follow(user: mira).json
        )
        #expect(draft == expected)
    }

    @Test func `names that are missing are made from what is there`() throws {
        let draft = try TwitchSamples.draft("channel.follow", version: "2", event: #"{"user_id":88,"user_name":"Öl"}"#)
        #expect(draft?.payload == Follow(user: User(id: "88", login: "öl", displayName: "Öl")).json)
        #expect(draft?.occurredAt == sentAt)
    }

    @Test func `a first subscription is new`() throws {
        let draft = try TwitchSamples.draft(
            "channel.subscribe",
            event: #"{\#(user),\#(broadcaster),"tier":"2000","is_gift":false}"#
        )
        #expect(draft?.type == .subscribe)
        #expect(draft?.payload == Subscription(user: mira, kind: .new, tier: "2000").json)
        #expect(draft?.occurredAt == sentAt)
    }

    @Test func `a gift that was received counts one and names no giver`() throws {
        let draft = try TwitchSamples.draft(
            "channel.subscribe",
            event: #"{\#(user),\#(broadcaster),"tier":"1000","is_gift":true}"#
        )
        #expect(draft?.payload == Subscription(user: mira, kind: .gift, tier: "1000", giftCount: 1).json)
    }

    @Test func `a gift bomb names the giver and the number`() throws {
        let draft = try TwitchSamples.draft(
            "channel.subscription.gift",
            event: #"{\#(user),\#(broadcaster),"total":20,"tier":"1000","cumulative_total":null,"is_anonymous":false}"#
        )
        #expect(draft?.type == .subscribe)
        let expected = Subscription(user: nil, kind: .gift, tier: "1000", gifter: mira, giftCount: 20)
        #expect(draft?.payload == expected.json)
        #expect(expected.isGiftBomb)
    }

    @Test(arguments: [
        #""user_id":null,"user_login":null,"user_name":null"#, TwitchSamples.user,
    ]) func `an anonymous giver stays unknown`(_ user: String) throws {
        let bomb = try TwitchSamples.draft(
            "channel.subscription.gift",
            event: #"{\#(user),\#(broadcaster),"total":2,"tier":"3000","is_anonymous":true}"#
        )
        let cheer = try TwitchSamples.draft(
            "channel.cheer",
            event: #"{\#(user),\#(broadcaster),"is_anonymous":true,"message":"","bits":5}"#
        )
        #expect(bomb?.payload == Subscription(user: nil, kind: .gift, tier: "3000", giftCount: 2).json)
        #expect(cheer?.payload == Tip(user: nil, amount: Money(minor: 5, currency: "BITS"), kind: .bits).json)
    }

    @Test func `a shared renewal carries its words and months`() throws {
        let draft = try TwitchSamples.draft(
            "channel.subscription.message",
            event: """
                {\(user),\(broadcaster),"tier":"1000","message":{"text":"Year two! 🎉","emotes":null},
                "cumulative_months":24,"streak_months":7,"duration_months":1}
                """
        )
        let expected = Subscription(
            user: mira,
            kind: .renewal,
            tier: "1000",
            months: 24,
            streak: 7,
            message: "Year two! 🎉"
        )
        #expect(draft?.payload == expected.json)
    }

    @Test func `a renewal may hide its streak, say nothing and have a tier of tomorrow`() throws {
        let draft = try TwitchSamples.draft(
            "channel.subscription.message",
            event: #"{\#(user),"tier":"4000","message":{"text":""},"cumulative_months":3,"streak_months":null}"#
        )
        #expect(draft?.payload == Subscription(user: mira, kind: .renewal, months: 3).json)
    }

    @Test func `a cheer is a tip in bits`() throws {
        let draft = try TwitchSamples.draft(
            "channel.cheer",
            event: #"{"is_anonymous":false,\#(user),\#(broadcaster),"message":"Cheer250 nice!","bits":250}"#
        )
        let amount = Money(minor: 250, currency: "BITS")
        #expect(draft?.type == .tip)
        #expect(draft?.payload == Tip(user: mira, amount: amount, kind: .bits, message: "Cheer250 nice!").json)
    }

    @Test func `a raid belongs to the channel it reaches and names who came`() throws {
        let draft = try TwitchSamples.draft(
            "channel.raid",
            condition: #"{"from_broadcaster_user_id":"","to_broadcaster_user_id":"501"}"#,
            event: """
                {"from_broadcaster_user_id":"77","from_broadcaster_user_login":"mira",
                "from_broadcaster_user_name":"Mira",
                "to_broadcaster_user_id":"501","to_broadcaster_user_login":"harbour","viewers":312}
                """
        )
        #expect(draft?.type == .raid)
        #expect(draft?.payload == Raid(user: mira, viewers: 312).json)
    }

    @Test func `a redemption tells the reward and what was typed`() throws {
        let draft = try TwitchSamples.draft(
            "channel.channel_points_custom_reward_redemption.add",
            condition: #"{"broadcaster_user_id":"501","reward_id":"r-1"}"#,
            event: """
                {"id":"red-1",\(user),\(broadcaster),"user_input":"left door","status":"unfulfilled",
                "reward":{"id":"r-1","title":"Choose a door","cost":400,"prompt":"which?"},
                "redeemed_at":"2026-03-01T17:59:59.000Z"}
                """
        )
        let expected = Redemption(
            user: mira,
            rewardId: "r-1",
            rewardTitle: "Choose a door",
            rewardCost: 400,
            input: "left door",
            status: "unfulfilled"
        )
        #expect(draft?.type == .redemption)
        #expect(draft?.id == Event.ID("red-1"))
        #expect(draft?.payload == expected.json)
        #expect(draft?.occurredAt.iso8601 == "2026-03-01T17:59:59.000Z")
    }

    @Test func `the stream begins, ends and changes`() throws {
        let online = try TwitchSamples.draft(
            "stream.online",
            event: #"{"id":"9",\#(broadcaster),"type":"live","started_at":"2026-03-01T17:59:50Z"}"#
        )
        let offline = try TwitchSamples.draft("stream.offline", event: #"{"id":"9",\#(broadcaster)}"#)
        let update = try TwitchSamples.draft(
            "channel.update",
            version: "2",
            event: #"{\#(broadcaster),"title":"Boats","language":"en","category_id":"","category_name":""}"#
        )

        #expect(online?.type == .streamOnline)
        #expect(online?.payload == ["startedAt": "2026-03-01T17:59:50.000Z"])
        #expect(online?.occurredAt.iso8601 == "2026-03-01T17:59:50.000Z")
        #expect(offline?.type == .streamOffline)
        #expect(offline?.payload == ["endedAt": "2026-03-01T18:00:00.123Z"])
        #expect(update?.type == .streamUpdate)
        #expect(update?.payload == ["title": "Boats", "category": nil, "language": "en"])
    }

    @Test func `a type nobody knows is kept as it came`() throws {
        let draft = try TwitchSamples.draft("channel.confetti.throw", version: "beta", event: #"{"grams":12.5}"#)
        #expect(draft?.type == "platform:raw")
        #expect(draft?.id == Event.ID(TwitchSamples.deliveryId))
        let expected: JSONValue = ["type": "channel.confetti.throw", "version": "beta", "event": ["grams": 12.5]]
        #expect(draft?.payload == expected)
    }

    @Test func `another version of a known type is read when it can be and else kept as it came`() throws {
        let readable = try TwitchSamples.draft("channel.follow", version: "1", event: "{\(user)}")
        let other = try TwitchSamples.draft("channel.follow", version: "3", event: #"{"follower":{"id":"77"}}"#)
        #expect(readable?.payload == Follow(user: mira).json)
        #expect(other?.type == "platform:raw")
        #expect(other?.payload == ["type": "channel.follow", "version": "3", "event": ["follower": ["id": "77"]]])
    }

    @Test(arguments: [
        ("channel.follow", "2", #"{"user_id":""}"#, "event.user_id is missing, empty or not a text"),
        ("channel.cheer", "1", #"{"is_anonymous":true}"#, "event.bits is missing or not a count"),
        ("channel.cheer", "1", #"{"is_anonymous":true,"bits":-5}"#, "event.bits is missing or not a count"),
        ("channel.subscription.gift", "1", #"{"total":"2"}"#, "event.total is missing or not a count"),
        ("channel.chat.message_delete", "1", "{}", "event.message_id is missing, empty or not a text"),
        ("channel.chat.clear_user_messages", "1", "{}", "event.target_user_id is missing, empty or not a text"),
        ("channel.chat.message", "1", #"{"message_id":"m"}"#, "event.message is missing"),
        ("channel.chat.message", "1", #"{"message":{"text":"x"}}"#, "event.message_id is missing, empty or not a text"),
        (
            "channel.chat.message", "1", #"{"message_id":"m","message":{}}"#,
            "event.chatter_user_id is missing, empty or not a text"
        ),
    ])
    func `a known version without what it promises is malformed`(
        _ type: String,
        _ version: String,
        _ event: String,
        _ reason: String
    ) throws {
        #expect(throws: TwitchDeliveryError.malformed(reason)) {
            try TwitchSamples.draft(type, version: version, event: event)
        }
    }
}
