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

    /// The emote whose picture a file of the cache is, or `nil`.
    init?(fileName: String) {
        guard fileName.hasPrefix(Self.filePrefix) else { return nil }
        self.init(id: String(fileName.dropFirst(Self.filePrefix.count)))
    }

    /// The emote whose picture that is, or `nil`.
    init?(key: PictureKey) {
        guard key.source == .twitch, key.path.hasPrefix(Self.folder), key.path.hasSuffix(Self.form) else { return nil }
        self.init(id: String(key.path.dropFirst(Self.folder.count).dropLast(Self.form.count)))
    }

    /// Where this host serves it.
    var path: String { String(joining: ["/img/twitch/emote/", id]) }

    /// Where Twitch has it: animated where there is such a form, for dark backgrounds, 112 px high.
    ///
    /// https://dev.twitch.tv/docs/irc/emotes/#cdn-template
    var key: PictureKey { PictureKey(.twitch, checkedPath: Self.folder + id + Self.form) }

    /// What its picture is called in the cache.
    var fileName: String { Self.filePrefix + id }

    private static let filePrefix = "twitch-emote-"
    private static let folder = "/emoticons/v2/"
    private static let form = "/default/dark/3.0"
}
