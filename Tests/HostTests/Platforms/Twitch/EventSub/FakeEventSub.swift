import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Synchronization
import WidgetAPI

@testable import Host

/// Twitch's end of EventSub sockets on loopback, as its documents say: it greets, takes subscriptions for sessions that
/// it has greeted, and closes whoever sends anything but a pong.
final class FakeEventSub: Sendable {
    /// One socket.
    struct Session: Sendable {
        let id: String
        /// What the request asked for, with its query.
        let path: String
        let channel: any NIOCore.Channel
        var subscriptions: [JSONValue] = []
        /// The code with which the other side said good-bye.
        var goodbye: UInt16?
        var isOpen = true
    }

    private struct State {
        var sessions: [Session] = []
        var greets = true
        var isSilent = false
    }

    private let state = Mutex(State())
    private let listener = Mutex<(any NIOCore.Channel)?>(nil)

    init() throws {
        let channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [weak self] channel in
                guard let house = self else { return channel.close() }
                let upgrader = NIOWebSocketServerUpgrader(
                    shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
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
        listener.withLock { $0 = channel }
    }

    deinit { listener.withLock { $0?.close(promise: nil) } }

    var address: String { "ws://127.0.0.1:\(listener.withLock { $0?.localAddress?.port ?? 0 })/ws" }

    /// All sockets there ever were, in order.
    var sessions: [Session] { state.withLock { $0.sessions } }
    /// Those that are open.
    var open: [Session] { sessions.filter(\.isOpen) }

    /// Whether new sockets are greeted.
    var greets: Bool {
        get { state.withLock { $0.greets } }
        set { state.withLock { $0.greets = newValue } }
    }

    /// Whether the signs of life stop that are promised every ten seconds.
    var isSilent: Bool {
        get { state.withLock { $0.isSilent } }
        set { state.withLock { $0.isSilent = newValue } }
    }

    // MARK: What happens there

    /// Says what a delivery would have said, to every open session that has a subscription for it.
    func happens(_ delivery: SignedDelivery) throws {
        let event = try JSONValue(parsing: delivery.body)["event"] ?? .null
        for session in open {
            guard let wish = session.subscriptions.first(where: { $0["type"]?.stringValue == delivery.type }) else {
                continue
            }
            say(
                "notification",
                ["subscription": wish, "event": event],
                to: session.channel,
                id: delivery.messageId,
                [
                    "subscription_type": .string(delivery.type),
                    "subscription_version": .string(delivery.version),
                ]
            )
        }
    }

    /// Wants that session at another socket.
    func moves(_ session: Session) {
        let address: JSONValue = .string("\(address)?moved=\(session.id)")
        let details: JSONValue = [
            "id": .string(session.id), "status": "reconnecting", "keepalive_timeout_seconds": nil,
            "reconnect_url": address, "connected_at": .string(Timestamp.now.iso8601),
        ]
        say("session_reconnect", ["session": details], to: session.channel)
    }

    /// Closes it with a code, or without a word.
    func ends(_ session: Session, _ code: UInt16?) {
        guard let code else { return session.channel.close(promise: nil) }
        Self.close(session.channel, code)
    }

    func revokes(_ type: String, _ status: String, of session: Session) {
        say("revocation", ["subscription": ["type": .string(type), "status": .string(status)]], to: session.channel)
    }

    func says(_ text: String, to session: Session) {
        Self.send(ByteBuffer(string: text), .text, to: session.channel)
    }

    /// Takes a subscription as Helix does.
    func subscribe(_ wish: JSONValue) -> (status: Int, body: JSONValue) {
        let id = wish["transport"]?["session_id"]?.stringValue
        return state.withLock { state in
            guard wish["transport"]?["method"] == "websocket",
                let index = state.sessions.firstIndex(where: { $0.id == id && $0.isOpen })
            else { return (400, ["error": "Bad Request", "status": 400, "message": "session is not connected"]) }
            let isThere = state.sessions[index].subscriptions.contains {
                $0["type"] == wish["type"] && $0["condition"] == wish["condition"]
            }
            guard !isThere else {
                return (409, ["error": "Conflict", "status": 409, "message": "subscription already exists"])
            }
            state.sessions[index].subscriptions.append(wish)
            return (202, ["data": [wish], "total": 1, "total_cost": 0, "max_total_cost": 10])
        }
    }

    // MARK: Sockets

    private func opened(_ channel: any NIOCore.Channel, path: String) {
        let id = "session-\(UUID().uuidString.prefix(8))"
        let greets = state.withLock { state in
            var session = Session(id: id, path: path, channel: channel)
            // A session that moves keeps what it had.
            if let old = path.split(separator: "moved=").dropFirst().first {
                session.subscriptions = state.sessions.first { $0.id == old }?.subscriptions ?? []
            }
            state.sessions.append(session)
            return state.greets
        }
        guard greets else { return }
        let details: JSONValue = [
            "id": .string(id), "status": "connected", "keepalive_timeout_seconds": 10, "reconnect_url": nil,
            "connected_at": .string(Timestamp.now.iso8601),
        ]
        say("session_welcome", ["session": details], to: channel)
        channel.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(3), delay: .seconds(3)) { [weak self] task in
            guard let self, channel.isActive else { return task.cancel() }
            if !isSilent { say("session_keepalive", [:], to: channel) }
        }
    }

