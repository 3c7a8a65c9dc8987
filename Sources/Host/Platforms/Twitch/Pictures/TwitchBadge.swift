/// A badge beside a name in a Twitch chat.
///
/// Its set and version do not tell where its picture is: ``TwitchPictures`` looks that up.
struct TwitchBadge: Sendable, Hashable {
    /// The channel whose own it may be; `nil` for one that is the same everywhere.
    let channelId: String?
    let set: String
    let version: String

    /// What stands in addresses in place of a channel.
    static let everywhere = "global"

    /// The badge as it is told in that channel's chat, or `nil` for words that could leave their place in a path.
    ///
    /// Set and version are `^[A-Za-z0-9_-]{1,60}$`, the channel's id is `^[1-9][0-9]{0,17}$`.
    init?(set: String, version: String, inChatOf channelId: String) {
        self.init(ofChannel: Self.canBelongToChannel(set) ? channelId : nil, set: set, version: version)
    }

    /// The badge of an address: `place` is a channel's id, or ``everywhere``.
    init?(place: String, set: String, version: String) {
        self.init(ofChannel: place == Self.everywhere ? nil : place, set: set, version: version)
    }

    /// The badge of a channel, or of all of them.
    private init?(ofChannel channelId: String?, set: String, version: String) {
        guard PictureKey.isWord(set, upTo: 60), PictureKey.isWord(version, upTo: 60) else { return nil }
        if let channelId, !PictureKey.isNumber(channelId) { return nil }
        self.channelId = channelId
        self.set = set
        self.version = version
    }

    /// Whether a channel can have its own pictures of that set.
    ///
    /// https://dev.twitch.tv/docs/api/reference/#get-channel-chat-badges
    private static func canBelongToChannel(_ set: String) -> Bool { set == "subscriber" || set == "bits" }

    /// Where this host serves it.
    var path: String { String(joining: ["/img/twitch/badge/", channelId ?? Self.everywhere, "/", set, "/", version]) }
}
