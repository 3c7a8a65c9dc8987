import Logging
import NIOCore
import WidgetAPI

/// A streamer's chat from Twitch over IRC, in a connection that others may share.
///
/// It lives until its task is cancelled. A connection that ends is followed by the next one; what was said in between
/// is lost, for Twitch keeps nothing. Source: https://dev.twitch.tv/docs/chat/irc/
struct IRCFeed: Sendable {
    let scope: TenantScope
    /// Where sockets begin.
    let address: String
    /// All connections of the host's.
    let pool: IRCPool
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

    /// What becomes of the lines of a channel.
    private struct Reading {
        let channel: String
        let broadcasterId: String
        /// Whether what would not be the same twice is left to EventSub, which gives it another id: a clearing that
        /// comes again hides what was said in between, and a notice waits for a subscription that another has taken.
        ///
        /// A clearing is left to EventSub only as long as that brings it (``TwitchClearings``).
        let leavesNotices: Bool
        var skipped = SkippedMessages("a line of Twitch's chat")
    }

    func run() async {
        await FeedSessions.run(of: "Twitch's chat", .chat, on: .twitch, in: scope, keeper, logger, follow)
        pool.forget(scope.tenant)
    }

    /// One session, over as many connections as Twitch wants.
    private func follow(_ stands: () -> Void) async throws -> Never {
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
        let member = IRCPool.Member(tenant: scope.tenant, login: channel.name, logger: logger) {
            try await keeper.withToken(on: .twitch, in: scope) { token in
                let entrance = IRCEntrance(socket: try await ClientSocket.open(address), login: channel.name)
                try await entrance.logIn(with: token)
                return entrance.socket
            }
        }
        var reading = Reading(
            channel: member.channel,
            broadcasterId: channel.platformUserId,
            leavesNotices: connection.scopes.contains(Self.eventSubScope)
        )
        var room = try await pool.enter(member)
        stands()
        while true { room = try await listen(in: room, of: member, &reading) }
    }

    /// Reads a room to its end.
    ///
    /// - Returns: the one that takes its place, once the old one has nothing more to say.
    private func listen(in room: IRCRoom, of member: IRCPool.Member, _ reading: inout Reading) async throws -> IRCRoom {
        var successor: Task<IRCRoom, any Error>?
        defer { successor?.cancel() }
        while true {
            let word = await room.mailbox.next()
            try Task.checkCancellation()
            switch word {
            case .reached: break
            case .lines(let lines): try await take(lines, &reading)
            case .mustMove(let isAlone):
                if isAlone { pool.separate(scope.tenant) }
                if successor == nil { successor = Task { try await move(from: room, member) } }
            case .ended(let reason):
                guard let successor else { throw reason }
                return try await withTaskCancellationHandler {
                    try await successor.value
                } onCancel: {
                    successor.cancel()
                }
            }
        }
    }

    /// Enters another room, tried again as long as the old one can be read; what both say is one event.
    private func move(from room: IRCRoom, _ member: IRCPool.Member) async throws -> IRCRoom {
        var failures = 0
        while true {
            // Thousands are sent away at once, and somebody may be sent away again and again.
            try await Task.sleep(for: FeedSessions.pause(after: failures))
            do {
                let next = try await pool.enter(member)
                room.part()
                return next
            } catch {
                try Task.checkCancellation()
                guard room.mailbox.isOpen, !Self.isLastWord(error) else { throw error }
                failures += 1
            }
        }
    }

    /// Whether another try would end in the same way.
    private static func isLastWord(_ error: any Error) -> Bool {
        switch error {
        case PlatformFailure.needsLogin, PlatformFailure.notConnected, PlatformFailure.tokenRefused: true
        default: false
        }
    }

    /// Writes down what lines say.
    private func take(_ lines: [IRCLine], _ reading: inout Reading) async throws {
        let receivedAt = Timestamp.now
        var drafts: [EventDraft] = []
        for line in lines {
            do throws(MalformedDelivery) {
                if let draft = try draft(of: line, receivedAt, reading) { drafts.append(draft) }
            } catch {
                reading.skipped.note(error.reason, logger)
            }
        }
        if !drafts.isEmpty { try await log.keep(drafts, in: scope, logger) }
    }

    private func draft(
        of line: IRCLine,
        _ receivedAt: Timestamp,
        _ reading: Reading
    ) throws(MalformedDelivery) -> EventDraft? {
        let payloads = IRCPayloads(
            line: line,
            broadcasterId: reading.broadcasterId,
            channel: reading.channel,
            receivedAt: receivedAt
        )
        guard let draft = try payloads.draft() else { return nil }
        guard reading.leavesNotices else { return draft }
        switch draft.type {
        case .chatNotice: return nil
        case .chatClear: return clearings(reading.broadcasterId).takes(fromIRC: draft) ? draft : nil
        default: return draft
        }
    }
}
