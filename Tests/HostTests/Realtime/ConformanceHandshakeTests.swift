import Testing

/// The opening handshake: RFC 6455 section 4.2.
@Suite(.serialized, .withProcesses, .echo) struct ConformanceHandshakeTests {
    /// A request to upgrade with one thing changed; an empty value leaves the header out.
    struct Request: Sendable, CustomTestStringConvertible {
        var method = "GET"
        var version = "HTTP/1.1"
        var host = "127.0.0.1"
        var upgrade = "websocket"
        var connection = "Upgrade"
        var protocolVersion = "13"
        var key = "dGhlIHNhbXBsZSBub25jZQ=="
        var testDescription = ""

        var bytes: [UInt8] {
            var text = "\(method) / \(version)\r\n"
            let headers = [
                ("Host", host), ("Upgrade", upgrade), ("Connection", connection),
                ("Sec-WebSocket-Version", protocolVersion), ("Sec-WebSocket-Key", key),
            ]
            for (name, value) in headers where !value.isEmpty { text += "\(name): \(value)\r\n" }
            if method != "GET" { text += "Content-Length: 0\r\n" }
            return Array((text + "\r\n").utf8)
        }
    }

    static let correct = [
        Request(testDescription: "as in the RFC"),
        Request(upgrade: "WebSocket", testDescription: "mixed case"),
        Request(upgrade: "WEBSOCKET", connection: "UPGRADE", testDescription: "upper case"),
        Request(connection: "upgrade", testDescription: "lower case"),
        Request(connection: "keep-alive, Upgrade", testDescription: "as Firefox sends it"),
        Request(connection: "Upgrade,keep-alive", testDescription: "without a blank"),
        Request(host: "overlays.example:8080", testDescription: "a host with a port"),
    ]

    static let wrong = [
        Request(protocolVersion: "8", testDescription: "an old version"),
        Request(protocolVersion: "14", testDescription: "a version to come"),
        Request(protocolVersion: "", testDescription: "no version"),
        Request(key: "", testDescription: "no key"),
        Request(key: "AAAA", testDescription: "a key of three bytes"),
        Request(key: "dGhlIHNhbXBsZSBub25jZQ==AAAA", testDescription: "a key with something behind it"),
        Request(key: "not base64 at all!!", testDescription: "a key that is no base64"),
        Request(method: "POST", testDescription: "POST"),
        Request(method: "PUT", testDescription: "PUT"),
        Request(upgrade: "", testDescription: "no Upgrade"),
        Request(upgrade: "h2c", testDescription: "another protocol"),
        Request(connection: "", testDescription: "no Connection"),
        Request(connection: "keep-alive", testDescription: "no wish to upgrade"),
        Request(version: "HTTP/1.0", testDescription: "HTTP/1.0"),
        Request(host: "", testDescription: "no Host"),
    ]

    @Test(arguments: correct) func `a correct handshake is accepted`(_ request: Request) throws {
        let socket = try Socket(port: EchoServer.port)

        try socket.send(request.bytes)

        let head = try #require(try socket.take(through: "\r\n\r\n", withinMilliseconds: 30_000)).lowercased()
        #expect(head.hasPrefix("http/1.1 101 "))
        #expect(head.contains("\r\nupgrade: websocket\r\n"))
        #expect(head.contains("\r\nconnection: upgrade\r\n"))
        #expect(head.contains("\r\nsec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=\r\n"))
        #expect(!head.contains("sec-websocket-extensions"))
        #expect(!head.contains("sec-websocket-protocol"))
        #expect(!head.contains("content-length"))
    }

    @Test(arguments: wrong) func `anything else is HTTP`(_ request: Request) throws {
        let socket = try Socket(port: EchoServer.port)

        try socket.send(request.bytes)

        let answer = try HTTPExchange.read(from: socket, withinMilliseconds: 30_000)
        #expect((400..<500).contains(answer.status))
        #expect(answer.headers["upgrade"] == nil)
    }

    @Test func `a handshake in chops of one byte is accepted`() throws {
        let socket = try Socket(port: EchoServer.port)

        for byte in Request().bytes { try socket.send([byte]) }

        let head = try socket.take(through: "\r\n\r\n", withinMilliseconds: 30_000)
        #expect(head?.hasPrefix("HTTP/1.1 101 ") == true)
    }

    @Test func `an offer of extensions and protocols is declined, not refused`() throws {
        let client = try WebSocketClient(
            port: EchoServer.port,
            path: "/",
            headers: [
                ("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"),
                ("Sec-WebSocket-Protocol", "chat, superchat"),
            ]
        )

        let answers = try client.echoes(of: [.text("hello")])

        #expect(answers == [.text("hello")])
    }

    @Test func `bytes that are no HTTP are answered 400`() throws {
        let socket = try Socket(port: EchoServer.port)

        try socket.send(Array("\u{16}\u{3}\u{1} this is not HTTP\r\n\r\n".utf8))

        #expect(try HTTPExchange.read(from: socket, withinMilliseconds: 30_000).status == 400)
        #expect(try socket.reachesEnd(withinMilliseconds: 30_000))
    }
}
