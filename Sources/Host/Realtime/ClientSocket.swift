import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// A WebSocket that the host has opened to somebody else (RFC 6455, the client's end).
///
/// It is read in the order of the messages; what nobody reads holds back the sender, so a flood costs no memory. Pings
/// are answered by themselves.
final class ClientSocket: Sendable {
    /// What came.
    enum Message: Sendable, Equatable {
        case text(ByteBuffer)
        /// The connection has ended; with the other side's code, where it gave one.
        case closed(UInt16?)
        /// Nothing came in that time.
        case silence
    }

    /// Time from the first packet to the end of the handshake.
    static let openLimit = TimeAmount.seconds(10)
    /// Bytes of a message, at most.
    static let messageLimit = 1 << 20

    private let loop: any EventLoop
    private let inbox: NIOLoopBound<ClientSocketInbox>

    fileprivate init(_ inbox: ClientSocketInbox, on loop: any EventLoop) {
        self.loop = loop
        self.inbox = NIOLoopBound(inbox, eventLoop: loop)
    }

    deinit { close() }

    /// Whether the connection stands; where it does not, what came before can still be read.
    var isOpen: Bool {
        get async {
            let inbox = inbox
            // It fails where the loop has gone, and all sockets with it.
            return (try? await loop.submit { inbox.value.isOpen }.get()) ?? false
        }
    }

    /// Connects and shakes hands.
    static func open(
        _ address: String,
        on group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) async throws(ClientSocketError) -> ClientSocket {
        guard let target = ClientSocketTarget(address) else { throw .address }
        do {
            let upgrade = try await ClientBootstrap(group: group)
                .connectTimeout(openLimit)
                .connect(host: target.host, port: target.port) { channel in
                    channel.eventLoop.makeCompletedFuture { try begin(target, on: channel) }
                }
            guard let socket = try await upgrade.get() else { throw ClientSocketError.refused }
            return socket
        } catch let error as ClientSocketError {
            throw error
        } catch {
            throw .unreachable("\(error)")
        }
    }

    private static func begin(
        _ target: ClientSocketTarget,
        on channel: any NIOCore.Channel
    ) throws -> EventLoopFuture<ClientSocket?> {
        let pipeline = channel.pipeline.syncOperations
        if target.isSecure { try pipeline.addHandler(target.secureTransport()) }
        let upgrader = NIOTypedWebSocketClientUpgrader<ClientSocket?>(
            maxFrameSize: messageLimit,
            enableAutomaticErrorHandling: false
        ) { channel, _ in
            channel.eventLoop.makeCompletedFuture {
                let inbox = ClientSocketInbox()
                try channel.pipeline.syncOperations.addHandler(inbox)
                return ClientSocket(inbox, on: channel.eventLoop)
            }
        }
        let configuration = NIOTypedHTTPClientUpgradeConfiguration<ClientSocket?>(
            upgradeRequestHead: target.request,
            upgraders: [upgrader],
            notUpgradingCompletionHandler: { channel in channel.close().map { nil } }
        )
        var transport = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: configuration)
        // A greeting may come in the same packet as the answer to the handshake.
        transport.leftOverBytesStrategy = .forwardBytes
        let upgrade = try pipeline.configureUpgradableHTTPClientPipeline(configuration: transport)
        // Nobody else ends a handshake to which there is no answer.
        let deadline = channel.eventLoop.scheduleTask(in: openLimit) { channel.close(promise: nil) }
        upgrade.whenComplete { result in
            deadline.cancel()
            // Nor does anybody else close what turns out to be no WebSocket.
            if case .failure = result { channel.close(promise: nil) }
        }
        return upgrade
    }

    /// The next message, or silence when none comes in that time.
    ///
    /// One reader at a time. Who gives up waiting closes the socket.
    func next(within limit: TimeAmount) async -> Message {
        await next(1, within: limit)[0]
    }

    /// The next message and what lies behind it already, at most so many texts: whoever has been busy meanwhile does
    /// all of it at once.
    ///
    /// - Returns: texts in their order, or an end or silence alone; never nothing.
    func next(_ most: Int, within limit: TimeAmount) async -> [Message] {
        let (inbox, promise) = (inbox, loop.makePromise(of: [Message].self))
        return await withTaskCancellationHandler {
            loop.execute { inbox.value.next(most, within: limit, promise) }
            // It never fails.
            return (try? await promise.futureResult.get()) ?? [.closed(nil)]
        } onCancel: {
            close()
        }
    }

    /// Sends a text.
    func send(_ text: String) {
        let (inbox, bytes) = (inbox, ByteBuffer(string: text))
        loop.execute { inbox.value.send(.text, bytes) }
    }

    /// Says good-bye; what has come already can still be read.
    func close() {
        let inbox = inbox
        loop.execute { inbox.value.close(1000) }
    }
}

