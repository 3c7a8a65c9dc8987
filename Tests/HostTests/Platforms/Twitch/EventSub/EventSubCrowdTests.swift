import Foundation
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Many streamers at once, each with a socket to Twitch and an overlay open, and their chats over as few connections as
/// these can serve; half of what is said comes over those alone.
///
/// The long form (`make soak`) has a thousand of them and ten who are busy, and says what they cost.
@Suite(.serialized, .withProcesses) struct EventSubCrowdTests {
    private static let isSoak = ProcessInfo.processInfo.environment["STREAMVIBES_SOAK"] == "1"
    private static let count = isSoak ? 1000 : 20
    private static let busy = isSoak ? 10 : 2
    /// Lines a second of each busy channel, and for how many seconds.
    private static let (rate, seconds) = isSoak ? (50, 20) : (20, 2)

    @Test func `every streamer gets their own lines, whoever is busy`() throws {
        let host = try LoginHost(environment: ["TRUSTED_PROXIES": "127.0.0.1"])
        for number in 0..<Self.count { try Self.signIn(number, host) }
        let before = host.server.residentKilobytes
        var pages: [WebSocketClient] = []
        for number in 0..<Self.count {
            let page = try WebSocketClient(port: host.server.port)
            _ = try #require(try page.subscribe(Self.channel(number)))
            pages.append(page)
            if number % 100 == 99 { try Self.answerPings(pages) }
        }
        let (eventSub, irc) = (host.twitch.eventSub, host.twitch.irc)
        let all = EventSubSubscription.all.count
        #expect(
            try Deadline.wait(seconds: 600) {
                try Self.answerPings(pages)
                return eventSub.open.count == Self.count && eventSub.open.allSatisfy { $0.subscriptions.count == all }
                    && irc.visits.reduce(0) { $0 + ($1.isOpen ? $1.rooms.count : 0) } == Self.count
            }
        )
        let each = Double(host.server.residentKilobytes - before) / Double(Self.count)
        let worked = host.server.processorSeconds

        let chatter = Thread { try? Self.chatter(eventSub, irc) }
        chatter.start()
        var delays: [Double] = []
        for number in Self.busy..<min(Self.count, Self.busy + Self.seconds * 5) {
            let line = "quiet line of \(number)"
            let said = ContinuousClock.now
            try Self.say(line, number, number.isMultiple(of: 2) ? eventSub : nil, irc)
            #expect(try pages[number].message("overlay:patch") { $0.text.contains(line) } != nil)
            delays.append((ContinuousClock.now - said) / .milliseconds(1))
            Deadline.pause(milliseconds: 200)
        }
        let table = host.table
        let lines = Self.busy * Self.rate * Self.seconds + delays.count
        #expect(
            try Deadline.wait(seconds: 300) {
                try Self.answerPings(pages)
                return try table.count(ofType: "chat:message") == lines
            }
        )
        #expect(eventSub.open.count == Self.count, "nobody was cut off")
        let served = irc.visits.filter(\.isOpen).map(\.rooms.count)
        #expect(served.reduce(0, +) == Self.count)

        guard Self.isSoak else { return }
        #expect(eventSub.sessions.count == Self.count, "nobody had to begin twice")
        print("\(served.count) connections for chat")
        #expect(served.count <= Self.count / IRCPlaces.limit * 3 / 2, "their places are taken")
        let work = (host.server.processorSeconds - worked) / Double(lines) * 1_000_000
        let longest = delays.max() ?? 0
        print("\(Self.count) streamers: \(Int(each)) KiB each with an overlay, \(Int(work)) µs of processor a line,")
        print("quiet channels: \(Int(delays.sorted()[delays.count / 2])) ms in the middle, \(Int(longest)) ms at most")
        #expect(longest < 100, "who is busy keeps the others waiting")
        #expect(each < 256, "KiB, each streamer with an overlay")
    }

    // MARK: Steps

    /// Reads what has come until now: who answers no ping is let go, and takes the streamer's sockets along.
    private static func answerPings(_ pages: [WebSocketClient]) throws {
        for page in pages { _ = try page.message("none", withinMilliseconds: 1) }
    }

    private static func channel(_ number: Int) -> String { "streamer\(number)" }
    private static func id(_ number: Int) -> String { "\(5000 + number)" }

    private static func signIn(_ number: Int, _ host: LoginHost) throws {
        host.twitch.user = .init(id: id(number), login: channel(number), name: "Streamer \(number)")
        let browser = host.browser()
        // One address may begin ten logins a minute.
        browser.address = "10.0.\(number / 250).\(number % 250 + 1)"
        try browser.signIn("twitch")
    }

    /// Says a line in somebody's chat, over EventSub where that is named and else over IRC.
    private static func say(_ text: String, _ number: Int, _ eventSub: FakeEventSub?, _ irc: FakeIRC) throws {
        if let eventSub { return _ = try eventSub.happens(.chat(text, in: id(number))) }
        _ = irc.says([FakeIRC.line(text, in: (channel(number), id(number)))], in: "#\(channel(number))")
    }

    private static func chatter(_ eventSub: FakeEventSub, _ irc: FakeIRC) throws {
        for second in 0..<seconds {
            let begun = ContinuousClock.now
            for line in 0..<rate {
                for number in 0..<busy {
                    try say("busy \(second).\(line)", number, number.isMultiple(of: 2) ? eventSub : nil, irc)
                }
            }
            let left = Duration.seconds(1) - (ContinuousClock.now - begun)
            Deadline.pause(milliseconds: UInt32(max(0, left / .milliseconds(1))))
        }
    }
}
