import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A streamer's chat over Kick's unofficial socket, where the operator has named it.
@Suite(.withProcesses) struct KickChatFeedTests {
    private static let publicURL = "https://overlays.example"

    @Test func `who connects Kick and opens an overlay sees their chat on a host that Kick cannot reach`() throws {
        let (chat, host) = try Self.host()
        try host.browser().signIn("kick")
        #expect(chat.visits.isEmpty, "nobody watches")
        var page: WebSocketClient? = try Self.page(host)
        let visit = try #require(Self.guest(chat, host))

        chat.says("Hello [emote:37226:KEKW] over the socket", id: "line-1")

        #expect(try page?.message("overlay:patch") { $0.text.contains(" over the socket") } != nil)
        #expect(try host.table.ids(ofTypes: "chat:message") == ["line-1"])
        // As Kick sent some in September 2026.
        let line = KickChatSamples.line("Without a room", id: "line-2", by: "Mira").text
        chat.sends((["event": "App\\Events\\ChatMessageEvent", "data": .string(line)] as JSONValue).text)
        #expect(try page?.message("overlay:patch") { $0.text.contains("Without a room") } != nil)
        #expect(visit.path == "/app/key?protocol=7")
        #expect(
            chat.visits.first?.heard
                == [["event": "pusher:subscribe", "data": ["auth": "", "channel": "chatrooms.4242.v2"]]]
        )
        #expect(!host.server.log.contains("over the socket"))

