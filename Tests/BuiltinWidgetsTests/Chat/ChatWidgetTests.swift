import Testing
import WidgetAPI
import WidgetConformance

@testable import BuiltinWidgets

@Suite struct ChatWidgetTests {
    @Test func `the newest message stands at the bottom`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1", "first"), TestEvents.chatMessage("2", "second"))

        #expect(chat.texts(of: "text") == ["first", "second"])
    }

    @Test func `an empty chat draws nothing`() throws {
        let chat = try WidgetRun(ChatWidget())

        #expect(chat.view == View())
    }

    @Test func `the oldest message leaves when there are too many`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxMessages": 5])

        for number in 1...6 { try chat.take(TestEvents.chatMessage("\(number)", "text \(number)")) }

        #expect(chat.texts(of: "text") == ["text 2", "text 3", "text 4", "text 5", "text 6"])
    }

    @Test func `fewer messages are shown as soon as the streamer wants fewer`() throws {
        var chat = try WidgetRun(ChatWidget())
        for number in 1...10 { try chat.take(TestEvents.chatMessage("\(number)")) }

        try chat.change(["maxMessages": 5])

        #expect(chat.elements("line").count == 5)
    }

    @Test func `a message that comes twice is one line`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1"), TestEvents.chatMessage("1"))

        #expect(chat.elements("line").count == 1)
    }

    @Test func `the same id on two platforms is two lines`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1", on: "twitch"), TestEvents.chatMessage("1", on: "kick"))

        #expect(chat.elements("line").map(\.key) == ["twitch:1", "kick:1"])
    }

    @Test func `an id that is too long for a key still has its line`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage(String(repeating: "x", count: 200)), TestEvents.chatMessage("2"))

        #expect(chat.elements("line").count == 2)
    }

    @Test func `fifty of the longest messages with emotes stay within the limits`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxMessages": 50, "showTimestamps": true])
        let emotes = (0..<250).flatMap { number -> [ChatMessage.Fragment] in
            let url = "/img/twitch/emote/\(number)"
            return [.init(.emote, "\"", emoteId: "\(number)", emoteUrl: url), .init(.text, "\\")]
        }
        for number in 1...60 {
            try chat.take(
                TestEvents.chatMessage("\(number)", from: Self.decorated, fragments: emotes, replyTo: Self.longReply)
            )
            try chat.wait(seconds: 1)
        }

        #expect(chat.elements("line").last?.key == "twitch:60")
    }

    @Test func `fifty short messages with everything beside them stay within the limits`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxMessages": 50, "showTimestamps": true, "messageTimeout": 300])

        for number in 1...60 {
            try chat.take(
                TestEvents.chatMessage("\(number)", "hi", from: Self.decorated, isAction: true, replyTo: Self.longReply)
            )
            try chat.wait(seconds: 1)
        }

        #expect(chat.elements("line").last?.key == "twitch:60")
    }

    /// A name, badges and a quote as large as they are kept.
    private static let decorated: User = {
        var user = TestEvents.user(String(repeating: "名", count: 40), color: "#5EA8FF", roles: User.Role.allCases)
        user.avatarUrl = "/img/" + String(repeating: "a", count: 195)
        user.badges = (User.Role.allCases.map(\.rawValue) + ["one", "two", "three"]).map { set in
            let url = "/img/" + String(repeating: "b", count: 195)
            return .init(set: set, id: "1", title: String(repeating: "\"", count: 40), imageUrl: url)
        }
        return user
    }()

    private static let longReply = ChatMessage.Reply(
        messageId: String(repeating: "m", count: 100),
        displayName: String(repeating: "名", count: 90),
        text: String(repeating: "\"", count: 200)
    )

    @Test func `fifty messages of nothing but mentions stay within the limits`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxMessages": 50])
        let mentions = (0..<250).map { _ in ChatMessage.Fragment(.mention, "@a") }

        for number in 1...60 {
            try chat.take(TestEvents.chatMessage("\(number)", fragments: mentions))
            try chat.wait(seconds: 1)
        }

        #expect(chat.elements("line").last?.key == "twitch:60")
    }

    @Test(arguments: [500, 50] as [Int])
    func `fifty messages of wide letters stay within the limits`(length: Int) throws {
        var chat = try WidgetRun(ChatWidget(), ["maxMessages": 50])

        for number in 1...60 {
            let text = String(repeating: "漢", count: length)
            try chat.take(TestEvents.chatMessage("\(number)", text))
            try chat.wait(seconds: 1)
        }

        #expect(chat.texts(of: "text").last?.count == length)
        #expect(length > 50 || chat.elements("line").count == 50)
    }

    @Test(arguments: ["plain", "decorated", "emotes", "cheers", "mentions", "marks"])
    func `a line weighs no less than what it takes of state and view`(kind: String) throws {
        let fragments: [ChatMessage.Fragment]? =
            switch kind {
            case "emotes":
                (0..<60).map { .init(.emote, "\"", emoteId: "\($0)", emoteUrl: "/img/twitch/emote/\($0)") }
            // The shortest there are: of these a chat has the most nodes.
            case "cheers": (0..<60).map { _ in .init(.cheermote, "\"1", emoteId: "c", emoteUrl: "/img/c") }
            case "mentions": (0..<60).map { _ in .init(.mention, "@") }
            case "marks": [.init(.text, String(repeating: "\\", count: 500))]
            default: nil
            }
        let isPlain = kind == "plain"
        let event = TestEvents.chatMessage(
            "01935c7e-7c1a-7d3e-9b5a-000000000010",
            "",
            from: isPlain ? TestEvents.user("Nova", color: "#5EA8FF") : Self.decorated,
            fragments: fragments,
            isAction: !isPlain,
            replyTo: isPlain ? nil : Self.longReply
        )
        let config = ChatWidget.Config(["showTimestamps": true])
        let line = ChatLine(try #require(ChatMessage(json: event.payload)), of: event, number: 1_000_000)

        let node = line.node(with: config, isLeaving: true)

        let drawn = ViewMeasure(View(node))
        let element = try #require(drawn.elements("line").first)
        #expect(line.weight >= line.json.text.utf8.count)
        #expect(line.weight >= drawn.json.text.utf8.count)
        #expect(line.weight >= element.measure.bytes)
        // As many as a full chat of such lines may have.
        #expect(drawn.nodes * 60_000 / line.weight < ViewLimits.nodes)
    }

    @Test func `fifty ordinary messages are all there`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxMessages": 50])
        var user = TestEvents.user("Aurora99", color: "#5EA8FF", roles: [.subscriber])
        user.avatarUrl = "/img/demo/avatar/1"
        user.badges = [.init(set: "subscriber", id: "6", imageUrl: "/img/twitch/badge/subscriber/6")]
        let emote = ChatMessage.Fragment(.emote, "demoWave", emoteId: "demo-wave", emoteUrl: "/img/demo/emote/wave")
        let text = ChatMessage.Fragment(.text, "that was the best run of the whole week, how did you do it ")
        let reply = ChatMessage.Reply(
            messageId: String(repeating: "0", count: 36),
            displayName: "Nova",
            text: text.text
        )

        for number in 1...60 {
            try chat.take(
                TestEvents.chatMessage(
                    "01935c7e-7c1a-7d3e-9b5a-0000000000\(number + 10)",
                    from: user,
                    fragments: [text, emote],
                    replyTo: number.isMultiple(of: 3) ? reply : nil
                )
            )
            try chat.wait(seconds: 1)
        }

        #expect(chat.elements("line").count == 50)
    }

    @Test func `a test message is shown like a real one`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1", "just a test", isTest: true))

        #expect(chat.texts(of: "text") == ["just a test"])
    }

    @Test func `a message of more than 500 characters is cut`() throws {
        var chat = try WidgetRun(ChatWidget())
        let halves = [ChatMessage.Fragment(.text, String(repeating: "a", count: 300)), .init(.mention, "@b")]

        try chat.take(TestEvents.chatMessage("1", fragments: halves + halves))

        let text = try #require(chat.texts(of: "text").first)
        #expect(text.count == 501)
        #expect(text.hasSuffix("a…"))
    }
}
