import BuiltinWidgets
import Testing
import WidgetAPI

@Suite struct ChatLineTests {
    @Test func `a name has the colour that its user chose`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1", from: TestEvents.user("Nova", color: "#FF7F50")))

        #expect(chat.elements("name").first?.style == [Style(.color, "#ff7f50")])
    }

    @Test func `a user without a colour has the same one in every line`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1"), TestEvents.chatMessage("2"))

        let styles = chat.elements("name").map(\.style)
        #expect(styles.count == 2)
        #expect(styles.first == styles.last)
    }

    @Test func `somebody unknown is called Anonymous`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1", from: nil))

        #expect(chat.texts(of: "name") == ["Anonymous"])
    }

    @Test func `an emote is a picture with its name for those who cannot see it`() throws {
        var chat = try WidgetRun(ChatWidget())
        let emote = ChatMessage.Fragment(.emote, "Kappa", emoteId: "25", emoteUrl: "/img/twitch/emote/25")

        try chat.take(TestEvents.chatMessage("1", fragments: [.init(.text, "hi "), emote]))

        let attributes = chat.elements("emote").first?.attributes
        #expect(attributes == [.init(.source, "/img/twitch/emote/25"), .init(.alternative, "Kappa")])
        #expect(chat.texts(of: "text") == ["hi "])
    }

    @Test(arguments: [nil, "https://example.com/25.png"])
    func `an emote without a picture of this host is its name`(url: String?) throws {
        var chat = try WidgetRun(ChatWidget())
        let emote = ChatMessage.Fragment(.emote, "Kappa", emoteId: "25", emoteUrl: url)

        try chat.take(TestEvents.chatMessage("1", fragments: [.init(.text, "hi "), emote]))

        #expect(chat.elements("emote").isEmpty)
        #expect(chat.texts(of: "text") == ["hi Kappa"])
    }

    @Test func `the direction of a message follows its own letters`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1", "שלום"))

        #expect(chat.elements("text").first?.attributes == [.init(.direction, "auto")])
    }

    @Test func `an action and a reply look like what they are`() throws {
        var chat = try WidgetRun(ChatWidget())
        let reply = ChatMessage.Reply(messageId: "0", displayName: "Nova", text: "?")

        try chat.take(TestEvents.chatMessage("1", isAction: true, replyTo: reply))

        #expect(chat.elements("action").count == 1)
        #expect(chat.texts(of: "reply") == ["↩ Nova"])
    }

    @Test func `badges and platform are shown until the streamer hides them`() throws {
        var chat = try WidgetRun(ChatWidget())
        var user = TestEvents.user("Nova", roles: [.subscriber])
        user.badges = [.init(set: "moderator", id: "1"), .init(set: "subscriber", id: "12")]
        try chat.take(TestEvents.chatMessage("1", from: user, on: "kick"))
        let (badges, platforms) = (chat.texts(of: "badge"), chat.texts(of: "platform-kick"))

        try chat.change(["showBadges": false, "showPlatform": false])

        #expect(badges == ["MOD", "SUB"])
        #expect(platforms == ["K"])
        #expect(chat.elements("badge").isEmpty)
        #expect(chat.elements("platform").isEmpty)
    }

    @Test func `the time is shown when the streamer wants it`() throws {
        var chat = try WidgetRun(ChatWidget(), ["showTimestamps": true])

        try chat.take(TestEvents.chatMessage("1"))

        #expect(chat.texts(of: "time") == ["09:30"])
    }

    @Test func `text size and animation are classes of the list`() throws {
        var chat = try WidgetRun(ChatWidget(), ["fontSize": "large", "animation": "none"])

        try chat.take(TestEvents.chatMessage("1"))

        #expect(chat.elements("chat").first?.class == "chat text-large none")
    }
}
