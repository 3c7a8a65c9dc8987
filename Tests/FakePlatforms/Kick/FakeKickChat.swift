import Foundation
import NIOCore
import NIOWebSocket
import Synchronization
import WidgetAPI

/// The unofficial socket of Kick's chat on loopback: it greets, takes subscriptions to rooms, and tells those who have
/// one what happens there, as Pusher does.
final class FakeKickChat: Sendable {
    /// One socket.
    struct Visit: Sendable {
        let number: Int
        /// What was asked for, with its query.
        let path: String
        let channel: any NIOCore.Channel
        /// All messages that were sent, in order.
        var heard: [JSONValue] = []
        /// The rooms that were subscribed to.
        var rooms: [String] = []
        var isOpen = true

        /// The names of what was sent, in order.
        var words: [String] { heard.compactMap { $0["event"]?.stringValue } }
    }

    /// What it does for the rest of a test.
    struct Manners: Sendable {
        var greets = true
        /// Said instead of a greeting.
        var refusal: Int64?
        var answersSubscriptions = true
        var answersPings = true
        var activitySeconds: Int64 = 120
    }

    /// The room of Alice's channel.
    static let room = "4242"

    private struct State {
        var visits: [Visit] = []
        var manners = Manners()
    }

    private let state = Mutex(State())
    private let sockets = Mutex<LoopbackSockets?>(nil)

    init() throws {
        let sockets = try LoopbackSockets(self)
        self.sockets.withLock { $0 = sockets }
    }

    var address: String { "\(sockets.withLock { $0?.address ?? "" })/app/key?protocol=7" }

    /// Settings of a host that reads Alice's chat there.
    var environment: [String: String] { ["KICK_CHAT_WS_URL": "\(address)#bob=1,alice-live=\(Self.room)"] }

    /// All sockets there ever were, in order.
    var visits: [Visit] { state.withLock { $0.visits } }
    /// Those that are open and have subscribed to Alice's room.
    var guests: [Visit] { visits.filter { $0.isOpen && $0.rooms.contains(Self.name(of: Self.room)) } }

    var manners: Manners {
        get { state.withLock { $0.manners } }
        set { state.withLock { $0.manners = newValue } }
    }

    // MARK: What happens there

    /// Tells everybody in a room what happened, as Kick does: an event whose data is a text.
    func happens(_ event: String, _ data: JSONValue, in room: String = FakeKickChat.room) {
        let message: JSONValue = [
            "event": .string("App\\Events\\\(event)"), "channel": .string(Self.name(of: room)),
            "data": .string(data.text),
        ]
        for visit in guests { LoopbackSockets.send(message.text, to: visit.channel) }
    }

    /// Somebody writes in Alice's chat.
    func says(_ text: String, id: String, by name: String = "Mira") {
        happens("ChatMessageEvent", KickChatSamples.line(text, id: id, by: name))
    }

    /// Sends a text as it is to everybody in Alice's room.
    func sends(_ text: String) {
        for visit in guests { LoopbackSockets.send(text, to: visit.channel) }
    }

    /// Says what is wrong, and closes with the same code.
    func ends(_ visit: Visit, _ code: UInt16) {
        LoopbackSockets.send(Self.error(Int64(code)), to: visit.channel)
        LoopbackSockets.close(visit.channel, code)
    }

    /// Closes a socket with a code, or without a word.
    func closes(_ visit: Visit, _ code: UInt16?) {
        LoopbackSockets.close(visit.channel, code)
    }

    private static func name(of room: String) -> String { "chatrooms.\(room).v2" }

    private static func error(_ code: Int64) -> String {
        let data: JSONValue = ["code": .integer(code), "message": "Not today"]
        return (["event": "pusher:error", "data": data] as JSONValue).text
    }

    // MARK: What is asked

    private func take(_ message: JSONValue, from channel: any NIOCore.Channel) {
        let manners = state.withLock { state in
            if let index = state.visits.firstIndex(where: { $0.channel === channel }) {
                state.visits[index].heard.append(message)
            }
            return state.manners
        }
        switch message["event"]?.stringValue {
        case "pusher:subscribe":
            guard manners.answersSubscriptions, let name = message["data"]?["channel"]?.stringValue else { return }
            change(channel) { $0.rooms.append(name) }
            let answer: JSONValue = [
                "event": "pusher_internal:subscription_succeeded", "channel": .string(name), "data": "{}",
            ]
            LoopbackSockets.send(answer.text, to: channel)
        case "pusher:ping":
            guard manners.answersPings else { return }
            LoopbackSockets.send(#"{"event":"pusher:pong","data":{}}"#, to: channel)
        default: break
        }
    }

    private func change(_ channel: any NIOCore.Channel, _ change: (inout Visit) -> Void) {
        state.withLock { state in
            guard let index = state.visits.firstIndex(where: { $0.channel === channel }) else { return }
            change(&state.visits[index])
        }
    }
}

extension FakeKickChat: LoopbackSockets.House {
    func opened(_ channel: any NIOCore.Channel, path: String) {
        let manners = state.withLock { state in
            state.visits.append(Visit(number: state.visits.count, path: path, channel: channel))
            return state.manners
        }
        if let code = manners.refusal {
            LoopbackSockets.send(Self.error(code), to: channel)
        } else if manners.greets {
            let data: JSONValue = ["socket_id": "1.1", "activity_timeout": .integer(manners.activitySeconds)]
            let greeting: JSONValue = ["event": "pusher:connection_established", "data": .string(data.text)]
            LoopbackSockets.send(greeting.text, to: channel)
        }
    }

    func heard(_ opcode: WebSocketOpcode, _ bytes: ByteBuffer, from channel: any NIOCore.Channel) {
        switch opcode {
        case .text: if let message = try? JSONValue(parsing: String(buffer: bytes)) { take(message, from: channel) }
        case .connectionClose: channel.close(promise: nil)
        default: break
        }
    }

    func ended(_ channel: any NIOCore.Channel) {
        change(channel) { $0.isOpen = false }
    }
}
