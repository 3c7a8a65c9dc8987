import Logging
import NIOCore
import Synchronization

/// One WebSocket to Twitch's chat, logged in as one streamer, that serves the channels of several.
///
/// It lasts as long as its owner's channel is among them: an account reads for others only while it reads for itself.
/// Nothing is sent but three lines of a login, a `JOIN` and a `PART` for each channel, a `PONG` for each `PING` and a
/// `PING` for each long silence. Nobody ever writes into chat. Source: https://dev.twitch.tv/docs/chat/irc/
final class IRCConnection: Sendable {
    /// After so long without a word we ask whether anybody is there: a connection that died says nothing.
    private static let quiet = TimeAmount.seconds(15)
    /// Time for the answer.
    private static let patience = TimeAmount.seconds(10)
    /// Messages that are taken together, at most.
    private static let together = 64
    /// How long it is listened on for a channel that was left: Twitch need not say that it has heard of it.
    private static let partingLimit = Duration.seconds(3)
    /// The messages of a channel's chat that say why nobody gets in (https://dev.twitch.tv/docs/chat/irc/#notice).
    private static let refusals = ["msg_channel_suspended", "msg_banned", "tos_ban"]

    private struct State {
        var places: IRCPlaces
        /// Once it has logged in.
        var socket: ClientSocket?
        /// What opens and reads it, until it has ended.
        var work: Task<Void, Never>?
        /// What is done in a while unless it has ended by then.
        var timers: [Task<Void, any Error>] = []
    }

    /// The name of the account whose login it is.
    let owner: String
    /// That account's own channel, as it is joined.
    let ownersChannel: String
    /// How long those who have to move may take for it; then it ends.
    private let movingLimit: Duration
    private let logger: Logger
    private let state: Mutex<State>

    /// A connection that is not shared serves its owner's channel alone.
    init(of owner: String, isShared: Bool, moving movingLimit: Duration, logger: Logger) {
        self.owner = owner
        self.movingLimit = movingLimit
        ownersChannel = "#\(owner)"
        state = Mutex(State(places: IRCPlaces(of: "#\(owner)", isShared: isShared)))
        // Whose line it is that nobody understands, nobody knows.
        var logger = logger
        logger[metadataKey: "streamer"] = nil
        self.logger = logger
    }

    /// How many channels have a place in it; of use in tests alone.
    var places: Int { state.withLock { $0.places.mailboxes.count } }

    // MARK: Channels

    /// Takes a channel in, to be joined once its mailbox says so; `nil` where there is no place for it.
    func takeIn(_ channel: String) -> IRCMailbox? {
        state.withLock { state in
            let mailbox = state.places.takeIn(channel)
            if state.socket != nil { mailbox?.reach(.open) }
            return mailbox
        }
    }

    /// Tells those who wait for another's login that there is no answer, and takes nobody in until there is one.
    func giveUpOpening() {
        let waiting = state.withLock { $0.socket == nil ? $0.places.shut() : [] }
        for mailbox in waiting { mailbox.expire(at: .outside, IRCEnding.unanswered) }
    }

    /// Asks to be let into a channel; the answer comes into its mailbox.
    func join(_ channel: String) {
        let socket = state.withLock { state in
            state.places.ask(for: channel)
            return state.socket
        }
        socket?.send("JOIN \(channel)")
    }

    /// Leaves a channel that is read over another connection now.
    ///
    /// What Twitch says before it has heard of that is still read, until the mailbox ends.
    func part(_ channel: String, _ mailbox: IRCMailbox) {
        let (leaving, socket) = state.withLock { state in
            (state.socket == nil ? nil : state.places.part(channel, mailbox), state.socket)
        }
        guard let leaving, let socket else { return leave(channel, mailbox) }
        guard !leaving.isLast else { return socket.close() }
        socket.send("PART \(channel)")
        after(Self.partingLimit) { $0.leave(channel, mailbox) }
    }

    /// Leaves a channel at once, where it has not been left yet.
    func leave(_ channel: String, _ mailbox: IRCMailbox) {
        mailbox.end(IRCEnding.elsewhere)
        remove(channel, mailbox)
    }

    /// Takes a channel out, and ends what it takes along: an owner's account reads for nobody else.
    private func remove(_ channel: String, _ mailbox: IRCMailbox) {
        let (leaving, socket, work) = state.withLock { state in
            (state.places.remove(channel, mailbox), state.socket, state.work)
        }
        guard let leaving else { return }
        // Nobody logs in for somebody who has gone.
        if socket == nil, leaving.isLast || leaving.isOwners { work?.cancel() }
        if leaving.isToPart { socket?.send("PART \(channel)") }
        if leaving.isLast { socket?.close() } else if leaving.isOwners { moveAll() }
    }

    /// Has all channels move to another connection.
    private func moveAll() {
        let mailboxes = state.withLock { $0.places.moveAll() }
        guard !mailboxes.isEmpty else { return }
        for mailbox in mailboxes { mailbox.move(alone: false) }
        after(movingLimit) { connection in connection.state.withLock { $0.socket }?.close() }
    }

