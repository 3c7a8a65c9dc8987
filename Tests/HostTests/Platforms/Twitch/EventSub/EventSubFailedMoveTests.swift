import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Twitch wants a session at another socket, and it cannot be had there at once.
@Suite(.withProcesses) struct EventSubFailedMoveTests {
    @Test func `a move that fails is tried again, and nothing is missed meanwhile`() throws {
        let (host, page) = try EventSubFeedTests.streaming()
        defer { withExtendedLifetime(page) {} }
        let eventSub = host.twitch.eventSub
        let first = try #require(EventSubFeedTests.ready(host))
        eventSub.refusedMoves = [4007]

        eventSub.moves(first)
        try #require(Self.comes(while: page) { eventSub.sessions.count >= 2 })
        try eventSub.happens(.follow(by: "Cleo"))
        try #require(Self.comes(while: page) { eventSub.sessions.count == 3 && eventSub.open.count == 1 })
        try eventSub.happens(.follow(by: "Dana"))

        #expect(try Self.comes(while: page) { try host.table.count(ofType: "event:follow") == 2 })
        #expect(eventSub.sessions[0].goodbye == 1000)
        #expect(eventSub.open.map(\.path) == ["/ws?moved=\(first.id)"])
        #expect(eventSub.open.first?.subscriptions.count == EventSubSubscription.all.count)
        let wishes = host.twitch.requests(to: "/helix/eventsub/subscriptions")
        #expect(wishes.count == EventSubSubscription.all.count, "they came along")
    }

    @Test func `a move that never works ends in another session, and the log says why`() throws {
        let (host, page) = try EventSubFeedTests.streaming()
        defer { withExtendedLifetime(page) {} }
        let eventSub = host.twitch.eventSub
        let first = try #require(EventSubFeedTests.ready(host))
        eventSub.refusedMoves = Array(repeating: 4007, count: 20)

        eventSub.moves(first)
        try #require(Self.comes(while: page) { eventSub.sessions.count >= 3 })
        eventSub.ends(first, 4004)

        let next = try #require(EventSubFeedTests.ready(host, after: first, waking: page))
        #expect(next.path == "/ws")
        try eventSub.happens(.follow(by: "Cleo"))
        #expect(try Self.comes(while: page) { try host.table.count(ofType: "event:follow") == 1 })
        let log = host.server.log
        #expect(log.contains("4004, the new address was not used in time"))
        #expect(log.contains("4007, the new address was wrong"))
    }

    /// Whether it comes to be while the page answers pings: without a page there would soon be no session.
    private static func comes(while page: WebSocketClient, _ condition: () throws -> Bool) throws -> Bool {
        try Deadline.wait(seconds: 60) {
            try page.stayAwake()
            return try condition()
        }
    }
}
