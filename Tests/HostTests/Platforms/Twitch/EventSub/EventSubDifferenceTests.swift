import Testing
import WidgetAPI

@testable import Host

/// What is subscribed against what should be.
@Suite struct EventSubDifferenceTests {
    private static let now = Timestamp(milliseconds: 1_700_000_000_000)
    private static let wanted = EventSubSubscription.all

    @Test func `what is as it should be is left alone`() throws {
        let found = try Self.wanted.enumerated().map { try Self.record("s\($0)", $1) }
        let difference = EventSubDifference(wanted: Self.wanted, of: "1234", found: found, now: Self.now)
        #expect(difference.missing.isEmpty && difference.surplus.isEmpty)
    }

    @Test func `what a condition leaves open may be listed as an empty text`() throws {
        let wish = try #require(Self.wanted.first { $0.type == "channel.raid" })
        let found = try Self.record("s1", wish, more: ["from_broadcaster_user_id": ""])
        let difference = EventSubDifference(wanted: [wish], of: "1234", found: [found], now: Self.now)
        #expect(difference.missing.isEmpty && difference.surplus.isEmpty)
    }

    @Test func `missing, double, old and unknown ones are told apart`() throws {
        let (first, second) = (Self.wanted[0], Self.wanted[1])
        let found = [
            try Self.record("kept", first), try Self.record("double", first),
            try Self.record("ended", second, status: "authorization_revoked"),
            try Self.record("narrow", second, more: ["reward_id": "one"]),
        ]
        let difference = EventSubDifference(wanted: [first, second], of: "1234", found: found, now: Self.now)
        #expect(difference.missing == [second])
        #expect(difference.surplus == ["double", "ended", "narrow"])
    }

    @Test(arguments: [(599_999, true), (600_000, false), (600_001, false)] as [(Int64, Bool)])
    func `a challenge may stand open for ten minutes`(age: Int64, isAlive: Bool) throws {
        let status = "webhook_callback_verification_pending"
        let record = try Self.record("s1", Self.wanted[0], status: status, age: age)
        #expect(record.isAlive(at: Self.now) == isAlive)
    }

    @Test func `chat by the application's token needs the word of reader and streamer`() throws {
        let chat = try #require(Self.wanted.first { $0.type == "channel.chat.message" })
        #expect(chat.scopes(forApplication: false) == ["user:read:chat"])
        #expect(chat.scopes(forApplication: true) == ["user:read:chat", "user:bot", "channel:bot"])
        let raid = try #require(Self.wanted.first { $0.type == "channel.raid" })
        #expect(raid.scopes(forApplication: true).isEmpty)
    }

    @Test func `a list entry without an id is none`() {
        #expect(EventSubRecord(["type": "stream.online", "version": "1", "status": "enabled"]) == nil)
    }

    private static func record(
        _ id: String,
        _ wish: EventSubSubscription,
        status: String = "enabled",
        age: Int64 = 0,
        more: JSONObject = [:]
    ) throws -> EventSubRecord {
        var condition = wish.condition(of: "1234")
        for member in more.members { condition[member.name] = member.value }
        let createdAt = now.advanced(byMilliseconds: -age)
        return try #require(
            EventSubRecord([
                "id": .string(id), "type": .string(wish.type), "version": .string(wish.version),
                "status": .string(status), "condition": .object(condition), "created_at": .string(createdAt.iso8601),
                "transport": ["method": "webhook", "callback": "https://overlays.example/api/webhooks/twitch"],
            ])
        )
    }
}
