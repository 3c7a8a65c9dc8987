/// The platforms of this host: each is one folder here and one word in this list.
extension Settings {
    static let platformTypes: [any PlatformSettings.Type] = [TwitchSettings.self, KickSettings.self]

    /// What every part reads for itself.
    static let used = ownNames + platformTypes.flatMap { $0.names }

    /// Reads the settings from where they were given, each checked.
    init(_ source: SettingsSource) throws(SettingsError) {
        try self.init(source, parts: Self.platformTypes)
    }

    /// What is set for each platform, in the order of the list.
    var platforms: [any PlatformSettings] { parts.compactMap { $0 as? any PlatformSettings } }
}

extension PictureSource {
    /// Every server that has pictures.
    static let all = Settings.platformTypes.flatMap { $0.pictureSources }
}
