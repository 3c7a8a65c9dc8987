/// The picture of a person on Twitch, who is known by their id.
///
/// It does not tell where the picture is: ``TwitchPictures`` looks that up.
struct TwitchAvatar: Sendable, Hashable {
    let userId: String

    /// The picture of a person, or `nil` for a text that can be nobody's id: `^[1-9][0-9]{0,17}$`.
    init?(userId: String) {
        guard PictureKey.isNumber(userId) else { return nil }
        self.userId = userId
    }

    /// Where this host serves it.
    var path: String { String(joining: ["/img/twitch/avatar/", userId]) }
}
