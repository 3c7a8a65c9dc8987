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
    let log: EventLog
    let logger: Logger

    /// Twitch closes a socket that has asked for nothing within ten seconds; we close one that does not greet.
    private static let welcomeLimit = TimeAmount.seconds(10)
    /// How much later than promised a sign of life may come.
    private static let patience = 1.2

    /// A socket that Twitch has greeted.
    private struct Line {
        let socket: ClientSocket
        let session: String
        /// After so long without a word it is dead.
        let limit: TimeAmount
    }

    func run() async {
        await FeedSessions.run(of: "Twitch's events", .events, on: .twitch, in: scope, keeper, logger, follow)
    }

    /// One session, over as many sockets as Twitch wants.
    private func follow() async throws -> Never {
        let connection = try await keeper.store.working(on: .twitch, in: scope)
        let broadcasterId = connection.platformUserId
        var line = try await greeted(at: address, broadcasterId)
        try await subscribe(line.session, of: connection)
        keeper.answered(.twitch, scope, [.events, .answers])
        while true { line = try await listen(to: line, broadcasterId) }
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

    private func subscribe(_ session: String, of connection: Connection) async throws {
        var refusals: [String] = []
        var isUseful = false
        for wish in EventSubSubscription.all {
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
            case .made: isUseful = true
            case .refused(let reason): refusals.append("\(wish.type): \(reason)")
            }
        }
        if !refusals.isEmpty {
            logger.warning("some of Twitch's events are not to be had", metadata: ["reasons": "\(refusals)"])
        }
        guard isUseful else { throw EventSubEnding.nothingGranted }
    }

    /// Reads a socket to its end.
    ///
    /// - Returns: the one that Twitch wants instead, once the old one has nothing more to say.
    private func listen(to line: Line, _ broadcasterId: String) async throws -> Line {
        var successor: Task<Line, any Error>?
        defer { successor?.cancel() }
        while true {
            let message = await line.socket.next(within: line.limit)
            try Task.checkCancellation()
            switch message {
            case .text(let bytes):
                let next = try await take(bytes, broadcasterId)
                guard successor == nil, let next else { continue }
                successor = Task {
                    let successor = try await greeted(at: next, broadcasterId)
                    // What it said until now is still read.
                    line.socket.close()
                    return successor
                }
            case .closed(let code):
                guard let successor else { throw EventSubEnding.closed(code) }
                return try await withTaskCancellationHandler {
                    try await successor.value
                } onCancel: {
                    successor.cancel()
                }
            case .silence:
                line.socket.close()
                throw EventSubEnding.silent
            }
        }
    }

    /// Does what a message says.
    ///
    /// - Returns: where to go on, when that is what it says.
    private func take(_ bytes: ByteBuffer, _ broadcasterId: String) async throws -> String? {
        let message: EventSubMessage
        do throws(MalformedDelivery) {
            message = try EventSubMessage(bytes.readableBytesView, of: broadcasterId)
        } catch {
            logger.warning("a message of Twitch's is malformed", metadata: ["reason": "\(error.reason)"])
            return nil
        }
        switch message {
        case .welcome, .keepalive, .unknown: return nil
        case .notification(let drafts): try await log.keep(drafts, in: scope, logger)
        case .revocation(let type, let status):
            // What may be had now is asked for anew; all the rest may have ended with it.
            throw EventSubEnding.revoked(type: type, status: status)
        case .reconnect(let next):
            // Never from a line that is proved and sealed to one that is not.
            guard next.hasPrefix("wss://") || address.hasPrefix("ws://") else { throw EventSubEnding.badAddress }
            return next
        }
        return nil
    }
}

/// Why a session is over.
private enum EventSubEnding: Error, CustomStringConvertible {
    case notGreeted
    case nothingGranted
    case closed(UInt16?)
    case silent
    case badAddress
    case revoked(type: String, status: String)

    var description: String {
        switch self {
        case .notGreeted: "Twitch did not greet"
        case .nothingGranted: "none of the subscriptions could be made"
        case .closed(let code): "Twitch closed it: \(code.map(Self.meaning) ?? "without a code")"
        case .silent: "nothing was heard for longer than promised"
        case .badAddress: "Twitch named an address that is not secure"
        case .revoked(let type, let status): "Twitch ended the subscription to \(type): \(status)"
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