/// Why a socket could not be opened.
enum ClientSocketError: Error, Equatable {
    /// That is no address of a WebSocket.
    case address
    /// The other side answered, and not with a WebSocket.
    case refused
    /// Nobody answered, or somebody who could not prove who they are.
    case unreachable(String)
}

/// What has come and was not read yet, on the socket's event loop.
private final class ClientSocketInbox: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundIn = Never
    typealias OutboundOut = WebSocketFrame

    /// Messages that may lie here unread; then no more is taken from the network.
    private static let limit = 64
    /// Time for the other side to answer a close.
    private static let closeLimit = TimeAmount.seconds(3)

    private var reader = MessageReader(sizeLimit: ClientSocket.messageLimit, at: .client)
    private var messages = CircularBuffer<ByteBuffer>()
    private var waiter: (promise: EventLoopPromise<[ClientSocket.Message]>, timer: Scheduled<Void>)?
    private var context: ChannelHandlerContext?
    private var code: UInt16?
    private var isHoldingBack = false
    private var isClosing = false

    // MARK: For the reader

    var isOpen: Bool { context != nil }

    func next(_ most: Int, within limit: TimeAmount, _ promise: EventLoopPromise<[ClientSocket.Message]>) {
        if !messages.isEmpty {
            let texts = messages.prefix(most).map(ClientSocket.Message.text)
            messages.removeFirst(texts.count)
            promise.succeed(texts)
            if isHoldingBack, messages.count < Self.limit {
                isHoldingBack = false
                context?.read()
            }
        } else if let context {
            let timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { self.tell(.silence) }
            waiter = (promise, timer)
        } else {
            promise.succeed([.closed(code)])
        }
    }

    func send(_ opcode: WebSocketOpcode, _ bytes: ByteBuffer) {
        guard let context, !isClosing else { return }
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: bytes)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }

    func close(_ code: UInt16) {
        guard let context, !isClosing else { return }
        var bytes = ByteBuffer()
        bytes.writeInteger(code)
        send(.connectionClose, bytes)
        isClosing = true
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.closeLimit) { channel.close(promise: nil) }
    }

    private func tell(_ message: ClientSocket.Message) {
        guard let waiter else { return }
        self.waiter = nil
        waiter.timer.cancel()
        waiter.promise.succeed([message])
    }

    // MARK: From the network

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch reader.receive(unwrapInboundIn(data)) {
        case .none: break
        case .text(let bytes):
            if waiter == nil { messages.append(bytes) } else { tell(.text(bytes)) }
        case .binary: close(CloseCode.unacceptableData.rawValue)
        case .ping(let bytes): send(.pong, bytes)
        case .close(let code):
            self.code = code
            close(code ?? 1000)
            context.close(promise: nil)
        case .fail(let code, _): close(code.rawValue)
        }
    }

    func read(context: ChannelHandlerContext) {
        if messages.count < Self.limit { context.read() } else { isHoldingBack = true }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        tell(.closed(code))
    }
}
