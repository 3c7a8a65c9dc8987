import Logging

/// What an operator sets for Kick.
struct KickSettings: PlatformSettings {
    static let platform = Platform.kick
    static let names = [
        "KICK_CLIENT_ID", "KICK_CLIENT_SECRET", "KICK_AUTH_URL", "KICK_API_URL", "KICK_PUBLIC_KEY", "KICK_CDN_URL",
        "KICK_CHAT_WS_URL",
    ]
    static let pictureSources: [PictureSource] = [.kick]

    let application: PlatformApplication?
    /// What deliveries are held against; `nil` means the key that Kick gives.
    let publicKey: KickPublicKey?
    /// Where chat is read beside what Kick delivers; `nil` means nowhere.
    let chatSocket: KickChatSocket?
    let pictureServers: [PictureSource: String]

    init(_ source: SettingsSource) throws(SettingsError) {
        application = try PlatformApplication(
            source,
            prefix: "KICK",
            authURL: "https://id.kick.com",
            apiURL: "https://api.kick.com"
        )
        publicKey = try source.value(
            "KICK_PUBLIC_KEY",
            wanted: "the path of a PEM file with an RSA public key of 2048 bits or more"
        ) { KickPublicKey(path: $0) }
        chatSocket = try source.value("KICK_CHAT_WS_URL", wanted: KickChatSocket.wanted) { KickChatSocket($0) }
        pictureServers = [
            .kick: try Settings.origin(source, "KICK_CDN_URL", usual: PictureSource.kick.documentedBase)
        ]
    }

    func hosted(at address: PublicAddress, _ http: PlatformHTTP) -> any HostedPlatform {
        HostedKick(settings: self, http: http, adapter: KickAdapter(self, address, http))
    }
}

extension Settings {
    var kick: KickSettings { self[KickSettings.self] }
}

/// Kick put together.
private struct HostedKick: HostedPlatform {
    let settings: KickSettings
    let http: PlatformHTTP
    let adapter: (any PlatformAdapter)?

    func intake(in place: IntakePlace) -> any PlatformIntake { KickIntake(settings, http, in: place) }

    func pictures(_ channels: ChannelStore, _ logger: Logger) -> [PictureRoute] { KickPictureAddresses.routes }
}
