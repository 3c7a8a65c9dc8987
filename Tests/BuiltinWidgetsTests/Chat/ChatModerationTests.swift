import Testing
import WidgetAPI
import WidgetConformance
@testable import BuiltinWidgets

@Suite struct ChatModerationTests {
    @Test func `a deleted message leaves at once`() throws {
        var chat = try WidgetRun(ChatWidget())
        try chat.take(TestEvents.chatMessage("1", "bad"), TestEvents.chatMessage("2", "good"))

        try chat.take(TestEvents.deletion(of: "1"))

        #expect(chat.texts(of: "text") == ["good"])
    }

    @Test func `a deletion on another platform does not touch a message of the same id`() throws {
        var chat = try WidgetRun(ChatWidget())
        try chat.take(TestEvents.chatMessage("1", "good", on: "kick"))

        try chat.take(TestEvents.deletion(of: "1", on: "twitch"))

        #expect(chat.texts(of: "text") == ["good"])
    }

    @Test func `clearing a user takes all of that user's messages and no other`() throws {
        var chat = try WidgetRun(ChatWidget())
        let troll = TestEvents.user("Troll")
        try chat.take(
            TestEvents.chatMessage("1", "bad", from: troll),
            TestEvents.chatMessage("2", "good"),
            TestEvents.chatMessage("3", "worse", from: troll),
            TestEvents.chatMessage("4", "elsewhere", from: troll, on: "kick")
        )

        try chat.take(TestEvents.clearing(of: troll.id))

        #expect(chat.texts(of: "text") == ["good", "elsewhere"])
    }

    @Test func `clearing the chat takes everything of that platform`() throws {
        var chat = try WidgetRun(ChatWidget())
        try chat.take(TestEvents.chatMessage("1", "gone"), TestEvents.chatMessage("2", "stays", on: "kick"))

        try chat.take(TestEvents.clearing(of: nil))

        #expect(chat.texts(of: "text") == ["stays"])
    }

    @Test func `clearing an unknown user takes no anonymous message`() throws {
        var chat = try WidgetRun(ChatWidget())
        try chat.take(TestEvents.chatMessage("1", "stays", from: nil))

        try chat.take(TestEvents.clearing(of: "nobody"))

        #expect(chat.texts(of: "text") == ["stays"])
    }

    @Test func `what a removed message said is not read in an answer to it either`() throws {
        var chat = try WidgetRun(ChatWidget())
        let reply = ChatMessage.Reply(messageId: "1", displayName: "Troll", text: "bad")
        try chat.take(
            TestEvents.chatMessage("1", "bad", from: TestEvents.user("Troll")),
            TestEvents.chatMessage("2", "do not say that", replyTo: reply),
            TestEvents.chatMessage("3", "elsewhere", on: "kick", replyTo: reply)
        )

        try chat.take(TestEvents.deletion(of: "1"))

        #expect(chat.texts(of: "reply") == ["↩ Troll", "↩ Trollbad"])
        #expect(chat.texts(of: "text") == ["do not say that", "elsewhere"])
    }

    @Test func `what a cleared user said is not read in answers either`() throws {
        var chat = try WidgetRun(ChatWidget())
        let troll = TestEvents.user("Troll")
        let longGone = ChatMessage.Reply(messageId: "0", displayName: "Troll", text: "worse")
        let other = ChatMessage.Reply(messageId: "9", displayName: "Nova", text: "nice")
        try chat.take(
            TestEvents.chatMessage("1", "bad", from: troll),
            TestEvents.chatMessage("2", "stop", replyTo: longGone),
            TestEvents.chatMessage("3", "yes", replyTo: other)
        )

        try chat.take(TestEvents.clearing(of: troll.id))

        #expect(chat.texts(of: "reply") == ["↩ Troll", "↩ Novanice"])
    }

    @Test func `a quote names the message it came from`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("2", replyTo: .init(messageId: "1", displayName: "Nova", text: "hi")))

        #expect(chat.elements("quote").map(\.source) == [Event.ID("1")])
    }

    @Test(arguments: [
        ("ban", []), ("timeout", []), ("kick", []), ("mute", []), ("unban", ["bad"]), ("delete", ["bad"]),
    ])
    func `a moderator's action against a user takes that user's messages`(action: String, left: [String]) throws {
        var chat = try WidgetRun(ChatWidget())
        let troll = TestEvents.user("Troll")
        try chat.take(TestEvents.chatMessage("1", "bad", from: troll))
        var event = TestEvents.clearing(of: nil)
        event.type = "moderation:action"
        event.payload = ["action": .string(action), "target": troll.json, "moderator": nil, "reason": "spam"]

        try chat.take(event)

        #expect(chat.texts(of: "text") == left)
    }

    @Test func `every line names the event it came from`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1"), TestEvents.chatMessage("2", on: "kick"))

        #expect(chat.elements("line").map(\.source) == [Event.ID("1"), Event.ID("2")])
    }
}
