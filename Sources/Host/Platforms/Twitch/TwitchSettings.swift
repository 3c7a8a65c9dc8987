import Logging

/// What an operator sets for Twitch.
struct TwitchSettings: PlatformSettings {
    static let platform = Platform.twitch
    static let names = [
        "TWITCH_CLIENT_ID", "TWITCH_CLIENT_SECRET", "TWITCH_AUTH_URL", "TWITCH_API_URL", "TWITCH_EVENTSUB_SECRET",
        "TWITCH_EVENTSUB_WS_URL", "TWITCH_IRC_URL", "TWITCH_CDN_URL", "TWITCH_CHEERMOTE_CDN_URL",
    ]
    static let pictureSources: [PictureSource] = [.twitch, .cheermote]

    let application: PlatformApplication?
    /// What deliveries are signed with; without one none are taken.
    let eventSubSecret: TwitchSecret?
    /// Where sockets for events begin.
    let eventSubSocket: String
    /// Where sockets for chat begin.
    let chatSocket: String
    let pictureServers: [PictureSource: String]

    init(_ source: SettingsSource) throws(SettingsError) {
        application = try PlatformApplication(
            source,
            prefix: "TWITCH",
            authURL: "https://id.twitch.tv",
            apiURL: "https://api.twitch.tv/helix"
        )
        eventSubSecret = try source.value(
            "TWITCH_EVENTSUB_SECRET",
            wanted: "10 to 100 ASCII characters",
            isSecret: true
        ) { try? TwitchSecret($0) }
        eventSubSocket = try Settings.socket(
            source,
            "TWITCH_EVENTSUB_WS_URL",
            usual: "wss://eventsub.wss.twitch.tv/ws"
        )
        chatSocket = try Settings.socket(source, "TWITCH_IRC_URL", usual: "wss://irc-ws.chat.twitch.tv:443")
        pictureServers = [
            .twitch: try Settings.origin(source, "TWITCH_CDN_URL", usual: PictureSource.twitch.documentedBase),
            .cheermote: try Settings.origin(
                source,
                "TWITCH_CHEERMOTE_CDN_URL",
                usual: PictureSource.cheermote.documentedBase
            ),
        ]
    }

    /// Where Twitch posts, and what it signs with; `nil` where it cannot, or may not.
    ///
    /// It posts to HTTPS at port 443 alone; without a secret nobody could tell that it was Twitch.
    func webhook(at address: PublicAddress) -> (callback: String, secret: TwitchSecret)? {
        guard address.isSecure, address.hasUsualPort, let eventSubSecret else { return nil }
        return ("\(address.text)/api/webhooks/twitch", eventSubSecret)
    }

    func hosted(at address: PublicAddress, _ http: PlatformHTTP) -> any HostedPlatform {
        HostedTwitch(settings: self, twitch: TwitchAdapter(self, address, http))
    }
}

extension Settings {
    var twitch: TwitchSettings { self[TwitchSettings.self] }
}

/// Twitch put together.
private struct HostedTwitch: HostedPlatform {
    let settings: TwitchSettings
    let twitch: TwitchAdapter?

    var adapter: (any PlatformAdapter)? { twitch }

    func intake(in place: IntakePlace) -> any PlatformIntake { TwitchIntake(settings, twitch, in: place) }

    func pictures(_ channels: ChannelStore, _ logger: Logger) -> [PictureRoute] {
        TwitchPictures.routes(twitch?.pictures(channels, logger))
    }
}
