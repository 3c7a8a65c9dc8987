import Logging
import NIOCore
import WidgetAPI

/// A streamer's events from Twitch over a socket of their own, for hosts that Twitch cannot reach.
///
/// It lives until its task is cancelled, or until nothing but a login can help. A socket that ends is followed by the
/// next one; what happened in between is lost, for Twitch keeps nothing.
/// Source: https://dev.twitch.tv/docs/eventsub/handling-websocket-events/
struct EventSubFeed: Sendable {
    let scope: TenantScope
    /// Where sockets begin.
    let address: String
    let api: EventSubAPI
    let keeper: ConnectionKeeper
    /// What sessions wait for before they open a socket, which is closed when it asks for nothing within ten seconds.
    let starts: SessionStarts
    /// Knows what IRC tells as well.
    let clearings: TwitchClearings
    let log: EventLog
    let logger: Logger
    /// How often what Twitch has refused is asked for again: as often as webhooks are looked after.
    var round = DeliverySubscriptions.round
    /// Is told as often that a stream's beginning or end may have been missed, and at the start of each session.
    var mayHaveMissed: @Sendable () -> Void = {}

    /// Twitch closes a socket that has asked for nothing within ten seconds; we close one that does not greet.
    private static let welcomeLimit = TimeAmount.seconds(10)
    /// Milliseconds that a sign of life may take for each second that was promised.
    private static let patience = 1200.0
    /// Messages that are kept together, at most: in a busy chat the next ones come while the last are being kept.
    private static let together = 64
    /// How long a move is tried, from Twitch's word on: it gives 30 s, and the last attempt takes a while.
    private static let moveLimit = Duration.seconds(25)

    /// A socket that Twitch has greeted.
    private struct Line {
        let socket: ClientSocket
        let session: String
        /// After so long without a word it is dead.
        let limit: TimeAmount
        /// What it was promised.
        var types: Set<String> = []
        /// What was asked for anew on it.
        var renewed: Set<String> = []
        /// When it was last asked for what is missing.
        var askedAt = ContinuousClock.now
        var skipped = SkippedMessages("a message of Twitch's")
    }

    /// What some messages said.
    private struct Said {
        var drafts: [EventDraft] = []
        /// Where to go on.
        var next: String?
        /// Types that ended.
        var revoked: [String] = []
    }

    func run() async {
        await FeedSessions.run(of: "Twitch's events", .events, on: .twitch, in: scope, keeper, logger, follow)
    }

    /// One session, over as many sockets as Twitch wants.
    private func follow(_ stands: () -> Void) async throws -> Never {
        do {
            // Tokens whose time is over are renewed before the turn, for that may take minutes.
            try await keeper.withToken(on: .twitch, in: scope) { _ in }
            let connection = try await keeper.store.working(on: .twitch, in: scope)
            var line = try await starts.turn(waits: { keeper.didNotAnswer(.twitch, scope, .events) }) {
                var line = try await greeted(at: address, connection.platformUserId)
                line.types = try await subscribe(EventSubSubscription.all, over: line.session, of: connection)
                return line
            }
            guard !line.types.isEmpty else { throw EventSubEnding.nothingGranted }
            try await bring(line.types)
            stands()
            keeper.answered(.twitch, scope)
            // From now on all is told, so nothing falls between the answer and the first event.
            mayHaveMissed()
            while true { line = try await listen(to: line, of: connection) }
        } catch {
            // The next session asks for everything anew.
            keeper.wasRefused([], on: .twitch, scope)
            try await bring([])
            throw error
        }
    }

    /// Says which types come from now on, and writes down which clearings will not come any more.
    private func bring(_ types: Set<String>) async throws {
        let owed = clearings.eventSubBrings(types)
        if !owed.isEmpty { try await log.keep(owed, in: scope, logger) }
    }

