import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What the doctor makes of settings and of a platform's clock.
@Suite(.serialized, .withProcesses) struct DoctorTests {
    private static let twitch = ["TWITCH_CLIENT_ID": "id", "TWITCH_CLIENT_SECRET": "secret-of-twitch"]
    private static let kick = ["KICK_CLIENT_ID": "id", "KICK_CLIENT_SECRET": "secret-of-kick"]
    private static let secret = ["TWITCH_EVENTSUB_SECRET": "0123456789"]

    @Test(arguments: [
        (Optional<String>.none, false, "problem"), ("http://localhost:8080", false, "ok"),
        ("http://localhost", false, "ok"), ("http://localhost.example", false, "problem"),
        ("http://overlays.example", true, "problem"), ("https://overlays.example", true, "ok"),
        ("https://overlays.example", false, "warning"), ("https://overlays.example:443", true, "ok"),
        ("https://overlays.example:8443", true, "warning"), ("https://[::1]", true, "ok"),
        ("https://[::1]:444", true, "warning"),
    ])
    func `an application at Twitch wants an address that Twitch takes, and a secret where it can deliver`(
        address: String?,
        hasSecret: Bool,
        word: String
    ) throws {
        var environment = Self.twitch.merging(hasSecret ? Self.secret : [:]) { _, new in new }
        environment["PUBLIC_URL"] = address

        let finding = try Self.doctor(environment).finding("twitch")

        #expect(finding.text.hasPrefix(word), "\(finding.text)")
        #expect((finding.advice == nil) == (word == "ok"))
        #expect(!finding.text.contains("secret-of-twitch") && !finding.text.contains("0123456789"))
    }

    @Test(arguments: [false, true])
    func `at another port Twitch's events come over sockets, and nobody is asked for a secret`(hasSecret: Bool) throws {
        var environment = Self.twitch.merging(hasSecret ? Self.secret : [:]) { _, new in new }
        environment["PUBLIC_URL"] = "https://overlays.example:8443"

        let finding = try Self.doctor(environment).finding("twitch")

        #expect(finding.grade == .warning)
        #expect(finding.seen.contains("port 443 only, so events come over sockets"), "\(finding.text)")
        #expect(!finding.text.contains("TWITCH_EVENTSUB_SECRET"), "\(finding.text)")
    }

    @Test func `an application at Kick wants HTTPS for events, at whichever port`() throws {
        let plain = try Self.doctor(Self.kick).finding("kick")
        let secure = try Self.doctor(Self.kick.merging(["PUBLIC_URL": "https://a.example"]) { _, new in new }).finding(
            "kick"
        )
        let other = try Self.doctor(Self.kick.merging(["PUBLIC_URL": "https://a.example:8443"]) { _, new in new })
            .finding("kick")

        #expect(plain.grade == .warning)
        #expect(secure.grade == .ok && other.grade == .ok)
        #expect(secure.seen.contains("https://a.example/api/webhooks/kick"))
        #expect(other.seen.contains("https://a.example:8443/api/webhooks/kick"))
    }

    @Test func `where Kick's chat is read at the unofficial socket, it has rooms, and is all that comes`() throws {
        func finding(_ socket: String, _ more: [String: String] = [:]) throws -> Finding {
            let given = Self.kick.merging(["KICK_CHAT_WS_URL": socket]) { _, new in new }
            return try Self.doctor(given.merging(more) { _, new in new }).finding("kick")
        }

        let bare = try finding("wss://chat.example/app/key")
        let named = try finding("wss://chat.example/app/key#alice=1")
        let secure = try finding("wss://chat.example/app/key#alice=1", ["PUBLIC_URL": "https://a.example"])

        #expect(bare.grade == .warning && bare.seen.contains("KICK_CHAT_WS_URL names no rooms"))
        #expect(named.grade == .warning && named.seen.contains("chat alone comes"))
        #expect(secure.grade == .ok)
    }

    @Test func `Kick's chat socket is looked at where it is used`() async throws {
        let chat = try FakeKickChat()
        let platform = try LoopbackServer { _ in LoopbackServer.Answer(status: 404) }
        let places = ["KICK_AUTH_URL", "KICK_API_URL", "TWITCH_CDN_URL"].map { ($0, platform.base) }
        let kick = Self.kick.merging(places) { _, new in new }

        let open = try await Self.reach(kick.merging(chat.environment) { _, new in new }, aheadSeconds: 0)
        let away = try await Self.reach(
            kick.merging(["KICK_CHAT_WS_URL": "ws://127.0.0.1:9#alice=1"]) { _, new in new },
            aheadSeconds: 0
        )

        #expect(open.first { $0.place == "kick chat" }?.grade == .ok)
        #expect(away.first { $0.place == "kick chat" }?.grade == .problem(.service))
    }

    @Test(arguments: [
        (["PUBLIC_URL": "https://a.example"], Finding.Grade.warning),
        (["PUBLIC_URL": "https://a.example", "TRUSTED_PROXIES": "127.0.0.1"], .ok),
        (["PUBLIC_URL": "http://localhost:8080"], .ok), ([:], .ok),
    ])
    func `HTTPS comes from a proxy, and it has to be trusted`(environment: [String: String], grade: Finding.Grade)
        throws
    {
        #expect(try Self.doctor(environment).proxies.grade == grade)
    }

    @Test func `plain HTTP is for this machine alone`() throws {
        let open = try Self.doctor(["STREAMVIBES_HOSTNAME": "0.0.0.0"])
        let own = try Self.doctor([:])
        let proxied = try Self.doctor(["STREAMVIBES_HOSTNAME": "0.0.0.0", "PUBLIC_URL": "https://a.example"])

        #expect(open.publicAddress.grade == .warning)
        #expect(own.publicAddress.grade == .ok && proxied.publicAddress.grade == .ok)
    }

