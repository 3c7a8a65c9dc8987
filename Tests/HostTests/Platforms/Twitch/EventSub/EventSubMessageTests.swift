import Testing
import WidgetAPI

@testable import Host

/// What is read of a frame (https://dev.twitch.tv/docs/eventsub/websocket-reference/).
@Suite struct EventSubMessageTests {
    private static func read(
        _ kind: String,
        _ payload: JSONValue,
        sentAt: JSONValue = "2026-03-01T18:00:00.17106713Z"
    ) throws -> EventSubMessage {
        let frame: JSONValue = [
            "metadata": ["message_id": "m", "message_type": .string(kind), "message_timestamp": sentAt],
            "payload": payload,
        ]
        return try EventSubMessage(frame.text.utf8, of: "501")
    }

    private static func follow(of broadcaster: JSONValue) -> JSONValue {
        [
            "subscription": [
                "type": "channel.follow", "version": "2", "condition": ["broadcaster_user_id": broadcaster],
            ],
            "event": ["user_id": "77", "user_login": "wren", "user_name": "Wren"],
        ]
    }

    @Test(arguments: [(9, 10), (10, 10), (600, 600), (601, 600), (nil, 10)] as [(Int64?, Int64)])
    func `a promise of life is taken within its bounds`(said: Int64?, taken: Int64) throws {
        let seconds: JSONValue = said.map { .integer($0) } ?? .null
        let welcome = try Self.read("session_welcome", ["session": ["id": "s", "keepalive_timeout_seconds": seconds]])
        #expect(welcome == .welcome(session: "s", keepaliveSeconds: taken))
    }

    @Test func `a notification is an event with the message's id`() throws {
        guard case .notification(let drafts) = try Self.read("notification", Self.follow(of: "501")) else {
            Issue.record("another message")
            return
        }
        #expect(drafts.map(\.id) == [Event.ID("m")] && drafts.map(\.type) == [.follow])
        #expect(drafts.map(\.channelId) == ["501"])
    }

    @Test func `what is another channel's, has no moment or lacks what it is for is refused`() {
        #expect(throws: MalformedDelivery.self) { try Self.read("notification", Self.follow(of: "502")) }
        #expect(throws: MalformedDelivery.self) {
            try Self.read("notification", Self.follow(of: "501"), sentAt: "yesterday")
        }
        for kind in ["session_welcome", "session_reconnect", "revocation", "notification"] {
            #expect(throws: MalformedDelivery.self, "\(kind)") { try Self.read(kind, [:]) }
        }
    }
}
