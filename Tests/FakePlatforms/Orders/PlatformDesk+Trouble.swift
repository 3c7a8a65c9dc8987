import Foundation
import WidgetAPI

/// What goes wrong with sockets and subscriptions, and how things stand.
extension PlatformDesk {
    /// Time for a host to do what it was told, in seconds.
    private static let patience = 30.0

    /// Ends a subscription of Twitch's; over sockets it waits until the host has asked for it anew or has left.
    func revoke(_ type: String, _ status: String) throws(OrderFailure) -> JSONObject {
        if twitch.webhooks.enabled.contains(where: { $0.type == type }) {
            let answer = (try? twitch.webhooks.revoke(type, status)) ?? nil
            return ["status": answer.map { .integer(Int64($0)) } ?? .null]
        }
        let sessions = twitch.eventSub.open.filter { session in
            session.subscriptions.contains { $0["type"]?.stringValue == type }
        }
        guard !sessions.isEmpty else { throw OrderFailure("'revoke \(type)': nobody has subscribed to that.") }
        for session in sessions { twitch.eventSub.revokes(type, status, of: session) }
        let ids = Set(sessions.map(\.id))
        var (hasLeft, isRenewed) = (false, false)
        _ = comes {
            let open = twitch.eventSub.open.filter { ids.contains($0.id) }
            hasLeft = open.isEmpty
            isRenewed = !open.isEmpty && open.allSatisfy { $0.subscriptions.contains { $0["type"] == .string(type) } }
            return hasLeft || isRenewed
        }
        return ["left": .bool(hasLeft), "renewed": .bool(isRenewed)]
    }

    /// Closes sockets, and waits until they are.
    func drop(_ sockets: PlatformOrder.Sockets, _ code: UInt16?) throws(OrderFailure) -> JSONObject {
        let count: Int
        switch sockets {
        case .events:
            let sessions = twitch.eventSub.open
            for session in sessions { twitch.eventSub.ends(session, code) }
            let ids = Set(sessions.map(\.id))
            _ = comes { !twitch.eventSub.open.contains { ids.contains($0.id) } }
            count = sessions.count
        case .chat:
            let visits = twitch.irc.visits.filter(\.isOpen)
            for visit in visits { twitch.irc.ends(visit) }
            let numbers = Set(visits.map(\.number))
            _ = comes { !twitch.irc.visits.contains { $0.isOpen && numbers.contains($0.number) } }
            count = visits.count
        }
        guard count > 0 else { throw OrderFailure("'drop \(sockets.rawValue)': no such socket is open.") }
        return ["closed": .integer(Int64(count))]
    }

    /// Sends every socket elsewhere so many times; a line is said before each move, in it and at the end.
    func storm(_ count: Int) throws(OrderFailure) -> JSONObject {
        var list: [JSONValue] = []
        for round in 1...count {
            let sessions = twitch.eventSub.open
            let guests = twitch.irc.guests(of: "#\(twitch.user.login)")
            guard !sessions.isEmpty || !guests.isEmpty else { throw OrderFailure("'storm': no socket is open.") }
            list += tell(nextLines(1))
            for session in sessions { twitch.eventSub.moves(session) }
            if !guests.isEmpty { _ = twitch.irc.says([":tmi.twitch.tv RECONNECT"], in: "#\(twitch.user.login)") }
            list += tell(nextLines(1))
            let (ids, numbers) = (Set(sessions.map(\.id)), Set(guests.map(\.number)))
            let hasMoved = comes {
                let open = twitch.eventSub.open
                let rooms = twitch.irc.guests(of: "#\(twitch.user.login)")
                return open.count == ids.count && !open.contains { ids.contains($0.id) }
                    && rooms.count == numbers.count && !rooms.contains { numbers.contains($0.number) }
            }
            guard hasMoved else { throw OrderFailure("'storm': the host had not moved in round \(round).") }
        }
        return ["said": .array(list + tell(nextLines(1)))]
    }

    /// How things stand: the types that each open socket has, rooms of IRC, what is posted, and what was asked.
    func look() -> JSONObject {
        let sockets = twitch.eventSub.open.map { session -> JSONValue in
            .array(session.subscriptions.compactMap { $0["type"] })
        }
        let webhooks = twitch.webhooks.records.map { record -> JSONValue in
            ["type": .string(record.type), "status": .string(record.status)]
        }
        return [
            "sockets": .array(sockets),
            "rooms": .integer(Int64(twitch.irc.guests(of: "#\(twitch.user.login)").count)),
            "webhooks": .array(webhooks), "kick": .array(kick.kickEvents.events.map { .string($0) }),
            "asked": ["twitch": Self.counts(of: twitch), "kick": Self.counts(of: kick)],
            "unanswered": .integer(Int64(unanswered.count)),
        ]
    }

    private static func counts(of platform: FakePlatform) -> JSONValue {
        var counts = JSONObject()
        for (path, count) in platform.requestCounts.sorted(by: { $0.key < $1.key }) {
            counts[path] = .integer(Int64(count))
        }
        return .object(counts)
    }

    /// Whether it comes true in time.
    private func comes(_ condition: () -> Bool) -> Bool {
        let end = Date() + Self.patience
        while Date() < end {
            if condition() { return true }
            Thread.sleep(forTimeInterval: 0.005)
        }
        return condition()
    }
}
