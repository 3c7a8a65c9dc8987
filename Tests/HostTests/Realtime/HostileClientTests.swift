import Glibc
import Testing
import WidgetAPI

@testable import Host

/// What a stranger may try on `/ws` of a running host, and that nobody else notices.
@Suite(.serialized, .withProcesses, .host) struct HostileClientTests {
    private typealias Frame = WebSocketClient.Frame

    /// Something no page does, and how the host says no.
    struct Attack: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let code: Int

        init(_ description: String, _ frames: [WebSocketClient.Frame], masked: Bool = true, closes code: Int) {
            testDescription = description
            bytes = frames.flatMap { WebSocketClient.encode($0, masked: masked) }
            self.code = code
        }

        /// A message that is JSON.
        init(_ description: String, _ messages: String..., closes code: Int) {
            self.init(description, messages.map { .text($0) }, closes: code)
        }
    }

    static let frames = [
        Attack("an unmasked message", [.text("{}")], masked: false, closes: 1002),
        Attack("an unmasked ping", [.ping()], masked: false, closes: 1002),
        Attack("a reserved bit", [.init(reserved: 4, opcode: 1, payload: [])], closes: 1002),
        Attack("a reserved opcode", [.init(opcode: 3, payload: [])], closes: 1002),
        Attack("text that is not UTF-8", [.text([0xED, 0xA0, 0x80])], closes: 1007),
        Attack("100 KiB", [.text(Array(repeating: 0x20, count: 102_400))], closes: 1009),
        Attack("65,537 bytes", [.text(Array(repeating: 0x20, count: 65_537))], closes: 1009),
        Attack(
            "fragments of 65,537 bytes together",
            [
                .text(Array(repeating: 0x20, count: 65_536), isFinal: false), .continuation([], isFinal: false),
                .continuation([0x20], isFinal: true),
            ],
            closes: 1009
        ),
        Attack("a fragment that never ends", endless, closes: 1009),
        Attack("a ping of 126 bytes", [.ping(Array(repeating: 0, count: 126))], closes: 1002),
        Attack("a binary message", [.binary([1, 2, 3])], closes: 1003),
        Attack("a close with a code that may not be sent", [.close(1006)], closes: 1002),
    ]

    private static let endless =
        [Frame.text("", isFinal: false)]
        + Array(repeating: Frame.continuation(Array(repeating: 0x20, count: 1000), isFinal: false), count: 70)

    static let subscriptions = [
        Attack(
            "an unknown channel",
            overlay(["platform": "twitch", "channel": "nobody", "view": "chat"]),
            closes: 4501
        ),
        Attack(
            "a known channel on the other platform",
            overlay(["platform": "kick", "channel": "alice", "view": "chat"]),
            closes: 4501
        ),
        Attack(
            "a platform that is none",
            overlay(["platform": "streamvibes", "channel": "alice", "view": "chat"]),
            closes: 4505
        ),
        Attack(
            "a view that is none",
            overlay(["platform": "twitch", "channel": "alice", "view": "dashboard"]),
            closes: 4505
        ),
        Attack("no channel", overlay(["platform": "twitch", "view": "overlay"]), closes: 4505),
        Attack("nothing at all", overlay(nil), closes: 4505),
        Attack(
            "a layout that does not exist",
            overlay(["platform": "twitch", "channel": "alice", "view": "overlay", "layoutId": "x"]),
            closes: 4505
        ),
        Attack("two at once", subscribe, subscribe, closes: 4505),
        Attack("an overlay and then the log", subscribe, #"{"type":"events:subscribe"}"#, closes: 4505),
        Attack("the log without a session", #"{"type":"events:subscribe","payload":{}}"#, closes: 4504),
        Attack(
            "the log from a place that is none",
            #"{"type":"events:subscribe","payload":{"after":"1"}}"#,
            closes: 4505
        ),
        Attack("types that are no texts", #"{"type":"events:subscribe","payload":{"types":[1]}}"#, closes: 4505),
    ]

    private static let subscribe = overlay(["platform": "twitch", "channel": "alice", "view": "chat"])

    private static func overlay(_ payload: JSONValue) -> String {
        let message: JSONValue = ["type": "overlay:subscribe", "payload": payload]
        return message.text
    }

    @Test(arguments: frames + subscriptions)
    func `an attack ends with its code and its own connection`(_ attack: Attack) throws {
        let witness = try Witness()
        let client = try WebSocketClient(port: RunningHost.port)

        try client.socket.send(attack.bytes)

        let farewell = try client.farewell()
        #expect(farewell.code == attack.code)
        #expect(farewell.isOver)
        try witness.expectNothingHappened()
    }

    static let nonsense = [
        "", " ", "hello", "{", "[]", "null", #"{"type":1}"#, #"{"type":"overlay:dance","payload":{}}"#,
        #"{"type":"overlay:resync","payload":{}}"#, #"{"payload":{}}"#,
        #"{"type":"chat:message","payload":{"text":"x"}}"#,
        String(repeating: "[", count: 60_000), #"{"type":"system:ping"}trailing"#,
        #"{"type":"\#(String(repeating: "x", count: 60_000))"}"#,
    ]

    @Test(arguments: nonsense) func `a message that makes no sense is answered and the page goes on`(_ text: String)
        throws
    {
        let witness = try Witness()
        let client = try WebSocketClient(port: RunningHost.port)

        try client.send(text: text)

        let answer = try #require(try client.message("system:error"))
        #expect(answer["payload"]?["code"]?.stringValue == "VALIDATION_ERROR")
        #expect(answer["payload"]?["retryable"]?.boolValue == false)
        #expect(answer.text.utf8.count < 1024, "nonsense is not sent back whole")
        #expect(try client.subscribe("alice") != nil)
        try witness.expectNothingHappened()
    }

    @Test func `a message of exactly 65,536 bytes is read`() throws {
        let witness = try Witness()
        let ping = Array(#"{"type":"system:ping","payload":{}}"#.utf8)
        let blanks = [UInt8](repeating: 0x20, count: 65_536 - ping.count)

        for frames in [
            [Frame.text(ping + blanks)], [.text(ping, isFinal: false), .continuation(blanks, isFinal: true)],
        ] {
            let client = try WebSocketClient(port: RunningHost.port)
            try client.send(frames)
            #expect(try client.message("system:pong") != nil)
        }

        try witness.expectNothingHappened()
    }

    @Test func `a page cannot resync, acknowledge or preview what it does not watch`() throws {
        let witness = try Witness()
        let client = try WebSocketClient(port: RunningHost.port)

        try client.send("overlay:resync", ["widgetId": "somebody else's"])
        try client.send("overlay:ack", ["seq": 1, "widgetId": "x", "state": "shown"])
        try client.send("system:ping", [:])

        #expect(try client.message("system:pong") != nil)
        try witness.expectNothingHappened()
    }

    @Test func `a page that hangs up in the middle of subscribing harms nobody`() throws {
        let witness = try Witness()

        for _ in 0..<20 {
            let client = try WebSocketClient(port: RunningHost.port)
            try client.send(text: Self.subscribe)
            // Unread bytes make the kernel reset the connection instead of ending it.
            client.socket.reset()
        }

        try witness.expectNothingHappened()
    }

    // MARK: Upgrades that are refused

    @Test(arguments: ["http://evil.example", "null", "https://127.0.0.1.evil.example", "http://127.0.0.1:1"])
    func `a page of another site may not open a socket`(_ origin: String) throws {
        let witness = try Witness()
        let upgrade = [
            ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="), ("Origin", origin),
        ]

        let answer = try HTTPExchange.perform("GET", "/ws", headers: upgrade, port: RunningHost.port)

        #expect(answer.status == 403)
        #expect(answer.failureCode == "FORBIDDEN")
        try witness.expectNothingHappened()
    }

    @Test func `the host's own page may open a socket`() throws {
        let port = RunningHost.port

        let client = try WebSocketClient(port: port, headers: [("Origin", "http://127.0.0.1:\(port)")])

        #expect(try client.subscribe("alice") != nil)
    }

    @Test(arguments: ["GET", "POST"]) func `a plain request to the socket's address is told so`(_ method: String) throws
    {
        let answer = try HTTPExchange.perform(method, "/ws", port: RunningHost.port)

        #expect(answer.status == (method == "GET" ? 400 : 404))
        #expect(answer.failureCode == (method == "GET" ? "VALIDATION_ERROR" : "NOT_FOUND"))
    }

    @Test func `a socket at another address is not there`() throws {
        let error = #expect(throws: Socket.Failure.self) { try WebSocketClient(port: RunningHost.port, path: "/wss") }

        #expect(error?.description.hasPrefix("HTTP/1.1 404 ") == true)
    }
}
