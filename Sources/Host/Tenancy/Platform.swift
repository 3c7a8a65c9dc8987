/// Where an event came from.
enum Platform: String, Sendable, CaseIterable {
    case twitch, kick
    /// Services that tell of a streamer's tips.
    case kofi, stripe, buymeacoffee
    /// What the host itself writes into a log.
    case streamvibes

    /// The platforms on which a streamer can have a channel.
    static let ofChannels: [Platform] = [.twitch, .kick]
    /// Those of them that tell nobody how many follow a channel, so that the streamer says how many there were.
    static let withoutFollowers: [Platform] = [.kick]
    /// Where made-up events come from when nobody says.
    static let usual = Platform.twitch
    /// The choice among those with channels, as a sentence names it.
    static let choiceOfChannels = ofChannels.map(\.rawValue).joined(separator: " or ")

    /// How people write its name.
    var title: String {
        switch self {
        case .twitch: "Twitch"
        case .kick: "Kick"
        case .kofi: "Ko-fi"
        case .stripe: "Stripe"
        case .buymeacoffee: "Buy Me a Coffee"
        case .streamvibes: "StreamVibes"
        }
    }
}
