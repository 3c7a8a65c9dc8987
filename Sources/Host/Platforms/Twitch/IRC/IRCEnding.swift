/// Why a connection, or a channel's stay in one, is over.
enum IRCEnding: Error, Equatable, CustomStringConvertible {
    case unanswered
    case refused(String)
    case closed
    case silent
    /// The channel is read over another connection, or has to be: this one's account cannot serve it any more.
    case elsewhere

    /// Whether it is about one channel, where it ends a join.
    var isAboutChannel: Bool {
        switch self {
        case .unanswered, .refused: true
        case .closed, .silent, .elsewhere: false
        }
    }

    var description: String {
        switch self {
        case .unanswered: "Twitch did not answer in time"
        case .refused(let what): "Twitch refused \(what)"
        case .closed: "Twitch closed it"
        case .silent: "Twitch did not answer a ping"
        case .elsewhere: "it is read elsewhere"
        }
    }
}
