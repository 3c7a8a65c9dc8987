import Foundation
import NIOCore
import NIOWebSocket
import Synchronization
import WidgetAPI

/// Twitch's end of chat over IRC on loopback, as its documents say: it grants capabilities, greets who shows a token of
/// theirs, tells a channel's chat to those who have joined it, and does not hear the twenty-first join of an account in
/// ten seconds.
final class FakeIRC: Sendable {
    /// One socket.
    struct Visit: Sendable {
        let number: Int
        let channel: any NIOCore.Channel
        /// All lines that were sent, in order.
        var heard: [String] = []
        /// Who it is, once the login was good.
        var login: String?
        /// What was joined.
        var rooms: [String] = []
        var isOpen = true
        fileprivate var token: String?
    }

    /// What it does for the rest of a test.
    struct Manners: Sendable {
        var grantsCapabilities = true
        var answersJoins = true
        var answersPings = true
        var answersParts = true
        var limitsJoins = true
        /// How long it takes to answer a join.
        var joinMilliseconds: Int64 = 0
        /// Who is banned where: names of accounts by channels, such as `#alice`.
        var bans: [String: Set<String>] = [:]
        /// What is said in the same message as the answer to a join, behind it.
        var greeting: [String] = []
    }

    private struct State {
        var visits: [Visit] = []
        var manners = Manners()
        var owner: @Sendable (String) -> String? = { _ in nil }
        /// When accounts have asked to join a channel.
        var joins: [String: [ContinuousClock.Instant]] = [:]
    }

    /// Joins of an account that are heard within ten seconds (https://dev.twitch.tv/docs/chat/irc/#rate-limits).
    private static let joinLimit = 20

    private let state = Mutex(State())
    private let sockets = Mutex<LoopbackSockets?>(nil)

    init() throws {
        let sockets = try LoopbackSockets(self)
        self.sockets.withLock { $0 = sockets }
    }

    var address: String { sockets.withLock { $0?.address ?? "" } }

    /// Whether it refuses handshakes.
    var refuses: Bool {
        get { sockets.withLock { $0?.refuses ?? false } }
        set { sockets.withLock { $0?.refuses = newValue } }
    }

    /// All sockets there ever were, in order.
    var visits: [Visit] { state.withLock { $0.visits } }
    /// Those that are open and have joined that channel.
    func guests(of room: String = "#alice") -> [Visit] { visits.filter { $0.isOpen && $0.rooms.contains(room) } }

    var manners: Manners {
        get { state.withLock { $0.manners } }
        set { state.withLock { $0.manners = newValue } }
    }

    /// Who tells whose a token is.
    func knows(_ owner: @escaping @Sendable (String) -> String?) {
        state.withLock { $0.owner = owner }
    }

    // MARK: What happens there

    /// Says lines in one message to everybody in a channel.
    func says(_ lines: String..., in room: String = "#alice") {
        _ = says(lines, in: room)
    }

    /// - Returns: how many heard them.
    func says(_ lines: [String], in room: String) -> Int {
        let guests = guests(of: room)
        for visit in guests { say(lines, to: visit.channel) }
        return guests.count
    }

    /// Closes a socket without a word.
    func ends(_ visit: Visit) {
        LoopbackSockets.close(visit.channel, nil)
    }

    /// Lets an account out of a channel.
    func sendsOut(_ visit: Visit, of room: String) {
        leave(visit, room)
    }

    /// What somebody writes in a channel, Alice's where no other is named, as a line with the tags that Twitch
    /// documents.
    static func line(
        _ text: String,
        id: String = UUID().uuidString.lowercased(),
        by name: String = "Mira",
        in room: (name: String, id: String) = ("alice", "1234")
    ) -> String {
        "@badge-info=;badges=;color=#1E90FF;display-name=\(name);emotes=;first-msg=0;flags=;id=\(id);mod=0;"
            + "room-id=\(room.id);subscriber=0;tmi-sent-ts=1772388000123;turbo=0;user-id=id-\(name);user-type= "
            + ":\(name.lowercased())!\(name.lowercased())@\(name.lowercased()).tmi.twitch.tv "
            + "PRIVMSG #\(room.name) :\(text)"
    }

    private func say(_ lines: [String], to channel: any NIOCore.Channel) {
        LoopbackSockets.send(lines.map { $0 + "\r\n" }.joined(), to: channel)
    }

    // MARK: What is asked

