import NIOCore
import WidgetAPI

/// From an open socket to a channel that has been joined (https://dev.twitch.tv/docs/chat/irc/).
///
/// Nothing is sent but three lines of a login, one `JOIN`, a `PONG` for each `PING` and a `PING` for each long silence.
/// Twitch allows an account 20 logins and 20 joins in ten seconds (https://dev.twitch.tv/docs/chat/irc/#rate-limits);
/// sessions of one streamer's account are about a second apart at least, with two logins and one join at most, so no
/// budget is kept. Nobody ever writes into chat.
struct IRCEntrance: Sendable {
    /// Time for an answer to a login, and for one to a join: a channel that does not exist is never answered.
    static let limit = TimeAmount.seconds(10)
    /// The messages of a channel's chat that say why nobody gets in (https://dev.twitch.tv/docs/chat/irc/#notice).
    private static let refusals = ["msg_channel_suspended", "msg_banned", "tos_ban"]

    let socket: ClientSocket
    /// The streamer's own name, which is the channel's.
    let login: String

    /// The channel as it is joined.
    var channel: String { "#\(login)" }

    /// Says who we are and what we want to hear, and waits until both were taken.
    ///
    /// - Throws: `PlatformFailure.tokenRefused` for a token that has ended.
    func logIn(with token: Secret) async throws {
        // Tags come only to those who take commands as well.
        socket.send("CAP REQ :twitch.tv/membership twitch.tv/tags twitch.tv/commands")
        socket.send("PASS oauth:\(token.exposed)")
        socket.send("NICK \(login)")
        let end = NIODeadline.now() + Self.limit
        var (isGranted, isWelcome) = (false, false)
        while !isGranted || !isWelcome {
            for line in try await heard(before: end).lines {
                switch line.command {
                case .capabilities:
                    guard line.hasParameter(1, "ACK") else { throw IRCEnding.refused("the capabilities") }
                    isGranted = true
                case .welcome: isWelcome = true
                case .notice: throw refusal(of: line.parameter(1) ?? "")
                case .ping: answer(line)
                default: break
                }
            }
        }
    }

    /// Joins the channel.
    ///
    /// - Returns: the message in which that was said: what is behind it in there may be the first of the chat.
    func join() async throws -> ByteBuffer {
        socket.send("JOIN \(channel)")
        let end = NIODeadline.now() + Self.limit
        while true {
            let (bytes, lines) = try await heard(before: end)
            if lines.contains(where: isJoined) { return bytes }
            for line in lines {
                switch line.command {
                case .notice:
                    guard let reason = line.text(.notice), Self.refusals.contains(reason) else { continue }
                    throw IRCEnding.refused("the channel: \(reason)")
                case .ping: answer(line)
                default: break
                }
            }
        }
    }

    /// Says to the other side what it wants to hear.
    func answer(_ ping: IRCLine) {
        socket.send("PONG :\(ping.parameter(0) ?? "")")
    }

    /// Whether a line says that we are in: our own `JOIN`, or the end of the names, which is told to us alone.
    private func isJoined(_ line: IRCLine) -> Bool {
        switch line.command {
        case .join: line.hasParameter(0, channel) && line.nickname == login
        case .endOfNames: line.hasParameter(1, channel)
        default: false
        }
    }

    private func refusal(of notice: String) -> any Error {
        if notice == "Login authentication failed" { return PlatformFailure.tokenRefused }
        return IRCEnding.refused("the login: \(notice)")
    }

    private func heard(before end: NIODeadline) async throws -> (bytes: ByteBuffer, lines: [IRCLine]) {
        let left = end - .now()
        guard left > .zero else { throw IRCEnding.unanswered }
        let message = await socket.next(within: left)
        try Task.checkCancellation()
        switch message {
        case .text(let bytes):
            return (bytes, IRCFrame(Array(bytes.readableBytesView)).compactMap { try? $0.get() })
        case .closed: throw IRCEnding.closed
        case .silence: throw IRCEnding.unanswered
        }
    }
}

/// Why a session is over.
enum IRCEnding: Error, Equatable, CustomStringConvertible {
    case unanswered
    case refused(String)
    case closed
    case silent

    var description: String {
        switch self {
        case .unanswered: "Twitch did not answer in time"
        case .refused(let what): "Twitch refused \(what)"
        case .closed: "Twitch closed it"
        case .silent: "Twitch did not answer a ping"
        }
    }
}
