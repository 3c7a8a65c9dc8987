import Crypto
import Foundation
import NIOCore
import NIOPosix
import Testing

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
            let head = String(buffer: unwrapInboundIn(data))
            guard let line = head.split(separator: "\r\n").first(where: { $0.hasPrefix("Sec-WebSocket-Key: ") }) else {
                return
            }
            let key = line.dropFirst("Sec-WebSocket-Key: ".count)
            let proof = Insecure.SHA1.hash(data: Data("\(key)258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8))
            let answer =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: \(Data(proof).base64EncodedString())\r\n\r\n"
            context.channel.writeAndFlush(ByteBuffer(bytes: Array(answer.utf8) + words), promise: nil)
        }
    }

    private func socket(to words: [UInt8]) async throws -> ClientSocket {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Talker(words))
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

    @Test(arguments: ["", "http://a/", "wss://", "ws:///b", "ws://a/#b", "ws://a:b@c/"])
    func `what is no address of a socket is not tried`(address: String) async {
        await #expect(throws: ClientSocketError.address) { try await ClientSocket.open(address) }
    }
}
