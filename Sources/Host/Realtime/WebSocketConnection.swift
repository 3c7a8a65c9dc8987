import CSend
import Glibc
import NIOCore
import NIOPosix
import NIOWebSocket

/// One WebSocket, living on its event loop.
///
/// Frames go out by `send(2)` on the descriptor. What the socket does not take goes through NIO; until that is written
/// everything else waits behind it in the backlog, so nothing overtakes. A backlog over its limit is dropped and the
/// connection closed as too slow: the page comes back and resumes.
final class WebSocketConnection: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = ByteBuffer

    /// What may wait for a slow reader.
    static let backlogBytesLimit = 1 << 20
    static let backlogFramesLimit = 256
    /// Less than the kernel's default, so that slowness is noticed before megabytes sit in it.
    static let socketSendBuffer = 128 * 1024
    /// Time for the other side to answer a close before the socket is cut.
    static let closeLimit = TimeAmount.seconds(3)

    private enum Phase {
        case open
        /// Our close frame is out or on its way; inbound frames other than a close are ignored.
        case closing
        case closed
    }

    let id: UInt64
    /// Where this connection stands in its topic; kept by ``Topic``.
    var membership: (topic: Topic, index: Int)?
    /// Pings sent since the peer last said anything.
    var unansweredPings = 0

    private let peer: any WebSocketPeer
    private let hub: LoopHub
    private var reader: MessageReader
    private var context: ChannelHandlerContext?
    private var descriptor: CInt = -1
    private var phase = Phase.open
    private var isWriting = false
    private var backlog: [ByteBuffer] = []
    private var backlogBytes = 0
    private var closeAfterBacklog = false
    private var writtenWaiters: [EventLoopPromise<Void>] = []

    init(peer: any WebSocketPeer, hub: LoopHub) {
        self.peer = peer
        self.hub = hub
        id = hub.nextConnectionId()
        reader = MessageReader(sizeLimit: peer.messageSizeLimit)
    }

    /// What the page at the other end is.
    var kind: ConnectionKind { peer.kind }

    /// The descriptor while frames may be sent on it directly, else -1.
    var directDescriptor: CInt { phase == .open && !isWriting ? descriptor : -1 }

    /// Sends a frame, now or after what waits.
    func send(_ frame: OutboundFrame) {
        guard phase == .open else { return }
        hub.tally.add(1, frame.bytes)
        write(frame.bytes)
    }

    /// Sends frames as one, so that many small ones are one entry of the backlog.
    func send(joined frames: [OutboundFrame]) {
        guard phase == .open, !frames.isEmpty else { return }
        let bytes = OutboundFrame.joined(frames)
        hub.tally.add(frames.count, bytes)
        write(bytes)
    }

    /// Succeeds once nothing waits to be written, or when the connection ends.
    func whenWritten(_ promise: EventLoopPromise<Void>) {
        if phase == .closed || !isWriting && backlog.isEmpty { return promise.succeed() }
        writtenWaiters.append(promise)
    }

    /// Takes over where ``LoopHub`` sent `sent` of these bytes by itself.
    func continueSending(_ bytes: ByteBuffer, sent: Int64) {
        guard phase == .open else { return }
        if isWriting { return enqueue(bytes) }
        finish(bytes, sent: sent)
    }

    /// Says goodbye and closes when the peer has answered, or after ``closeLimit``.
    func close(_ code: CloseCode, _ reason: String = "") {
        if phase == .open { hub.tally.closes[code, default: 0] += 1 }
        beginClosing(with: .close(code.rawValue, reason))
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let pipeline = context.pipeline.syncOperations
        descriptor = (try? pipeline.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { $0 }) ?? -1
        let size = ChannelOptions.Types.SocketOption.Value(Self.socketSendBuffer)
        context.channel.setOption(.socketOption(.so_sndbuf), value: size).whenFailure { _ in }
        hub.add(self)
        peer.opened(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        unansweredPings = 0
        guard phase == .open else {
            if frame.opcode == .connectionClose { context.close(promise: nil) }
            return
        }
        switch reader.receive(frame) {
        case .none: break
        case .text(let bytes): peer.received(text: bytes, on: self)
        case .binary(let bytes): peer.received(binary: bytes, on: self)
        case .ping(let payload): send(.pong(payload.readableBytesView))
        case .close(let code): beginClosing(with: code.map { .close($0) } ?? .closeWithoutCode, answered: true)
        case .fail(let code, let reason): fail(code, reason)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOWebSocketError.invalidFrameLength: fail(.tooBig, "a message may have \(peer.messageSizeLimit) bytes")
        case is NIOWebSocketError: fail(.protocolError, "a broken control frame")
        // What follows a broken frame is thrown away until the peer has read why.
        case is ByteToMessageDecoderError: break
        default: context.close(promise: nil)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { context.close(promise: nil) }
        // A quiescing server asks overlays to come back through the hub, which says why.
    }

    // MARK: Writing

    private func write(_ bytes: ByteBuffer) {
        if isWriting { return enqueue(bytes) }
        guard descriptor >= 0 else { return finish(bytes, sent: 0) }
        var sent: Int64 = 0
        bytes.withUnsafeReadableBytes { raw in
            guard let start = raw.baseAddress else { return }
            withUnsafePointer(to: descriptor) { csend_all($0, 1, start, raw.count, &sent) }
        }
        finish(bytes, sent: sent)
    }

    /// Hands what the kernel did not take to NIO.
    private func finish(_ bytes: ByteBuffer, sent: Int64) {
        guard let context else { return }
        if sent < 0, sent != -Int64(EAGAIN), sent != -Int64(EWOULDBLOCK) {
            return context.close(promise: nil)
        }
        var rest = bytes
        rest.moveReaderIndex(forwardBy: Int(max(sent, 0)))
        guard rest.readableBytes > 0 else { return writeBacklog() }
        isWriting = true
        membership?.topic.refresh(self)
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [weak self] result in
            guard let self, self.context != nil else { return }
            // A write fails after the socket was closed: from here on the number may belong to somebody else's.
            if case .failure = result { return self.abandon() }
            isWriting = false
            membership?.topic.refresh(self)
            writeBacklog()
        }
        context.writeAndFlush(wrapOutboundOut(rest), promise: promise)
    }

    private func enqueue(_ bytes: ByteBuffer) {
        backlog.append(bytes)
        backlogBytes += bytes.readableBytes
        guard phase == .open, backlogBytes > Self.backlogBytesLimit || backlog.count > Self.backlogFramesLimit
        else { return }
        hub.tally.droppedFrames += backlog.count
        backlog = []
        backlogBytes = 0
        close(.tooSlow, "this page reads too slowly; it will catch up by itself")
    }

    private func writeBacklog() {
        guard !isWriting else { return }
        guard !backlog.isEmpty else {
            let waiters = writtenWaiters
            writtenWaiters = []
            for waiter in waiters { waiter.succeed() }
            if closeAfterBacklog { closeOutput() }
            return
        }
        var all = ByteBuffer()
        all.reserveCapacity(backlogBytes)
        for bytes in backlog {
            all.writeImmutableBuffer(bytes)
        }
        backlog = []
        backlogBytes = 0
        write(all)
    }

    // MARK: Closing

    /// Ends a connection whose peer broke a rule: it may not know how to answer, so nothing is waited for (RFC 6455
    /// section 7.1.7).
    private func fail(_ code: CloseCode, _ reason: String) {
        if phase == .open { hub.tally.closes[code, default: 0] += 1 }
        beginClosing(with: .close(code.rawValue, reason), answered: true)
    }

    private func beginClosing(with frame: OutboundFrame, answered: Bool = false) {
        guard phase == .open, let context else { return }
        phase = .closing
        membership?.topic.remove(self)
        closeAfterBacklog = answered
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.closeLimit) { channel.close(promise: nil) }
        if isWriting {
            backlog.append(frame.bytes)
            backlogBytes += frame.bytes.readableBytes
        } else {
            write(frame.bytes)
        }
    }

    /// Our half goes first, so that bytes the peer still sends cannot make the kernel throw our close frame away.
    private func closeOutput() {
        context?.close(mode: .output, promise: nil)
    }

    /// Forgets the socket, whose number is nobody's any more, and what was to be written to it.
    private func abandon() {
        descriptor = -1
        backlog = []
        backlogBytes = 0
        membership?.topic.remove(self)
    }

    private func end() {
        guard phase != .closed else { return }
        phase = .closed
        abandon()
        context = nil
        let waiters = writtenWaiters
        writtenWaiters = []
        for waiter in waiters { waiter.succeed() }
        hub.remove(self)
        peer.closed(self)
    }
}
