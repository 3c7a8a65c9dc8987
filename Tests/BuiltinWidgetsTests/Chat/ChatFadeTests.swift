import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct ChatFadeTests {
    @Test func `a message stays for ever when no time is set`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1"))
        try chat.wait(seconds: 3600)

        #expect(chat.elements("line").count == 1)
        #expect(chat.timers.isEmpty)
    }

    @Test(arguments: [1, 30, 300] as [Int64]) func `a message leaves when its time is up`(seconds: Int64) throws {
        var chat = try WidgetRun(ChatWidget(), ["messageTimeout": .integer(seconds)])
        try chat.take(TestEvents.chatMessage("1"))

        try chat.wait(seconds: seconds - 1)
        let before = chat.elements("line").count
        try chat.wait(seconds: 1)

        #expect(before == 1)
        #expect(chat.view == View())
        #expect(chat.timers.isEmpty)
    }

    @Test func `each message has its own time, with one timer for all`() throws {
        var chat = try WidgetRun(ChatWidget(), ["messageTimeout": 10])
        for number in 0..<4 {
            try chat.take(TestEvents.chatMessage("\(number)", "\(number)"))
            try chat.wait(seconds: 2)
        }

        try chat.wait(seconds: 2)
        let first = chat.texts(of: "text")
        try chat.wait(seconds: 3)

        #expect(first == ["1", "2", "3"])
        #expect(chat.texts(of: "text") == ["2", "3"])
        #expect(chat.timers.count == 1)
    }

    @Test func `a message is marked a moment before it leaves, so that it fades`() throws {
        var chat = try WidgetRun(ChatWidget(), ["messageTimeout": 10])
        try chat.take(TestEvents.chatMessage("1"))
        try chat.wait(seconds: 5)
        try chat.take(TestEvents.chatMessage("2"))
        let due = try #require(chat.timers["fade"]?.due)

        let state = chat.state(afterFadingAt: due)

        #expect(due.milliseconds - chat.now.milliseconds == 4900)
        #expect(Self.exits(chat.widget.render(state, config: chat.config)) == [true, false])
        #expect(chat.widget.styleSheet.contains(".line.leaving { animation: exit-fade"))
    }

    @Test(arguments: [[:], ["messageTimeout": 20]] as [JSONValue])
    func `a message that may stay after all is not marked any more`(settings: JSONValue) throws {
        var chat = try WidgetRun(ChatWidget(), ["messageTimeout": 10])
        try chat.take(TestEvents.chatMessage("1"))
        let due = try #require(chat.timers["fade"]?.due)
        var state = chat.state(afterFadingAt: due)
        let config = ChatWidget.Config(try chat.widget.manifest.configSchema.validate(settings))

        var context = WidgetContext(now: due)
        chat.widget.configChanged(from: chat.config, to: config, state: &state, context: &context)

        #expect(Self.exits(chat.widget.render(state, config: config)) == [false])
    }

    @Test func `only the first message of an empty chat asks for a timer`() throws {
        var chat = try WidgetRun(ChatWidget(), ["messageTimeout": 10])
        try chat.take(TestEvents.chatMessage("1"))
        var (state, context) = (chat.state, WidgetContext(now: chat.now))

        let second = TestEvents.chatMessage("2")
        chat.widget.handle(second, state: &state, config: chat.config, context: &context)

        #expect(context.effects.isEmpty)
    }

    @Test func `a message that a moderator removes does not fade`() throws {
        var chat = try WidgetRun(ChatWidget(), ["messageTimeout": 10])

        try chat.take(TestEvents.chatMessage("1"))

        #expect(chat.elements("line").first?.attributes == [])
    }

    @Test func `setting a time counts from when a message came`() throws {
        var chat = try WidgetRun(ChatWidget())
        try chat.take(TestEvents.chatMessage("1", "old"))
        try chat.wait(seconds: 8)
        try chat.take(TestEvents.chatMessage("2", "new"))
        try chat.wait(seconds: 4)

        try chat.change(["messageTimeout": 10])
        let atOnce = chat.texts(of: "text")
        try chat.wait(seconds: 6)

        #expect(atOnce == ["new"])
        #expect(chat.view == View())
    }

    @Test func `a longer time keeps what would have left`() throws {
        var chat = try WidgetRun(ChatWidget(), ["messageTimeout": 10])
        try chat.take(TestEvents.chatMessage("1"))
        try chat.wait(seconds: 9)

        try chat.change(["messageTimeout": 20])
        try chat.wait(seconds: 10)
        let kept = chat.elements("line").count
        try chat.wait(seconds: 1)

        #expect(kept == 1)
        #expect(chat.view == View())
    }

    @Test func `setting no time keeps everything and stops the clock`() throws {
        var chat = try WidgetRun(ChatWidget(), ["messageTimeout": 10])
        try chat.take(TestEvents.chatMessage("1"))

        try chat.change([:])
        let timers = chat.timers.count
        try chat.wait(seconds: 100)

        #expect(timers == 0)
        #expect(chat.elements("line").count == 1)
    }

    @Test func `the first message after an empty chat starts the clock again`() throws {
        var chat = try WidgetRun(ChatWidget(), ["messageTimeout": 10])
        try chat.take(TestEvents.chatMessage("1"))
        try chat.wait(seconds: 4)
        try chat.take(TestEvents.clearing(of: nil), TestEvents.chatMessage("2"))

        try chat.wait(seconds: 9)
        let kept = chat.elements("line").count
        try chat.wait(seconds: 1)

        #expect(kept == 1)
        #expect(chat.view == View())
    }

    @Test func `messages that were pushed out do not stop the clock of the others`() throws {
        var chat = try WidgetRun(ChatWidget(), ["messageTimeout": 10, "maxMessages": 5])
        for number in 1...8 {
            try chat.take(TestEvents.chatMessage("\(number)"))
            try chat.wait(seconds: 1)
        }

        try chat.wait(seconds: 9)

        #expect(chat.view == View())
        #expect(chat.timers.isEmpty)
    }

    @Test func `a count of folded messages leaves like a message`() throws {
        var chat = try WidgetRun(ChatWidget(), ["messageTimeout": 10, "maxPerSecond": 1])
        try chat.take(TestEvents.chatMessage("1"), TestEvents.chatMessage("2"), TestEvents.chatMessage("3"))

        try chat.wait(seconds: 9)
        let kept = chat.elements("folded").count
        try chat.wait(seconds: 1)

        #expect(kept == 1)
        #expect(chat.view == View())
    }

    /// Which lines may play an exit when they are removed.
    private static func exits(_ view: View) -> [Bool] {
        ViewMeasure(view).elements("line").map { line in line.attributes.contains { $0.name == .exit } }
    }
}

extension WidgetRun<ChatWidget> {
    /// What the chat is like once its timer has fired at that moment.
    fileprivate func state(afterFadingAt moment: Timestamp) -> ChatWidget.State {
        var (state, event) = (state, TestEvents.follow("timer"))
        (event.type, event.receivedAt) = (.timer("fade"), moment)
        var context = WidgetContext(now: moment)
        widget.handle(event, state: &state, config: config, context: &context)
        return state
    }
}
