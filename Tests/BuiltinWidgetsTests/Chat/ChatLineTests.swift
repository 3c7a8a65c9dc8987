import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct ChatLineTests {
    @Test func `a name has the colour that its user chose`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1", from: TestEvents.user("Nova", color: "#FFB347")))

        #expect(chat.elements("name").first?.style == [Style(.color, "#ffb347")])
    }

    @Test func `names have made colours of the wanted lightness when the streamer prefers that`() throws {
        let user = TestEvents.user("Nova", color: "#FFB347")
        var chat = try WidgetRun(ChatWidget())
        try chat.take(TestEvents.chatMessage("1", from: user))

        try chat.change(["nameColors": "generated", "nameSaturation": 0, "nameLightness": 80])

        #expect(chat.elements("name").first?.style == [Style(.color, "#cccccc")])
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

    @Test func `emotes are their names when the streamer wants no pictures`() throws {
        var chat = try WidgetRun(ChatWidget())
        let emote = ChatMessage.Fragment(.emote, "Kappa", emoteId: "25", emoteUrl: "/img/twitch/emote/25")
        try chat.take(TestEvents.chatMessage("1", fragments: [.init(.text, "hi "), emote]))

        try chat.change(["showEmotes": false])

        #expect(chat.elements("emote").isEmpty)
        #expect(chat.texts(of: "text") == ["hi Kappa"])
    }

    @Test func `mentions, cheers and links can be told from what is only text`() throws {
        var chat = try WidgetRun(ChatWidget())
        let fragments: [ChatMessage.Fragment] = [
            .init(.mention, "@Milo"), .init(.text, " "), .init(.cheermote, "Cheer100"), .init(.text, " "),
            .init(.link, "https://example.com"),
        ]

        try chat.take(TestEvents.chatMessage("1", fragments: fragments))

        #expect(chat.texts(of: "mention") == ["@Milo"])
        #expect(chat.texts(of: "cheer") == ["Cheer100"])
        #expect(chat.texts(of: "link") == ["https://example.com"])
        #expect(chat.texts(of: "text") == ["@Milo Cheer100 https://example.com"])
    }

    @Test(arguments: [
        ("Cheer100", "Cheer", "100"), ("4Head5000", "4Head", "5000"), ("Cheer", "Cheer", ""), ("100", "", "100"),
        ("Cheer١٢", "Cheer١٢", ""),
    ])
    func `a cheer is a picture and its bits`(written: String, name: String, bits: String) throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1", fragments: [Self.cheermote(written), .init(.text, " go")]))

        let attributes = chat.elements("emote").first?.attributes
        #expect(attributes == [.init(.source, "/img/twitch/cheermote/501/cheer/100"), .init(.alternative, name)])
        #expect(chat.texts(of: "cheer") == [bits])
        #expect(chat.texts(of: "text") == ["\(bits) go"])
    }

    @Test func `cheers are the words that were written when the streamer wants no pictures`() throws {
        var chat = try WidgetRun(ChatWidget())
        try chat.take(TestEvents.chatMessage("1", fragments: [Self.cheermote("Cheer100")]))

        try chat.change(["showEmotes": false])

        #expect(chat.elements("emote").isEmpty)
        #expect(chat.texts(of: "cheer") == ["Cheer100"])
    }

    @Test(arguments: [nil, "https://example.com/cheer.gif", "/img/" + String(repeating: "a", count: 196)])
    func `a cheer without a picture of this host is the word that was written`(url: String?) throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1", fragments: [Self.cheermote("Cheer100", url)]))

        #expect(chat.elements("emote").isEmpty)
        #expect(chat.texts(of: "cheer") == ["Cheer100"])
    }

    private static func cheermote(
        _ text: String,
        _ url: String? = "/img/twitch/cheermote/501/cheer/100"
    ) -> ChatMessage.Fragment {
        ChatMessage.Fragment(.cheermote, text, emoteId: "cheer100", emoteUrl: url)
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
        let reply = ChatMessage.Reply(messageId: "0", displayName: "Nova", text: "where to?")

        try chat.take(TestEvents.chatMessage("1", isAction: true, replyTo: reply))

        #expect(chat.elements("action").count == 1)
        #expect(chat.texts(of: "answered") == ["↩ Nova"])
        #expect(chat.texts(of: "quote") == ["where to?"])
        #expect(chat.widget.styleSheet.contains(".action .text { font-style: italic }"))
    }

    @Test func `only the beginning of a long answered message is quoted`() throws {
        var chat = try WidgetRun(ChatWidget())
        let text = String(repeating: "a", count: 61)

        try chat.take(TestEvents.chatMessage("1", replyTo: .init(messageId: "0", displayName: "Nova", text: text)))

        #expect(chat.texts(of: "quote") == [String(repeating: "a", count: 60) + "…"])
    }

    @Test func `nothing is quoted of a message whose id is too long to be taken away again`() throws {
        var chat = try WidgetRun(ChatWidget())
        let id = String(repeating: "x", count: 101)

        try chat.take(TestEvents.chatMessage("1", replyTo: .init(messageId: id, displayName: "Nova", text: "hi")))

        #expect(chat.texts(of: "reply") == ["↩ Nova"])
    }

    @Test func `the setting for country flags changes nothing until a platform tells a country`() throws {
        var with = try WidgetRun(ChatWidget(), ["showCountryFlag": true])
        var without = try WidgetRun(ChatWidget(), ["showCountryFlag": false])

        try with.take(TestEvents.chatMessage("1"))
        try without.take(TestEvents.chatMessage("1"))

        #expect(with.view == without.view)
    }

    @Test func `the time is shown when the streamer wants it`() throws {
        var chat = try WidgetRun(ChatWidget(), ["showTimestamps": true])

        try chat.take(TestEvents.chatMessage("1"))

        #expect(chat.texts(of: "time") == ["09:30"])
    }

    @Test(
        arguments: [
            ([:], "chat text-medium slide up roles"),
            (["fontSize": "large", "animation": "none"], "chat text-large none up roles"),
            (["fontSize": "small", "animation": "fade", "direction": "down"], "chat text-small fade down roles"),
        ] as [(JSONValue, String)]
    )
    func `text size, animation and direction are classes of the list`(settings: JSONValue, classes: String) throws {
        var chat = try WidgetRun(ChatWidget(), settings)

        try chat.take(TestEvents.chatMessage("1"))

        #expect(chat.elements("chat").first?.class == classes)
        for name in classes.split(separator: " ").dropFirst() where !["none", "up"].contains(name) {
            #expect(chat.widget.styleSheet.contains(".\(name)"), "no rule for \(name)")
        }
    }

    @Test func `the newest line is the first of the column, so that only old ones do not fit`() throws {
        var chat = try WidgetRun(ChatWidget())

        for number in 1...3 { try chat.take(TestEvents.chatMessage("\(number)")) }

        let places = ["-1", "-2", "-3"].map { [Style(.custom("place"), $0)] }
        #expect(chat.elements("line").map(\.style) == places)
        #expect(chat.widget.styleSheet.contains("order: var(--place)"))
    }
}
