import BuiltinWidgets
import Testing
import WidgetAPI

@Suite struct ChatFoldTests {
    @Test(arguments: [1, 20, 50] as [Int]) func `as many messages as may come in a second are shown`(limit: Int) throws
    {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": .integer(Int64(limit)), "maxMessages": 50])

        for number in 1...limit { try chat.take(TestEvents.chatMessage("\(number)")) }

        #expect(chat.elements("line").count == limit)
        #expect(chat.elements("folded").isEmpty)
    }

    @Test func `the rest of the second is one line that counts`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 3])

        for number in 1...4 { try chat.take(TestEvents.chatMessage("\(number)", "\(number)")) }
        let first = chat.texts(of: "folded")
        for number in 5...40 { try chat.take(TestEvents.chatMessage("\(number)", "\(number)")) }

        #expect(first == ["+1 message"])
        #expect(chat.texts(of: "folded") == ["+37 messages"])
        #expect(chat.texts(of: "text") == ["1", "2", "3"])
        #expect(chat.elements("line").last?.class == "line folded")
    }

    @Test func `the next second is shown again, after the count`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 1])
        try chat.take(TestEvents.chatMessage("1", "1"), TestEvents.chatMessage("2", "2"))

        try chat.wait(seconds: 1)
        try chat.take(TestEvents.chatMessage("3", "3"), TestEvents.chatMessage("4", "4"))

        #expect(chat.texts == ["T", "Aurora99", "1", "+1 message", "T", "Aurora99", "3", "+1 message"])
    }

    @Test func `however fast chat is, the screen holds what the streamer allows`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 2, "maxMessages": 5])

        for second in 0..<10 {
            for number in 1...30 { try chat.take(TestEvents.chatMessage("\(second)-\(number)")) }
            try chat.wait(seconds: 1)
        }

        #expect(chat.elements("line").count == 5)
        #expect(chat.texts(of: "folded") == ["+28 messages", "+28 messages"])
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

    @Test func `deleting a message that was only counted does no harm`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 1])
        try chat.take(TestEvents.chatMessage("1"), TestEvents.chatMessage("2"))

        try chat.take(TestEvents.deletion(of: "2"), TestEvents.clearing(of: "id-Somebody"))

        #expect(chat.texts(of: "folded") == ["+1 message"])
    }

    @Test func `a cleared chat takes its part of the count with it`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 1])
        try chat.take(
            TestEvents.chatMessage("1"),
            TestEvents.chatMessage("2"),
            TestEvents.chatMessage("3", on: "kick"),
            TestEvents.chatMessage("4", on: "kick")
        )

        try chat.take(TestEvents.clearing(of: nil, on: "twitch"))
        let left = chat.texts
        try chat.take(TestEvents.clearing(of: nil, on: "kick"))

        #expect(left == ["+2 messages"])
        #expect(chat.view == View())
    }

    @Test func `more messages a second are shown from the next second on`() throws {
        var chat = try WidgetRun(ChatWidget(), ["maxPerSecond": 1])
        try chat.take(TestEvents.chatMessage("1", "1"), TestEvents.chatMessage("2", "2"))

        try chat.change(["maxPerSecond": 2])
        try chat.take(TestEvents.chatMessage("3", "3"))
        let sameSecond = chat.texts(of: "folded")
        try chat.wait(seconds: 1)
        for number in 4...6 { try chat.take(TestEvents.chatMessage("\(number)", "\(number)")) }

        #expect(sameSecond == ["+2 messages"])
        #expect(chat.texts(of: "text") == ["1", "4", "5"])
        #expect(chat.texts(of: "folded") == ["+2 messages", "+1 message"])
    }
}
