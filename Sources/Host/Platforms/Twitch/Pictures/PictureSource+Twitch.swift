extension PictureSource {
    /// Emotes, badges and people of Twitch; most pictures by far are emotes.
    static let twitch = PictureSource(
        name: "twitch",
        documentedBase: "https://static-cdn.jtvnw.net",
        shorthand: Shorthand(filePrefix: "twitch-emote-", folder: emoteFolder, form: emoteForm, wordLimit: 100)
    )

    /// Cheermotes, which Twitch keeps elsewhere.
    static let cheermote = PictureSource(
        name: "cheermote",
        documentedBase: "https://d3aqoihi2n8ty8.cloudfront.net"
    )

    static let emoteFolder = "/emoticons/v2/"
    /// Animated where there is such a form, for dark backgrounds, 112 px high.
    static let emoteForm = "/default/dark/3.0"
}
