import Testing

/// Frames as they should be: Autobahn's groups 1, 2, 9 and 10.
@Suite(.serialized, .withProcesses, .echo) struct ConformanceFramingTests {
    private typealias Frame = WebSocketClient.Frame

    @Test(arguments: [0, 125, 126, 127, 128, 65_535, 65_536], [UInt8(1), 2])
    func `a message of every length form comes back as it was`(_ length: Int, _ opcode: UInt8) throws {
        let client = try EchoServer.client()
        let message = Frame(opcode: opcode, payload: Array(repeating: UInt8(ascii: "*"), count: length))

        let answers = try client.echoes(of: [message])

        #expect(answers == [message])
    }

    @Test(arguments: [1, 2, 3, 7, 997])
    func `a message that arrives in chops is put together`(_ chop: Int) throws {
        let client = try EchoServer.client()
        let messages = [Frame.text(""), .text("héllo"), .binary((0..<300).map { UInt8($0 & 255) }), .text("end")]

        try client.send(messages.flatMap { WebSocketClient.encode($0) }, inChopsOf: chop)

        for message in messages { #expect(try client.next() == message) }
    }

    @Test(arguments: [65_535, 65_536])
    func `a long message that arrives in chops is put together`(_ length: Int) throws {
        let client = try EchoServer.client()
        let message = Frame.binary((0..<length).map { UInt8($0 % 251) })

        try client.send(WebSocketClient.encode(message), inChopsOf: 997)

        #expect(try client.next() == message)
    }

    @Test func `many messages in one piece are answered in their order`() throws {
        let client = try EchoServer.client()
        let messages = (0..<1000).map { Frame.text("message \($0)") }

        let answers = try client.echoes(of: messages, count: messages.count)

        #expect(answers == messages)
    }

    @Test func `a message that comes in one piece with the handshake is not lost`() throws {
        let socket = try Socket(port: EchoServer.port)
        let message = Frame.text("early")
        let request = """
            GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r
            Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n
            """

        try socket.send(Array(request.utf8) + WebSocketClient.encode(message))

        let head = try socket.take(through: "\r\n\r\n", withinMilliseconds: 30_000)
        #expect(head?.hasPrefix("HTTP/1.1 101 ") == true)
        #expect(try socket.take(7, withinMilliseconds: 30_000) == [0x81, 5] + Array("early".utf8))
    }

    // MARK: Pings

    @Test(arguments: [0, 1, 125])
    func `a ping is answered with its own payload`(_ length: Int) throws {
        let client = try EchoServer.client()
        let payload = (0..<length).map { UInt8($0 + 0x80) }

        let answers = try client.echoes(of: [.ping(payload)])

        #expect(answers == [.pong(payload)])
    }

    @Test func `a ping in chops of one byte is answered`() throws {
        let client = try EchoServer.client()
        let payload = Array(repeating: UInt8(0xFE), count: 125)

        try client.send(WebSocketClient.encode(.ping(payload)), inChopsOf: 1)

        #expect(try client.next() == .pong(payload))
    }

    @Test func `ten pings have ten answers in their order`() throws {
        let client = try EchoServer.client()

        let answers = try client.echoes(of: (0..<10).map { .ping([$0]) }, count: 10)

        #expect(answers == (0..<10).map { .pong([$0]) })
    }

    @Test(arguments: [0, 125])
    func `a pong that nobody asked for is passed over`(_ length: Int) throws {
        let client = try EchoServer.client()
        let pong = Frame.pong(Array(repeating: 7, count: length))

        let answers = try client.echoes(of: [pong, .ping([1]), pong, .text("after")], count: 2)

        #expect(answers == [.pong([1]), .text("after")])
    }

    @Test(arguments: [UInt8(8), 9, 10], [126, 127, 65_536])
    func `a control frame of more than 125 bytes breaks the protocol`(_ opcode: UInt8, _ length: Int) throws {
        let client = try EchoServer.client()

        try client.send(Frame(opcode: opcode, payload: Array(repeating: 0xFE, count: length)))

        let farewell = try client.farewell()
        #expect(farewell.code == 1002)
        #expect(farewell.frames.isEmpty)
        #expect(farewell.isOver)
    }

    // MARK: Size

    @Test(arguments: [1 << 20, 4 << 20], [UInt8(1), 2])
    func `a large message in one frame comes back`(_ length: Int, _ opcode: UInt8) throws {
        let client = try EchoServer.client()
        let message = Frame(opcode: opcode, payload: Array(repeating: UInt8(ascii: "*"), count: length))

        try client.send(message)

        #expect(try client.next(withinMilliseconds: 30_000) == message)
    }

    // Work that grows with the square of the fragments would take minutes for those of 64 bytes.
    @Test(arguments: [64, 1024, 65_536])
    func `4 MiB in fragments come back as one message`(_ size: Int) throws {
        let client = try EchoServer.client()
        let count = (4 << 20) / size
        let fragment = Array(repeating: UInt8(ascii: "*"), count: size)
        let first = WebSocketClient.encode(.text(fragment, isFinal: false))
        let inner = WebSocketClient.encode(.continuation(fragment, isFinal: false))
        let last = WebSocketClient.encode(.continuation(fragment, isFinal: true))

        try client.socket.send(first + (0..<count - 2).flatMap { _ in inner } + last)

        let answer = try client.next(withinMilliseconds: 30_000)
        #expect(answer == .text(Array(repeating: UInt8(ascii: "*"), count: 4 << 20)))
    }

    @Test(arguments: [64, 1024])
    func `1 MiB in chops comes back`(_ chop: Int) throws {
        let client = try EchoServer.client()
        let message = Frame.binary(Array(repeating: 0xFE, count: 1 << 20))

        try client.send(WebSocketClient.encode(message), inChopsOf: chop)

        #expect(try client.next(withinMilliseconds: 30_000) == message)
    }
}