    private func ended(_ channel: any NIOCore.Channel, _ code: UInt16?) {
        state.withLock { state in
            guard let index = state.sessions.firstIndex(where: { $0.channel === channel }) else { return }
            state.sessions[index].isOpen = false
            if let code { state.sessions[index].goodbye = code }
        }
    }

    private func say(
        _ kind: String,
        _ payload: JSONValue,
        to channel: any NIOCore.Channel,
        id: String = UUID().uuidString.lowercased(),
        _ more: JSONObject = [:]
    ) {
        var metadata: JSONObject = [
            "message_id": .string(id), "message_type": .string(kind),
            "message_timestamp": .string(Timestamp.now.iso8601),
        ]
        for member in more.members { metadata[member.name] = member.value }
        let text = (["metadata": .object(metadata), "payload": payload] as JSONValue).text
        Self.send(ByteBuffer(string: text), .text, to: channel)
    }

    private static func send(_ bytes: ByteBuffer, _ opcode: WebSocketOpcode, to channel: any NIOCore.Channel) {
        channel.writeAndFlush(WebSocketFrame(fin: true, opcode: opcode, data: bytes), promise: nil)
    }

    private static func close(_ channel: any NIOCore.Channel, _ code: UInt16) {
        send(ByteBuffer(integer: code), .connectionClose, to: channel)
        channel.close(promise: nil)
    }

    /// One socket's handler.
    private final class Visitor: ChannelInboundHandler {
        typealias InboundIn = WebSocketFrame

        private weak var house: FakeEventSub?
        private let path: String
        private var goodbye: UInt16?

        init(_ house: FakeEventSub, path: String) {
            self.house = house
            self.path = path
        }

        func handlerAdded(context: ChannelHandlerContext) {
            house?.opened(context.channel, path: path)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let frame = unwrapInboundIn(data)
            switch frame.opcode {
            case .pong: break
            case .connectionClose:
                var bytes = frame.unmaskedData
                goodbye = bytes.readInteger()
                context.close(promise: nil)
            default: FakeEventSub.close(context.channel, 4001)
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            house?.ended(context.channel, goodbye)
        }
    }
}

extension FakePlatform {
    /// What Helix answers to a wish for events.
    func subscription(_ request: LoopbackServer.Request, isSignedIn: Bool) -> LoopbackServer.Answer {
        guard isSignedIn, request.headers["client-id"] == Self.clientId else {
            return .json(#"{"error":"Unauthorized","status":401,"message":"Invalid OAuth token"}"#, status: 401)
        }
        guard request.headers["content-type"] == "application/json", let wish = try? JSONValue(parsing: request.body)
        else { return .json(#"{"error":"Bad Request","status":400,"message":"no JSON"}"#, status: 400) }
        let (status, body) = eventSub.subscribe(wish)
        return .json(body.text, status: status)
    }
}