        page = nil
        #expect(Deadline.wait(seconds: 30) { chat.guests.isEmpty }, "nobody watches any more")
    }

    @Test func `nothing is listened to unless the operator names it`() throws {
        func hasFeed(_ more: [String: String]) throws -> Bool? {
            let application = ["KICK_CLIENT_ID": "id", "KICK_CLIENT_SECRET": "secret"]
            let given = application.merging(more) { _, new in new }
            let settings = try Settings(SettingsSource(environment: given))
            return KickAdapter(settings.kick, PublicAddress(settings), PlatformHTTP())?.hasFeed
        }

        #expect(try hasFeed([:]) == false)
        #expect(try hasFeed(["KICK_CHAT_WS_URL": "ws://127.0.0.1:9#alice=1"]) == true)
    }

    @Test func `a line that comes over the socket and by delivery is one event`() throws {
        let (chat, host) = try Self.host()
        host.kick.publicKey = KickSamples.publicKey
        try host.browser().signIn("kick")
        try Self.withPage(host) {
            _ = try #require(Self.guest(chat, host))

            chat.says("First over the socket", id: "line-1")
            #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 1 })
            #expect(try Self.posted("First over the socket", id: "line-1").post(port: host.server.port).status == 204)
            #expect(try Self.posted("First by delivery", id: "line-2").post(port: host.server.port).status == 204)
            chat.says("First by delivery", id: "line-2")
            chat.says("Last", id: "line-3")

            #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 3 })
            #expect(try host.table.ids(ofTypes: "chat:message") == ["line-1", "line-2", "line-3"])
            #expect(try host.table.hasNoGap())
        }
    }

    @Test func `what moderators take away leaves the overlay`() throws {
        let (chat, host) = try Self.host()
        try host.browser().signIn("kick")
        let page = try Self.page(host)
        _ = try #require(Self.guest(chat, host))
        chat.says("So rude", id: "line-1")
        chat.says("Also rude", id: "line-2")
        #expect(try page.message("overlay:patch") { $0.text.contains("Also rude") } != nil)

        for _ in 0..<2 { chat.happens("MessageDeletedEvent", KickChatSamples.deletion(of: "line-1")) }
        chat.happens("UserBannedEvent", KickChatSamples.ban(of: 77))
        chat.happens("ChatroomClearEvent", KickChatSamples.clearing())
        chat.says("So nice", id: "line-3")

        #expect(try page.message("overlay:patch") { $0.text.contains("So nice") } != nil)
        #expect(try host.table.ids(ofTypes: "chat:delete") == ["delete:line-1"])
        #expect(try host.table.ids(ofTypes: "chat:clear") == ["clear:event-of-ban", "clear:event-of-clearing"])
        let shown = try Self.opened(host).snapshot.text
        #expect(shown.contains("So nice") && !shown.contains("rude"))
    }

    @Test func `bans come over the socket also where Kick might deliver them`() throws {
        let (chat, host) = try Self.host(["PUBLIC_URL": Self.publicURL])
        try host.browser(at: Self.publicURL).signIn("kick")
        try Self.withPage(host) {
            _ = try #require(Self.guest(chat, host))

            chat.happens("UserBannedEvent", KickChatSamples.ban(of: 77))

            #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:clear") == 1 })
            #expect(try host.table.ids(ofTypes: "chat:clear") == ["clear:event-of-ban"])
        }
    }

    @Test func `a channel whose room nobody has named has no chat, and that is said once`() throws {
        let chat = try FakeKickChat()
        let host = try LoginHost(environment: ["KICK_CHAT_WS_URL": "\(chat.address)#bob=1"])
        try host.browser().signIn("kick")
        try Self.withPage(host) {
            let words = "the setting names no room of this channel"
            #expect(Deadline.wait(seconds: 60) { host.server.log.contains(words) })
            // Two more looks at least.
            Deadline.pause(milliseconds: 8000)
            #expect(host.server.log.split(separator: words, omittingEmptySubsequences: false).count == 2)
            #expect(chat.visits.isEmpty)
        }
    }

    @Test func `a disconnect ends it`() throws {
        let (chat, host) = try Self.host()
        let browser = host.browser()
        try browser.signIn("twitch")
        _ = try browser.open("/auth/login/kick?intent=connect")
        // A page of the channel that stays.
        let page = try WebSocketClient(port: host.server.port)
        _ = try #require(try page.subscribe("alice"))
        try withExtendedLifetime(page) {
            _ = try #require(Self.guest(chat, host))

            #expect(try browser.ask("DELETE", "/api/connections/kick").status == 204)

            #expect(Deadline.wait(seconds: 30) { chat.guests.isEmpty })
            _ = try browser.open("/auth/login/kick?intent=connect")
            #expect(Self.guest(chat, host) != nil, "and a login begins it")
        }
    }

    @Test func `a login that has ended does not: the socket asks nobody who they are`() throws {
        let (chat, host) = try Self.host()
        let browser = host.browser()
        try browser.signIn("kick")
        host.kick.manners.refusesRefresh = true
        host.kick.endAccessTokens()
        try Self.withPage(host) {
            #expect(try Deadline.wait(seconds: 60) { try browser.platforms() == ["kick:needs-login"] })
            _ = try #require(Self.guest(chat, host))
        }
        #expect(Deadline.wait(seconds: 30) { chat.guests.isEmpty })

        try Self.withPage(host) {
            _ = try #require(Self.guest(chat, host))
            chat.says("Still here", id: "line-1")
            #expect(try Deadline.wait(seconds: 30) { try host.table.count(ofType: "chat:message") == 1 })
        }
    }

    // MARK: Steps

    /// A host that reads Alice's chat at a fake socket.
    static func host(_ more: [String: String] = [:]) throws -> (FakeKickChat, LoginHost) {
        let chat = try FakeKickChat()
        return (chat, try LoginHost(environment: chat.environment.merging(more) { _, new in new }))
    }

    /// Alice's overlay.
    static func page(_ host: LoginHost) throws -> WebSocketClient { try opened(host).page }

    /// Her overlay, and what it shows at first.
    private static func opened(_ host: LoginHost) throws -> (page: WebSocketClient, snapshot: JSONValue) {
        let page = try WebSocketClient(port: host.server.port)
        try page.send("overlay:subscribe", ["platform": "kick", "channel": "alice-live", "view": "overlay"])
        return (page, try #require(try page.message("overlay:snapshot")))
    }

    /// Runs the body while Alice's overlay is open.
    static func withPage(_ host: LoginHost, _ body: () throws -> Void) throws {
        let page = try page(host)
        try withExtendedLifetime(page) { try body() }
    }

    /// The one who listens to Alice's room; a later one than that where it is named.
    ///
    /// A page that is given answers pings meanwhile; where it is let go all the same, nobody comes.
    static func guest(
        _ chat: FakeKickChat,
        _ host: LoginHost,
        after other: FakeKickChat.Visit? = nil,
        waking page: WebSocketClient? = nil
    ) -> FakeKickChat.Visit? {
        var found: FakeKickChat.Visit?
        _ = Deadline.wait(seconds: 120) {
            try? page?.stayAwake()
            found = chat.guests.first { $0.number > other?.number ?? -1 }
            return found != nil
        }
        if found == nil { Issue.record("nobody came: \(chat.visits), \(host.server.log.suffix(2000))") }
        return found
    }

    /// A line of Alice's chat as Kick posts it.
    private static func posted(_ content: String, id: String) -> KickSamples {
        KickSamples(
            "chat.message.sent",
            [
                "message_id": .string(id), "replies_to": .null, "broadcaster": KickSamples.person(77, "Alice"),
                "sender": KickSamples.person(78, "Mira"), "content": .string(content), "emotes": .null,
                "created_at": .string(KickSamples.sentAt),
            ]
        )
    }
}
