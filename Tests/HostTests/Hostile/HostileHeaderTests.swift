import Testing
import WidgetAPI

@testable import Host

/// Heads of requests that want to be taken for somebody else's, or for another request.
@Suite(.withProcesses) struct HostileHeaderTests {
    private static func session(_ cookies: [String], _ streamer: DemoStreamer) throws -> HTTPExchange {
        try HTTPExchange.perform(
            "GET",
            "/api/session",
            headers: cookies.map { ("Cookie", $0) },
            port: streamer.server.port
        )
    }

    @Test func `a session is found among whatever cookies, and of two different ones neither counts`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        let (own, value) = (streamer.cookie, streamer.cookie.split(separator: "=")[1])
        let filler = "filler=" + String(repeating: "x", count: 8192)

        for cookies in [
            [own], ["a=b", own], [own, "a=b"], ["a=b; \(own); c"], ["; ; =; \(own)"], [filler, own], ["\(own); \(own)"],
            ["streamvibes_session_old=x; \(own)"], ["STREAMVIBES_SESSION=x; \(own)"],
        ] {
            #expect(try Self.session(cookies, streamer).status == 200, "\(cookies.map { $0.prefix(60) })")
        }
        for cookies in [
            [], [""], ["streamvibes_session"], ["streamvibes_session="], ["streamvibes_session=\"\(value)\""],
            ["streamvibes_session=\(value)x"], ["streamvibes_session=' OR '1'='1"], ["streamvibes_session=%00"],
            ["__Host-streamvibes_session=\(value)"], ["x=\(own)"], ["streamvibes_session =\(value)"],
            ["streamvibes_session=\(String(repeating: "x", count: 8192))"],
            ["\(own); \(bob.cookie)"], [bob.cookie, own], ["streamvibes_session=planted; \(own)"],
        ] {
            let answer = try Self.session(cookies, streamer)
            #expect(answer.status == 401 && answer.failureCode == "UNAUTHORIZED", "\(cookies.map { $0.prefix(60) })")
        }
    }

    @Test func `the token of another session opens nothing, not even your own other one's`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        let other = try HTTPExchange.perform("POST", "/auth/demo", port: streamer.server.port)
        let cookie = String(try #require(other.headers["set-cookie"]?.split(separator: ";").first))
        let told = try Self.session([cookie], streamer)
        let otherToken = try #require(try JSONValue(parsing: told.body)["data"]?["csrfToken"]?.stringValue)
        #expect(otherToken != streamer.csrfToken)

        for token in [otherToken, bob.csrfToken, "", "null", streamer.csrfToken + " x", "\(streamer.csrfToken)x"] {
            let answer = try HTTPExchange.perform(
                "PUT",
                "/api/settings",
                headers: [("Cookie", streamer.cookie), ("X-CSRF-Token", token)],
                body: Array("{\"setupStep\":9}".utf8),
                port: streamer.server.port
            )
            #expect(answer.status == 403 && answer.failureCode == "FORBIDDEN", "\(token)")
            let logout = try HTTPExchange.perform(
                "POST",
                "/auth/logout",
                headers: [("Cookie", streamer.cookie)],
                body: Array("csrfToken=\(token)".utf8),
                port: streamer.server.port
            )
            #expect(logout.status == 403, "\(token)")
        }
        #expect(try streamer.get("/api/settings").data["setupStep"] == 0)
    }

    @Test func `a method is what the first line says`() throws {
        let streamer = try DemoStreamer()
        let id = try #require(try streamer.post("/api/layouts", ["name": "kept"]).data["id"]?.stringValue)

        for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
            let answer = try HTTPExchange.perform(
                "GET",
                "/api/layouts/\(id)?_method=DELETE",
                headers: [("Cookie", streamer.cookie), ("X-CSRF-Token", streamer.csrfToken), (name, "DELETE")],
                port: streamer.server.port
            )
            #expect(answer.status == 200)
        }
        for method in ["TRACE", "CONNECT", "PATCH", "get", "DELETE\u{B}"] {
            let socket = try Socket(port: streamer.server.port)
            try socket.send(Array("\(method) /api/layouts/\(id) HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
            let head = try socket.take(through: "\r\n", withinMilliseconds: 5000) ?? "HTTP/1.1 400"
            #expect(head.contains(" 40"), "\(method): \(head)")
        }
        #expect(try streamer.get("/api/layouts/\(id)").status == 200)
    }

    @Test func `no header of an answer is split by what was sent`() throws {
        let streamer = try DemoStreamer()
        let name = "a\r\nSet-Cookie: planted=1\r\n\r\n<script>\"; filename=evil.exe\u{202E}"
        let id = try #require(try streamer.post("/api/themes", ["name": .string(name)]).data["id"]?.stringValue)
        let paths = [
            "/api/themes/\(id)/export", "/auth/login/twitch?intent=%0d%0aSet-Cookie:%20planted=1",
            "/auth/callback/twitch?state=%0d%0aSet-Cookie:%20planted=1&code=1&error=%0d%0aX:1",
            "/dashboard?connected=%0d%0aSet-Cookie:%20planted=1", "/auth/login?problem=%0d%0aSet-Cookie:%20planted=1",
            "/%0d%0aSet-Cookie:%20planted=1",
        ]

        for path in paths {
            let answer = try streamer.exchange("GET", path)
            #expect(answer.cookies.allSatisfy { !$0.contains("planted") }, "\(path)")
            #expect(answer.headers.values.allSatisfy { !$0.contains("\r") && !$0.contains("\n") }, "\(path)")
        }
        let export = try streamer.exchange("GET", paths[0])
        let disposition = try #require(export.headers["content-disposition"])
        #expect(disposition.contains("filename*=UTF-8''a%0D%0ASet-Cookie"))
        #expect(disposition.split(separator: "\"").count == 3, "the name in quotes ends once: \(disposition)")
        #expect(try JSONValue(parsing: export.body)["name"] == .string(name))
    }

    @Test func `a head that says two things is refused, and one without end as well`() throws {
        let streamer = try DemoStreamer()
        let heads = [
            "POST /auth/demo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 0\r\n\r\n",
            "POST /auth/demo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /auth/demo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n", "GET /health HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET /health HTTP/9.9\r\nHost: a\r\n\r\n", "GET health HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /\(String(repeating: "x", count: 200_000)) HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: a\r\nCookie: \(String(repeating: "x", count: 200_000))\r\n\r\n",
        ]

        for head in heads {
            let socket = try Socket(port: streamer.server.port)
            // The host may hang up in the middle of what it will not read.
            try? socket.send(Array(head.utf8))
            let line = try socket.take(through: "\r\n", withinMilliseconds: 30_000)
            #expect(line?.contains(" 4") ?? socket.isAtEnd, "\(head.prefix(70)): \(line ?? "")")
        }
        #expect(try streamer.get("/api/session").status == 200)
    }
}
