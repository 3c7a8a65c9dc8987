/// What an operator sets for a platform, and all that follows from it: a platform's folder begins here.
protocol PlatformSettings: SettingsPart {
    static var platform: Platform { get }
    /// The servers that have its pictures.
    static var pictureSources: [PictureSource] { get }

    /// What the operator has registered there; without one nobody signs in with it.
    var application: PlatformApplication? { get }
    /// Where those servers are for this host: scheme, host and port, without a slash at the end.
    var pictureServers: [PictureSource: String] { get }

    /// Why it would not send people back to this address, for the operator; `nil` where it would.
    func objection(to address: PublicAddress) -> String?

    /// Whether the settings fit together, and fit this address of a host that listens on that port, as the doctor
    /// says it.
    func finding(at address: PublicAddress, listeningOn port: Int) -> Finding

    /// Which of its servers have to answer for what is set to work, most important first.
    func servers(at address: PublicAddress) -> [PlatformServer]

    /// The platform put together.
    func hosted(at address: PublicAddress, _ http: PlatformHTTP) -> any HostedPlatform
}

/// A server of a platform that has to answer.
struct PlatformServer: Sendable {
    /// What the doctor calls it.
    let place: String
    /// Begins with `http` or `ws`.
    let url: String
    /// What does not work without it.
    let serves: String
    /// Nothing that is stored depends on it.
    var isOrnament = false
}