    @Test func `a setting that this version does not use is told`() throws {
        let settings = try Settings(SettingsSource())
        let doctor = Doctor(
            settings: settings,
            given: ["PUBLIC_URL", "REDIS_URL"],
            http: PlatformHTTP(),
            now: { .now }
        )

        #expect(doctor.settingsGiven.grade == .warning)
        #expect(doctor.settingsGiven.seen.contains("REDIS_URL") && !doctor.settingsGiven.seen.contains("PUBLIC_URL"))
    }

    @Test(
        arguments: [
            (0, Finding.Grade.ok), (30, .ok), (31, .warning), (-31, .warning), (299, .warning),
            (300, .problem(.service)), (-300, .problem(.service)),
        ] as [(Int64, Finding.Grade)]
    )
    func `a clock is wrong from where deliveries are refused`(aheadSeconds: Int64, grade: Finding.Grade) async throws {
        let world = try LoopbackServer { _ in
            LoopbackServer.Answer(status: 404, headers: [("Date", "Sat, 21 Nov 2026 09:30:00 GMT")])
        }

        let findings = try await Self.reach(["TWITCH_CDN_URL": world.base], aheadSeconds: aheadSeconds)

        let clock = try #require(findings.first { $0.place == "clock" })
        #expect(clock.grade == grade, "\(clock.text)")
        #expect(findings.first { $0.place == "pictures" }?.grade == .ok)
    }

    @Test func `of two clocks the nearer one counts, and without any there is a warning`() async throws {
        let near = try LoopbackServer { _ in
            LoopbackServer.Answer(headers: [("Date", "Sat, 21 Nov 2026 09:30:00 GMT")])
        }
        let far = try LoopbackServer { _ in
            LoopbackServer.Answer(headers: [("Date", "Sat, 21 Nov 2020 09:30:00 GMT")])
        }
        let silent = try LoopbackServer { _ in LoopbackServer.Answer() }
        let kick = Self.kick.merging(["KICK_AUTH_URL": far.base, "KICK_API_URL": far.base]) { _, new in new }

        let two = try await Self.reach(kick.merging(["TWITCH_CDN_URL": near.base]) { _, new in new }, aheadSeconds: 0)
        let none = try await Self.reach(["TWITCH_CDN_URL": silent.base], aheadSeconds: 0)

        #expect(two.first { $0.place == "clock" }?.grade == .ok)
        #expect(none.first { $0.place == "clock" }?.grade == .warning)
    }

    @Test func `a platform that is broken is a warning, and one that redirects or refuses is there`() async throws {
        let broken = try LoopbackServer { _ in LoopbackServer.Answer(status: 503) }
        let other = try LoopbackServer { _ in .redirect("http://127.0.0.1:9/") }
        let kick = Self.kick.merging(["KICK_AUTH_URL": broken.base, "KICK_API_URL": other.base]) { _, new in new }

        let findings = try await Self.reach(
            kick.merging(["TWITCH_CDN_URL": "http://127.0.0.1:9"]) { _, new in new },
            aheadSeconds: 0
        )

        #expect(findings.map(\.place) == ["kick sign-in", "kick API", "pictures", "clock"])
        #expect(findings.map(\.grade) == [.warning, .ok, .warning, .warning])
    }

    @Test func `a page that is too long for us is an answer all the same`() async throws {
        let wordy = try LoopbackServer { _ in
            LoopbackServer.Answer(body: String(repeating: "welcome ", count: PlatformHTTP.answerLimit / 8 + 1))
        }

        let findings = try await Self.reach(["TWITCH_CDN_URL": wordy.base], aheadSeconds: 0)

        #expect(findings.first { $0.place == "pictures" }?.grade == .ok)
    }

    @Test func `the public address is asked whether a host is behind it`() async throws {
        let host = try LoopbackServer { request in
            request.path == "/health" ? .json(#"{"status":"ok"}"#) : .json("{}", status: 404)
        }
        let other = try LoopbackServer { _ in .json("<p>It works!") }

        let right = try await Self.reach(["PUBLIC_URL": host.base, "TWITCH_CDN_URL": other.base], aheadSeconds: 0)
        let wrong = try await Self.reach(["PUBLIC_URL": other.base, "TWITCH_CDN_URL": other.base], aheadSeconds: 0)

        #expect(right.first { $0.place == "the way in" }?.grade == .ok)
        #expect(wrong.first { $0.place == "the way in" }?.grade == .warning)
    }

    private static func doctor(_ environment: [String: String], now: Timestamp = .now) throws -> Doctor {
        let settings = try Settings(SettingsSource(environment: environment))
        return Doctor(settings: settings, given: [], http: .patient, now: { now })
    }

    /// What is found out there by a machine whose clock is that far ahead of half past nine.
    private static func reach(_ environment: [String: String], aheadSeconds: Int64) async throws -> [Finding] {
        let nine = try #require(Timestamp(rfc3339: "2026-11-21T09:30:00Z"))
        let doctor = try doctor(environment, now: nine.advanced(byMilliseconds: aheadSeconds * 1000))
        var findings: [Finding] = []
        try await doctor.http.connected { findings = await doctor.reach() }
        return findings
    }
}

extension Doctor {
    /// What a platform says of its settings.
    fileprivate func finding(_ platform: String) throws -> Finding {
        try #require(platforms.first { $0.place == platform })
    }
}
