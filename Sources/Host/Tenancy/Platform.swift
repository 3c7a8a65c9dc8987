/// Where an event came from.
enum Platform: String, Sendable, CaseIterable {
    case twitch, kick
    /// What the host itself writes into a log.
    case streamvibes

    /// The platforms on which a streamer can have a channel.
    static let ofChannels: [Platform] = [.twitch, .kick]

    /// How people write its name.
    var title: String {
        switch self {
        case .twitch: "Twitch"
        case .kick: "Kick"
        case .streamvibes: "StreamVibes"
        }
    }
}
