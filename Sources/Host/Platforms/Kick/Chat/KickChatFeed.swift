import Logging
import NIOCore
import WidgetAPI

/// A streamer's chat from Kick over its unofficial socket, in a WebSocket of their own.
///
/// It lives until its task is cancelled, or comes back where no room is named. The socket asks nobody who they are, so
/// no token has a say in it. What is said between two sessions is lost, unless Kick delivers it, too.
struct KickChatFeed: Sendable {
    let scope: TenantScope
    let socket: KickChatSocket
    let channels: ChannelStore
    let keeper: ConnectionKeeper
    let log: EventLog
    let logger: Logger

    /// Time for the greeting, and for the answer to a subscription.
    private static let answerLimit = TimeAmount.seconds(10)
    /// Time for the answer to a ping, as the protocol wants it.
    private static let patience = TimeAmount.seconds(30)
    /// Seconds until a socket is tried again that will have none of this; the dashboard forgets a trouble after twice
    /// as many.
    private static let longPause = 300.0

    /// A socket and what it is about.
    private struct Line {
        let socket: ClientSocket
        /// Pusher's name of the streamer's room.
        let channel: String
        let broadcasterId: String
        var skipped = SkippedMessages("a message of Kick's chat")
    }

    func run() async {
        await FeedSessions.run(of: "Kick's chat", .chat, on: .kick, in: scope, keeper, logger, follow)
    }

    /// One session, over a second socket where Kick wants that at once.
    private func follow(_ stands: () -> Void) async throws -> Never {
        let own = try await channels.channels(in: scope).first { $0.platform == .kick }
        guard let channel = own else { throw PlatformFailure.notConnected(.kick) }
        guard let room = socket.room(of: channel.name) else {
            logger.notice(
                "Kick's chat is not read: the setting names no room of this channel",
                metadata: ["setting": "KICK_CHAT_WS_URL", "channel": "\(channel.name)"]
            )
            throw LastSession()
        }
        var hasHurried = false
        while true {
            do {
                try await listen(to: "chatrooms.\(room).v2", of: channel.platformUserId, stands)
            } catch let ending as KickChatEnding {
                switch ending.advice {
                case .pause: throw ending
                case .later:
                    keeper.didNotAnswer(.kick, scope, .chat)
                    logger.warning(
                        "Kick's chat wants no other try; the next one is minutes away",
                        metadata: ["reason": "\(ending)"]
                    )
                    try await Self.pause(seconds: Self.longPause)
                    throw ending
                case .hurry:
                    // Once: whoever is sent away at once, again and again, takes a rest in between.
                    guard !hasHurried else { throw ending }
                    hasHurried = true
                    logger.info("Kick's chat goes on over another socket", metadata: ["reason": "\(ending)"])
                    // Everybody is sent away at the same moment.
                    try await Self.pause(seconds: FeedSessions.pauses[0])
                }
            }
        }
    }

    private static func pause(seconds: Double) async throws {
        try await Task.sleep(for: .seconds(seconds * .random(in: 0.75...1.25)))
    }

    private func listen(to room: String, of broadcasterId: String, _ stands: () -> Void) async throws -> Never {
        let open = try await ClientSocket.open(socket.address)
        defer { open.close() }
        var line = Line(socket: open, channel: room, broadcasterId: broadcasterId)
        let quiet = try await greeting(on: &line)
        try await subscribe(&line)
        stands()
        var isAsked = false
        while true {
            switch try await heard(on: &line, within: isAsked ? Self.patience : quiet) {
            // Nobody has asked for another one.
            case .event(let name, let channel, let data) where channel == nil || channel == room:
                isAsked = false
                try await take(name, data, on: &line)
            case .ping:
                isAsked = false
                open.send(KickChatFrame.pongText)
            case .refused(let code, let message):
                let ending = KickChatEnding.refused(code, message)
                // Others are about what was asked for, and close nothing.
                guard KickChatEnding.closing.contains(code ?? 0) else {
                    line.skipped.note("\(ending)", logger)
                    continue
                }
                throw ending
            case .established, .subscribed, .event, .other: isAsked = false
            case nil:
                guard !isAsked else { throw KickChatEnding.silent }
                isAsked = true
                open.send(KickChatFrame.pingText)
            }
        }
    }

    /// - Returns: after how long without a word somebody should be asked.
    private func greeting(on line: inout Line) async throws -> TimeAmount {
        switch try await heard(on: &line, within: Self.answerLimit) {
        case .established(let seconds): return .seconds(seconds)
        case .refused(let code, let message): throw KickChatEnding.refused(code, message)
        case .subscribed, .ping, .event, .other, nil: throw KickChatEnding.unanswered
        }
    }

    private func subscribe(_ line: inout Line) async throws {
        line.socket.send(KickChatFrame.subscribe(to: line.channel))
        let end = NIODeadline.now() + Self.answerLimit
        while true {
            let left = end - .now()
            guard left > .zero, let frame = try await heard(on: &line, within: left) else {
                throw KickChatEnding.unanswered
            }
            switch frame {
            case .subscribed(line.channel): return
            case .ping: line.socket.send(KickChatFrame.pongText)
            case .refused(let code, let message): throw KickChatEnding.refused(code, message)
            case .established, .subscribed, .event, .other: break
            }
        }
    }

    /// The next message, or `nil` when none came in that time.
    private func heard(on line: inout Line, within limit: TimeAmount) async throws -> KickChatFrame? {
        let message = await line.socket.next(within: limit)
        try Task.checkCancellation()
        switch message {
        case .text(let bytes):
            do throws(MalformedDelivery) {
                return try KickChatFrame(bytes.readableBytesView)
            } catch {
                line.skipped.note(error.reason, logger)
                return .other("malformed")
            }
        case .closed(let code): throw KickChatEnding.closed(code.map(Int64.init))
        case .silence: return nil
        }
    }

    private func take(_ name: String, _ data: JSONValue, on line: inout Line) async throws {
        let payloads = KickChatPayloads(
            name: name,
            data: data,
            broadcasterId: line.broadcasterId,
            receivedAt: .now
        )
        let draft: EventDraft?
        do throws(MalformedDelivery) {
            draft = try payloads.draft()
        } catch {
            line.skipped.note("\(name): \(error.reason)", logger)
            return
        }
        guard let draft else { return }
        try await log.keep([draft], in: scope, logger)
    }
}

/// Why a session is over.
enum KickChatEnding: Error, Equatable, CustomStringConvertible {
    case unanswered
    case silent
    case closed(Int64?)
    case refused(Int64?, String)

    /// What to do then.
    enum Advice {
        case later, pause, hurry
    }

    /// The codes with which Pusher closes a socket
    /// (https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/#error-codes).
    static let closing: ClosedRange<Int64> = 4000...4299

    var advice: Advice {
        switch self {
        case .unanswered, .silent: .pause
        case .closed(let code), .refused(let code, _):
            switch code {
            case .some(4000...4099): .later
            case .some(4200...4299): .hurry
            default: .pause
            }
        }
    }

    var description: String {
        switch self {
        case .unanswered: "the socket did not answer in time"
        case .silent: "the socket did not answer a ping"
        case .closed(let code): "the socket was closed\(code.map { " with \($0)" } ?? "")"
        case .refused(let code, let message):
            "the socket says \(code.map { "\($0): " } ?? "")\(message.prefix(120))"
        }
    }
}
