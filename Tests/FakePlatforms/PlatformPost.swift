import NIOCore
import NIOHTTP1
import NIOPosix

/// What a platform posts to a host on loopback, each over a connection of its own.
enum PlatformPost {
    struct Answer: Sendable {
        let status: Int
        let body: String
    }

    /// Why there is no answer.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Time for an answer; what is late on a busy machine is not lost.
    private static let limit = TimeAmount.seconds(60)

    /// Posts, and blocks the thread until there is an answer.
    ///
    /// - Throws: when nobody listens there, or nobody answers in time.
    static func send(_ path: String, headers: [(String, String)], body: [UInt8], port: Int) throws -> Answer {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: Answer.self)
        let channel: any NIOCore.Channel
        do {
            channel = try ClientBootstrap(group: loop)
                .connectTimeout(.seconds(3))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        try channel.pipeline.syncOperations.addHandler(Reader(promise))
                    }
                }
                .connect(host: "127.0.0.1", port: port).wait()
        } catch {
            promise.fail(error)
            throw error
        }
        defer { channel.close(promise: nil) }
        let deadline = loop.scheduleTask(in: limit) { promise.fail(Failure(description: "no answer in time")) }
        defer { deadline.cancel() }
        var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: path)
        head.headers.add(name: "Host", value: "127.0.0.1:\(port)")
        head.headers.add(name: "Content-Length", value: "\(body.count)")
        for (name, value) in headers { head.headers.add(name: name, value: value) }
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        return try promise.futureResult.wait()
    }

    /// Puts an answer together.
    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart

        private let promise: EventLoopPromise<Answer>
        private var status = 0
        private var body = ""

        init(_ promise: EventLoopPromise<Answer>) {
            self.promise = promise
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): status = Int(head.status.code)
            case .body(let bytes): body += String(buffer: bytes)
            case .end: promise.succeed(Answer(status: status, body: body))
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            promise.fail(Failure(description: "the connection ended before an answer"))
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            promise.fail(error)
            context.close(promise: nil)
        }
    }
}
