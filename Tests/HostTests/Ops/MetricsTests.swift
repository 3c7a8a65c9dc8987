import Foundation
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// `GET /metrics`: what an operator's tools read, and nobody else.
@Suite(.serialized, .withProcesses) struct MetricsTests {
    private static let token = "an-operators-token"

    private static func server() throws -> ServerProcess {
        let environment = ServerProcess.environment.merging(["OPERATOR_TOKEN": token]) { _, new in new }
        let server = try ServerProcess(environment: environment)
        try server.command("channel", "add", "twitch", "alice", "--user-id", "1234")
        try server.start()
        return server
    }

    @Test func `numbers are for the host's own machine, and for whoever has the token`() throws {
        let server = try Self.server()
        func status(_ headers: (String, String)...) throws -> Int {
            try HTTPExchange.perform("GET", "/metrics", headers: headers, port: server.port).status
        }
        let proxied = ("X-Forwarded-For", "192.0.2.7")

        #expect(try status() == 200)
        #expect(try status(proxied) == 403)
        #expect(try status(("Forwarded", "for=192.0.2.7")) == 403)
        #expect(try status(("x-forwarded-proto", "https")) == 403)
        #expect(try status(("X-Forwarded-Host", "")) == 403)
        #expect(try status(proxied, ("Authorization", "Bearer \(Self.token)")) == 200)
        #expect(try status(proxied, ("Authorization", "bearer \(Self.token)")) == 200)
        #expect(try status(proxied, ("Authorization", "Bearer \(Self.token)x")) == 403)
        #expect(try status(proxied, ("Authorization", "Bearer")) == 403)
        #expect(try status(proxied, ("Authorization", "Basic \(Self.token)")) == 403)
        #expect(try status(proxied, ("Authorization", Self.token)) == 403)
        let refused = try HTTPExchange.perform("GET", "/metrics", headers: [proxied], port: server.port)
        #expect(refused.failureCode == "FORBIDDEN")
    }

