import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What becomes of a platform's connection, with the real program.
@Suite(.withProcesses) struct ConnectionTests {
    @Test func `a second platform joins your account`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        try browser.signIn("twitch")
        let id = try browser.session()["streamerId"]

        let page = try browser.open("/auth/login/kick?intent=connect")

        #expect(browser.visited.last?.hasSuffix("/dashboard/settings?connected=kick") == true)
        #expect(page.body.contains("Kick is connected."))
        #expect(try browser.platforms() == ["kick:connected", "twitch:connected"])
        #expect(try browser.session()["streamerId"] == id)
        #expect(try browser.session()["displayName"] == "Alice")
        #expect(try host.table.number("SELECT count(*) FROM streamers") == 1)
        // And it signs you in from now on.
        let other = host.browser()
        try other.signIn("kick")
        #expect(try other.session()["streamerId"] == id)
    }

    @Test func `an account that is somebody else's cannot be connected`() throws {
        let host = try LoginHost()
        let (alice, bob) = (host.browser(), host.browser())
        try alice.signIn("twitch")
        try bob.signIn("kick")

        let page = try alice.open("/auth/login/kick?intent=connect")

        #expect(page.body.contains("belongs to another StreamVibes account"))
        #expect(try alice.platforms() == ["twitch:connected"])
        #expect(try bob.platforms() == ["kick:connected"])
        // The tokens that came with it are kept for nobody; Bob's own still work.
        #expect(Deadline.wait(seconds: 60) { host.kick.revoked.count == 2 })
        #expect(host.kick.accessTokens.count == 1 && host.kick.refreshTokens.count == 1)
    }

    @Test func `a platform is connected once`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        try browser.signIn("twitch")
        let first = try host.table.number("SELECT generation FROM connections")

        let same = try browser.open("/auth/login/twitch?intent=connect")
        host.twitch.user = .init(id: "555", login: "second", name: "Second")
        let other = try browser.open("/auth/login/twitch?intent=connect")

        for page in [same, other] { #expect(page.body.contains("A Twitch account is connected already")) }
        #expect(try host.table.rows("SELECT channel FROM channels") == ["alice"])
        #expect(try host.table.number("SELECT generation FROM connections") == first)
    }

    @Test func `what is under way for a connection that was ended does not meet the next one`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        try browser.signIn("twitch")
        _ = try browser.open("/auth/login/kick?intent=connect")
        let generation = "SELECT generation FROM connections WHERE platform = 'kick'"
        let first = try host.table.number(generation)

        #expect(try browser.ask("DELETE", "/api/connections/kick").status == 204)
        _ = try browser.open("/auth/login/kick?intent=connect")

        #expect(try host.table.number(generation) != first)
    }

    @Test func `a link cannot say that something is connected which is not`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        try browser.signIn("twitch")

        let notice = "is connected.</p>"
        let told = try browser.open("/dashboard/settings?connected=twitch").body
        #expect(told.contains("<p class=\"notice ok\" role=\"status\">Twitch \(notice)"))
        for name in ["kick", "streamvibes", "%3Cb%3E"] {
            let page = try browser.open("/dashboard/settings?connected=\(name)")
            #expect(page.status == 200 && !page.body.contains(notice))
        }
    }

    @Test func `connecting needs you to be signed in, from the click to the end`() throws {
        let host = try LoginHost()
        let (alice, nobody) = (host.browser(), host.browser())
        _ = try nobody.open("/auth/login/kick?intent=connect")
        #expect(nobody.visited.last?.hasSuffix("/auth/login?problem=signed-out&platform=kick") == true)

        try alice.signIn("twitch")
        let authorize = try #require(try alice.ask("GET", "/auth/login/kick?intent=connect").headers["location"])
        let back = try #require(try alice.ask("GET", authorize).headers["location"])
        #expect(try alice.ask("POST", "/auth/logout").status == 303)
        let answer = try alice.ask("GET", back)

        #expect(answer.headers["location"] == "/dashboard/settings?problem=signed-out&platform=kick")
        #expect(try host.table.rows("SELECT platform FROM channels") == ["twitch"])
    }

    @Test func `disconnecting ends channel and tokens, and the last platform stays`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        try browser.signIn("twitch")
        _ = try browser.open("/auth/login/kick?intent=connect")
        let tokens = Set(host.kick.accessTokens + host.kick.refreshTokens)

        #expect(try browser.ask("DELETE", "/api/connections/kick").status == 204)

        #expect(try browser.platforms() == ["twitch:connected"])
        #expect(try browser.ask("GET", "/kick/alice-live/overlay").status == 404)
        #expect(Deadline.wait(seconds: 60) { Set(host.kick.revoked) == tokens })
        #expect(try host.table.rows("SELECT platform FROM connections") == ["twitch"])
        let last = try browser.ask("DELETE", "/api/connections/twitch")
        #expect(last.status == 409 && last.body.contains("You must have at least one platform connected."))
        #expect(try browser.ask("DELETE", "/api/connections/kick").status == 404)
        #expect(try browser.ask("DELETE", "/api/connections/youtube").status == 404)
        #expect(host.twitch.revoked.isEmpty)
    }

    @Test func `connections change only at the wish of your own dashboard`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        #expect(try browser.ask("DELETE", "/api/connections/twitch").status == 401)
        #expect(try browser.ask("PUT", "/api/connections/kick", body: [:]).status == 401)
        try browser.signIn("twitch")
        _ = try browser.open("/auth/login/kick?intent=connect")

        browser.csrfToken = ""

        #expect(try browser.ask("DELETE", "/api/connections/kick").status == 403)
        #expect(try browser.ask("PUT", "/api/connections/kick", body: ["followersAtStart": 1]).status == 403)
        #expect(try browser.platforms().count == 2)
    }

    @Test func `you say how many followers Kick had before`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        try browser.signIn("kick")
        _ = try browser.open("/auth/login/twitch?intent=connect")

        for count in [0, 1_000_000_000] as [Int64] {
            let answer = try browser.ask("PUT", "/api/connections/kick", body: ["followersAtStart": .integer(count)])
            #expect(answer.status == 200)
            #expect(try JSONValue(parsing: answer.body)["data"]?["followersAtStart"] == .integer(count))
            #expect(
                try host.table.number("SELECT followers_at_start FROM channels WHERE platform = 'kick'") == Int(count)
            )
            #expect(try Self.startValues(browser) == ["kick": .integer(count), "twitch": .null])
        }
        #expect(try browser.ask("PUT", "/api/connections/kick", body: ["followersAtStart": nil]).status == 200)
        #expect(try Self.startValues(browser) == ["kick": .null, "twitch": .null])
        let told = try host.table.rows("SELECT payload FROM events WHERE type = 'stats:counts' ORDER BY seq")
        let wanted = ["0", "1000000000"].map { #"{"followers":\#($0),"subscribers":null}"# }
        #expect(told == wanted, "goals know it at once")
        for wrong in [
            ["followersAtStart": -1], ["followersAtStart": 1_000_000_001], ["followersAtStart": "many"], [:], [1],
            ["followersAtStart": 1, "other": 1],
        ] as [JSONValue] {
            #expect(try browser.ask("PUT", "/api/connections/kick", body: wrong).status == 400, "\(wrong.text)")
        }
        let twitch = try browser.ask("PUT", "/api/connections/twitch", body: ["followersAtStart": 5])
        #expect(twitch.status == 400 && twitch.body.contains("tells the number itself"))
        #expect(try browser.ask("PUT", "/api/connections/youtube", body: ["followersAtStart": 5]).status == 404)
    }

    @Test func `tokens are renewed before they end, whatever form the answer has`() throws {
        let host = try LoginHost()
        host.kick.manners.lifetimeSeconds = 4
        host.kick.manners.expiryIsText = true
        host.kick.manners.scopeIsOdd = true
        host.twitch.manners.lifetimeSeconds = 4
        host.twitch.manners.keepsRefreshToken = true
        host.twitch.manners.scopeIsOdd = true
        let browser = host.browser()
        try browser.signIn("kick")
        _ = try browser.open("/auth/login/twitch?intent=connect")

        let renewed = Deadline.wait(seconds: 30) {
            [host.kick, host.twitch].allSatisfy { platform in
                platform.requests(to: platform.tokenPath).filter { $0.field("grant_type") == "refresh_token" }.count > 1
            }
        }

        #expect(renewed, "\(host.server.log)")
        #expect(try browser.platforms() == ["kick:connected", "twitch:connected"])
        // Each refresh token was the one that came last; the fake takes none twice.
        let used = host.kick.requests(to: "/oauth/token").compactMap { $0.field("refresh_token") }
        #expect(Set(used).count == used.count)
    }

    @Test func `a platform that refuses to renew asks you to sign in again, and that mends it`() throws {
        let host = try LoginHost()
        host.kick.manners.lifetimeSeconds = 2
        host.kick.manners.refusesRefresh = true
        let browser = host.browser()
        try browser.signIn("kick")

        #expect(try Deadline.wait(seconds: 30) { try browser.platforms() == ["kick:needs-login"] })
        // It is asked once: a refusal is final.
        #expect(host.kick.requests(to: "/oauth/token").count == 2)
        host.kick.manners = .init()
        _ = try browser.open("/auth/login/kick?intent=connect")

        #expect(try browser.platforms() == ["kick:connected"])
    }

    @Test func `a login from before the host learnt to do more is asked for again, and works on meanwhile`() throws {
        let host = try LoginHost()
        let later = ["bits:read", "chat:read"]
        host.twitch.manners.scopes = FakePlatform.scopes.filter { !later.contains($0) }
        let browser = host.browser()
        try browser.signIn("twitch")

        let before = try #require(try browser.session()["connectedPlatforms"]?.arrayValue?.first)

        #expect(before["status"] == "needs-login" && before["missingScopes"] == ["bits:read", "chat:read"])
        // Its tokens stay, and what they allow is brought.
        #expect(try host.table.rows("SELECT status FROM connections") == ["connected"])
        let page = try WebSocketClient(port: host.server.port)
        _ = try #require(try page.subscribe("alice"))
        #expect(
            Deadline.wait(seconds: 60) {
                host.twitch.eventSub.open.contains { $0.subscriptions.count == EventSubSubscription.all.count - 1 }
            }
        )
        try host.twitch.eventSub.happens(.chat("Heard all the same"))
        #expect(try page.message("overlay:patch") { $0.text.contains("Heard all the same") } != nil)
        #expect(host.twitch.revoked.isEmpty)
        // The same login again adds nothing, and is told so.
        let same = try browser.open("/auth/login/twitch?intent=connect")
        #expect(same.body.contains("A Twitch account is connected already"))

        host.twitch.manners.scopes = nil
        _ = try browser.open("/auth/login/twitch?intent=connect")

        let after = try #require(try browser.session()["connectedPlatforms"]?.arrayValue?.first)
        #expect(after["status"] == "connected" && after["missingScopes"] == [])
    }

    @Test func `more rights for a connection come from its own account only`() throws {
        let host = try LoginHost()
        host.twitch.manners.scopes = ["user:read:email"]
        let browser = host.browser()
        try browser.signIn("twitch")
        let generation = try host.table.number("SELECT generation FROM connections")
        host.twitch.manners.scopes = nil
        host.twitch.user = .init(id: "555", login: "second", name: "Second")

        let page = try browser.open("/auth/login/twitch?intent=connect")

        #expect(page.body.contains("A Twitch account is connected already"))
        #expect(try browser.platforms() == ["twitch:needs-login"])
        #expect(try host.table.number("SELECT generation FROM connections") == generation)
    }

    @Test func `a platform that may grant fewer rights than it was asked for is not asked for ever`() throws {
        let host = try LoginHost()
        host.kick.manners.scopes = ["user:read"]
        let browser = host.browser()

        try browser.signIn("kick")

        let kick = try #require(try browser.session()["connectedPlatforms"]?.arrayValue?.first)
        #expect(kick["status"] == "connected" && kick["missingScopes"] == [])
    }

    @Test func `a platform whose application the operator took away is off`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        try browser.signIn("twitch")
        _ = host.server.terminate()
        let server = try ServerProcess(dataDirectory: host.server.dataDirectory)
        try server.start()
        let later = LoginBrowser(base: "http://127.0.0.1:\(server.port)")
        later.take("streamvibes_session", browser.cookie("streamvibes_session"))

        #expect(try later.platforms() == ["twitch:off"])
    }

    /// What `/api/session` tells of followers at the start.
    private static func startValues(_ browser: LoginBrowser) throws -> [String: JSONValue] {
        let list = try browser.session()["connectedPlatforms"]?.arrayValue ?? []
        return Dictionary(
            uniqueKeysWithValues: list.map { one in
                (one["platform"]?.stringValue ?? "", one["followersAtStart"] ?? "absent")
            }
        )
    }
}