    /// Does something in a while, unless the connection has ended by then.
    private func after(_ delay: Duration, _ work: @escaping @Sendable (IRCConnection) -> Void) {
        state.withLock { state in
            guard state.work != nil else { return }
            state.timers.append(
                Task {
                    try await Task.sleep(for: delay)
                    work(self)
                }
            )
        }
    }

    // MARK: The socket

    /// Opens it and reads it to its end, which all channels hear of; `over` is told of it as well.
    func begin(_ open: @escaping @Sendable () async throws -> ClientSocket, over: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.work = Task {
                await run(open)
                over()
            }
        }
    }

    private func run(_ open: () async throws -> ClientSocket) async {
        let socket: ClientSocket
        do {
            socket = try await open()
            try Task.checkCancellation()
        } catch {
            // A login that is not answered may be about the account: who joins too much is not heard any more.
            return end(error, isEverybodys: error is ClientSocketError)
        }
        let mailboxes = state.withLock { state in
            state.socket = socket
            return state.places.open()
        }
        for mailbox in mailboxes { mailbox.reach(.open) }
        if mailboxes.isEmpty { socket.close() }
        end(await read(socket), isEverybodys: true)
    }

    /// What is wrong with the owner alone ends their channel; the others go elsewhere.
    private func end(_ error: any Error, isEverybodys: Bool) {
        let (mailboxes, timers) = state.withLock { state in
            defer {
                state.timers = []
                state.work = nil
            }
            return (state.places.clear(), state.timers)
        }
        for timer in timers { timer.cancel() }
        for (channel, mailbox) in mailboxes {
            mailbox.end(channel == ownersChannel || isEverybodys ? error : IRCEnding.elsewhere)
        }
    }

    /// - Returns: why it has ended.
    private func read(_ socket: ClientSocket) async -> IRCEnding {
        var skipped = SkippedMessages("a line of Twitch's chat")
        var isAsked = false
        while true {
            let heard = await socket.next(Self.together, within: isAsked ? Self.patience : Self.quiet)
            switch heard[0] {
            case .text:
                isAsked = false
                for mailbox in take(heard, from: socket, &skipped) { await mailbox.drained() }
            case .closed: return .closed
            case .silence:
                guard !isAsked else {
                    socket.close()
                    return .silent
                }
                isAsked = true
                socket.send("PING :streamvibes")
            }
        }
    }

    /// Does what the lines of messages say about the connection, and gives each channel its own.
    ///
    /// - Returns: the mailboxes that were given any.
    private func take(
        _ messages: [ClientSocket.Message],
        from socket: ClientSocket,
        _ skipped: inout SkippedMessages
    ) -> [IRCMailbox] {
        var lines: [String: [IRCLine]] = [:]
        for case .text(let bytes) in messages {
            for read in IRCFrame(Array(bytes.readableBytesView)) {
                do throws(MalformedDelivery) {
                    let line = try read.get()
                    switch line.command {
                    case .message, .userNotice, .clearMessage, .clearChat:
                        guard let channel = line.parameter(0) else { break }
                        lines[channel, default: []].append(line)
                        if line.command == .clearChat, line.hasParameter(1, owner) { doubt(channel) }
                    case .ping: socket.answer(line)
                    case .reconnect: moveAll()
                    case .join: if line.nickname == owner { mailbox(line.parameter(0))?.reach(.joined) }
                    // The end of the names is told to who joins alone.
                    case .endOfNames: mailbox(line.parameter(1))?.reach(.joined)
                    case .notice:
                        guard let reason = line.text(.notice), Self.refusals.contains(reason) else { break }
                        if let channel = line.parameter(0) { refuse(channel, reason) }
                    case .part:
                        guard line.nickname == owner, let channel = line.parameter(0) else { break }
                        // What was said before goes first.
                        mailbox(channel)?.put(lines.removeValue(forKey: channel) ?? [])
                        hasParted(from: channel)
                    case .welcome, .capabilities, .other: break
                    }
                } catch {
                    skipped.note(error.reason, logger)
                }
            }
        }
        return lines.compactMap { channel, lines in
            // Twitch may go on for a while about a channel that was left.
            guard let mailbox = mailbox(channel) else { return nil }
            mailbox.put(lines)
            return mailbox
        }
    }

    private func mailbox(_ channel: String?) -> IRCMailbox? {
        channel.flatMap { channel in state.withLock { $0.places.mailboxes[channel] } }
    }

    /// Twitch does not let the account into a channel.
    private func refuse(_ channel: String, _ reason: String) {
        let isOut = mailbox(channel)?.expire(at: .open, IRCEnding.refused("the channel: \(reason)")) ?? false
        if isOut { state.withLock { $0.places.refuse(channel) } }
    }

    /// Twitch has let the account out of a channel.
    private func hasParted(from channel: String) {
        guard let mailbox = state.withLock({ $0.places.hasParted(from: channel) }) else { return }
        mailbox.end(IRCEnding.elsewhere)
        remove(channel, mailbox)
    }

    /// The account is silenced in a channel and may be let out any moment.
    private func doubt(_ channel: String) {
        guard channel != ownersChannel else { return }
        mailbox(channel)?.move(alone: true)
    }
}
