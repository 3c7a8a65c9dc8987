import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct ChatSoundTests {
    @Test func `chat makes no sound until the streamer wants one`() throws {
        var chat = try WidgetRun(ChatWidget())

        try chat.take(TestEvents.chatMessage("1"))
        try chat.wait(seconds: 600)
        try chat.take(TestEvents.chatMessage("2"))

        #expect(chat.sounds.isEmpty)
    }

    @Test func `the first message after two minutes of silence chimes`() throws {
        var chat = try WidgetRun(ChatWidget(), ["notificationSound": true])
        try chat.take(TestEvents.chatMessage("1"))
        let first = chat.sounds.count

        try chat.wait(seconds: 119)
        try chat.take(TestEvents.chatMessage("2"))
        let early = chat.sounds.count
        try chat.wait(seconds: 120)
        try chat.take(TestEvents.chatMessage("3"), TestEvents.chatMessage("4"))

        #expect(first == 1)
        #expect(early == 1)
        let until = chat.now.advanced(byMilliseconds: 5000)
        #expect(chat.sounds.count == 2)
        #expect(chat.sounds.last == Sound(asset: "assets/chime.wav", volume: 0.5, until: until))
    }

    @Test(arguments: [(1000, 1), (1001, 0), (3_600_000, 0)] as [(Int64, Int)])
    func `the silence is as long as the streamer wants`(milliseconds: Int64, sounds: Int) throws {
        let settings: JSONValue = ["notificationSound": true, "silenceMs": .integer(milliseconds)]
        var chat = try WidgetRun(ChatWidget(), settings)
        try chat.take(TestEvents.chatMessage("1"))
        let first = chat.sounds.count

        try chat.wait(seconds: 1)
        try chat.take(TestEvents.chatMessage("2"))

        #expect(chat.sounds.count - first == sounds)
    }

    @Test func `what is hidden neither chimes nor breaks the silence`() throws {
        var chat = try WidgetRun(ChatWidget(), ["notificationSound": true, "hideCommands": true])
        try chat.take(TestEvents.chatMessage("1"))
        let first = chat.sounds.count

        try chat.wait(seconds: 100)
        try chat.take(TestEvents.chatMessage("2", "!drop"))
        try chat.wait(seconds: 20)
        try chat.take(TestEvents.chatMessage("3", "!drop"))
        let hidden = chat.sounds.count
        try chat.take(TestEvents.chatMessage("4"))

        #expect(hidden == first)
        #expect(chat.sounds.count == first + 1)
    }

    @Test func `switching the sound on in a busy chat does not chime`() throws {
        var chat = try WidgetRun(ChatWidget())
        try chat.take(TestEvents.chatMessage("1"))

        try chat.change(["notificationSound": true])
        try chat.take(TestEvents.chatMessage("2"))

        #expect(chat.sounds.isEmpty)
    }

    @Test func `the permissions are those that the chat needs`() {
        #expect(ChatWidget().manifest.permissions == [.timers, .sound])
    }
}
