import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct ChatFilterTests {
    @Test(arguments: ["Nightbot", "NIGHTBOT", "StreamElements", "kickbot"])
    func `a bot that everybody knows is hidden when the streamer wants it`(name: String) throws {
        var chat = try WidgetRun(ChatWidget(), ["hideBots": true])

        try chat.take(TestEvents.chatMessage("1", from: TestEvents.user(name)), TestEvents.chatMessage("2", "hi"))

        #expect(chat.texts(of: "text") == ["hi"])
    }

    @Test func `bots are shown until the streamer hides them`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1", "I am a bot", from: TestEvents.user("Nightbot")))

        #expect(chat.texts(of: "text") == ["I am a bot"])
    }

    @Test func `the streamer's own list of bots counts instead`() throws {
        var chat = try WidgetRun(ChatWidget(), ["hideBots": true, "botNames": [" @MyBot "]])

        try chat.take(
            TestEvents.chatMessage("1", "mine", from: TestEvents.user("mybot")),
            TestEvents.chatMessage("2", "known", from: TestEvents.user("Nightbot"))
        )

        #expect(chat.texts(of: "text") == ["known"])
    }

    @Test(arguments: ["!drop", "  !drop", "!"])
    func `a command is hidden when the streamer wants it`(text: String) throws {
        var chat = try WidgetRun(ChatWidget(), ["hideCommands": true])

        try chat.take(TestEvents.chatMessage("1", text), TestEvents.chatMessage("2", "no! not a command"))

        #expect(chat.texts(of: "text") == ["no! not a command"])
    }

    @Test func `a command is shown until the streamer hides commands`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1", "!drop"))

        #expect(chat.texts(of: "text") == ["!drop"])
    }

    @Test(arguments: ["Troll", "troll", "@TROLL", " @troll ", "Der Troll", "der troll"])
    func `a muted viewer is not shown, by either name and however it is written`(written: String) throws {
        var chat = try WidgetRun(ChatWidget(), ["mutedUsers": [.string(written)]])
        var troll = TestEvents.user("Troll")
        troll.displayName = "Der Troll"

        try chat.take(TestEvents.chatMessage("1", "bad", from: troll), TestEvents.chatMessage("2", "good"))

        #expect(chat.texts(of: "text") == ["good"])
    }

    @Test func `a muted viewer is not read in an answer either`() throws {
        var chat = try WidgetRun(ChatWidget(), ["mutedUsers": ["troll"]])

        try chat.take(TestEvents.chatMessage("1", replyTo: .init(messageId: "0", displayName: "Troll", text: "bad")))

        #expect(chat.elements("reply").isEmpty)
        #expect(chat.texts(of: "text") == ["hello"])
    }

    @Test(
        arguments: [
            ["mutedUsers": ["nightbot"]], ["hideBots": true], ["hideCommands": true],
        ] as [JSONValue]
    )
    func `what is on screen is hidden as soon as the streamer hides it, and comes back`(settings: JSONValue) throws {
        var chat = try WidgetRun(ChatWidget())
        try chat.take(TestEvents.chatMessage("1", "!bot", from: TestEvents.user("Nightbot")))
        try chat.take(TestEvents.chatMessage("2", "stays"))

        try chat.change(settings)
        let hidden = chat.texts(of: "text")
        try chat.change([:])

        #expect(hidden == ["stays"])
        #expect(chat.texts(of: "text") == ["!bot", "stays"])
    }

    @Test func `what is hidden takes no place from what is shown`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxMessages": 5])
        for number in 1...2 { try chat.take(TestEvents.chatMessage("old \(number)", "\(number)")) }
        for number in 3...5 { try chat.take(TestEvents.chatMessage("old \(number)", "!\(number)")) }
        try chat.change(["maxMessages": 5, "hideCommands": true])

        for number in 6...8 {
            try chat.take(
                TestEvents.chatMessage("command \(number)", "!x"),
                TestEvents.chatMessage("\(number)", "\(number)")
            )
        }

        #expect(chat.texts(of: "text") == ["1", "2", "6", "7", "8"])
    }
}
