/// A channel in a connection, for the feed that reads it; who lets it go leaves it.
final class IRCRoom: Sendable {
    /// As it is joined, such as `#alice`.
    let channel: String
    let connection: IRCConnection
    let mailbox: IRCMailbox

    /// The mailbox is the one with which the connection has taken the channel in.
    init(_ channel: String, in connection: IRCConnection, _ mailbox: IRCMailbox) {
        self.channel = channel
        self.connection = connection
        self.mailbox = mailbox
    }

    deinit { connection.leave(channel, mailbox) }

    /// Whether it is read with another streamer's login.
    var isOthers: Bool { channel != connection.ownersChannel }

    /// Waits until it has come so far.
    ///
    /// - Throws: why it has not; ``IRCEnding/elsewhere`` where another connection may help at once.
    func reaches(_ wanted: IRCMailbox.Stage) async throws {
        while true {
            switch await mailbox.next() {
            case .reached(let stage): if stage >= wanted { return }
            // One's own next connection may be sent away as well: that is no reason to open one after the other.
            case .mustMove: throw isOthers ? IRCEnding.elsewhere : IRCEnding.closed
            case .ended(let reason): throw reason
            // There are none before the channel has been joined.
            case .lines: break
            }
        }
    }

    /// Leaves it for another connection, which brings it already: it is still to be read to its end.
    func part() {
        connection.part(channel, mailbox)
    }
}
