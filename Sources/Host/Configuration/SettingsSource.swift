/// Where settings come from, first found wins: command line, environment, file.
struct SettingsSource: Sendable {
    /// Options given at the command line, under the environment's names.
    var options: [String: String] = [:]
    var environment: [String: String] = [:]
    var file: SettingsFile = .init(values: [:])

    /// The names of the options, for errors that speak of what was typed.
    private static let optionNames = [
        "STREAMVIBES_HOSTNAME": "--hostname", "STREAMVIBES_PORT": "--port", "STREAMVIBES_DATA_DIR": "--data-dir",
    ]

    /// A setting's value, or `nil` when nobody gave one.
    ///
    /// `name` is the environment's, `wanted` says what fits in words, `read` makes the value of the text or `nil` when
    /// it does not fit. The error for a secret does not repeat the value.
    func value<T>(
        _ name: String,
        wanted: String,
        isSecret: Bool = false,
        read: (String) -> T?
    ) throws(SettingsError) -> T? {
        guard let (text, origin) = find(name) else { return nil }
        guard let value = read(text) else {
            throw SettingsError(
                setting: label(name, origin),
                value: isSecret ? nil : text,
                wanted: wanted,
                origin: origin
            )
        }
        return value
    }

    /// Whether anybody gave this setting.
    func isGiven(_ name: String) -> Bool { find(name) != nil }

    private func find(_ name: String) -> (String, SettingsError.Origin)? {
        if let text = options[name] { return (text, .commandLine) }
        if let text = environment[name], !text.isEmpty { return (text, .environment) }
        if let text = file.values[SettingsFile.key(name)] { return (text, .file) }
        return nil
    }

    private func label(_ name: String, _ origin: SettingsError.Origin) -> String {
        switch origin {
        case .commandLine: Self.optionNames[name] ?? name
        case .environment: name
        case .file: SettingsFile.key(name)
        }
    }
}
