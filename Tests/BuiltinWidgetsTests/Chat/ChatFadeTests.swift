import BuiltinWidgets
import Testing
import WidgetAPI

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
        let exits = try chat.widget.exits(of: chat.state, chat.config, at: due)

        #expect(due.milliseconds - chat.now.milliseconds == 4950)
        #expect(exits == [true, false])
        #expect(chat.widget.styleSheet.contains(".line.leaving { animation: exit-fade"))
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
        try chat.wait(seconds: 100)

        #expect(chat.elements("line").count == 1)
        #expect(chat.timers.isEmpty)
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
}

extension ChatWidget {
    /// Which lines may play an exit after the timer's firing at that moment.
    fileprivate func exits(of state: State, _ config: Config, at moment: Timestamp) throws -> [Bool] {
        var (state, event) = (state, TestEvents.follow("timer"))
        (event.type, event.receivedAt) = (.timer("fade"), moment)
        var context = WidgetContext(now: moment)
        handle(event, state: &state, config: config, context: &context)
        return ViewMeasure(render(state, config: config)).elements("line").map { line in
            line.attributes.contains { $0.name == .exit }
        }
    }
}
