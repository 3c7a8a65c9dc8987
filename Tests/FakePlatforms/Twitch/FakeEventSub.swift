import Foundation
import NIOCore
import NIOWebSocket
import Synchronization
import WidgetAPI

/// Twitch's end of EventSub sockets on loopback, as its documents say: it greets, takes subscriptions for sessions that
/// it has greeted, three of them a user, and closes whoever sends anything but a pong.
final class FakeEventSub: Sendable {
    /// Sockets with subscriptions that one user may have.
    private static let socketLimit = 3

    /// One socket.
    struct Session: Sendable {
        let id: String
        /// What the request asked for, with its query.
        let path: String
        let channel: any NIOCore.Channel
        let openedAt = ContinuousClock.now
        var subscriptions: [JSONValue] = []
        /// Whose token asked for them.
        var user: String?
        /// The session that was sent here, if this is where it went.
        var predecessor: String?
        /// The code with which the other side said good-bye.
        var goodbye: UInt16?
        var isOpen = true
    }

    private struct State {
        var sessions: [Session] = []
        /// Where in the list a session is, by its id and by its channel.
        var places: [String: Int] = [:]
        var channels: [ObjectIdentifier: Int] = [:]
        /// The places of all that have asked for something of a channel's, by its id.
        var rooms: [String: Set<Int>] = [:]
        var open = 0
        var mostOpen = 0
        var greets = true
        var isSilent = false
        var refusedMoves: [UInt16] = []

        /// Whether there is room for that session among those of its user that have subscriptions.
        ///
        /// One that takes over from another, which is still there, is no further one.
        func hasRoom(for session: Session, of user: String) -> Bool {
            guard session.subscriptions.isEmpty else { return true }
            let others = sessions.filter { other in
                guard other.isOpen, other.user == user, !other.subscriptions.isEmpty else { return false }
                return other.predecessor.flatMap { places[$0] }.map { !sessions[$0].isOpen } ?? true
            }
            return others.count < FakeEventSub.socketLimit
        }

        /// Adds one that has just been opened.
        mutating func append(_ session: Session) {
            let place = sessions.count
            (places[session.id], channels[ObjectIdentifier(session.channel)]) = (place, place)
            sessions.append(session)
            if let wish = session.subscriptions.first { listens(place, for: wish) }
            open += 1
            mostOpen = max(mostOpen, open)
        }

        mutating func listens(_ place: Int, for wish: JSONValue) {
            rooms[FakeEventSub.room(of: wish), default: []].insert(place)
        }
    }

    private let state = Mutex(State())
    private let sockets = Mutex<LoopbackSockets?>(nil)

    init() throws {
        let sockets = try LoopbackSockets(self)
        self.sockets.withLock { $0 = sockets }
    }

    var address: String { sockets.withLock { "\($0?.address ?? "")/ws" } }

    /// Whether it refuses handshakes.
    var refuses: Bool {
        get { sockets.withLock { $0?.refuses ?? false } }
        set { sockets.withLock { $0?.refuses = newValue } }
    }

    /// All sockets there ever were, in order.
    var sessions: [Session] { state.withLock { $0.sessions } }
    /// Those that are open.
    var open: [Session] { sessions.filter(\.isOpen) }
    /// How many were open at one moment, at most, those that were never greeted among them.
    var mostOpen: Int { state.withLock { $0.mostOpen } }

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

    /// Codes with which the next sockets that a session moves to are closed instead of greeted, one after the other.
    var refusedMoves: [UInt16] {
        get { state.withLock { $0.refusedMoves } }
        set { state.withLock { $0.refusedMoves = newValue } }
    }

    // MARK: What happens there

    /// Says what a delivery would have said, to every open session that has a subscription for that channel.
    ///
    /// - Returns: how many sessions heard it.
    @discardableResult
    func happens(_ delivery: SignedDelivery) throws -> Int {
        let body = try JSONValue(parsing: delivery.body)
        let event = body["event"] ?? .null
        let room = Self.room(of: body["subscription"] ?? .null)
        let listeners = state.withLock { state in
            (state.rooms[room] ?? []).sorted().compactMap { place -> (channel: any NIOCore.Channel, wish: JSONValue)? in
                let session = state.sessions[place]
                guard session.isOpen else { return nil }
                let wish = session.subscriptions.first { $0["type"]?.stringValue == delivery.type }
                return wish.map { (session.channel, $0) }
            }
        }
        for (channel, wish) in listeners {
            say(
                "notification",
                ["subscription": wish, "event": event],
                to: channel,
                id: delivery.messageId,
                [
                    "subscription_type": .string(delivery.type),
                    "subscription_version": .string(delivery.version),
                ]
            )
        }
        return listeners.count
    }

    /// Wants that session at another socket.
    func moves(_ session: Session) {
        let address: JSONValue = .string("\(address)?moved=\(session.id)")
        let details: JSONValue = [
            "id": .string(session.id), "status": "reconnecting", "keepalive_timeout_seconds": nil,
            "reconnect_url": address, "connected_at": .string(PlatformClock.now.iso8601),
        ]
        say("session_reconnect", ["session": details], to: session.channel)
    }

    /// Closes it with a code, or without a word.
    func ends(_ session: Session, _ code: UInt16?) {
        LoopbackSockets.close(session.channel, code)
    }

    /// Ends a session's subscription and says so; one that stays in the list stands in the way of the next.
    func revokes(_ type: String, _ status: String, of session: Session, stays: Bool = false) {
        if !stays { change(session.channel) { $0.subscriptions.removeAll { $0["type"]?.stringValue == type } } }
        say("revocation", ["subscription": ["type": .string(type), "status": .string(status)]], to: session.channel)
    }

