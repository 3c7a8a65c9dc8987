/// An emote of Twitch, known by its id alone.
///
/// The id is all of a request or a delivery that ever gets into an address, so none passes that could leave its place
/// in a path.
struct TwitchEmote: Sendable, Hashable {
    let id: String

    /// The emote of an id, or `nil` for a text that can be none: `^[A-Za-z0-9_-]{1,100}$`.
    init?(id: String) {
        guard (1...100).contains(id.utf8.count), id.utf8.allSatisfy(Self.isPlain) else { return nil }
        self.id = id
    }

    /// The emote whose picture a file of the cache is, or `nil`.
    init?(fileName: String) {
        guard fileName.hasPrefix(Self.filePrefix) else { return nil }
        self.init(id: String(fileName.dropFirst(Self.filePrefix.count)))
    }

    /// Where this host serves it.
    var path: String { "/img/twitch/emote/\(id)" }

    /// Where Twitch has it: animated where there is such a form, for dark backgrounds, 112 px high.
    ///
    /// https://dev.twitch.tv/docs/irc/emotes/#cdn-template
    var sourcePath: String { "/emoticons/v2/\(id)/default/dark/3.0" }

    /// What its picture is called in the cache.
    var fileName: String { Self.filePrefix + id }

    private static let filePrefix = "twitch-emote-"

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
