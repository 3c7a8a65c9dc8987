import Testing
import WidgetAPI

@testable import FakePlatforms

/// What the fake Twitch refuses as Twitch does, or the tests of those who ask it would prove nothing.
@Suite struct FakeEventSubTests {
    // Source: https://dev.twitch.tv/docs/eventsub/handling-websocket-events/#subscription-limits
    @Test func `a user has three sockets with subscriptions, and one that was moved is no further one`() throws {
        let eventSub = try FakeEventSub()
        var sockets: [WebSocketClient] = []
        defer { withExtendedLifetime(sockets) {} }
        func greeted(_ query: String = "") throws -> String {
            let digits = eventSub.address.split(separator: ":").last?.prefix { $0.isNumber } ?? ""
            let socket = try WebSocketClient(port: try #require(Int(digits)), path: "/ws" + query)
            sockets.append(socket)
            let welcome = try JSONValue(parsing: try #require(try socket.receive()).text)
            return try #require(welcome["payload"]?["session"]?["id"]?.stringValue)
        }
        func status(_ session: String, of user: String = "1234", _ type: String = "channel.follow") -> Int {
            let wish: JSONValue = [
                "type": .string(type), "condition": ["broadcaster_user_id": .string(user)],
                "transport": ["method": "websocket", "session_id": .string(session)],
            ]
            return eventSub.subscribe(wish, of: user).status
        }
        func end(_ session: String) throws {
            let found = try #require(eventSub.open.first { $0.id == session })
            eventSub.ends(found, nil)
            #expect(Deadline.wait(seconds: 60) { !eventSub.open.contains { $0.id == session } })
        }

        let first = try (1...3).map { _ in try greeted() }
        #expect(first.map { status($0) } == [202, 202, 202])
        let fourth = try greeted()
        #expect(status(fourth) == 429)
        let theirs = try greeted()
        #expect(status(theirs, of: "99") == 202, "it is another user's")
        #expect(status(first[0], "channel.raid") == 202, "it has its place")

        let moved = try greeted("?moved=\(first[0])")
        #expect(status(moved, "stream.online") == 202)
        try end(first[0])
        #expect(status(fourth) == 429, "the moved one has taken the place")
        try end(first[1])
        #expect(status(fourth) == 202)
        #expect(eventSub.mostOpen == 6)
    }
}
