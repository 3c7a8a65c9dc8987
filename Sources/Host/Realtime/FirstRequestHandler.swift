import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket

/// Looks at a connection's first request and makes the pipeline either HTTP for good or a WebSocket.
///
/// NIO's own upgrade handler loses the head of a request that asks for an upgrade and is refused, so that the peer gets
/// no answer at all; here it reaches the router like any other.
final class FirstRequestHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    typealias HTTPChannel = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// What became of the connection.
    enum Chosen: Sendable {
        case http(HTTPChannel)
        /// It lives on its event loop from now on.
        case webSocket
    }

    private enum Phase {
        case awaitingHead
        /// The request's end has to come first: what the decoder gives after it are bytes, no longer parts.
        case awaitingEnd(response: HTTPHeaders, peer: any WebSocketPeer)
        case decided
    }

    /// A peer that says nothing for so long after connecting is closed.
    static let silenceLimit = TimeAmount.seconds(10)

    private let promise: EventLoopPromise<Chosen>
    private let logger: Logger
    private let decide: (HTTPRequestHead) -> UpgradeDecision
    private let hub: RealtimeHub
    private var silence: Scheduled<Void>?
    private var phase = Phase.awaitingHead

    init(
        promise: EventLoopPromise<Chosen>,
        hub: RealtimeHub,
        logger: Logger,
        decide: @escaping (HTTPRequestHead) -> UpgradeDecision
    ) {
        self.promise = promise
        self.hub = hub
        self.logger = logger
        self.decide = decide
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        silence = context.eventLoop.scheduleTask(in: Self.silenceLimit) { channel.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            switch phase {
            case .awaitingHead:
                guard case .head(let head) = unwrapInboundIn(data) else { return }
                if let response = WebSocketHandshake.accept(head), case .webSocket(let peer) = decide(head) {
                    phase = .awaitingEnd(response: response, peer: peer)
                } else {
                    phase = .decided
                    silence?.cancel()
                    try becomeHTTP(context, data)
                }
            case .awaitingEnd(let response, let peer):
                guard case .end = unwrapInboundIn(data) else { return }
                phase = .decided
                silence?.cancel()
                try becomeWebSocket(context, response, peer)
            case .decided: context.fireChannelRead(data)
            }
        } catch {
            promise.fail(error)
            context.close(promise: nil)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Until there is a request nobody else answers these.
        switch event {
        case is ChannelShouldQuiesceEvent, ChannelEvent.inputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        if case .decided = phase { return }
        // The connection ended before it said what it wanted; a channel that never became active says no more.
        silence?.cancel()
        promise.fail(NIOCore.ChannelError.ioOnClosedChannel)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError {
            let head = HTTPResponseHead(
                version: .http1_1,
                status: .badRequest,
                headers: ["connection": "close", "content-length": "0"]
            )
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(promise: nil)
    }

    private func becomeHTTP(_ context: ChannelHandlerContext, _ first: NIOAny) throws {
        let pipeline = context.pipeline.syncOperations
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: .seconds(60), logger: logger))
        let channel = try HTTPChannel(
            wrappingChannelSynchronously: context.channel,
            configuration: .init(isOutboundHalfClosureEnabled: true)
        )
        promise.succeed(.http(channel))
        context.fireChannelRead(first)
        pipeline.removeHandler(context: context, promise: nil)
    }

    private func becomeWebSocket(
        _ context: ChannelHandlerContext,
        _ response: HTTPHeaders,
        _ peer: any WebSocketPeer
    ) throws {
        let head = HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: response)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        let pipeline = context.pipeline.syncOperations
        let limit = peer.messageSizeLimit
        try pipeline.addHandler(ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: limit)))
        try pipeline.addHandler(WebSocketConnection(peer: peer, hub: hub.here(context.eventLoop)))
        promise.succeed(.webSocket)
        // Bytes that came with the request leave the HTTP decoder when it goes and pass through us to the new handlers.
        let encoder = try pipeline.context(handlerType: HTTPResponseEncoder.self)
        pipeline.removeHandler(context: encoder, promise: nil)
        let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
        pipeline.removeHandler(context: decoder, promise: nil)
        pipeline.removeHandler(context: context, promise: nil)
    }
}