    private func take(_ line: String, from channel: any NIOCore.Channel) {
        var visit: Visit?
        let manners = state.withLock { state in
            if let index = state.visits.firstIndex(where: { $0.channel === channel }) {
                state.visits[index].heard.append(line)
                visit = state.visits[index]
            }
            return state.manners
        }
        guard let visit else { return }
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = words.count > 1 ? words[1] : ""
        switch words.first {
        case "CAP":
            let wanted = rest.split(separator: ":", maxSplits: 1).last ?? ""
            say([":tmi.twitch.tv CAP * \(manners.grantsCapabilities ? "ACK" : "NAK") :\(wanted)"], to: channel)
        case "PASS": change(channel) { $0.token = rest }
        case "NICK": logIn(visit, as: rest)
        case "JOIN":
            let isHeard = isHeard(visit.login) || !manners.limitsJoins
            guard isHeard, manners.answersJoins else { break }
            // Each in its turn, also at once.
            channel.eventLoop.scheduleTask(in: .milliseconds(manners.joinMilliseconds)) { [self] in
                join(visit, rest, manners)
            }
        case "PART": if manners.answersParts { leave(visit, rest) }
        case "PING": if manners.answersPings { say([":tmi.twitch.tv PONG tmi.twitch.tv \(rest)"], to: channel) }
        default: break
        }
    }

    private func logIn(_ visit: Visit, as nick: String) {
        guard let token = visit.token, token.hasPrefix("oauth:") else {
            return refuse(visit, "Improperly formatted auth")
        }
        let owner = state.withLock { $0.owner }
        guard let login = owner(String(token.dropFirst("oauth:".count))), login == nick else {
            return refuse(visit, "Login authentication failed")
        }
        change(visit.channel) { $0.login = login }
        say(
            [
                ":tmi.twitch.tv 001 \(login) :Welcome, GLHF!",
                ":tmi.twitch.tv 002 \(login) :Your host is tmi.twitch.tv",
                ":tmi.twitch.tv 003 \(login) :This server is rather new", ":tmi.twitch.tv 004 \(login) :-",
                ":tmi.twitch.tv 375 \(login) :-", ":tmi.twitch.tv 372 \(login) :You are in a house of tests.",
                ":tmi.twitch.tv 376 \(login) :>",
                "@badge-info=;badges=;color=;display-name=\(login);emote-sets=0;user-id=1234;user-type= "
                    + ":tmi.twitch.tv GLOBALUSERSTATE",
            ],
            to: visit.channel
        )
    }

    private func refuse(_ visit: Visit, _ reason: String) {
        say([":tmi.twitch.tv NOTICE * :\(reason)"], to: visit.channel)
        LoopbackSockets.close(visit.channel, nil)
    }

    private func join(_ visit: Visit, _ room: String, _ manners: Manners) {
        // Who has not logged in is not heard, nor is a name with capitals known.
        guard let login = visit.login, room.hasPrefix("#"), room == room.lowercased() else { return }
        guard manners.bans[room]?.contains(login) != true else {
            let words = "You are permanently banned from talking in \(room.dropFirst())."
            return say(["@msg-id=msg_banned :tmi.twitch.tv NOTICE \(room) :\(words)"], to: visit.channel)
        }
        change(visit.channel) { $0.rooms.append(room) }
        say(
            [
                ":\(login)!\(login)@\(login).tmi.twitch.tv JOIN \(room)",
                ":\(login).tmi.twitch.tv 353 \(login) = \(room) :\(login)",
                ":\(login).tmi.twitch.tv 366 \(login) \(room) :End of /NAMES list",
                "@emote-only=0;followers-only=-1;r9k=0;room-id=1234;slow=0;subs-only=0 "
                    + ":tmi.twitch.tv ROOMSTATE \(room)",
            ] + manners.greeting,
            to: visit.channel
        )
    }

    /// Whether one more join of an account is within its limit.
    private func isHeard(_ login: String?) -> Bool {
        guard let login else { return false }
        let now = ContinuousClock.now
        return state.withLock { state in
            let recent = (state.joins[login] ?? []).filter { now - $0 < .seconds(10) } + [now]
            state.joins[login] = recent
            return recent.count <= Self.joinLimit
        }
    }

    private func leave(_ visit: Visit, _ room: String) {
        guard let login = visit.login, visit.rooms.contains(room) else { return }
        change(visit.channel) { visit in visit.rooms.removeAll { $0 == room } }
        say([":\(login)!\(login)@\(login).tmi.twitch.tv PART \(room)"], to: visit.channel)
    }

    private func change(_ channel: any NIOCore.Channel, _ change: (inout Visit) -> Void) {
        state.withLock { state in
            guard let index = state.visits.firstIndex(where: { $0.channel === channel }) else { return }
            change(&state.visits[index])
        }
    }
}

extension FakeIRC: LoopbackSockets.House {
    func opened(_ channel: any NIOCore.Channel, path: String) {
        state.withLock { $0.visits.append(Visit(number: $0.visits.count, channel: channel)) }
    }

    func heard(_ opcode: WebSocketOpcode, _ bytes: ByteBuffer, from channel: any NIOCore.Channel) {
        switch opcode {
        case .text:
            for line in String(buffer: bytes).split(whereSeparator: \.isNewline) { take(String(line), from: channel) }
        case .connectionClose: channel.close(promise: nil)
        default: break
        }
    }

    func ended(_ channel: any NIOCore.Channel) {
        change(channel) { $0.isOpen = false }
    }
}
