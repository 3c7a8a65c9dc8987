import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Streamers whose chats come over one connection: what befalls it costs nobody a line.
@Suite(.withProcesses) struct IRCSharingTests {
    private static let names = ["alice", "bob", "cleo"]

    @Test func `everybody sees their own chat alone, over one connection`() throws {
        let (host, pages) = try Self.streaming()
        let irc = host.twitch.irc
        #expect(irc.visits.map(\.login) == ["alice"], "the first one reads for all")

        let lines = Self.names.map { Self.line("Only for \($0)", $0, $0) }
        #expect(irc.says(lines, in: "#bob") == 1)

        for (name, page) in zip(Self.names, pages) {
            let patch = try #require(try page.message("overlay:patch") { $0.text.contains("Only for") })
            #expect(patch.text.contains("Only for \(name)"))
            for other in Self.names where other != name { #expect(!patch.text.contains("Only for \(other)")) }
        }
        #expect(try Self.rows(host) == Self.names.map { "\($0): \($0)" })
    }

    @Test func `whose page closes takes their login along, and nobody else misses a line`() throws {
        var (host, pages) = try Self.streaming()
        let irc = host.twitch.irc
        // Whoever left before they are in elsewhere would miss lines.
        irc.manners.joinMilliseconds = 700

        pages.removeFirst()
        var said = 0
        // Lines go on while the others move.
        let hasMoved = Deadline.wait(seconds: 120, pausing: 50) {
            for page in pages { try? page.stayAwake() }
            said += 1
            for name in ["bob", "cleo"] where said <= 2000 {
                _ = irc.says([Self.line("\(said)", "\(name)-\(said)", name)], in: "#\(name)")
            }
            let open = irc.visits.filter(\.isOpen)
            return open.count == 1 && open[0].login != "alice" && open[0].rooms.count == 2
        }

        #expect(hasMoved, "\(irc.visits)")
        for name in ["bob", "cleo"] {
            let last = "\(name)-last"
            _ = irc.says([Self.line("last", last, name)], in: "#\(name)")
            let wanted = (1...min(said, 2000)).map { "\(name)-\($0)" } + [last]
            let areAll = try Deadline.wait(seconds: 30) { try Self.rows(host, of: name).count == wanted.count }
            #expect(areAll)
            let rows = try Self.rows(host, of: name)
            #expect(rows == wanted)
        }
        #expect(!host.server.log.contains("a session has ended"))
    }

    @Test(arguments: ["drop", "RECONNECT"])
    func `a connection that ends is followed by one, for all`(way: String) throws {
        let (host, pages) = try Self.streaming()
        let irc = host.twitch.irc
        let first = try #require(irc.guests().first)

        if way == "drop" { irc.ends(first) } else { irc.says(":tmi.twitch.tv RECONNECT") }

        #expect(
            Deadline.wait(seconds: 60) {
                for page in pages { try? page.stayAwake() }
                return irc.visits.filter(\.isOpen).map(\.rooms.count) == [3] && irc.visits.count > 1
            },
            "\(irc.visits)"
        )
        for (name, page) in zip(Self.names, pages) {
            _ = irc.says([Self.line("Again, \(name)", name, name)], in: "#\(name)")
            #expect(try page.message("overlay:patch") { $0.text.contains("Again, \(name)") } != nil)
        }
        #expect(host.server.log.contains("a session has ended") == (way == "drop"))
    }

    @Test func `a streamer who has banned another is read with their own login, and nobody is troubled`() throws {
        let host = try Self.host()
        host.twitch.irc.manners.bans = ["#bob": ["alice"]]
        let pages = try Self.pages(host)
        #expect(host.twitch.irc.visits.map(\.rooms) == [["#alice", "#cleo"], ["#bob"]])
        #expect(!host.server.log.contains("a session has ended"))

        // Over the ban of a later day as well.
        host.twitch.irc.manners.bans["#cleo"] = ["alice"]
        let ban = "@room-id=id-of-cleo;target-user-id=id-of-alice;tmi-sent-ts=1772388000999 "
        host.twitch.irc.says("\(ban):tmi.twitch.tv CLEARCHAT #cleo :alice", in: "#cleo")
        #expect(
            Deadline.wait(seconds: 60) {
                for page in pages { try? page.stayAwake() }
                return host.twitch.irc.guests(of: "#cleo").map(\.login) == ["cleo"]
            }
        )
        _ = host.twitch.irc.says([Self.line("Still here", "line-1", "cleo")], in: "#cleo")
        #expect(try pages[2].message("overlay:patch") { $0.text.contains("Still here") } != nil)
    }

    // MARK: Steps

    /// Three streamers have signed in and have a page open each, one after the other.
    private static func streaming() throws -> (LoginHost, [WebSocketClient]) {
        let host = try host()
        return (host, try pages(host))
    }

    private static func host() throws -> LoginHost {
        let host = try LoginHost()
        // Chat alone, and over IRC alone.
        host.twitch.manners.scopes = ["user:read:email", "chat:read"]
        for name in names {
            host.twitch.user = .init(id: "id-of-\(name)", login: name, name: name)
            try host.browser().signIn("twitch")
        }
        return host
    }

    private static func pages(_ host: LoginHost) throws -> [WebSocketClient] {
        try names.map { name in
            let page = try WebSocketClient(port: host.server.port)
            _ = try #require(try page.subscribe(name))
            let isJoined = Deadline.wait(seconds: 60) { host.twitch.irc.guests(of: "#\(name)").count == 1 }
            #expect(isJoined, "\(host.server.log.suffix(2000))")
            return page
        }
    }

    private static func line(_ text: String, _ id: String, _ name: String) -> String {
        FakeIRC.line(text, id: id, in: (name, "id-of-\(name)"))
    }

    /// Whose log has which lines, by channel and in the order of each.
    private static func rows(_ host: LoginHost) throws -> [String] {
        try host.table.rows(
            """
            SELECT replace(channel_id, 'id-of-', '') || ': ' || source_id FROM events WHERE type = 'chat:message'
            ORDER BY channel_id, seq
            """
        )
    }

    private static func rows(_ host: LoginHost, of name: String) throws -> [String] {
        let prefix = "\(name): "
        return try rows(host).filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
}
