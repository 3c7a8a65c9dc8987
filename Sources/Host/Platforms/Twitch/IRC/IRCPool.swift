import Logging
import Synchronization
import WidgetAPI

/// Twitch's chat over IRC for many streamers: whose channel is read over whose connection.
///
/// A connection serves up to twenty channels, with the login of the streamer who needed it first. A channel that is
/// refused to another's account gets a connection of its own, with its streamer's login, which serves nobody else.
final class IRCPool: Sendable {
    /// A streamer who wants to read their channel's chat.
    struct Member: Sendable {
        /// Whose channel it is.
        let tenant: Tenant.ID
        /// The name of their account, and of their channel.
        let login: String
        /// Names them in every line.
        let logger: Logger
        /// Opens a socket and logs in with their token.
        let open: @Sendable () async throws -> ClientSocket

        /// The channel as it is joined.
        var channel: String { "#\(login)" }
    }

    /// How long one waits.
    struct Patience: Sendable {
        /// For another's login, which may have to wait for fresh tokens.
        var othersLogin = Duration.seconds(5)
        /// For an answer to a join with another's login: there is one's own.
        var othersJoin = Duration.seconds(5)
        /// For an answer to a join with one's own: a channel that does not exist is never answered.
        var ownJoin = Duration.seconds(10)
        /// For those who have to move to another connection; then theirs ends.
        var moving = Duration.seconds(60)
    }

    /// How long a channel that another's account could not join has a connection of its own.
    private static let separation = Duration.seconds(600)

    private struct State {
        var connections: [IRCConnection] = []
        /// Those whose channels have to have a connection of their own, and until when.
        var alone: [Tenant.ID: ContinuousClock.Instant] = [:]

        func isAlone(_ tenant: Tenant.ID) -> Bool { alone[tenant].map { ContinuousClock.now < $0 } ?? false }
    }

    private let joins: IRCJoins
    private let patience: Patience
    private let state = Mutex(State())

    /// Others than the usual joins and patience are of use in tests alone.
    init(joins: IRCJoins = IRCJoins(), patience: Patience = Patience()) {
        self.joins = joins
        self.patience = patience
    }

    /// How many channels have a place in each connection; of use in tests alone.
    var places: [Int] { state.withLock { $0.connections }.map(\.places) }

    /// Joins a streamer's channel.
    ///
    /// - Throws: what is wrong with Twitch, or with their own login or channel; never what is wrong with another's.
    func enter(_ member: Member) async throws -> IRCRoom {
        var opensOwn = false
        while true {
            let room = place(member, opensOwn)
            do {
                try await open(room)
                try await join(room, of: member)
                return room
            } catch IRCEnding.elsewhere {
                try Task.checkCancellation()
            } catch IRCEnding.unanswered where room.isOthers {
                // Where logins are slow nobody waits for one after the other.
                opensOwn = true
            }
        }
    }

    /// A streamer's next connections are their own, for ten minutes or until that is forgotten.
    func separate(_ tenant: Tenant.ID) {
        state.withLock { $0.alone[tenant] = .now + Self.separation }
    }

    /// A streamer's channel may be read over another's connection.
    func forget(_ tenant: Tenant.ID) {
        state.withLock { $0.alone[tenant] = nil }
    }

    /// A place in a connection, which is opened where none has one, or where that is asked for.
    private func place(_ member: Member, _ opensOwn: Bool) -> IRCRoom {
        let (room, fresh) = state.withLock { state -> (IRCRoom, IRCConnection?) in
            let isAlone = state.isAlone(member.tenant)
            for connection in isAlone || opensOwn ? [] : state.connections where joins.isFree(connection.owner) {
                guard let mailbox = connection.takeIn(member.channel) else { continue }
                return (IRCRoom(member.channel, in: connection, mailbox), nil)
            }
            let connection = IRCConnection(
                of: member.login,
                isShared: !isAlone,
                moving: patience.moving,
                logger: member.logger
            )
            guard let mailbox = connection.takeIn(member.channel) else {
                preconditionFailure("a new connection has a place for its owner's channel")
            }
            state.connections.append(connection)
            return (IRCRoom(member.channel, in: connection, mailbox), connection)
        }
        fresh?.begin(member.open) { [self] in
            guard let fresh else { return }
            state.withLock { $0.connections.removeAll { $0 === fresh } }
        }
        return room
    }

    /// Waits until the channel can be joined.
    private func open(_ room: IRCRoom) async throws {
        // Who waits for their own login hears how it ends.
        guard room.isOthers else { return try await room.reaches(.open) }
        let connection = room.connection
        let limit = Task {
            try await Task.sleep(for: patience.othersLogin)
            connection.giveUpOpening()
        }
        defer { limit.cancel() }
        try await room.reaches(.open)
    }

    /// Joins the channel.
    private func join(_ room: IRCRoom, of member: Member) async throws {
        if room.isOthers {
            // Others were faster: there may be a connection that need not wait.
            guard joins.claim(room.connection.owner) == nil else { throw IRCEnding.elsewhere }
        } else {
            try await joins.turn(of: member.login)
        }
        room.connection.join(room.channel)
        let mailbox = room.mailbox
        let time = room.isOthers ? patience.othersJoin : patience.ownJoin
        let limit = Task {
            try await Task.sleep(for: time)
            mailbox.expire(at: .open, IRCEnding.unanswered)
        }
        defer { limit.cancel() }
        do {
            try await room.reaches(.joined)
        } catch let ending as IRCEnding where ending.isAboutChannel {
            // Another's account may be banned there, or may have joined too much.
            separate(member.tenant)
            throw room.isOthers ? .elsewhere : ending
        }
    }
}
