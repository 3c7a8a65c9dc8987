import NIOCore
import WidgetAPI

/// From an open socket to a login that was taken (https://dev.twitch.tv/docs/chat/irc/).
struct IRCEntrance: Sendable {
    /// Time for an answer to a login.
    static let limit = TimeAmount.seconds(10)

    /// Where nothing has been said yet.
    let socket: ClientSocket
    /// The name of the account.
    let login: String

    /// Says who we are and what we want to hear, and waits until both were taken.
    ///
    /// Twitch allows an account 20 logins in ten seconds (https://dev.twitch.tv/docs/chat/irc/#rate-limits). A
    /// streamer's account logs in for a session or a move of theirs, twice at most for each, and those are about a
    /// second apart at least (``FeedSessions``), so no budget is kept.
    ///
    /// - Throws: `PlatformFailure.tokenRefused` for a token that has ended; else an ``IRCEnding``.
    func logIn(with token: Secret) async throws {
        // Tags come only to those who take commands as well.
        socket.send("CAP REQ :twitch.tv/membership twitch.tv/tags twitch.tv/commands")
        socket.send("PASS oauth:\(token.exposed)")
        socket.send("NICK \(login)")
        let end = NIODeadline.now() + Self.limit
        var (isGranted, isWelcome) = (false, false)
        while !isGranted || !isWelcome {
            for line in try await heard(before: end) {
                switch line.command {
                case .capabilities:
                    guard line.hasParameter(1, "ACK") else { throw IRCEnding.refused("the capabilities") }
                    isGranted = true
                case .welcome: isWelcome = true
                case .notice: throw refusal(of: line.parameter(1) ?? "")
                case .ping: socket.answer(line)
                default: break
                }
            }
        }
    }

    private func refusal(of notice: String) -> any Error {
        if notice == "Login authentication failed" { return PlatformFailure.tokenRefused }
        return IRCEnding.refused("the login: \(notice)")
    }

    private func heard(before end: NIODeadline) async throws -> [IRCLine] {
        let left = end - .now()
        guard left > .zero else { throw IRCEnding.unanswered }
        let message = await socket.next(within: left)
        try Task.checkCancellation()
        switch message {
        case .text(let bytes): return IRCFrame(Array(bytes.readableBytesView)).compactMap { try? $0.get() }
        case .closed: throw IRCEnding.closed
        case .silence: throw IRCEnding.unanswered
        }
    }
}

extension ClientSocket {
    /// Says to the other side what it wants to hear.
    func answer(_ ping: IRCLine) {
        send("PONG :\(ping.parameter(0) ?? "")")
    }
}
