import NIOCore
import NIOPosix
import Synchronization

/// A source of pictures on loopback that behaves as badly as a test wants.
final class PictureServer: Sendable {
    /// What a path answers.
    enum Answer: Sendable {
        /// The bytes with their length, called HTML whatever they are.
        case content([UInt8])
        /// The bytes without a length; their end is the connection's.
        case unmeasured([UInt8])
        case status(Int, location: String? = nil)
        /// Picture bytes for as long as somebody reads.
        case endless
        /// Nothing at all.
        case silence
        /// A head, and then a byte now and then.
        case trickle
    }

    private struct State {
        var answers: [String: Answer] = [:]
        var requests: [String] = []
        var bytesSent = 0
        var openConnections = 0
        /// While it is held, requests wait.
        var isHeld = false
        var held: [(channel: any Channel, answer: Answer)] = []
    }

    private let state = Mutex(State())
    private let listener = Mutex<(any Channel)?>(nil)

    /// Written as `http://127.0.0.1:PORT`.
    var base: String { "http://127.0.0.1:\(listener.withLock { $0?.localAddress?.port ?? 0 })" }

    /// The paths that were asked for, as they stood in the request line.
    var requests: [String] { state.withLock { $0.requests } }
    var bytesSent: Int { state.withLock { $0.bytesSent } }
    var openConnections: Int { state.withLock { $0.openConnections } }

    init() async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { [weak self] channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let self else { return }
                    try channel.pipeline.syncOperations.addHandler(Visitor(server: self))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        listener.withLock { $0 = channel }
    }

    deinit { close() }

    func close() {
        listener.withLock { $0?.close(promise: nil) }
    }

    /// Decides what an emote's path answers; others are 404.
    func answer(_ id: String, with answer: Answer) {
        self.answer(path: Self.path(id), with: answer)
    }

    func answer(path: String, with answer: Answer) {
        state.withLock { $0.answers[path] = answer }
    }

    static func path(_ id: String) -> String { "/emoticons/v2/\(id)/default/dark/3.0" }

    /// From now on requests wait.
    func hold() { state.withLock { $0.isHeld = true } }

    /// Answers those that wait, and all that come.
    func release() {
        let waiting = state.withLock { state in
            defer { state.held = [] }
            state.isHeld = false
            return state.held
        }
        for (channel, answer) in waiting { send(answer, to: channel) }
    }

    // MARK: Connections

    private func received(_ path: String, on channel: any Channel) {
        let answer: Answer? = state.withLock { state in
            state.requests.append(path)
            let answer = state.answers[path] ?? .status(404)
            guard state.isHeld else { return answer }
            state.held.append((channel, answer))
            return nil
        }
        if let answer { send(answer, to: channel) }
    }

    private func send(_ answer: Answer, to channel: any Channel) {
        switch answer {
        case .content(let bytes):
            write("200 OK\r\nContent-Type: text/html\r\nContent-Length: \(bytes.count)", bytes, to: channel)
        case .unmeasured(let bytes):
            write("200 OK\r\nConnection: close", bytes, to: channel)
            channel.close(promise: nil)
        case .status(let status, let location):
            let target = location.map { "\r\nLocation: \($0)" } ?? ""
            write("\(status) Status\(target)\r\nContent-Length: 0", [], to: channel)
        case .endless:
            write("200 OK\r\nConnection: close", Pictures.png(bytes: 64), to: channel)
            sendOn(to: channel)
        case .silence: break
        case .trickle:
            write("200 OK\r\nContent-Length: 100000", Pictures.png(bytes: 64), to: channel)
            channel.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(20)) { task in
                guard channel.isActive else { return task.cancel() }
                channel.writeAndFlush(ByteBuffer(bytes: [0]), promise: nil)
            }
        }
    }

    private func sendOn(to channel: any Channel) {
        let part = ByteBuffer(repeating: 0, count: 65_536)
        channel.writeAndFlush(part).whenSuccess {
            self.state.withLock { $0.bytesSent += 65_536 }
            self.sendOn(to: channel)
        }
    }

    private func write(_ head: String, _ body: [UInt8], to channel: any Channel) {
        channel.writeAndFlush(ByteBuffer(bytes: Array("HTTP/1.1 \(head)\r\n\r\n".utf8) + body), promise: nil)
    }

    private func changeConnections(by count: Int) { state.withLock { $0.openConnections += count } }

    /// One connection, asked one thing after the other.
    private final class Visitor: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        let server: PictureServer
        private var head = ""

        init(server: PictureServer) {
            self.server = server
        }

        func channelActive(context: ChannelHandlerContext) { server.changeConnections(by: 1) }
        func channelInactive(context: ChannelHandlerContext) { server.changeConnections(by: -1) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            head += String(buffer: unwrapInboundIn(data))
            guard head.hasSuffix("\r\n\r\n") else { return }
            let path = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            head = ""
            server.received(path, on: context.channel)
        }
    }
}

/// Bytes that begin as pictures do.
enum Pictures {
    static func png(bytes count: Int) -> [UInt8] {
        fill([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], to: count)
    }

    static let gif = fill(Array("GIF89a".utf8), to: 100)
    static let olderGIF = fill(Array("GIF87a".utf8), to: 100)
    static let webp = fill(Array("RIFF\u{24}\u{0}\u{0}\u{0}WEBPVP8 ".utf8), to: 100)
    static let jpeg = fill([0xFF, 0xD8, 0xFF, 0xE0], to: 100)

    private static func fill(_ start: [UInt8], to count: Int) -> [UInt8] {
        start + [UInt8](repeating: UInt8(ascii: "."), count: max(0, count - start.count))
    }
}
