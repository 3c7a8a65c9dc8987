import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct ChatFoldTests {
    @Test(arguments: [1, 20, 50] as [Int]) func `as many messages as may come in a second are shown`(limit: Int) throws
    {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": .integer(Int64(limit)), "maxMessages": 50])

        for number in 1...limit { try chat.take(TestEvents.chatMessage("\(number)")) }

        #expect(chat.elements("line").count == limit)
        #expect(chat.elements("folded").isEmpty)
    }

    @Test func `what comes faster waits for the next second, the newest shown and the rest counted`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 3])

        for number in 1...40 { try chat.take(TestEvents.chatMessage("\(number)", "\(number)")) }
        let first = chat.texts(of: "text")
        try chat.wait(seconds: 1)

        #expect(first == ["1", "2", "3"])
        #expect(chat.texts(of: "text") == ["1", "2", "3", "38", "39", "40"])
        #expect(chat.texts(of: "folded") == ["+34 messages"])
        #expect(chat.elements("line").map(\.class).firstIndex(of: "line folded") == 3)
    }

    @Test func `a short burst is shown whole within a second`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 5])

        for number in 1...8 { try chat.take(TestEvents.chatMessage("\(number)", "\(number)")) }
        try chat.wait(seconds: 1)

        #expect(chat.texts(of: "text") == (1...8).map(String.init))
        #expect(chat.elements("folded").isEmpty && chat.timers.isEmpty)
    }

    @Test func `what waited counts for the second in which it is shown`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 2])
        for number in 1...4 { try chat.take(TestEvents.chatMessage("\(number)", "\(number)")) }

        try chat.wait(seconds: 1)
        try chat.take(TestEvents.chatMessage("5", "5"))
        let full = chat.texts(of: "text")
        try chat.wait(seconds: 1)

        #expect(full == ["1", "2", "3", "4"])
        #expect(chat.texts(of: "text") == ["1", "2", "3", "4", "5"])
    }

    @Test func `however fast chat is, the screen holds what the streamer allows`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 2, "maxMessages": 5])

        for second in 0..<10 {
            for number in 1...30 { try chat.take(TestEvents.chatMessage("\(second)-\(number)", "\(second)-\(number)")) }
            try chat.wait(seconds: 1)
        }

        #expect(chat.elements("line").count == 5)
        #expect(chat.texts(of: "text").suffix(2) == ["9-29", "9-30"])
        #expect(chat.texts(of: "folded").last == "+28 messages")
    }

    @Test func `a hidden message is not counted`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 1, "hideCommands": true])

        try chat.take(
            TestEvents.chatMessage("1", "!a"),
            TestEvents.chatMessage("2", "shown"),
            TestEvents.chatMessage("3", "!b")
        )

        #expect(chat.texts(of: "text") == ["shown"])
        #expect(chat.elements("folded").isEmpty)
    }

    @Test func `a message that waits is never seen when it is deleted, and one that was counted does no harm`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 1])
        try chat.take(
            TestEvents.chatMessage("1", "1"),
            TestEvents.chatMessage("2", "2"),
            TestEvents.chatMessage("3", "3")
        )

        try chat.take(TestEvents.deletion(of: "2"), TestEvents.deletion(of: "3"))
        try chat.wait(seconds: 1)

        #expect(chat.texts(of: "text") == ["1"])
        #expect(chat.texts(of: "folded") == ["+1 message"])
    }

    @Test func `a cleared chat takes its part of what waits and of the count with it`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 1])
        for id in ["1", "2", "3"] { try chat.take(TestEvents.chatMessage(id)) }
        for id in ["4", "5"] { try chat.take(TestEvents.chatMessage(id, id, on: "kick")) }

        try chat.take(TestEvents.clearing(of: nil, on: "twitch"))
        try chat.wait(seconds: 1)

        #expect(chat.texts(of: "folded") == ["+1 message"])
        #expect(chat.texts(of: "text") == ["5"])
    }

    @Test func `a line that waited fades in its time`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 1, "messageTimeout": 5])
        try chat.take(TestEvents.chatMessage("1", "1"), TestEvents.chatMessage("2", "2"))
        try chat.take(TestEvents.deletion(of: "1"))

        try chat.wait(seconds: 1)
        let shown = chat.texts(of: "text")
        try chat.wait(seconds: 5)

        #expect(shown == ["2"])
        #expect(chat.view == View() && chat.timers.isEmpty)
    }
}