    private func greeted(at address: String, _ broadcasterId: String) async throws -> Line {
        let socket = try await ClientSocket.open(address)
        let first = await socket.next(within: Self.welcomeLimit)
        try Task.checkCancellation()
        // A code says more than that no greeting came.
        if case .closed(let code?) = first { throw EventSubEnding.closed(code) }
        guard case .text(let bytes) = first,
            case .welcome(let session, let seconds) = try EventSubMessage(bytes.readableBytesView, of: broadcasterId)
        else { throw EventSubEnding.notGreeted }
        return Line(socket: socket, session: session, limit: .milliseconds(Int64(Double(seconds) * Self.patience)))
    }

    /// - Returns: the types that will come.
    private func subscribe(
        _ wishes: [EventSubSubscription],
        over session: String,
        of connection: Connection,
        isRenewal: Bool = false
    ) async throws -> Set<String> {
        var refusals: [String] = []
        var refused: Set<String> = []
        var types: Set<String> = []
        for wish in wishes {
            if let needed = wish.scopes(forApplication: false).first(where: { !connection.scopes.contains($0) }) {
                refusals.append("\(wish.type): \(needed) was not granted")
                continue
            }
            let outcome = try await keeper.withToken(on: .twitch, in: scope) { token in
                try await api.subscribe(
                    wish,
                    of: connection.platformUserId,
                    over: .socket(session: session),
                    with: token
                )
            }
            switch outcome {
            case .made: types.insert(wish.type)
            case .existing:
                // A new session has none but what was asked for a moment ago. Later it may be the one that has ended:
                // that nothing stands in the way of the next session is worth a moment without events.
                guard !isRenewal else { throw EventSubEnding.inTheWay(wish.type) }
                types.insert(wish.type)
            case .refused(let reason):
                if wish.isForEveryChannel { refused.insert(wish.type) }
                refusals.append("\(wish.type): \(reason)")
            }
        }
        keeper.wasRefused(refused, of: Set(wishes.map(\.type)), on: .twitch, scope)
        if !refusals.isEmpty {
            logger.warning("some of Twitch's events are not to be had", metadata: ["reasons": "\(refusals)"])
        }
        return types
    }

    /// Reads a socket to its end.
    ///
    /// - Returns: the one that Twitch wants instead, once the old one has nothing more to say.
    private func listen(to line: Line, of connection: Connection) async throws -> Line {
        var line = line
        let (socket, broadcasterId) = (line.socket, connection.platformUserId)
        var successor: Task<Line, any Error>?
        // What ended on the way.
        var owed: [String] = []
        defer { successor?.cancel() }
        while true {
            let heard = await socket.next(Self.together, within: line.limit)
            try Task.checkCancellation()
            switch heard[0] {
            case .text:
                let said = read(heard, broadcasterId, &line.skipped)
                if !said.drafts.isEmpty { try await log.keep(said.drafts, in: scope, logger) }
                if successor == nil, let next = said.next {
                    // Never from a line that is proved and sealed to one that is not.
                    guard next.hasPrefix("wss://") || address.hasPrefix("ws://") else {
                        throw EventSubEnding.badAddress
                    }
                    successor = Task { try await moved(from: socket, to: next, broadcasterId) }
                }
                owed += said.revoked
                guard successor == nil else { continue }
                try await renew(owed, over: &line, of: connection)
                owed = []
                try await askAgain(over: &line, of: connection)
            case .closed(let code):
                guard let successor else { throw EventSubEnding.closed(code) }
                var next = try await self.next(successor, after: code)
                (next.types, next.renewed) = (line.types, line.renewed)
                (next.askedAt, next.skipped) = (line.askedAt, line.skipped)
                try await renew(owed, over: &next, of: connection)
                return next
            case .silence:
                socket.close()
                throw EventSubEnding.silent
            }
        }
    }

