/// A cheer in a Twitch chat, as a picture.
///
/// Its name does not tell where the picture is: ``TwitchPictures`` looks that up.
struct TwitchCheermote: Sendable, Hashable {
    /// The channel whose own it may be.
    let channelId: String
    /// What stands before the number of bits, in lower case.
    let prefix: String
    /// The bits from which on it looks like that.
    let tier: Int

    /// Twitch's tiers; not every cheermote has a picture for each.
    ///
    /// https://dev.twitch.tv/docs/api/reference/#get-cheermotes
    static let tiers = [1, 100, 500, 1000, 5000, 10_000, 100_000]

    /// The cheer of so many bits in that channel's chat, or `nil` for words that could leave their place in a path.
    ///
    /// The prefix is `^[A-Za-z0-9_-]{1,60}$`, the channel's id is `^[1-9][0-9]{0,17}$`.
    init?(prefix: String, bits: Int, inChatOf channelId: String) {
        guard let tier = Self.tiers.last(where: { $0 <= bits }), PictureKey.isWord(prefix, upTo: 60),
            PictureKey.isNumber(channelId)
        else { return nil }
        self.channelId = channelId
        self.prefix = prefix.lowercased()
        self.tier = tier
    }

    /// The cheer of an address, which names one of ``tiers``.
    init?(channelId: String, prefix: String, tier: String) {
        guard let tier = Self.tiers.first(where: { String($0) == tier }) else { return nil }
        self.init(prefix: prefix, bits: tier, inChatOf: channelId)
    }

    /// What widgets know it by.
    var id: String { prefix + String(tier) }

    /// Where this host serves it.
    var path: String { String(joining: ["/img/twitch/cheermote/", channelId, "/", prefix, "/", String(tier)]) }
}
