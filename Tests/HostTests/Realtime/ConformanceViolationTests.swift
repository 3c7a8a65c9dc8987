import Testing

/// Reserved bits, reserved opcodes, fragmentation and masks: Autobahn's groups 3, 4 and 5, and RFC 6455 section 5.1.
@Suite(.serialized, .withProcesses, .echo) struct ConformanceViolationTests {
    private typealias Frame = WebSocketClient.Frame

    @Test(arguments: [UInt8(1), 2, 3, 4, 5, 6, 7], [UInt8(1), 2, 8, 9, 10])
    func `a reserved bit breaks the protocol`(_ bits: UInt8, _ opcode: UInt8) throws {
        let client = try EchoServer.client()

        try client.send([.text("before"), Frame(reserved: bits, opcode: opcode, payload: []), .text("after")])

        let farewell = try client.farewell()
        #expect(farewell.frames == [.text("before")])
        #expect(farewell.code == 1002)
        #expect(farewell.isOver)
    }

    @Test(arguments: [UInt8(3), 4, 5, 6, 7, 11, 12, 13, 14, 15], [0, 5])
    func `a reserved opcode breaks the protocol`(_ opcode: UInt8, _ length: Int) throws {
        let client = try EchoServer.client()
        let unknown = Frame(opcode: opcode, payload: Array(repeating: 0x61, count: length))

        try client.send([.text("before"), unknown, .ping()])

        let farewell = try client.farewell()
        #expect(farewell.frames == [.text("before")])
        #expect(farewell.code == 1002)
        #expect(farewell.isOver)
    }

    @Test(arguments: [UInt8(1), 2, 8, 9, 10])
    func `an unmasked frame breaks the protocol`(_ opcode: UInt8) throws {
        let client = try EchoServer.client()

        try client.send(Frame(opcode: opcode, payload: []), masked: false)

        let farewell = try client.farewell()
        #expect(farewell.code == 1002)
        #expect(farewell.frames.isEmpty)
        #expect(farewell.isOver)
    }

    // MARK: Fragments

    @Test(arguments: [1, 3, 1000])
    func `fragments become one message, whatever the chops`(_ chop: Int) throws {
        let client = try EchoServer.client()
        let frames = [
            Frame.text("one ", isFinal: false), .continuation("", isFinal: false), .continuation("two", isFinal: true),
        ]

        try client.send(frames.flatMap { WebSocketClient.encode($0) }, inChopsOf: chop)

        #expect(try client.next() == .text("one two"))
    }

    @Test func `empty fragments become an empty message`() throws {
        let client = try EchoServer.client()

        let answers = try client.echoes(of: [
            .text("", isFinal: false), .continuation("", isFinal: false), .continuation("", isFinal: true),
        ])

        #expect(answers == [.text("")])
    }

    @Test func `pings between fragments are answered at once`() throws {
        let client = try EchoServer.client()

        try client.send([.text("one ", isFinal: false), .ping([1])])
        #expect(try client.next() == .pong([1]))

        let answers = try client.echoes(
            of: [.continuation("two", isFinal: false), .ping([2]), .continuation("", isFinal: true)],
            count: 2
        )
        #expect(answers == [.pong([2]), .text("one two")])
    }

    @Test func `fragmented messages may follow each other`() throws {
        let client = try EchoServer.client()

        let answers = try client.echoes(
            of: [
                .text("a", isFinal: false), .continuation("b", isFinal: true), .binary([1], isFinal: false),
                .ping([9]), .continuation([2], isFinal: true), .text("c"),
            ],
            count: 4
        )

        #expect(answers == [.text("ab"), .pong([9]), .binary([1, 2]), .text("c")])
    }

    @Test(arguments: [UInt8(8), 9, 10])
    func `a fragmented control frame breaks the protocol`(_ opcode: UInt8) throws {
        let client = try EchoServer.client()

        try client.send([
            Frame(isFinal: false, opcode: opcode, payload: [1]), .continuation([2], isFinal: true),
        ])

        let farewell = try client.farewell()
        #expect(farewell.code == 1002)
        #expect(farewell.frames.isEmpty)
        #expect(farewell.isOver)
    }

    @Test(arguments: [true, false])
    func `a continuation of nothing breaks the protocol`(_ isFinal: Bool) throws {
        let client = try EchoServer.client()

        try client.send([.continuation("lost", isFinal: isFinal), .text("after")])

        let farewell = try client.farewell()
        #expect(farewell.code == 1002)
        #expect(farewell.frames.isEmpty)
        #expect(farewell.isOver)
    }

    @Test(arguments: [true, false])
    func `a continuation after the last fragment breaks the protocol`(_ isFinal: Bool) throws {
        let client = try EchoServer.client()

        try client.send([
            .text("one", isFinal: false), .continuation("two", isFinal: true), .continuation("three", isFinal: isFinal),
        ])

        let farewell = try client.farewell()
        #expect(farewell.frames == [.text("onetwo")])
        #expect(farewell.code == 1002)
        #expect(farewell.isOver)
    }

    @Test(arguments: [UInt8(1), 2], [true, false])
    func `a message inside another one breaks the protocol`(_ opcode: UInt8, _ isFinal: Bool) throws {
        let client = try EchoServer.client()

        try client.send([
            .text("one", isFinal: false), Frame(isFinal: isFinal, opcode: opcode, payload: [0x61]),
            .continuation("two", isFinal: true),
        ])

        let farewell = try client.farewell()
        #expect(farewell.code == 1002)
        #expect(farewell.frames.isEmpty)
        #expect(farewell.isOver)
    }

    @Test func `a close between fragments is answered and the message dropped`() throws {
        let client = try EchoServer.client()

        try client.send([.text("one", isFinal: false), .close(1000), .continuation("two", isFinal: true)])

        let farewell = try client.farewell()
        #expect(farewell.code == 1000)
        #expect(farewell.frames.isEmpty)
        #expect(farewell.isOver)
    }
}