    @Test func `without a token nobody from elsewhere gets numbers`() throws {
        let server = try ServerProcess.withAlice()

        let answer = try HTTPExchange.perform(
            "GET",
            "/metrics",
            headers: [("X-Forwarded-For", "192.0.2.7"), ("Authorization", "Bearer ")],
            port: server.port
        )

        #expect(answer.status == 403)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.9.1", true), ("::1", true), ("::ffff:127.0.0.1", true), ("192.0.2.7", false),
        ("10.0.0.1", false), ("::2", false), ("fe80::1", false), ("::ffff:192.0.2.7", false), ("128.0.0.1", false),
    ])
    func `only addresses of the machine itself are its own`(address: String, isOwn: Bool) throws {
        #expect(OpsRoutes.isLoopback(try #require(IPAddress(address))) == isOwn)
    }

    @Test func `what happens is counted, and nothing tells of a streamer or a secret`() throws {
        let server = try Self.server()
        let page = try WebSocketClient(port: server.port)
        _ = try #require(try page.subscribe("alice", view: "chat"))
        let before = try Self.numbers(server)

        #expect(try SignedDelivery.chat("hello").post(port: server.port) == 204)
        _ = try #require(try page.message("overlay:patch"))
        var wrong = SignedDelivery.chat("forged")
        wrong.secret = "another-secret"
        #expect(try wrong.post(port: server.port) == 403)
        #expect(try SignedDelivery.chat("hello", in: "77").post(port: server.port) == 404)
        #expect(try HTTPExchange.perform("GET", "/api/session", port: server.port).status == 401)
        #expect(try HTTPExchange.perform("GET", "/twitch/alice/overlay", port: server.port).status == 200)
        #expect(try HTTPExchange.perform("GET", "/alice/secret/page", port: server.port).status == 404)

        let after = try Self.numbers(server)
        func grown(_ name: String) -> Double { (after[name] ?? -1) - (before[name] ?? 0) }
        #expect(grown(#"streamvibes_deliveries_total{platform="twitch",outcome="accepted"}"#) == 1)
        #expect(grown(#"streamvibes_deliveries_total{platform="twitch",outcome="refused"}"#) == 1)
        #expect(grown(#"streamvibes_deliveries_total{platform="twitch",outcome="unknown_channel"}"#) == 1)
        #expect(grown(#"streamvibes_http_requests_total{group="webhook",status="2xx"}"#) == 1)
        #expect(grown(#"streamvibes_http_requests_total{group="webhook",status="4xx"}"#) == 2)
        #expect(grown(#"streamvibes_http_requests_total{group="api",status="4xx"}"#) == 1)
        #expect(grown(#"streamvibes_http_requests_total{group="overlay",status="2xx"}"#) == 1)
        #expect(grown(#"streamvibes_http_requests_total{group="other",status="4xx"}"#) == 1)
        #expect(grown(#"streamvibes_http_requests_total{group="ops",status="2xx"}"#) == 1)
        // The page that opened is an event, too, at its own time.
        #expect([1, 2].contains(grown("streamvibes_events_appended_total")))
        #expect([1, 2].contains(grown(#"streamvibes_event_commits_total{outcome="done"}"#)))
        #expect(grown("streamvibes_database_write_seconds_count") >= 1)
        #expect(grown("streamvibes_frames_published_total") >= 1)
        #expect(grown("streamvibes_frames_sent_total") >= 1)
        #expect(grown("streamvibes_bytes_sent_total") > 50)
        #expect(after[#"streamvibes_connections{kind="overlay"}"#] == 1)
        #expect(after[#"streamvibes_connections{kind="events"}"#] == 0)
        #expect(after["streamvibes_awake_tenants"] == 1)
        #expect(after["process_open_fds"] ?? 0 > 5)
        #expect(after["process_resident_memory_bytes"] ?? 0 > 1_000_000)
        #expect(after["process_cpu_seconds_total"] ?? 0 > 0)
        #expect(abs((after["process_start_time_seconds"] ?? 0) - Date().timeIntervalSince1970) < 600)
        let text = try Self.text(server)
        let id = try #require(try EventTable(of: server).rows("SELECT id FROM streamers").first)
        for word in ["alice", "1234", id, "secret", Self.token, ServerProcess.secret, server.dataDirectory] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test func `every number has a name, a type and a meaning, as tools want it`() throws {
        let server = try Self.server()

        let text = try Self.text(server)

        var described: Set<Substring> = []
        var seen: Set<Substring> = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# HELP ") { continue }
            if let match = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
                #expect(described.insert(match.1).inserted, "\(line)")
                #expect(match.2 != "counter" || match.1.hasSuffix("_total"), "\(line)")
                continue
            }
            let sample = line.wholeMatch(
                of: /([a-z_]+)((?:\{[a-z]+="[^"\\\n]*"(?:,[a-z]+="[^"\\\n]*")*\})?) ([0-9.e+-]+)/
            )
            let name = try #require(sample?.1, "\(line)")
            #expect(seen.insert(line[..<(line.lastIndex(of: " ") ?? line.endIndex)]).inserted, "\(line)")
            let family = name.replacing(/_(bucket|sum|count)$/, with: "")
            #expect(described.contains(name) || described.contains(family[...]), "\(line)")
        }
        #expect(described.count > 20)
    }

    private static func text(_ server: ServerProcess) throws -> String {
        let answer = try HTTPExchange.perform("GET", "/metrics", port: server.port)
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
        return answer.body
    }

    private static func numbers(_ server: ServerProcess) throws -> [String: Double] {
        var numbers: [String: Double] = [:]
        for line in try text(server).split(separator: "\n") where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " ") else { continue }
            numbers[String(line[..<space])] = Double(line[line.index(after: space)...])
        }
        return numbers
    }
}
