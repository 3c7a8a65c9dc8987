import Logging
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A pool of connections to a chat on loopback, where a token is its owner's name.
struct IRCPoolPlace {
    /// Whoever is slow here is a busy machine.
    static let endless = IRCPool.Patience(
        othersLogin: .seconds(600),
        othersJoin: .seconds(600),
        ownJoin: .seconds(600),
        moving: .seconds(600)
    )

    let irc: FakeIRC
    let pool = IRCPool(patience: Self.endless)

    /// A token that ends in `-ended` is refused.
    init() throws {
        irc = try FakeIRC()
        irc.knows { token in token.hasSuffix("-ended") ? nil : token }
    }

    /// Somebody whose token is their name.
    func member(
        _ name: String,
        _ open: (@Sendable () async throws -> ClientSocket)? = nil
    ) -> IRCPool.Member {
        IRCPool.Member(
            tenant: Tenant.ID(name),
            login: name,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            open: open ?? { try await logIn(name, with: name) }
        )
    }

    /// Somebody who waits for their token.
    func hanging(_ name: String) -> IRCPool.Member {
        member(name) {
            try await Task.sleep(for: .seconds(600))
            throw IRCEnding.closed
        }
    }

    func logIn(_ name: String, with token: String) async throws -> ClientSocket {
        let entrance = IRCEntrance(socket: try await ClientSocket.open(irc.address), login: name)
        try await entrance.logIn(with: Secret(token))
        return entrance.socket
    }

    func line(_ text: String, _ name: String) -> String {
        FakeIRC.line(text, in: (name, "id-\(name)"))
    }

    /// The next lines; all until that one where it is named.
    func text(of room: IRCRoom, _ last: String? = nil) async -> String {
        var texts: [String] = []
        while case .lines(let lines) = await room.mailbox.next() {
            texts += lines.map { $0.parameter(1) ?? "" }
            if last == nil || texts.last == last { break }
        }
        return texts.joined(separator: ", ")
    }

    /// All that comes until the end, and that.
    func rest(of room: IRCRoom) async -> (lines: [String], end: String) {
        var texts: [String] = []
        while true {
            switch await room.mailbox.next() {
            case .lines(let lines): texts += lines.map { $0.parameter(1) ?? "" }
            case .ended(let reason): return (texts, "\(reason)")
            case .reached, .mustMove: break
            }
        }
    }

    func word(of room: IRCRoom) async -> String {
        switch await room.mailbox.next() {
        case .reached(let stage): "\(stage)"
        case .lines: "lines"
        case .mustMove(let isAlone): isAlone ? "move alone" : "move"
        case .ended(let reason): "ended: \(reason)"
        }
    }

    static func count(_ command: String, _ visit: FakeIRC.Visit) -> Int {
        visit.heard.count { $0.hasPrefix("\(command) ") }
    }
}
