import Testing

@testable import Host

/// What pages say of how events come here.
@Suite(.withProcesses) struct PagesTests {
    @Test(arguments: [nil, "http://localhost:4479", "https://overlays.example"])
    func `every page of the dashboard knows whether platforms can deliver here`(address: String?) throws {
        var environment = ServerProcess.environment
        environment["PUBLIC_URL"] = address
        let streamer = try DemoStreamer(environment: environment)
        let delivers = address?.hasPrefix("https://") == true ? "yes" : "no"

        for page in DashboardPage.allCases {
            let body = try streamer.exchange("GET", page.path).body
            #expect(body.contains(#"data-delivers="\#(delivers)""#), "\(page)")
        }
    }

    @Test(arguments: [
        ("http://localhost:4480", "a-secret-for-tests", "twitch"), ("https://overlays.example", nil, "twitch"),
        ("https://overlays.example", "a-secret-for-tests", ""),
    ])
    func `the dashboard knows whether Twitch is listened to`(
        address: String,
        secret: String?,
        sockets: String
    ) throws {
        var environment = ServerProcess.environment
        environment["PUBLIC_URL"] = address
        environment["TWITCH_EVENTSUB_SECRET"] = secret
        // Nobody listens there, and nobody is asked.
        for (name, value) in [("AUTH_URL", "http://127.0.0.1:9"), ("API_URL", "http://127.0.0.1:9")] {
            environment["TWITCH_\(name)"] = value
        }
        for name in ["TWITCH_CLIENT_ID", "TWITCH_CLIENT_SECRET"] { environment[name] = "of-a-test" }
        let streamer = try DemoStreamer(environment: environment)

        let body = try streamer.exchange("GET", DashboardPage.settings.path).body

        #expect(body.contains(#"data-sockets="\#(sockets)""#))
    }

    @Test(arguments: [
        ("", ""), ("ws://127.0.0.1:9/app/key", ""), ("ws://127.0.0.1:9/app/key#bob=1", ""),
        ("ws://127.0.0.1:9/app/key#bob=1,demo=2", "kick"),
    ])
    func `the dashboard knows whether a channel's chat on Kick is read at the unofficial socket`(
        socket: String,
        chats: String
    ) throws {
        var environment = ServerProcess.environment
        environment["KICK_CHAT_WS_URL"] = socket
        for (name, value) in [("AUTH_URL", "http://127.0.0.1:9"), ("API_URL", "http://127.0.0.1:9")] {
            environment["KICK_\(name)"] = value
        }
        for name in ["KICK_CLIENT_ID", "KICK_CLIENT_SECRET"] { environment[name] = "of-a-test" }
        let streamer = try DemoStreamer(environment: environment)

        let body = try streamer.exchange("GET", DashboardPage.settings.path).body

        #expect(body.contains(#"data-chats="\#(chats)""#) && body.contains(#"data-sockets="""#))
    }

    @Test func `before you sign in with Kick you read that only chat comes, where that is so`() throws {
        let words = "Of Kick only chat comes to this host"
        let socket = ["KICK_CHAT_WS_URL": "ws://127.0.0.1:9/app/key#bob=1"]
        let plain = try LoginHost(environment: socket)
        let secure = ["PUBLIC_URL": "https://overlays.example"].merging(socket) { _, new in new }
        let encrypted = try LoginHost(environment: secure)

        for path in ["/", "/auth/login"] {
            let body = try plain.browser().open(path).body
            #expect(body.contains(words) && !body.contains("Kick cannot deliver events to this host"), "\(path)")
            #expect(try !encrypted.browser().open(path).body.contains(words), "\(path)")
        }
    }

    @Test func `before you sign in with Kick you read that it cannot deliver here`() throws {
        let words = "Kick cannot deliver events to this host"
        let plain = try LoginHost()
        let encrypted = try LoginHost(environment: ["PUBLIC_URL": "https://overlays.example"])

        for path in ["/", "/auth/login"] {
            #expect(try plain.browser().open(path).body.contains(words), "\(path)")
            #expect(try !encrypted.browser().open(path).body.contains(words), "\(path)")
        }
    }

    @Test func `where Kick is not offered nothing is said of it`() throws {
        let server = try ServerProcess(environment: ServerProcess.environment)
        try server.start()

        let page = try HTTPExchange.perform("GET", "/auth/login", port: server.port)

        #expect(page.status == 200)
        #expect(!page.body.contains("Kick"))
    }
}
