import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A small HTTP/1.1 server on loopback whose answers a test decides.
///
/// It lives on event loops alone: tests that wait block the threads on which anything else would run.
final class LoopbackServer: Sendable {
    struct Request: Sendable {
        let method: String
        let path: String
        let query: [(name: String, value: String)]
        /// Names in lower case.
        let headers: [String: String]
        let form: [(name: String, value: String)]
        let body: String

        func field(_ name: String) -> String? { form.first { $0.name == name }?.value }
        func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [(String, String)] = []
        var body = ""
        /// Waits so long before it goes out; `nil` never does, and the connection ends with the server.
        var delay: TimeAmount? = .zero
        /// Half of what its length promises comes, and then the end of the connection.
        var isTruncated = false

        static func json(_ text: String, status: Int = 200) -> Answer {
            Answer(status: status, headers: [("Content-Type", "application/json")], body: text)
        }

        static func redirect(_ address: String) -> Answer {
            Answer(status: 302, headers: [("Location", address)])
        }
    }

    private let listener = Mutex<(any Channel)?>(nil)
    private let answer: @Sendable (Request) -> Answer
    private let end = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Void.self)

    var port: Int { listener.withLock { $0?.localAddress?.port ?? 0 } }
    var base: String { "http://127.0.0.1:\(port)" }

    init(_ answer: @escaping @Sendable (Request) -> Answer) throws {
        self.answer = answer
        let end = self.end.futureResult
        let channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Visitor(answer: answer, end: end))
                }
            }
            .bind(host: "127.0.0.1", port: 0).wait()
        listener.withLock { $0 = channel }
    }

    deinit { close() }

    /// Nobody answers from now on.
    func close() {
        listener.withLock { $0?.close(promise: nil) }
        end.succeed(())
    }

    /// Decodes a form or a query.
    static func fields(_ text: some StringProtocol) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let words = parts.map { String($0).replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? "" }
            return (words[0], words.count == 2 ? words[1] : "")
        }
    }

    /// One connection, asked one thing after the other.
    private final class Visitor: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let answer: @Sendable (Request) -> Answer
        private let end: EventLoopFuture<Void>
        private var text = ""

        init(answer: @escaping @Sendable (Request) -> Answer, end: EventLoopFuture<Void>) {
            (self.answer, self.end) = (answer, end)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            guard let end = text.range(of: "\r\n\r\n") else { return }
            let lines = text[..<end.lowerBound].split(separator: "\r\n")
            var headers: [String: String] = [:]
            for line in lines.dropFirst() {
                guard let colon = line.firstIndex(of: ":") else { continue }
                headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
            }
            let body = text[end.upperBound...]
            guard body.utf8.count >= headers["content-length"].flatMap({ Int($0) }) ?? 0 else { return }
            let words = lines.first?.split(separator: " ") ?? []
            let target = (words.count > 1 ? words[1] : "/").split(separator: "?", maxSplits: 1)
            let request = Request(
                method: words.first.map(String.init) ?? "",
                path: target.first.map(String.init) ?? "",
                query: target.count == 2 ? LoopbackServer.fields(target[1]) : [],
                headers: headers,
                form: LoopbackServer.fields(body),
                body: String(body)
            )
            text = ""
            send(answer(request), context.channel)
        }

        private func send(_ answer: Answer, _ channel: any Channel) {
            guard let delay = answer.delay else {
                end.whenComplete { _ in channel.close(promise: nil) }
                return
            }
            let length = answer.body.utf8.count + (answer.isTruncated ? 1 : 0)
            var head = "HTTP/1.1 \(answer.status) Status\r\nContent-Length: \(length)\r\n"
            for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
            let body = answer.isTruncated ? String(answer.body.prefix(answer.body.count / 2)) : answer.body
            let bytes = ByteBuffer(string: head + "\r\n" + body)
            channel.eventLoop.scheduleTask(in: delay) {
                channel.writeAndFlush(bytes, promise: nil)
                if answer.isTruncated { channel.close(promise: nil) }
            }
        }
    }
}
