import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Links that would send somebody away under our name.
@Suite(.withProcesses) struct HostileRedirectTests {
    private static let publicURL = "https://overlays.example"

    private static func host() throws -> LoginHost {
        // Behind a proxy that is believed each request has an address of its own: one may try ten times a minute.
        try LoginHost(environment: ["PUBLIC_URL": publicURL, "TRUSTED_PROXIES": "127.0.0.0/8"])
    }

    /// Whether an address is one the host may send browsers to.
    private static func isOurs(_ location: String, _ host: LoginHost) -> Bool {
        guard location.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else { return false }
        let authorize = ["\(host.twitch.base)/oauth2/authorize?", "\(host.kick.base)/oauth/authorize?"]
        if authorize.contains(where: location.hasPrefix) {
            return location.contains("redirect_uri=https%3A%2F%2Foverlays.example%2Fauth%2Fcallback%2F")
        }
        let isPath = location.hasPrefix("/") && !location.hasPrefix("//")
        return isPath || location.hasPrefix("\(publicURL)/")
    }

    private static let strangers = [
        "https://evil.example", "//evil.example", "///evil.example", "\\\\evil.example", "/\\evil.example",
        "https:evil.example", "%2F%2Fevil.example", "%5Cevil.example", "https%3A%2F%2Fevil.example", "@evil.example",
        ".evil.example", "javascript:alert(1)", "%0d%0aLocation:%20https://evil.example",
        "https://overlays.example.evil.example",
    ]

    @Test func `no address in a link to the login sends anybody elsewhere`() throws {
        let host = try Self.host()
        var (number, redirects) = (0, 0)
        func ask(_ path: String, _ headers: [(String, String)]) throws {
            number += 1
            let answer = try HTTPExchange.perform(
                "GET",
                path,
                headers: headers + [("X-Forwarded-For", "192.0.2.\(number % 250)"), ("X-Forwarded-Proto", "https")],
                port: host.server.port
            )
            guard let location = answer.headers["location"] else {
                #expect((200..<500).contains(answer.status) && !(300..<400).contains(answer.status), "\(path)")
                return
            }
            redirects += 1
            #expect(Self.isOurs(location, host), "\(path) \(headers) leads to \(location)")
            #expect(!location.contains("evil"), "\(path) \(headers) leads to \(location)")
        }

        for stranger in Self.strangers {
            for path in [
                "/auth/login/twitch?intent=\(stranger)", "/auth/login/kick?moved=1&intent=connect&next=\(stranger)",
                "/auth/login/twitch?moved=1&redirect_uri=\(stranger)&state=\(stranger)&return_to=\(stranger)",
                "/auth/callback/twitch?state=x&code=x&redirect_uri=\(stranger)", "/dashboard?next=\(stranger)",
                "/auth/callback/kick?error=\(stranger)&state=\(stranger)", "/auth/login?problem=\(stranger)",
                "/auth/login/\(stranger)", "/\(stranger)", "/auth/login/twitch/\(stranger)", "/?url=\(stranger)",
            ] where !path.contains(" ") {
                try ask(path, [("Host", "overlays.example")])
            }
        }
        let forged = [
            [("Host", "evil.example")], [("Host", "overlays.example.evil.example")], [("Host", "evil.example:443")],
            [("Host", "overlays.example@evil.example")], [("Host", "")], [("Host", "a"), ("Host", "evil.example")],
            [("Host", "overlays.example"), ("X-Forwarded-Host", "evil.example")],
            [("Host", "overlays.example"), ("Forwarded", "host=evil.example;proto=https")],
            [("Host", "overlays.example"), ("X-Original-URL", "https://evil.example")],
            [("Host", "overlays.example"), ("Referer", "https://evil.example"), ("Origin", "https://evil.example")],
        ]
        for headers in forged {
            for path in [
                "/", "/dashboard", "/auth/login/twitch", "/auth/login/kick?intent=connect",
                "/auth/login/twitch?moved=1",
            ] {
                try ask(path, headers)
            }
        }
        #expect(redirects > 60, "this test asks in the wrong place")
    }

    @Test func `the way to HTTPS is the host's own, whatever the request line says`() throws {
        let host = try Self.host()

        for target in [
            "//evil.example/x", "/\\evil.example", "/@evil.example", "/.evil.example", "http://evil.example/auth/login",
            "https://evil.example", "http://overlays.example@evil.example/", "/%2F%2Fevil.example",
            "/?a=//evil.example", "*",
        ] {
            let answer = try HTTPExchange.perform(
                "GET",
                target,
                headers: [("Host", "evil.example"), ("X-Forwarded-Proto", "http")],
                port: host.server.port
            )
            let location = answer.headers["location"] ?? ""
            #expect(answer.status == 308 || answer.status == 400, "\(target): \(answer.status)")
            #expect(answer.status == 400 || location.hasPrefix("\(Self.publicURL)/"), "\(target): \(location)")
        }
    }
}
