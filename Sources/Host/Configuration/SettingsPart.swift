/// Settings of one part of the host, which alone knows what they mean.
///
/// They are read and checked together with all others (``Settings``); the part finds its own by their type.
protocol SettingsPart: Sendable {
    /// What the settings are called in the environment.
    static var names: [String] { get }

    /// Reads them from where they were given, each checked.
    init(_ source: SettingsSource) throws(SettingsError)
}
