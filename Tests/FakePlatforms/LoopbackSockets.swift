import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Synchronization

/// WebSockets on loopback, for fake platforms.
final class LoopbackSockets: Sendable {
    /// What the platform does about one socket, on that socket's event loop.
    protocol House: AnyObject, Sendable {
        /// It is open; `path` is what was asked for, with its query.
        func opened(_ channel: any NIOCore.Channel, path: String)
        func heard(_ opcode: WebSocketOpcode, _ bytes: ByteBuffer, from channel: any NIOCore.Channel)
        func ended(_ channel: any NIOCore.Channel)
    }

    private final class Door: Sendable {
        let isShut = Mutex(false)
    }

    private let listener: any NIOCore.Channel
    private let door: Door

    /// Whether handshakes are refused (503), and those who are in stay.
    var refuses: Bool {
        get { door.isShut.withLock { $0 } }
        set { door.isShut.withLock { $0 = newValue } }
    }

    /// Listens; the house is asked as long as it is there.
    init(_ house: any House) throws {
        let door = Door()
        self.door = door
        listener = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [weak house] channel in
                guard let house else { return channel.close() }
                let upgrader = NIOWebSocketServerUpgrader(
                    shouldUpgrade: { channel, _ in
                        if door.isShut.withLock({ $0 }) { return Self.refuse(channel) }
                        return channel.eventLoop.makeSucceededFuture([:])
                    },
                    upgradePipelineHandler: { channel, head in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(Visitor(house, path: head.uri))
                        }
                    }
                )
                return channel.pipeline.configureHTTPServerPipeline(
                    withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in })
                )
            }
            .bind(host: "127.0.0.1", port: 0).wait()
    }

    deinit { listener.close(promise: nil) }

    /// Where they begin, without a path.
    var address: String { "ws://127.0.0.1:\(listener.localAddress?.port ?? 0)" }

    static func send(_ text: String, to channel: any NIOCore.Channel) {
        send(.text, ByteBuffer(string: text), to: channel)
    }

    /// Says good-bye with a code, or goes without a word.
    static func close(_ channel: any NIOCore.Channel, _ code: UInt16?) {
        if let code { send(.connectionClose, ByteBuffer(integer: code), to: channel) }
        channel.close(promise: nil)
    }

    private static func refuse(_ channel: any NIOCore.Channel) -> EventLoopFuture<HTTPHeaders?> {
        let headers: HTTPHeaders = ["Content-Length": "0", "Connection": "close"]
        let head = HTTPResponseHead(version: .http1_1, status: .serviceUnavailable, headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.writeAndFlush(HTTPServerResponsePart.end(nil)).whenComplete { _ in channel.close(promise: nil) }
        return channel.eventLoop.makeSucceededFuture(nil)
    }

    private static func send(_ opcode: WebSocketOpcode, _ bytes: ByteBuffer, to channel: any NIOCore.Channel) {
        channel.writeAndFlush(WebSocketFrame(fin: true, opcode: opcode, data: bytes), promise: nil)
    }

    /// One socket's handler.
    private final class Visitor: ChannelInboundHandler {
        typealias InboundIn = WebSocketFrame

        private weak var house: (any House)?
        private let path: String

        init(_ house: any House, path: String) {
            self.house = house
            self.path = path
        }

        func handlerAdded(context: ChannelHandlerContext) {
            house?.opened(context.channel, path: path)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let frame = unwrapInboundIn(data)
            // A client masks every frame (RFC 6455 section 5.1).
            guard frame.maskKey != nil else { return LoopbackSockets.close(context.channel, 1002) }
            house?.heard(frame.opcode, frame.unmaskedData, from: context.channel)
        }

        func channelInactive(context: ChannelHandlerContext) {
            house?.ended(context.channel)
        }
    }
}
