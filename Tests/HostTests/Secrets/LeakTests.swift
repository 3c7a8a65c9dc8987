import Foundation
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// No secret stands where it does not belong, after a day on which everything happened that could let one out.
@Suite(.withProcesses) struct LeakTests {
    /// The only places where one may stand.
    private static let allowed: [(name: String, place: String)] = [
        // Contract section 2: the streamer sees their own address; the row it comes from, and copies of that.
        ("e-mail address", "GET /api/session"), ("e-mail address", "GET /api/account/export"),
        ("e-mail address", "data/streamvibes.sqlite"), ("e-mail address", "backup"),
        // The streamer sees the key of their own layout.
        ("overlay key", "the key's own answer"),
        // And the address that they are to give to a tip service; its secret is shown to nobody again.
        ("tip address", LeakDay.tipAnswer),
    ]

    @Test func `no secret stands in a log, a frame, an answer, the database or a backup`() throws {
        let day = try LeakDay()
        try day.signsIn()
        try day.takesDeliveries()
        try day.takesTips()
        try day.refusesDeliveries()
        try day.losesTokens()
        try day.looksAround()
        try day.disconnects()
        try day.endsWithBackup()

        let search = day.search
        #expect(search.findings(allowed: Self.allowed) == [])

        // It has looked at the right things.
        let places = search.traces.map(\.place)
        for place in [
            "the log", "frames", "POST /api/webhooks/stripe", "GET /metrics", "GET /api/account/export", "backup",
            "database without e-mail",
        ] {
            #expect(places.contains { $0.hasPrefix(place) }, "\(place) is missing")
        }
        let found = search.findings()
        for (name, place) in Self.allowed {
            #expect(found.contains { $0.hasPrefix("\(name) in \(place)") }, "\(name) does not stand in \(place)")
        }
    }

    /// Nobody can post to this host: it shows tokens at sockets that bring events and chat.
    @Test func `no secret stands there either where the host listens to Twitch`() throws {
        let host = try LoginHost(environment: ["LOG_LEVEL": "trace"])
        let (eventSub, irc) = (host.twitch.eventSub, host.twitch.irc)
        host.twitch.user.email = "alice@private.example"
        let browser = host.browser()
        try browser.signIn("twitch")
        var search = LeakSearch()
        search.hide("client secret", FakePlatform.clientSecret)
        search.hide("e-mail address", host.twitch.user.email)
        search.hide("viewer's e-mail address", LeakDay.viewerEmail)
        search.hide("viewer's token", LeakDay.viewerToken)
        search.hide("session token", try #require(browser.cookie("streamvibes_session")))
        try search.hide(secretKeyIn: host.server.dataDirectory)
        search.hide(tokensOf: host.twitch)
        let page = try EventSubFeedTests.page(host)
        let first = try #require(EventSubFeedTests.ready(host, waking: page))
        let visit = try #require(IRCFeedTests.guest(host, waking: page))

        // Both sockets end with the tokens that they were opened with.
        host.twitch.endAccessTokens()
        eventSub.ends(first, 4000)
        irc.ends(visit)
        _ = try #require(EventSubFeedTests.ready(host, after: first, waking: page))
        _ = try #require(IRCFeedTests.guest(host, after: visit, waking: page))
        search.hide(tokensOf: host.twitch)
        var line = SignedDelivery.chat("Over EventSub", by: "Bea")
        line.body = try LeakDay.withMore(line.body)
        #expect(try eventSub.happens(line) == 1)
        let isShown = try search.keepFrames(of: page, until: "Over EventSub", at: "frames")
        irc.says(
            "@room-id=1234 :a!a@a.tmi.twitch.tv PRIVMSG #alice :\(LeakDay.viewerEmail)",
            "@email=\(LeakDay.viewerEmail);" + String(FakeIRC.line("Over IRC", id: "line-1").dropFirst())
        )
        let isNextShown = try search.keepFrames(of: page, until: "Over IRC", at: "frames")
        #expect(isShown && isNextShown)

        search.keep(try browser.ask("GET", "/api/events?limit=500"), at: "GET /api/events")
        let folder = try TemporaryFolder()
        #expect(try host.server.command("backup", folder.path + "/all.tar").status == 0)
        try search.keep(file: folder.path + "/all.tar", at: "backup")
        _ = host.server.terminate()
        search.keep(host.server.log, at: "the log")
        try search.keep(folder: host.server.dataDirectory, at: "data", except: ["secret.key", "server.log"])
        #expect(search.findings(allowed: Self.allowed) == [])
        let passwords = irc.visits.flatMap(\.heard).filter { $0.hasPrefix("PASS oauth:") }
        #expect(Set(passwords).count >= 2, "tokens old and new were shown")
    }

    /// A search that finds nothing proves nothing.
    @Test func `a secret is found in each form in which it could stand somewhere`() {
        let secret = #"refresh%tw"itch+1="#
        for text in [
            secret, "token=refresh%25tw%22itch%2B1%3D&x", #"{"a":"refresh%tw\"itch+1="}"#,
            "Basic \(Data(secret.utf8).base64EncodedString())",
        ] {
            var search = LeakSearch()
            search.hide("refresh token", secret)
            search.keep("before \(text) after", at: "the log")
            #expect(search.findings() == ["refresh token in the log"], "\(text)")
            #expect(search.findings(allowed: [("refresh token", "the log")]) == [])
            #expect(search.findings(allowed: [("access token", "the log"), ("refresh token", "frames")]).count == 1)
        }
    }
}
