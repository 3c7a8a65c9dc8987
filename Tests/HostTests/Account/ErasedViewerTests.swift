import Testing
import WidgetAPI

@testable import Host

/// What is left of a viewer who asked to be forgotten.
@Suite struct ErasedViewerTests {
    private static let mira = User(id: "4711", login: "mira_m", displayName: "Mira_M", color: "#112233")
    private static let noah = User(id: "4712", login: "noah", displayName: "Noah")

    private static func event(_ id: String, _ type: EventType, _ payload: JSONValue) -> Event {
        Event(
            id: Event.ID(id),
            seq: 1,
            type: type,
            platform: "twitch",
            channelId: nil,
            occurredAt: Timestamp(milliseconds: 0),
            receivedAt: Timestamp(milliseconds: 0),
            payload: payload
        )
    }

    private static func line(_ id: String, _ user: User, _ text: String, replyTo: ChatMessage.Reply? = nil) -> Event {
        event(
            id,
            .chatMessage,
            ChatMessage(messageId: id, user: user, text: text, fragments: [.init(.text, text)], replyTo: replyTo).json
        )
    }

    private static let tip = event(
        "t1",
        .tip,
        Tip(user: mira, amount: Money(minor: 500, currency: "USD"), kind: .donation, message: "secret words").json
    )

    private static func viewer() -> ErasedViewer {
        var viewer = ErasedViewer(userId: "4711", pseudonym: "erased-x")
        for event in [line("m1", mira, "where I live"), tip, line("m2", noah, "hi")] { viewer.learn(event) }
        return viewer
    }

    @Test func `name and words go, the amount and the person stay`() {
        let erased = Self.viewer().erased(Self.tip.payload)

        let tip = Tip(json: erased)
        #expect(tip?.amount == Money(minor: 500, currency: "USD"))
        #expect(tip?.user?.id == "erased-x" && tip?.user?.displayName == "Erased")
        #expect(tip?.message == "")
        #expect(!erased.text.contains("Mira") && !erased.text.contains("mira") && !erased.text.contains("4711"))
    }

    @Test func `answers and mentions of others lose the name, and nothing else`() {
        let answer = Self.line(
            "m3",
            Self.noah,
            "@Mira_M me too, says Mira_M, not Mira_Mara",
            replyTo: .init(messageId: "m1", displayName: "Mira_M", text: "where I live")
        )

        let erased = ChatMessage(json: Self.viewer().erased(answer.payload))

        #expect(erased?.user?.displayName == "Noah")
        #expect(erased?.text == "@Erased me too, says Erased, not Mira_Mara")
        #expect(erased?.replyTo == .init(messageId: "m1", displayName: "Erased", text: ""))
        let other = Self.line("m2", Self.noah, "hi there 4711 times")
        #expect(Self.viewer().erased(other.payload) == other.payload)
    }

    @Test func `what a widget remembers loses them, and keeps its sums and its own words`() {
        let state: JSONValue = [
            "total": 500, "last": ["name": "Mira_M", "text": "where I live", "amount": 500], "byPerson": ["4711": 3],
            "mood": "mira", "line": "Mira_M gave 5 USD",
        ]

        let erased = Self.viewer().erased(fromState: state)

        #expect(
            erased == [
                "total": 500, "last": ["name": "Erased", "text": "", "amount": 500], "byPerson": ["erased-x": 3],
                "mood": "mira", "line": "Erased gave 5 USD",
            ]
        )
    }

    @Test func `a platform's own words about them go as a whole`() {
        let raw = Self.event(
            "r1",
            EventType("platform:raw"),
            [
                "type": "channel.unknown", "version": "1",
                "event": ["who": ["user_id": "4711", "user_name": "Mira_M"]],
            ]
        )

        #expect(Self.viewer().erased(raw.payload) == ["type": "channel.unknown", "version": "1", "event": .null])
    }
}
