import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// How sessions at Kick's unofficial socket end, and what comes after.
@Suite(.withProcesses) struct KickChatSessionTests {
    @Test func `a connection that died in silence is found out, and one that is only quiet stays`() throws {
        let (chat, host) = try KickChatFeedTests.host()
        chat.manners.activitySeconds = 1
        try host.browser().signIn("kick")
        let page = try KickChatFeedTests.page(host)
        defer { withExtendedLifetime(page) {} }
        let first = try #require(KickChatFeedTests.guest(chat, host))
        let asked = { chat.visits.first?.words.filter { $0 == "pusher:ping" }.count ?? 0 }
        #expect(Deadline.wait(seconds: 60) { asked() >= 2 }, "it stayed after the first answer")

        chat.manners.answersPings = false

        #expect(KickChatFeedTests.guest(chat, host, after: first, waking: page) != nil)
        #expect(host.server.log.contains("the socket did not answer a ping"))
    }

    @Test func `a ping is answered`() throws {
        let (chat, host) = try KickChatFeedTests.host()
        try host.browser().signIn("kick")
        try KickChatFeedTests.withPage(host) {
            _ = try #require(KickChatFeedTests.guest(chat, host))

            chat.sends(#"{"event":"pusher:ping","data":"{}"}"#)

            #expect(
                Deadline.wait(seconds: 30) { chat.visits.first?.words == ["pusher:subscribe", "pusher:pong"] }
            )
        }
    }

    @Test func `a socket that neither greets nor takes a subscription is left for another`() throws {
        let (chat, host) = try KickChatFeedTests.host()
        chat.manners.greets = false
        try host.browser().signIn("kick")
        let page = try KickChatFeedTests.page(host)
        func comes(_ condition: () -> Bool) throws -> Bool {
            try Deadline.wait(seconds: 60) {
                try page.stayAwake()
                return condition()
            }
        }
        #expect(try comes { chat.visits.first?.isOpen == false })
        chat.manners.answersSubscriptions = false
        chat.manners.greets = true
        #expect(try comes { chat.visits.contains { $0.words == ["pusher:subscribe"] } })
        let mute = chat.visits.count - 1
        #expect(try comes { chat.visits[mute].isOpen == false }, "it waited long enough")
        chat.manners.answersSubscriptions = true

        #expect(KickChatFeedTests.guest(chat, host, waking: page) != nil)
        #expect(host.server.log.contains("the socket did not answer in time"))
    }

    @Test(arguments: [4100, 1001, nil] as [UInt16?])
    func `after a drop the room is subscribed to again`(code: UInt16?) throws {
        let (chat, host) = try KickChatFeedTests.host()
        let browser = host.browser()
        try browser.signIn("kick")
        try KickChatFeedTests.withPage(host) {
            let first = try #require(KickChatFeedTests.guest(chat, host))

            chat.closes(first, code)

            #expect(KickChatFeedTests.guest(chat, host, after: first) != nil)
            #expect(host.server.log.contains("a session has ended"))
            // Told until the room was subscribed to again.
            let told = { try browser.session()["connectedPlatforms"]?.arrayValue?.first }
            #expect(try Deadline.wait(seconds: 30, pausing: 100) { try told()?["trouble"] == .null })
        }
    }

    @Test func `a Kick that is over capacity is named, tried again, and what it says twice or late is there once`()
        throws
    {
        let (chat, host) = try KickChatFeedTests.host()
        let browser = host.browser()
        try browser.signIn("kick")
        let page = try KickChatFeedTests.page(host)
        defer { withExtendedLifetime(page) {} }
        let first = try #require(KickChatFeedTests.guest(chat, host))
        chat.says("Before", id: "line-1")
        #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 1 })
        func isTold(_ trouble: String?) throws -> Bool {
            try Deadline.wait(seconds: 60, pausing: 100) {
                try page.stayAwake()
                return try browser.trouble(of: "kick") == trouble
            }
        }

        // Nothing is mended until the trouble was seen.
        chat.manners.refusal = 4100
        chat.closes(first, 1001)
        #expect(try isTold("chat"))
        #expect(try browser.platforms() == ["kick:connected"], "what it delivers is another matter")
        chat.manners.refusal = nil

        _ = try #require(KickChatFeedTests.guest(chat, host, after: first, waking: page))
        #expect(try isTold(nil))
        for number in [3, 2, 1, 2, 3, 4] { chat.says("Line \(number)", id: "line-\(number)") }
        #expect(
            try Deadline.wait(seconds: 30) { try host.table.ids(ofTypes: "chat:message").contains("line-4") }
        )
        #expect(try host.table.ids(ofTypes: "chat:message") == ["line-1", "line-3", "line-2", "line-4"])
        #expect(try host.table.hasNoGap())
    }

    @Test func `who is sent away for the moment comes back at once, the second time after a rest`() throws {
        let (chat, host) = try KickChatFeedTests.host()
        try host.browser().signIn("kick")
        try KickChatFeedTests.withPage(host) {
            let first = try #require(KickChatFeedTests.guest(chat, host))

            chat.ends(first, 4200)
            let second = try #require(KickChatFeedTests.guest(chat, host, after: first))
            #expect(!host.server.log.contains("a session has ended"))
            #expect(host.server.log.contains("Kick's chat goes on over another socket"))

            chat.ends(second, 4200)
            #expect(KickChatFeedTests.guest(chat, host, after: second) != nil)
            #expect(host.server.log.contains("a session has ended"))
        }
    }

    @Test func `who is refused for good leaves Kick alone for minutes, and the dashboard says so`() throws {
        let (chat, host) = try KickChatFeedTests.host()
        chat.manners.refusal = 4001
        let browser = host.browser()
        try browser.signIn("kick")
        try KickChatFeedTests.withPage(host) {
            let words = "Kick's chat wants no other try"
            #expect(Deadline.wait(seconds: 60) { host.server.log.contains(words) })
            #expect(host.server.log.contains("the socket says 4001"))
            // Several looks of who would have come again.
            Deadline.pause(milliseconds: 6000)
            #expect(chat.visits.count == 1)
            let told = try browser.session()["connectedPlatforms"]?.arrayValue?.first
            #expect(told?["trouble"] == "chat")
        }
    }

    @Test func `what nobody understands costs no session`() throws {
        let (chat, host) = try KickChatFeedTests.host()
        try host.browser().signIn("kick")
        try KickChatFeedTests.withPage(host) {
            let visit = try #require(KickChatFeedTests.guest(chat, host))

            for text in [
                "{", "[]", "{}", #"{"event":"pusher:error","data":{"code":4301,"message":"Too many"}}"#,
                #"{"event":"EventOfTomorrow","channel":"chatrooms.4242.v2","data":"{}"}"#,
                #"{"event":"App\\Events\\ChatMessageEvent","channel":"chatrooms.4242.v2","data":"zanzibar"}"#,
            ] { chat.sends(text) }
            chat.happens("ChatMessageEvent", ["id": "line-0", "content": "timbuktu"])
            chat.happens("ChatMessageEvent", KickChatSamples.line("of another room", id: "line-9"), in: "1")
            chat.says("Still here", id: "line-1")

            #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 1 })
            #expect(try host.table.ids(ofTypes: "chat:message") == ["line-1"])
            #expect(chat.guests.map(\.number) == [visit.number])
            #expect(host.server.log.contains("data.sender.id is missing, empty or not a text"))
            #expect(!host.server.log.contains("zanzibar") && !host.server.log.contains("timbuktu"))
        }
    }
}
