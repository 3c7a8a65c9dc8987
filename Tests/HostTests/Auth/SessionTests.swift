import Testing
import WidgetAPI

@testable import Host

@Suite(.withProcesses) struct SessionTests {
    @Test func `you see where you are signed in and can end it there`() throws {
        let host = try LoginHost()
        let (here, there) = (host.browser(), host.browser())
        try here.signIn("twitch")
        try there.signIn("twitch")

        let list = try sessions(here)

        #expect(list.count == 2)
        #expect(list.filter { $0["isCurrent"] == true }.count == 1)
        #expect(list.allSatisfy { $0["userAgent"] == "Browser of tests" && $0["address"] == "127.0.0.1" })
        let other = try #require(list.first { $0["isCurrent"] == false }?["id"]?.stringValue)
        #expect(try here.ask("DELETE", "/api/sessions/\(other)").status == 204)
        #expect(try there.session() == .null)
        #expect(try there.ask("GET", "/dashboard").headers["location"] == "/auth/login")
        #expect(try sessions(here).count == 1)
        #expect(try here.ask("DELETE", "/api/sessions/\(other)").status == 404)
    }

    @Test func `ending the session you are in signs you out`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        try browser.signIn("twitch")
        let id = try #require(try sessions(browser).first?["id"]?.stringValue)

        #expect(try browser.ask("DELETE", "/api/sessions/\(id)").status == 204)

        #expect(browser.cookie("streamvibes_session") == nil)
        #expect(try browser.session() == .null)
    }

    @Test func `who has to sign in first comes to the page that was asked for, once`() throws {
        let host = try LoginHost()
        let browser = host.browser()

        _ = try browser.open("/dashboard/theme")
        #expect(browser.visited.last?.hasSuffix("/auth/login") == true)
        _ = try browser.open("/auth/login/twitch")
        #expect(browser.visited.last?.hasSuffix("/dashboard/theme") == true)

        #expect(browser.cookie("streamvibes_return") == nil)
        _ = try browser.open("/auth/login/twitch")
        #expect(browser.visited.last?.hasSuffix("/dashboard") == true)
    }

    @Test func `a page to come back to is one of ours, whatever the cookie says`() throws {
        let host = try LoginHost()
        for text in ["//elsewhere.example", "/dashboard/theme", "editor%20", "sample"] {
            let browser = host.browser()
            browser.take("streamvibes_return", text)

            _ = try browser.open("/auth/login/twitch")

            #expect(browser.visited.last?.hasSuffix("/dashboard") == true, "\(text): \(browser.visited)")
        }
    }

    @Test func `a dashboard that is open elsewhere stops following your stream when you end its session`() throws {
        let host = try LoginHost()
        let (here, there) = (host.browser(), host.browser())
        try here.signIn("twitch")
        try there.signIn("twitch")
        let kept = try follow(here, host)
        let ended = try follow(there, host)
        let other = try #require(try sessions(here).first { $0["isCurrent"] == false }?["id"]?.stringValue)

        #expect(try here.ask("DELETE", "/api/sessions/\(other)").status == 204)

        #expect(try ended.farewell().code == 4010)
        try kept.send("system:ping", [:])
        #expect(try kept.next()?.text.contains("system:pong") == true)
        // Signing out is the same.
        #expect(try here.ask("POST", "/auth/logout").status == 303)
        #expect(try kept.farewell().code == 4010)
    }

    private func follow(_ browser: LoginBrowser, _ host: LoginHost) throws -> WebSocketClient {
        let cookie = "streamvibes_session=\(browser.cookie("streamvibes_session") ?? "")"
        let socket = try WebSocketClient(port: host.server.port, headers: [("Cookie", cookie)])
        try socket.send("events:subscribe", [:])
        #expect(try socket.next()?.text.contains("events:ready") == true)
        return socket
    }

    @Test func `another streamer's session cannot be ended or seen`() throws {
        let host = try LoginHost()
        let (alice, bob) = (host.browser(), host.browser())
        try alice.signIn("twitch")
        try bob.signIn("kick")
        let id = try #require(try sessions(bob).first?["id"]?.stringValue)

        #expect(try sessions(alice).allSatisfy { $0["id"]?.stringValue != id })
        #expect(try alice.ask("DELETE", "/api/sessions/\(id)").status == 403)
        #expect(try alice.ask("DELETE", "/api/sessions/nobody").status == 404)
        #expect(try bob.session() != .null)
    }

    @Test func `sessions are for those who are signed in, and ended from their own pages alone`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        #expect(try browser.ask("GET", "/api/sessions").status == 401)
        #expect(try browser.ask("DELETE", "/api/sessions/x").status == 401)
        try browser.signIn("twitch")
        let id = try #require(try sessions(browser).first?["id"]?.stringValue)

        browser.csrfToken = "another"

        #expect(try browser.ask("DELETE", "/api/sessions/\(id)").status == 403)
        #expect(try browser.session() != .null)
    }

    @Test func `signing in anew ends the session that this browser had`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        try browser.signIn("twitch")
        let old = browser.cookie("streamvibes_session")

        try browser.signIn("kick")

        let thief = host.browser()
        thief.take("streamvibes_session", old)
        #expect(try thief.session() == .null)
        #expect(try browser.platforms() == ["kick:connected"])
    }

    private func sessions(_ browser: LoginBrowser) throws -> [JSONValue] {
        try JSONValue(parsing: browser.ask("GET", "/api/sessions").body)["data"]?.arrayValue ?? []
    }
}

@Suite struct SessionStoreTests {
    private let origin = SessionOrigin(userAgent: String(repeating: "x", count: 1000), address: "127.0.0.1")

    @Test func `a session lasts seven days after its last use, to the millisecond`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")
        let store = SessionStore(database: place.database, now: place.now)
        let token = try await store.begin(for: alice.tenant, from: origin)
        let week = SessionStore.lifetimeMilliseconds

        place.clock = week - 1
        #expect(try await store.session(token)?.expiresAt.milliseconds == 2 * week - 1)
        place.clock = 2 * week - 2
        #expect(try await store.session(token) != nil)
        place.clock = 3 * week - 2
        #expect(try await store.session(token) == nil)
    }

    @Test func `a use is written down once in five minutes`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")
        let store = SessionStore(database: place.database, now: place.now)
        let token = try await store.begin(for: alice.tenant, from: origin)

        place.clock = SessionStore.noteMilliseconds - 1
        _ = try await store.session(token)
        #expect(try await store.sessions(in: alice).map(\.lastUsedAt.milliseconds) == [0])
        place.clock = SessionStore.noteMilliseconds
        _ = try await store.session(token)
        #expect(try await store.sessions(in: alice).map(\.lastUsedAt.milliseconds) == [place.clock])
        #expect(try await store.sessions(in: alice).first?.origin.userAgent.count == 200)
    }

    @Test func `nobody sees or ends a session of somebody else`() async throws {
        let place = try await LogPlace()
        let (alice, bob) = (try await place.streamer("alice", "1"), try await place.streamer("bob", "2"))
        let store = SessionStore(database: place.database, now: place.now)
        let token = try await store.begin(for: bob.tenant, from: origin)
        let id = try #require(try await store.session(token)?.id)

        #expect(try await store.sessions(in: alice).isEmpty)
        #expect(try await !store.end(id, in: alice))
        #expect(try await store.session(token)?.tenant == bob.tenant)
    }
}
