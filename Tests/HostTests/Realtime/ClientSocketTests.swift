import Crypto
import Foundation
import NIOCore
import NIOPosix
import NIOWebSocket
import Synchronization
import Testing

@testable import FakePlatforms
@testable import Host

/// The host's end of sockets that it opens itself.
@Suite struct ClientSocketTests {
    /// Takes the handshake and says everything else in the same packet.
    private final class Talker: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let words: [UInt8]

        init(_ words: [UInt8]) {
            self.words = words
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard let answer = ClientSocketTests.handshake(unwrapInboundIn(data)) else { return }
            context.channel.writeAndFlush(ByteBuffer(bytes: answer + words), promise: nil)
        }
    }

    /// Takes the handshake and sends numbered messages, each when the one before it is on its way.
    private final class Flood: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        static let size = 65_536
        /// 48 MiB: more than both kernels' buffers (4 MiB and 32 MiB at most) and 64 messages can hold.
        static let count = 768
        private let sent = Mutex(0)

        /// How many messages the network has taken.
        var progress: Int { sent.withLock(\.self) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard let answer = ClientSocketTests.handshake(unwrapInboundIn(data)) else { return }
            context.channel.writeAndFlush(ByteBuffer(bytes: answer), promise: nil)
            send(0, to: context.channel)
        }

        private func send(_ number: Int, to channel: any NIOCore.Channel) {
            guard number < Self.count else { return }
            var frame = ByteBuffer(bytes: [0x81, 127])
            frame.writeInteger(UInt64(Self.size))
            let digits = Array("\(number)".utf8)
            frame.writeBytes(digits)
            frame.writeRepeatingByte(0x20, count: Self.size - digits.count)
            channel.writeAndFlush(frame).whenSuccess {
                self.sent.withLock { $0 = number + 1 }
                channel.eventLoop.execute { self.send(number + 1, to: channel) }
            }
        }
    }

    /// The answer to a handshake (RFC 6455 section 4.2.2), or `nil` to anything else.
    private static func handshake(_ bytes: ByteBuffer) -> [UInt8]? {
        let head = String(buffer: bytes)
        guard let line = head.split(separator: "\r\n").first(where: { $0.hasPrefix("Sec-WebSocket-Key: ") }) else {
            return nil
        }
        let key = line.dropFirst("Sec-WebSocket-Key: ".count)
        let proof = Insecure.SHA1.hash(data: Data("\(key)258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8))
        let answer =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: \(Data(proof).base64EncodedString())\r\n\r\n"
        return Array(answer.utf8)
    }

    /// Takes the handshake with a proof that is none, and knows whether it was left.
    private final class Impostor: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        private let left = Mutex(false)

        var isLeft: Bool { left.withLock(\.self) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let answer =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: none\r\n\r\n"
            context.channel.writeAndFlush(ByteBuffer(string: answer), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            left.withLock { $0 = true }
        }
    }

    /// Says back what it hears.
    private final class Echo: LoopbackSockets.House {
        func opened(_ channel: any NIOCore.Channel, path: String) {}

        func heard(_ opcode: WebSocketOpcode, _ bytes: ByteBuffer, from channel: any NIOCore.Channel) {
            if opcode == .text { LoopbackSockets.send(String(buffer: bytes), to: channel) }
        }

        func ended(_ channel: any NIOCore.Channel) {}
    }

    private func socket(to words: [UInt8]) async throws -> ClientSocket {
        try await socket { Talker(words) }
    }

    private func socket(to talker: @escaping @Sendable () -> any ChannelHandler) async throws -> ClientSocket {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(talker())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        defer { listener.close(promise: nil) }
        return try await ClientSocket.open("ws://127.0.0.1:\(listener.localAddress?.port ?? 0)/ws?a=b")
    }

    @Test func `a greeting in the packet of the handshake is heard, and a farewell has its code`() async throws {
        let words: [UInt8] = [0x81, 2] + Array("hi".utf8) + [0x89, 0, 0x01, 1, 0x6F, 0x80, 1, 0x6B]
        let socket = try await socket(to: words + [0x88, 2, 0x0F, 0xA3])

        #expect(await socket.next(within: .seconds(600)) == .text(ByteBuffer(string: "hi")))
        #expect(await socket.next(within: .seconds(600)) == .text(ByteBuffer(string: "ok")))
        #expect(await socket.next(within: .seconds(600)) == .closed(4003))
        #expect(await socket.next(within: .seconds(600)) == .closed(4003))
    }

    @Test func `what has come already is read at once, and the end alone`() async throws {
        let words: [UInt8] = [0x81, 1] + Array("a".utf8) + [0x81, 1] + Array("b".utf8) + [0x81, 1] + Array("c".utf8)
        let socket = try await socket(to: words + [0x88, 2, 0x0F, 0xA3])
        let texts = ["a", "b", "c"].map { ClientSocket.Message.text(ByteBuffer(string: $0)) }

        var heard: [[ClientSocket.Message]] = []
        while heard.joined().count < texts.count { heard.append(await socket.next(2, within: .seconds(600))) }

        #expect(Array(heard.joined()) == texts)
        #expect(heard.map(\.count).max() == 2, "who waits gets the first alone")
        #expect(await socket.next(2, within: .seconds(600)) == [.closed(4003)])
    }

    @Test func `what nobody reads holds back the sender, and nothing of it is lost`() async throws {
        let flood = Flood()
        let socket = try await socket { flood }

        var (before, looks) = (0, 0)
        let stands = await Deadline.comes {
            let progress = flood.progress
            looks = progress == before && progress > 0 ? looks + 1 : 0
            before = progress
            return looks == 100
        }
        #expect(stands)
        #expect(flood.progress < Flood.count, "it has all been taken, and nobody has read it")

        var numbers: [Int] = []
        while numbers.count < Flood.count, case .text(let bytes) = await socket.next(within: .seconds(600)) {
            #expect(bytes.readableBytes == Flood.size)
            numbers += [Int(String(buffer: bytes).prefix { $0 != " " }) ?? -1]
        }
        #expect(numbers == Array(0..<Flood.count))
    }

    @Test func `texts that are sent arrive masked, whole and in order`() async throws {
        let echo = Echo()
        let sockets = try LoopbackSockets(echo)
        let socket = try await ClientSocket.open(sockets.address)
        let texts = ["", "a", "👩🏽‍🚀", String(repeating: "x", count: 126), String(repeating: "y", count: 16_000)]

        for text in texts { socket.send(text) }

        for text in texts { #expect(await socket.next(within: .seconds(600)) == .text(ByteBuffer(string: text))) }
        withExtendedLifetime((echo, sockets)) {}
    }

    @Test func `nothing is heard for as long as was wanted`() async throws {
        let socket = try await socket(to: [])
        #expect(await socket.next(within: .milliseconds(20)) == .silence)
        socket.close()
        #expect(await socket.next(within: .seconds(600)) == .closed(nil))
    }

    @Test func `who gives up waiting closes`() async throws {
        let socket = try await socket(to: [])
        let reader = Task { await socket.next(within: .seconds(600)) }
        reader.cancel()
        #expect(await reader.value == .closed(nil))
    }

    @Test(arguments: [[0x81, 0x82, 1, 2, 3, 4, 0, 0], [0xC1, 0], [0x83, 0], [0x81, 1, 0xFF]] as [[UInt8]])
    func `who breaks the rules is left`(words: [UInt8]) async throws {
        let socket = try await socket(to: words)
        #expect(await socket.next(within: .seconds(600)) == .closed(nil))
    }

    @Test func `who is no WebSocket, or nobody, is told apart`() async throws {
        let web = try LoopbackServer { _ in .json("{}", status: 404) }
        await #expect(throws: ClientSocketError.refused) {
            try await ClientSocket.open("ws://127.0.0.1:\(web.port)/ws")
        }
        let port = web.port
        web.close()
        await #expect {
            try await ClientSocket.open("ws://127.0.0.1:\(port)/ws")
        } throws: { error in
            if case ClientSocketError.unreachable = error { true } else { false }
        }
    }

    @Test func `what only seems to be a WebSocket is left`() async throws {
        let impostor = Impostor()
        await #expect(throws: ClientSocketError.self) { try await socket { impostor } }
        #expect(await Deadline.comes { impostor.isLeft })
    }

    @Test(arguments: ["", "http://a/", "wss://", "ws:///b", "ws://a/#b", "ws://a:b@c/"])
    func `what is no address of a socket is not tried`(address: String) async {
        await #expect(throws: ClientSocketError.address) { try await ClientSocket.open(address) }
    }
}