    /// Opens the socket that Twitch wants instead, and closes the old one then.
    ///
    /// It tries again as long as the old one lives, which says meanwhile what happens, and as there is time.
    private func moved(
        from socket: ClientSocket,
        to address: String,
        _ broadcasterId: String
    ) async throws -> Line {
        let end = ContinuousClock.now + Self.moveLimit
        var failures = 0
        // Thousands are sent away at once, and somebody may be again and again.
        try await Task.sleep(for: FeedSessions.pause(after: failures))
        while true {
            do {
                let line = try await greeted(at: address, broadcasterId)
                // What it said until now is still read.
                socket.close()
                return line
            } catch {
                try Task.checkCancellation()
                failures += 1
                let pause = FeedSessions.pause(after: failures)
                guard ContinuousClock.now + pause < end else { throw error }
                try await Task.sleep(for: pause)
                // Nobody says what happens any more: a session from the beginning is the surer way.
                guard await socket.isOpen else { throw error }
            }
        }
    }

    /// Waits for the socket that follows one which was closed with that code.
    private func next(_ successor: Task<Line, any Error>, after code: UInt16?) async throws -> Line {
        do {
            return try await withTaskCancellationHandler {
                try await successor.value
            } onCancel: {
                successor.cancel()
            }
        } catch {
            try Task.checkCancellation()
            throw EventSubEnding.stranded(code, error)
        }
    }

    private func read(
        _ messages: [ClientSocket.Message],
        _ broadcasterId: String,
        _ skipped: inout SkippedMessages
    ) -> Said {
        var said = Said()
        for case .text(let bytes) in messages {
            do throws(MalformedDelivery) {
                switch try EventSubMessage(bytes.readableBytesView, of: broadcasterId) {
                case .welcome, .keepalive, .unknown: break
                case .notification(let drafts): said.drafts += drafts.map(clearings.written(fromEventSub:))
                case .revocation(let type, let status):
                    said.revoked.append(type)
                    logger.notice(
                        "Twitch has ended a subscription",
                        metadata: ["type": "\(type)", "status": "\(status)"]
                    )
                case .reconnect(let next): said.next = next
                }
            } catch {
                skipped.note(error.reason, logger)
            }
        }
        return said
    }

    /// Asks anew for what has ended: it may be had again, or a token that has ended too is found out by it.
    private func renew(_ types: [String], over line: inout Line, of connection: Connection) async throws {
        guard !types.isEmpty else { return }
        // What ends again and again is for the next session, which takes its time.
        guard line.renewed.isDisjoint(with: types) else { throw EventSubEnding.revoked(types) }
        line.renewed.formUnion(types)
        let wishes = EventSubSubscription.all.filter { types.contains($0.type) }
        line.types.subtract(types)
        try await bring(line.types)
        line.types.formUnion(try await subscribe(wishes, over: line.session, of: connection, isRenewal: true))
        try await bring(line.types)
        guard !line.types.isEmpty else { throw EventSubEnding.nothingGranted }
    }

    /// Asks again for what Twitch has refused, a round after it was last asked: it may be had by now.
    ///
    /// What turns out to be there already was made in an attempt whose answer was lost. Whether the stream is on air is
    /// asked then as well.
    private func askAgain(over line: inout Line, of connection: Connection) async throws {
        guard ContinuousClock.now - line.askedAt >= round else { return }
        line.askedAt = .now
        mayHaveMissed()
        let types = line.types
        let wishes = EventSubSubscription.all.filter { wish in
            !types.contains(wish.type) && wish.isForEveryChannel
                && wish.scopes(forApplication: false).allSatisfy { connection.scopes.contains($0) }
        }
        guard !wishes.isEmpty else { return }
        do {
            line.types.formUnion(try await subscribe(wishes, over: line.session, of: connection))
            try await bring(line.types)
        } catch PlatformFailure.unreachable(let reason), PlatformFailure.unusable(let reason) {
            try Task.checkCancellation()
            // What comes already is worth more. What was made before this is found to be there the next time.
            logger.notice("Twitch was asked in vain for missing events", metadata: ["reason": "\(reason)"])
        }
    }
}
