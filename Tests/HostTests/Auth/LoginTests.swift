import Foundation
import Testing
import WidgetAPI

@testable import FakePlatforms

/// Signing in at fake platforms that speak the documented protocol, with the real program.
@Suite(.withProcesses) struct LoginTests {
    @Test func `you sign up with Twitch and have your overlay at once`() throws {
        let host = try LoginHost()
        let browser = host.browser()

        let dashboard = try browser.signIn("twitch")

        #expect(dashboard.status == 200 && dashboard.body.contains("/twitch/alice/overlay"))
        let session = try browser.session()
        #expect(session["displayName"] == "Alice" && session["email"] == "someone@example.com")
        #expect(session["avatarUrl"] == "https://static-cdn.jtvnw.net/a.png")
        #expect(try browser.platforms() == ["twitch:connected"])
        #expect(try browser.ask("GET", "/twitch/alice/overlay").status == 200)
        #expect(try host.table.rows("SELECT name FROM layouts") == ["Main"])
        #expect(try host.table.rows("SELECT name FROM themes") == ["Signal"])
        let asked = try #require(host.twitch.requests(to: "/oauth2/authorize").first)
        #expect(asked.parameter("redirect_uri") == "\(host.base)/auth/callback/twitch")
        #expect(
            asked.parameter("scope")
                == "user:read:email moderator:read:followers channel:read:subscriptions bits:read "
                + "channel:read:redemptions user:read:chat user:bot channel:bot chat:read"
        )
        #expect(asked.parameter("code_challenge") == nil)
        let exchange = try #require(host.twitch.requests(to: "/oauth2/token").first)
        #expect(exchange.field("code_verifier") == nil)
    }

    @Test func `you sign up with Kick, which wants a proof of who asked`() throws {
        let host = try LoginHost()
        let browser = host.browser()

        try browser.signIn("kick")

        #expect(try browser.platforms() == ["kick:connected"])
        #expect(try browser.session()["displayName"] == "Alice_Live")
        // The address of a channel is its slug.
        #expect(try browser.ask("GET", "/kick/alice-live/overlay").status == 200)
        let asked = try #require(host.kick.requests(to: "/oauth/authorize").first)
        #expect(asked.parameter("scope") == "user:read channel:read channel:rewards:read events:subscribe kicks:read")
        #expect(asked.parameter("code_challenge_method") == "S256")
        #expect(host.kick.requests(to: "/oauth/token").first?.field("code_verifier")?.count == 43)
    }

    @Test func `coming back you are who you were, and nothing is added`() throws {
        let host = try LoginHost()
        let (first, second) = (host.browser(), host.browser())
        try first.signIn("twitch")
        let generation = try host.table.number("SELECT generation FROM connections")

        try second.signIn("twitch")

        #expect(try first.session()["streamerId"] == second.session()["streamerId"])
        #expect(try host.table.number("SELECT count(*) FROM streamers") == 1)
        #expect(try host.table.number("SELECT count(*) FROM connections") == 1)
        #expect(try host.table.number("SELECT generation FROM connections") == generation + 1)
    }

    @Test func `your tokens stand readable nowhere in what the host keeps`() throws {
        let host = try LoginHost(environment: ["LOG_LEVEL": "trace"])
        try host.browser().signIn("twitch")
        try host.browser().signIn("kick")

        let tokens = [host.twitch, host.kick].flatMap { $0.accessTokens + $0.refreshTokens }
        #expect(tokens.count == 4)
        for token in tokens + [FakePlatform.clientSecret] {
            #expect(try !host.isKept(token), "\(token) is readable")
        }
        #expect(try host.isKept("alice-live"), "this test looks in the wrong place")
    }

    @Test func `a sign-in that you did not begin signs nobody in`() throws {
        let host = try LoginHost()
        // Somebody else's link, opened in your browser: their code, their state.
        let (stranger, you) = (host.browser(), host.browser())
        let link = try callback(stranger, "twitch")

        let without = try you.open(link)
        #expect(you.visited.last?.hasSuffix("/auth/login?problem=expired&platform=twitch") == true)
        #expect(without.body.contains("was not begun in this browser"))

        // And with a login of your own under way.
        _ = try callback(you, "twitch")
        _ = try you.open(try callback(stranger, "twitch"))
        #expect(you.visited.last?.contains("problem=expired") == true)
        #expect(try you.session() == .null)
        #expect(try host.table.number("SELECT count(*) FROM streamers") == 0)
    }

    @Test func `a sign-in link works once, on its own platform and as it was made`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        let link = try callback(browser, "twitch")
        let other = try callback(browser, "twitch").replacing("/callback/twitch", with: "/callback/kick")
        _ = try browser.open(other)
        #expect(browser.visited.last?.contains("problem=expired&platform=kick") == true)
        // The state of that link is used up, and its cookie is another login's by now.
        for wrong in [
            link, "/auth/callback/twitch", "/auth/callback/twitch?code=x", "/auth/callback/twitch?code=x&state=y",
            "/auth/callback/twitch?state=", "/auth/callback/twitch?code=x&state=\(String(repeating: "a", count: 3000))",
        ] {
            _ = try browser.open(wrong)
            #expect(browser.visited.last?.contains("problem=expired") == true, "\(wrong)")
        }
        let good = try callback(browser, "twitch")
        let secret = browser.cookie("streamvibes_login")
        #expect(try browser.ask("GET", good).headers["location"] == "/dashboard")

        let again = host.browser()
        again.take("streamvibes_login", secret)
        _ = try again.open(good)

        #expect(again.visited.last?.contains("problem=expired") == true)
        #expect(try again.session() == .null)
    }

    @Test func `saying no brings you back, in words`() throws {
        let host = try LoginHost()
        host.kick.manners.denies = true
        let browser = host.browser()

        let page = try browser.open("/auth/login/kick")

        #expect(browser.visited.last?.hasSuffix("/auth/login?problem=denied&platform=kick") == true)
        #expect(page.body.contains("You did not allow it on Kick"))
        #expect(try host.table.number("SELECT count(*) FROM streamers") == 0)
        #expect(try host.table.number("SELECT count(*) FROM login_states") == 0)
    }

    @Test func `what a link says about a problem is never shown as it stands`() throws {
        let host = try LoginHost()

        let page = try host.browser().open("/auth/login?problem=%3Cb%3Eboo&platform=%3Cb%3Eboo&error=boo")

        #expect(page.status == 200 && !page.body.contains("boo") && !page.body.contains("role=\"alert\""))
    }

    @Test func `a platform that stumbles is asked again`() throws {
        let host = try LoginHost()
        host.twitch.fail("/helix/users", .status(500), .status(503))
        host.kick.fail("/oauth/token", .status(502), .slow(seconds: 1))

        for platform in ["twitch", "kick"] {
            let browser = host.browser()
            try browser.signIn(platform)
            #expect(try browser.platforms() == ["\(platform):connected"])
        }
        #expect(host.twitch.requests(to: "/helix/users").count == 3)
    }

    @Test func `a platform that stays away or talks nonsense signs nobody in, and says so`() throws {
        let host = try LoginHost()
        let faults: [(FakePlatform.Fault, String)] = [
            (.status(500), "unavailable"), (.status(200, "nonsense"), "refused"), (.status(200, "[]"), "refused"),
            (.status(200, #"{"access_token":"a b"}"#), "refused"), (.status(404), "refused"),
            (.status(302), "refused"), (.status(200, String(repeating: " ", count: 300_000)), "refused"),
        ]
        for (fault, problem) in faults {
            host.twitch.fail("/oauth2/token", fault)
            if problem == "unavailable" { host.twitch.fail("/oauth2/token", fault, fault) }
            let browser = host.browser()
            _ = try browser.open("/auth/login/twitch")
            #expect(browser.visited.last?.contains("problem=\(problem)") == true, "\(fault)")
        }
        #expect(try host.table.number("SELECT count(*) FROM streamers") == 0)
        #expect(try host.browser().ask("GET", "/health").status == 200)
    }

    @Test func `a channel that the operator added is yours when you sign in with it`() throws {
        let host = try LoginHost { server in
            try server.command("channel", "add", "twitch", "oldname", "--user-id", "1234")
        }
        let before = try host.table.rows("SELECT id FROM streamers")
        let browser = host.browser()

        try browser.signIn("twitch")

        #expect(try host.table.rows("SELECT id FROM streamers") == before)
        #expect(try browser.session()["displayName"] == "Alice")
        // Its name was another one when it was added.
        #expect(try host.table.rows("SELECT channel FROM channels") == ["alice"])
        #expect(try host.table.number("SELECT count(*) FROM layouts") == 1)
    }

    @Test func `a name that is registered with another user is not given away`() throws {
        let host = try LoginHost { server in
            try server.command("channel", "add", "twitch", "alice", "--user-id", "999")
        }

        _ = try host.browser().open("/auth/login/twitch")

        #expect(try host.table.rows("SELECT platform_user_id FROM channels") == ["999"])
        #expect(try host.table.number("SELECT count(*) FROM streamers") == 1)
        #expect(try host.table.number("SELECT count(*) FROM sessions") == 0)
        #expect(Deadline.wait(seconds: 60) { !host.twitch.revoked.isEmpty })
    }

    @Test func `a platform that is not set up is not offered`() throws {
        let environment = ServerProcess.environment
        let server = try ServerProcess(environment: environment)
        try server.start()
        let browser = LoginBrowser(base: "http://127.0.0.1:\(server.port)")

        #expect(try browser.open("/auth/login").body.contains("Sign-in is not set up"))
        #expect(try browser.open("/auth/login/twitch").body.contains("Signing in with Twitch is not set up"))
        #expect(try browser.open("/auth/callback/kick?code=a&state=b").body.contains("Signing in with Kick"))
        for path in ["login/youtube", "login/streamvibes", "callback/youtube"] {
            #expect(try browser.ask("GET", "/auth/\(path)").status == 404)
        }
    }

    @Test func `a login begun under another address is first sent to the public one`() throws {
        let host = try LoginHost(environment: ["PUBLIC_URL": "http://localhost:4477"])
        let browser = host.browser()

        let first = try browser.ask("GET", "/auth/login/twitch?intent=connect")
        #expect(first.status == 302)
        #expect(first.headers["location"] == "http://localhost:4477/auth/login/twitch?moved=1&intent=connect")
        // A proxy may hide the address from us; then we go on instead of turning for ever.
        let second = try browser.ask("GET", "/auth/login/twitch?moved=1")
        let location = try #require(second.headers["location"])
        #expect(location.hasPrefix(host.twitch.base))
        #expect(location.contains("redirect_uri=http%3A%2F%2Flocalhost%3A4477%2Fauth%2Fcallback%2Ftwitch"))
    }

    @Test func `an operator whose address Twitch would refuse is told at the start`() throws {
        let words = "Twitch takes return addresses under HTTPS or http://localhost only"
        #expect(try LoginHost().server.log.contains(words))
        for address in ["http://localhost:4478", "https://overlays.example"] {
            #expect(try !LoginHost(environment: ["PUBLIC_URL": address]).server.log.contains(words))
        }
    }

    @Test func `under HTTPS your cookies belong to this host alone`() throws {
        let host = try LoginHost(environment: ["PUBLIC_URL": "https://overlays.example"])

        let answer = try host.browser().ask("GET", "/auth/login/twitch?moved=1")

        let cookie = try #require(answer.cookies.first)
        #expect(cookie.hasPrefix("__Host-streamvibes_login="))
        for word in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure", "; Max-Age=600"] {
            #expect(cookie.contains(word), "\(word) is missing in \(cookie)")
        }
        #expect(!cookie.contains("Domain"))
    }

    /// Goes as far as the platform and returns where it sends the browser back to.
    private func callback(_ browser: LoginBrowser, _ platform: String) throws -> String {
        let authorize = try #require(try browser.ask("GET", "/auth/login/\(platform)").headers["location"])
        return try #require(try browser.ask("GET", authorize).headers["location"])
    }
}
