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
    /// Knows what IRC tells as well.
    let clearings: TwitchClearings
    let log: EventLog
    let logger: Logger

    /// Twitch closes a socket that has asked for nothing within ten seconds; we close one that does not greet.
    private static let welcomeLimit = TimeAmount.seconds(10)
    /// How much later than promised a sign of life may come.
    private static let patience = 1.2
    /// Messages that are kept together, at most: in a busy chat the next ones come while the last are being kept.
    private static let together = 64

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
    private func follow() async throws -> Never {
        do {
            let connection = try await keeper.store.working(on: .twitch, in: scope)
            var line = try await greeted(at: address, connection.platformUserId)
            line.types = try await subscribe(EventSubSubscription.all, over: line.session, of: connection)
            guard !line.types.isEmpty else { throw EventSubEnding.nothingGranted }
            try await bring(line.types)
            keeper.answered(.twitch, scope, [.events, .answers])
            while true { line = try await listen(to: line, of: connection) }
        } catch {
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
        guard case .text(let bytes) = first,
            case .welcome(let session, let seconds) = try EventSubMessage(bytes.readableBytesView, of: broadcasterId)
        else { throw EventSubEnding.notGreeted }
        let limit = TimeAmount.milliseconds(Int64(Double(seconds * 1000) * Self.patience))
        return Line(socket: socket, session: session, limit: limit)
    }

    /// - Returns: the types that will come.
    private func subscribe(
        _ wishes: [EventSubSubscription],
        over session: String,
        of connection: Connection,
        isRenewal: Bool = false
    ) async throws -> Set<String> {
        var refusals: [String] = []
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
            case .refused(let reason): refusals.append("\(wish.type): \(reason)")
            }
        }
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
                    successor = Task {
                        // Thousands are sent away at once, and somebody may be again and again; 30 s are given.
                        try await Task.sleep(for: FeedSessions.pause(after: 0))
                        let successor = try await greeted(at: next, broadcasterId)
                        // What it said until now is still read.
                        socket.close()
                        return successor
                    }
                }
                owed += said.revoked
                guard successor == nil else { continue }
                try await renew(owed, over: &line, of: connection)
                owed = []
            case .closed(let code):
                guard let successor else { throw EventSubEnding.closed(code) }
                var next = try await withTaskCancellationHandler {
                    try await successor.value
                } onCancel: {
                    successor.cancel()
                }
                (next.types, next.renewed, next.skipped) = (line.types, line.renewed, line.skipped)
                try await renew(owed, over: &next, of: connection)
                return next
            case .silence:
                socket.close()
                throw EventSubEnding.silent
            }
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
                case .notification(let drafts): said.drafts += drafts.filter { clearings.takes(fromEventSub: $0) }
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
}

/// Why a session is over.
private enum EventSubEnding: Error, CustomStringConvertible {
    case notGreeted
    case nothingGranted
    case closed(UInt16?)
    case silent
    case badAddress
    case revoked([String])
    case inTheWay(String)

    var description: String {
        switch self {
        case .notGreeted: "Twitch did not greet"
        case .nothingGranted: "none of the subscriptions could be made"
        case .closed(let code): "Twitch closed it: \(code.map(Self.meaning) ?? "without a code")"
        case .silent: "nothing was heard for longer than promised"
        case .badAddress: "Twitch named an address that is not secure"
        case .revoked(let types): "Twitch ended again what it had granted anew: \(types)"
        case .inTheWay(let type): "Twitch grants nothing anew beside what it has ended: \(type)"
        }
    }

    /// What the documented codes stand for (https://dev.twitch.tv/docs/eventsub/websocket-reference/#close-message).
    private static func meaning(of code: UInt16) -> String {
        switch code {
        case 4000: "4000, a fault of its own"
        case 4001: "4001, it was sent something"
        case 4002: "4002, a ping was not answered"
        case 4003: "4003, nothing was asked for"
        case 4004: "4004, the new address was not used in time"
        case 4005: "4005, it was too slow"
        case 4006: "4006, the network failed"
        case 4007: "4007, the new address was wrong"
        default: "\(code)"
        }
    }
}
