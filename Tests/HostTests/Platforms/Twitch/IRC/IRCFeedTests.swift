import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A streamer's chat over IRC, beside what EventSub tells of it.
@Suite(.withProcesses) struct IRCFeedTests {
    @Test func `who signs in and opens an overlay sees their chat`() throws {
        let host = try LoginHost()
        host.twitch.irc.manners.greeting = [FakeIRC.line("Hello with the join", id: "line-0")]
        try host.browser().signIn("twitch")
        #expect(host.twitch.irc.visits.isEmpty, "nobody watches")
        var page: WebSocketClient? = try Self.page(host)
        let visit = try #require(Self.guest(host))

        host.twitch.irc.says("PING :tmi.twitch.tv", FakeIRC.line("Hello over IRC", id: "line-1"))

        #expect(try page?.message("overlay:patch") { $0.text.contains("Hello over IRC") } != nil)
        #expect(try host.table.ids(ofTypes: "chat:message") == ["line-0", "line-1"])
        let token = host.twitch.accessTokens.first ?? ""
        let wanted = [
            "CAP REQ :twitch.tv/membership twitch.tv/tags twitch.tv/commands", "PASS oauth:\(token)", "NICK alice",
            "JOIN #alice", "PONG :tmi.twitch.tv",
        ]
        let said = { host.twitch.irc.visits.first?.heard.filter { !$0.hasPrefix("PING") } }
        #expect(Deadline.wait(seconds: 30) { said() == wanted })
        #expect(host.twitch.irc.visits.map(\.number) == [visit.number])
        #expect(!token.isEmpty && !host.server.log.contains(token))

        page = nil
        #expect(Deadline.wait(seconds: 30) { host.twitch.irc.guests().isEmpty }, "nobody watches any more")
    }

