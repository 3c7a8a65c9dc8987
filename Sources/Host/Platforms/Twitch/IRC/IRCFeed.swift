import Logging
import NIOCore
import WidgetAPI

/// A streamer's chat from Twitch over IRC, in a WebSocket of their own.
///
/// It lives until its task is cancelled. A socket that ends is followed by the next one; what was said in between is
/// lost, for Twitch keeps nothing. Source: https://dev.twitch.tv/docs/chat/irc/
struct IRCFeed: Sendable {
    let scope: TenantScope
    /// Where sockets begin.
    let address: String
    let channels: ChannelStore
    let keeper: ConnectionKeeper
    /// Knows what EventSub brings of the channel with that id, over a socket or by posts.
    let clearings: @Sendable (_ broadcasterId: String) -> TwitchClearings
    let log: EventLog
    let logger: Logger

    /// What the streamer must have granted.
    private static let wantedScope = "chat:read"
    /// With this one EventSub brings the chat as well.
    private static let eventSubScope = "user:read:chat"
    /// After so long without a word we ask whether anybody is there: a connection that died says nothing.
    private static let quiet = TimeAmount.seconds(15)
    /// Time for the answer.
    private static let patience = TimeAmount.seconds(10)
    /// Messages that are kept together, at most: in a busy chat the next ones come while the last are being kept.
    private static let together = 64

    /// A channel that has been joined.
    private struct Room {
        let entrance: IRCEntrance
        let broadcasterId: String
        /// What came with the answer to the join.
        let first: ByteBuffer
        /// Whether what would not be the same twice is left to EventSub, which gives it another id: a clearing that
        /// comes again hides what was said in between, and a notice waits for a subscription that another has taken.
        ///
        /// A clearing is left to EventSub only as long as that brings it (``TwitchClearings``).
        let leavesNotices: Bool
        var skipped = SkippedMessages("a line of Twitch's chat")
    }

    func run() async {
        await FeedSessions.run(of: "Twitch's chat", .chat, on: .twitch, in: scope, keeper, logger, follow)
    }

    /// One session, over as many sockets as Twitch wants.
    private func follow() async throws -> Never {
        let connection = try await keeper.store.working(on: .twitch, in: scope)
        guard connection.scopes.contains(Self.wantedScope) else {
            // They signed in before the host asked for it.
            logger.notice(
                "Twitch's chat is not read over IRC until the streamer signs in again",
                metadata: ["scope": "\(Self.wantedScope)"]
            )
            throw PlatformFailure.needsLogin(.twitch)
        }
        let own = try await channels.channels(in: scope).first { $0.platform == .twitch }
        guard let channel = own else { throw PlatformFailure.notConnected(.twitch) }
        var room = try await entered(channel, connection.scopes.contains(Self.eventSubScope))
        keeper.answered(.twitch, scope, [.chat])
        while true { room = try await listen(in: room, of: channel) }
    }

    private func entered(_ channel: Channel, _ leavesNotices: Bool) async throws -> Room {
        let entrance = try await keeper.withToken(on: .twitch, in: scope) { token in
            let entrance = IRCEntrance(socket: try await ClientSocket.open(address), login: channel.name)
            try await entrance.logIn(with: token)
            return entrance
        }
        return Room(
            entrance: entrance,
            broadcasterId: channel.platformUserId,
            first: try await entrance.join(),
            leavesNotices: leavesNotices
        )
    }

    /// Reads a socket to its end.
    ///
    /// - Returns: the one that Twitch wants instead, once the old one has nothing more to say.
    private func listen(in room: Room, of channel: Channel) async throws -> Room {
        var room = room
        let (socket, leavesNotices) = (room.entrance.socket, room.leavesNotices)
        var successor: Task<Room, any Error>?
        defer { successor?.cancel() }
        var isAsked = false
        var heard = [ClientSocket.Message.text(room.first)]
        while true {
            switch heard[0] {
            case .text:
                isAsked = false
                let mustMove = try await take(heard, in: &room)
                guard mustMove, successor == nil else { break }
                successor = Task {
                    // Thousands are sent away at once, and somebody may be sent away again and again.
                    try await Task.sleep(for: .seconds(FeedSessions.pauses[0] * .random(in: 0.75...1.25)))
                    let successor = try await entered(channel, leavesNotices)
                    // What it said until now is still read; what both say is one event.
                    socket.close()
                    return successor
                }
            case .closed:
                guard let successor else { throw IRCEnding.closed }
                return try await withTaskCancellationHandler {
                    try await successor.value
                } onCancel: {
                    successor.cancel()
                }
            case .silence:
                guard !isAsked else {
                    socket.close()
                    throw IRCEnding.silent
                }
                isAsked = true
                socket.send("PING :streamvibes")
            }
            heard = await socket.next(Self.together, within: isAsked ? Self.patience : Self.quiet)
            try Task.checkCancellation()
        }
    }

    /// Does what the lines of messages say.
    ///
    /// - Returns: whether Twitch wants us at another socket.
    private func take(_ messages: [ClientSocket.Message], in room: inout Room) async throws -> Bool {
        let receivedAt = Timestamp.now
        var drafts: [EventDraft] = []
        var mustMove = false
        for case .text(let bytes) in messages {
            for read in IRCFrame(Array(bytes.readableBytesView)) {
                do throws(MalformedDelivery) {
                    let line = try read.get()
                    switch line.command {
                    case .ping: room.entrance.answer(line)
                    case .reconnect: mustMove = true
                    default: if let draft = try draft(of: line, receivedAt, in: room) { drafts.append(draft) }
                    }
                } catch {
                    room.skipped.note(error.reason, logger)
                }
            }
        }
        if !drafts.isEmpty { try await log.keep(drafts, in: scope, logger) }
        return mustMove
    }

    private func draft(
        of line: IRCLine,
        _ receivedAt: Timestamp,
        in room: Room
    ) throws(MalformedDelivery) -> EventDraft? {
        let payloads = IRCPayloads(
            line: line,
            broadcasterId: room.broadcasterId,
            channel: room.entrance.channel,
            receivedAt: receivedAt
        )
        guard let draft = try payloads.draft() else { return nil }
        guard room.leavesNotices else { return draft }
        switch draft.type {
        case .chatNotice: return nil
        case .chatClear: return clearings(room.broadcasterId).takes(fromIRC: draft) ? draft : nil
        default: return draft
        }
    }
}
