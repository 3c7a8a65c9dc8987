import Testing

/// Saying goodbye: Autobahn's group 7.
@Suite(.serialized, .withProcesses, .echo) struct ConformanceCloseTests {
    private typealias Frame = WebSocketClient.Frame

    @Test func `a close without a code is answered without a code`() throws {
        let client = try EchoServer.client()

        try client.send([.text("before"), .close()])

        #expect(try client.farewell() == Farewell(frames: [.text("before")], payload: [], isOver: true))
    }

    @Test(arguments: [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999])
    func `a close with a code that may be sent is answered with it`(_ code: Int) throws {
        let client = try EchoServer.client()

        try client.send([.close(code, "bye")])

        let farewell = try client.farewell()
        #expect(farewell.code == code)
        #expect(farewell.isOver)
    }

    @Test(arguments: [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535])
    func `a close with a code that may not be sent breaks the protocol`(_ code: Int) throws {
        let client = try EchoServer.client()

        try client.send([.close(code, "bye")])

        let farewell = try client.farewell()
        #expect(farewell.code == 1002)
        #expect(farewell.isOver)
    }

    @Test(arguments: ["", "good", String(repeating: "*", count: 123), "κόσμε"])
    func `a close may have a reason of up to 123 bytes`(_ reason: String) throws {
        let client = try EchoServer.client()

        try client.send([.close(1000, reason)])

        let farewell = try client.farewell()
        #expect(farewell.code == 1000)
        #expect(farewell.isOver)
    }

    @Test func `a close of one byte breaks the protocol`() throws {
        let client = try EchoServer.client()

        try client.send([Frame(opcode: 8, payload: [3])])

        let farewell = try client.farewell()
        #expect(farewell.code == 1002)
        #expect(farewell.isOver)
    }

    @Test func `a reason of 124 bytes breaks the protocol`() throws {
        let client = try EchoServer.client()

        try client.send([.close(1000, String(repeating: "*", count: 124))])

        let farewell = try client.farewell()
        #expect(farewell.code == 1002)
        #expect(farewell.isOver)
    }

    @Test(arguments: ConformanceTextTests.invalid)
    func `a reason that is not UTF-8 is refused`(_ bytes: [UInt8]) throws {
        let client = try EchoServer.client()

        try client.send([Frame(opcode: 8, payload: [0x03, 0xE8] + bytes)])

        let farewell = try client.farewell()
        #expect(farewell.code == 1007)
        #expect(farewell.isOver)
    }

    @Test func `what comes after a close is not answered`() throws {
        for late in [Frame.text("late"), .ping([1]), .close(1001), .continuation("late", isFinal: true)] {
            let client = try EchoServer.client()

            try client.send([.close(1000), late])

            let farewell = try client.farewell()
            #expect(farewell.code == 1000)
            #expect(farewell.frames.isEmpty)
            #expect(farewell.isOver)
            #expect(client.socket.buffer.isEmpty, "nothing follows the close frame")
        }
    }

    @Test func `the server's own goodbye comes before it hangs up on a client that keeps talking`() throws {
        let client = try EchoServer.client()

        // Megabytes that nobody will read must not make the kernel throw the close frame away.
        try client.send(
            [Frame(reserved: 1, opcode: 1, payload: [])]
                + (0..<64).map { _ in .binary(Array(repeating: 0, count: 16_384)) }
        )

        let farewell = try client.farewell()
        #expect(farewell.code == 1002)
        #expect(farewell.isOver)
    }

    @Test func `a client that only hangs up is let go`() throws {
        let client = try EchoServer.client()

        client.socket.finishSending()

        let farewell = try client.farewell(answering: false)
        #expect(farewell == Farewell(frames: [], payload: nil, isOver: true))
    }

    @Test func `a client that never answers a goodbye is cut`() throws {
        let client = try EchoServer.client()

        try client.send(.text("unmasked"), masked: false)

        let farewell = try client.farewell(answering: false)
        #expect(farewell.code == 1002)
        #expect(farewell.isOver)
    }
}