    func says(_ text: String, to session: Session) {
        LoopbackSockets.send(text, to: session.channel)
    }

    /// Takes a subscription as Helix does, from somebody with a token of that user's.
    func subscribe(_ wish: JSONValue, of user: String) -> (status: Int, body: JSONValue) {
        let id = wish["transport"]?["session_id"]?.stringValue
        return state.withLock { state in
            guard wish["transport"]?["method"] == "websocket",
                let index = id.flatMap({ state.places[$0] }), state.sessions[index].isOpen
            else { return (400, ["error": "Bad Request", "status": 400, "message": "session is not connected"]) }
            let isThere = state.sessions[index].subscriptions.contains {
                $0["type"] == wish["type"] && $0["condition"] == wish["condition"]
            }
            guard !isThere else {
                return (409, ["error": "Conflict", "status": 409, "message": "subscription already exists"])
            }
            guard state.hasRoom(for: state.sessions[index], of: user) else {
                let reason: JSONValue = "number of websocket transports limit exceeded"
                return (429, ["error": "Too Many Requests", "status": 429, "message": reason])
            }
            state.sessions[index].user = user
            state.sessions[index].subscriptions.append(wish)
            state.listens(index, for: wish)
            return (202, ["data": [wish], "total": 1, "total_cost": 0, "max_total_cost": 10])
        }
    }

    /// Whose channel a subscription is about.
    private static func room(of wish: JSONValue) -> String {
        wish["condition"]?.objectValue?.members.first?.value.stringValue ?? ""
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
            "message_timestamp": .string(PlatformClock.now.iso8601),
        ]
        for member in more.members { metadata[member.name] = member.value }
        let text = (["metadata": .object(metadata), "payload": payload] as JSONValue).text
        LoopbackSockets.send(text, to: channel)
    }
}

extension FakeEventSub: LoopbackSockets.House {
    func opened(_ channel: any NIOCore.Channel, path: String) {
        let id = "session-\(UUID().uuidString.prefix(8))"
        let (greets, code) = state.withLock { state -> (Bool, UInt16?) in
            var session = Session(id: id, path: path, channel: channel)
            var code: UInt16?
            if let old = path.split(separator: "moved=").dropFirst().first {
                if !state.refusedMoves.isEmpty {
                    code = state.refusedMoves.removeFirst()
                } else {
                    // A session that moves keeps what it had.
                    let predecessor = state.places[String(old)].map { state.sessions[$0] }
                    session.predecessor = predecessor?.id
                    session.subscriptions = predecessor?.subscriptions ?? []
                    session.user = predecessor?.user
                }
            }
            state.append(session)
            return (state.greets, code)
        }
        if let code {
            // Once the handshake is over.
            channel.eventLoop.scheduleTask(in: .milliseconds(100)) { LoopbackSockets.close(channel, code) }
            return
        }
        guard greets else { return }
        let details: JSONValue = [
            "id": .string(id), "status": "connected", "keepalive_timeout_seconds": 10, "reconnect_url": nil,
            "connected_at": .string(PlatformClock.now.iso8601),
        ]
        say("session_welcome", ["session": details], to: channel)
        channel.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(3), delay: .seconds(3)) { [weak self] task in
            guard let self, channel.isActive else { return task.cancel() }
            if !isSilent { say("session_keepalive", [:], to: channel) }
        }
    }

    func heard(_ opcode: WebSocketOpcode, _ bytes: ByteBuffer, from channel: any NIOCore.Channel) {
        switch opcode {
        case .pong: break
        case .connectionClose:
            var bytes = bytes
            let code: UInt16? = bytes.readInteger()
            change(channel) { $0.goodbye = code }
            channel.close(promise: nil)
        default: LoopbackSockets.close(channel, 4001)
        }
    }

    func ended(_ channel: any NIOCore.Channel) {
        state.withLock { state in
            guard let index = state.channels[ObjectIdentifier(channel)], state.sessions[index].isOpen else { return }
            state.sessions[index].isOpen = false
            state.open -= 1
        }
    }

    private func change(_ channel: any NIOCore.Channel, _ change: (inout Session) -> Void) {
        state.withLock { state in
            guard let index = state.channels[ObjectIdentifier(channel)] else { return }
            change(&state.sessions[index])
        }
    }
}

extension FakePlatform {
    /// What Helix answers to a wish for events.
    func subscription(_ request: LoopbackServer.Request, of user: User?) -> LoopbackServer.Answer {
        let isApplication = webhooks.knows(request.headers["authorization"] ?? "")
        guard user != nil || isApplication, request.headers["client-id"] == Self.clientId else {
            return .json(#"{"error":"Unauthorized","status":401,"message":"Invalid OAuth token"}"#, status: 401)
        }
        guard let user else { return webhooks.answer(request) }
        guard request.headers["content-type"] == "application/json", let wish = try? JSONValue(parsing: request.body)
        else { return .json(#"{"error":"Bad Request","status":400,"message":"no JSON"}"#, status: 400) }
        let (status, body) = eventSub.subscribe(wish, of: user.id)
        var answer = LoopbackServer.Answer.json(body.text, status: status)
        // By these a limit of the thing itself is told from one of requests.
        if status == 429 { answer.headers += [("Ratelimit-Remaining", "700"), ("Ratelimit-Reset", "1")] }
        return answer
    }
}
