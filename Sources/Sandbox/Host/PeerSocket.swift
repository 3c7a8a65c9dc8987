import NIOCore
import NIOPosix

/// The host's end of a socket pair whose other end another process holds, on an event loop.
enum PeerSocket {
    /// Takes the descriptor over; it is closed with the channel.
    ///
    /// What has come and is not yet understood is handed to `received` again, together with what comes next. The
    /// closures are called on the loop, `ended` once; as long as the socket is open they hold what they hold.
    static func open(
        _ descriptor: CInt,
        on loop: any EventLoop,
        received: @escaping (inout ByteBuffer) -> Void,
        ended: @escaping () -> Void
    ) -> EventLoopFuture<any Channel> {
        loop.assertInEventLoop()
        let handler = NIOLoopBound(Handler(received: received, ended: ended), eventLoop: loop)
        return ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler.value) }
            }
            .withConnectedSocket(descriptor)
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let received: (inout ByteBuffer) -> Void
        private let ended: () -> Void
        private var bytes = ByteBuffer()

        init(received: @escaping (inout ByteBuffer) -> Void, ended: @escaping () -> Void) {
            (self.received, self.ended) = (received, ended)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var part = unwrapInboundIn(data)
            bytes.writeBuffer(&part)
            received(&bytes)
            bytes.discardReadBytes()
        }

        func channelInactive(context: ChannelHandlerContext) {
            ended()
        }

        // Whatever is wrong with a socket, nothing more comes of it: closing it ends in ``channelInactive``.
        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
