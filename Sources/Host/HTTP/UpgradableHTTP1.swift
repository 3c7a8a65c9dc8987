import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// HTTP/1.1 whose connections may become WebSockets with their first request.
struct UpgradableHTTP1: ServerChildChannel, HTTPChannelHandler {
    struct Value: ServerChildChannelValue {
        let channel: any NIOCore.Channel
        let chosen: EventLoopFuture<FirstRequestHandler.Chosen>
    }

    let responder: HTTPChannelHandler.Responder
    let hub: RealtimeHub
    /// Decides on a correct handshake; everything else is HTTP anyway.
    let decide: @Sendable (HTTPRequestHead, any EventLoop) -> UpgradeDecision

    func setup(channel: any NIOCore.Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let loop = channel.eventLoop
            let promise = loop.makePromise(of: FirstRequestHandler.Chosen.self)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(HTTPResponseEncoder())
            try pipeline.addHandler(
                ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes))
            )
            try pipeline.addHandler(
                FirstRequestHandler(promise: promise, hub: hub, logger: logger) { [decide] in decide($0, loop) }
            )
            return Value(channel: channel, chosen: promise.futureResult)
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            // A WebSocket stays on its loop, outside structured concurrency: a task each would triple its cost.
            if case .http(let channel) = try await value.chosen.get() {
                await handleHTTP(asyncChannel: channel, logger: logger)
            }
        } catch {
            value.channel.close(promise: nil)
        }
    }
}
