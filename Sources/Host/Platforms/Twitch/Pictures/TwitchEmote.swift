/// An emote of Twitch, known by its id alone.
///
/// The id is all of a request or a delivery that ever gets into an address, so none passes that could leave its place
/// in a path.
struct TwitchEmote: Sendable, Hashable {
    let id: String

    /// The emote of an id, or `nil` for a text that can be none: `^[A-Za-z0-9_-]{1,100}$`.
    init?(id: String) {
        guard PictureKey.isWord(id, upTo: 100) else { return nil }
        self.id = id
    }

    /// Where this host serves it.
    var path: String { String(joining: ["/img/twitch/emote/", id]) }

    /// Where Twitch has it: animated where there is such a form, for dark backgrounds, 112 px high.
    ///
    /// https://dev.twitch.tv/docs/irc/emotes/#cdn-template
    var key: PictureKey {
        PictureKey(.twitch, checkedPath: PictureSource.emoteFolder + id + PictureSource.emoteForm)
    }
}