    @Test func `a line that comes both ways is one event`() throws {
        let (host, page) = try Self.streaming()
        defer { withExtendedLifetime(page) {} }
        let types = EventSubSubscription.all.count
        try #require(Deadline.wait(seconds: 60) { host.twitch.eventSub.open.first?.subscriptions.count == types })
        let first = SignedDelivery.chat("First over EventSub")
        let second = SignedDelivery.chat("First over IRC")

        try host.twitch.eventSub.happens(first)
        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 1 })
        host.twitch.irc.says(
            FakeIRC.line("First over EventSub", id: first.messageId),
            FakeIRC.line("First over IRC", id: second.messageId)
        )
        try #require(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 2 })
        try host.twitch.eventSub.happens(second)
        try host.twitch.eventSub.happens(.follow(by: "Cleo"))

        #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "event:follow") == 1 })
        #expect(try host.table.ids(ofTypes: "chat:message") == [first.messageId, second.messageId])
        #expect(try host.table.hasNoGap())
    }

    @Test func `what moderators take away leaves the overlay, and is taken away once`() throws {
        let (host, page) = try Self.streaming()
        let irc = host.twitch.irc
        irc.says(FakeIRC.line("So rude", id: "line-1"))
        #expect(try page.message("overlay:patch") { $0.text.contains("So rude") } != nil)
        let deletion =
            "@login=mira;room-id=;target-msg-id=line-1;tmi-sent-ts=1772388000999 "
            + ":tmi.twitch.tv CLEARMSG #alice :So rude"

        irc.says(deletion, deletion)
        irc.says(deletion, FakeIRC.line("So nice", id: "line-2"))

        #expect(try page.message("overlay:patch") { $0.text.contains("So nice") } != nil)
        #expect(try host.table.ids(ofTypes: "chat:message", "chat:delete") == ["line-1", "delete:line-1", "line-2"])
        let fresh = try WebSocketClient(port: host.server.port)
        let snapshot = try #require(try fresh.subscribe("alice"))
        #expect(snapshot.text.contains("So nice") && !snapshot.text.contains("So rude"))
    }

    @Test func `a token that has ended is renewed, once`() throws {
        let (host, page) = try Self.streaming()
        defer { withExtendedLifetime(page) {} }
        let irc = host.twitch.irc
        let first = try #require(irc.guests().first)
        // The chat alone knows it yet: whoever else asked would have it renewed as well.
        let ended = first.heard.first { $0.hasPrefix("PASS ") }?.dropFirst("PASS oauth:".count)
        irc.knows { $0[...] == ended ? nil : "alice" }

        irc.ends(first)

        let third = try #require(Self.guest(host, after: first))
        #expect(irc.visits.map(\.login) == ["alice", nil, "alice"])
        let passwords = irc.visits.compactMap { visit in visit.heard.first { $0.hasPrefix("PASS ") } }
        #expect(passwords.count == 3 && passwords[0] == passwords[1])
        #expect(passwords[2] != passwords[0])
        #expect(host.twitch.accessTokens.contains { passwords[2] == "PASS oauth:\($0)" })
        #expect(third.number == 2)
        for word in passwords { #expect(!host.server.log.contains(word.dropFirst("PASS oauth:".count))) }
    }

    @Test(arguments: ["http://localhost:8080", "https://overlays.example"])
    func `where Twitch refuses the renewed token as well, nobody asks for another one`(publicURL: String) throws {
        let host = try LoginHost(environment: ["PUBLIC_URL": publicURL])
        let browser = host.browser(at: publicURL)
        try browser.signIn("twitch")
        let page = try Self.page(host)
        defer { withExtendedLifetime(page) {} }
        let irc = host.twitch.irc
        let first = try #require(Self.guest(host))
        irc.knows { _ in nil }

        irc.ends(first)
        try #require(Deadline.wait(seconds: 60) { irc.visits.count >= 3 })
        #expect(!Deadline.wait(seconds: 4) { irc.visits.count > 3 })
        let passwords = irc.visits.compactMap { visit in visit.heard.first { $0.hasPrefix("PASS ") } }
        #expect(passwords.count == 3 && Set(passwords).count == 2)

        irc.knows { _ in "alice" }
        let refused = irc.visits.last
        try browser.signIn("twitch")
        #expect(Self.guest(host, after: refused) != nil, "a login brings other ones")
    }

    @Test func `a session moves when Twitch wants it, and what both sockets say happened once`() throws {
        let (host, page) = try Self.streaming()
        defer { withExtendedLifetime(page) {} }
        let irc = host.twitch.irc
        let line = FakeIRC.line("Twice", id: "line-1")

        irc.says(":tmi.twitch.tv RECONNECT", line)
        try #require(Deadline.wait(seconds: 30) { irc.visits.count == 2 && irc.guests().map(\.number) == [1] })
        irc.says(line, FakeIRC.line("Once", id: "line-2"))

        #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 2 })
        #expect(try host.table.ids(ofTypes: "chat:message") == ["line-1", "line-2"])
    }

    @Test func `who gets no capabilities, and then no answer to a join, tries again`() throws {
        let host = try LoginHost()
        let irc = host.twitch.irc
        irc.manners.grantsCapabilities = false
        irc.manners.answersJoins = false
        try host.browser().signIn("twitch")
        let page = try Self.page(host)
        try #require(Deadline.wait(seconds: 30) { irc.visits.first?.isOpen == false })
        irc.manners.grantsCapabilities = true
        try #require(Deadline.wait(seconds: 60) { irc.visits.contains { $0.heard.last == "JOIN #alice" } })
        let mute = irc.visits.count - 1

        #expect(Deadline.wait(seconds: 60) { irc.visits[mute].isOpen == false }, "it waited long enough")
        irc.manners.answersJoins = true
        let guest = try #require(Self.guest(host))
        withExtendedLifetime(page) { #expect(guest.number > mute) }
        #expect(host.server.log.contains("Twitch refused the capabilities"))
        #expect(host.server.log.contains("Twitch did not answer in time"))
    }

    @Test func `a connection that died in silence is found out, and one that is only quiet stays`() throws {
        let (host, page) = try Self.streaming()
        defer { withExtendedLifetime(page) {} }
        let irc = host.twitch.irc
        let first = try #require(irc.guests().first)
        try #require(
            try Deadline.wait(seconds: 60) {
                try page.stayAwake()
                return irc.visits.first?.heard.last == "PING :streamvibes"
            }
        )

        irc.manners.answersPings = false

        #expect(Self.guest(host, after: first, waking: page) != nil)
        let asked = irc.visits.first?.heard.filter { $0 == "PING :streamvibes" }.count ?? 0
        #expect(asked >= 2, "it stayed after the first answer")
        #expect(host.server.log.contains("Twitch did not answer a ping"))
    }

    @Test func `what nobody understands costs no session`() throws {
        let (host, page) = try Self.streaming()
        let visit = try #require(host.twitch.irc.guests().first)
        host.twitch.irc.says(
            "@",
            "@id=1",
            ":tmi.twitch.tv",
            "HOLOGRAM x",
            "@room-id=1234 :a!a@a.tmi.twitch.tv PRIVMSG #alice :zanzibar",
            "@room-id=1234;user-id=1;id=x :a!a@a.tmi.twitch.tv PRIVMSG #bob :timbuktu",
            FakeIRC.line("Still here", id: "line-1")
        )
        #expect(try page.message("overlay:patch") { $0.text.contains("Still here") } != nil)
        #expect(try host.table.ids(ofTypes: "chat:message") == ["line-1"])
        #expect(host.twitch.irc.guests().map(\.number) == [visit.number])
        #expect(host.server.log.contains("id is missing or empty"))
        #expect(!host.server.log.contains("zanzibar") && !host.server.log.contains("timbuktu"))
    }

    @Test func `who did not grant it has no chat over IRC, and that is said once`() throws {
        let host = try LoginHost()
        // chat:read is not among them.
        host.twitch.manners.scopes = ["user:read:email"]
        try host.browser().signIn("twitch")
        let page = try Self.page(host)
        let words = "Twitch's chat is not read over IRC"
        #expect(Deadline.wait(seconds: 30) { host.server.log.contains(words) })
        // Two more looks at least.
        Deadline.pause(milliseconds: 8000)
        #expect(host.server.log.split(separator: words, omittingEmptySubsequences: false).count == 2)
        withExtendedLifetime(page) { #expect(host.twitch.irc.visits.isEmpty) }
    }

    // MARK: Steps

    /// A host with Alice signed in, her overlay open and her channel joined.
    static func streaming() throws -> (LoginHost, WebSocketClient) {
        let host = try LoginHost()
        try host.browser().signIn("twitch")
        let page = try page(host)
        _ = try #require(guest(host))
        return (host, page)
    }

    private static func page(_ host: LoginHost) throws -> WebSocketClient {
        let page = try WebSocketClient(port: host.server.port)
        _ = try #require(try page.subscribe("alice"))
        return page
    }

    /// The one who is in the channel; a later one than that where it is named.
    ///
    /// A page that is given answers pings meanwhile; where it is let go all the same, nobody comes.
    static func guest(
        _ host: LoginHost,
        after other: FakeIRC.Visit? = nil,
        waking page: WebSocketClient? = nil
    ) -> FakeIRC.Visit? {
        var found: FakeIRC.Visit?
        _ = Deadline.wait(seconds: 120) {
            try? page?.stayAwake()
            found = host.twitch.irc.guests().first { $0.number > other?.number ?? -1 }
            return found != nil
        }
        if found == nil { Issue.record("nobody came: \(host.twitch.irc.visits), \(host.server.log.suffix(2000))") }
        return found
    }
}
