import WidgetAPI

/// What a streamer chose for a widget, and the version of the type under which it was chosen.
struct WidgetSettings: Sendable, Equatable, JSONConvertible {
    let version: String
    let config: JSONValue

    init(version: String, config: JSONValue) {
        self.version = version
        self.config = config
    }

    /// Reads `{version,config}`.
    init?(json: JSONValue) {
        guard let version = json["version"]?.stringValue, let config = json["config"] else { return nil }
        self.init(version: version, config: config)
    }

    var json: JSONValue { ["version": .string(version), "config": config] }

    /// The settings as the type reads them today: of this version, complete and checked.
    func current(for kind: some Widget) throws(ConfigError) -> JSONObject {
        try current(for: BuiltinKind(type: kind))
    }

    /// The settings as the type reads them today: of this version, complete and checked.
    func current(for kind: some WidgetKind) throws(ConfigError) -> JSONObject {
        let schema = ConfigSchema(everySettingOf: kind.manifest)
        guard let config = config.objectValue, version != kind.manifest.version else {
            return try schema.validate(config)
        }
        return try schema.validate(.object(kind.migrate(config: config, from: version)))
    }
}

extension ConfigSchema {
    private static let useThemeColors = "useThemeColors"
    private static let colorOverrides = "colorOverrides"
    private static let platforms = "platforms"

    /// A type's own settings and those that the host gives every widget.
    init(everySettingOf manifest: WidgetManifest) {
        let appearance = "Appearance"
        let color = Kind.text(0...7, .color)
        self.init(
            manifest.configSchema.fields + [
                .init(
                    Self.platforms,
                    .list(
                        of: .choice(Platform.ofChannels.map { .init($0.rawValue, title: $0.title) }),
                        maximum: Platform.ofChannels.count,
                        isSet: true
                    ),
                    default: .array(Platform.ofChannels.map { .string($0.rawValue) }),
                    title: "Platforms",
                    description:
                        "Events of other platforms do not reach this widget. A change clears their chat; what has been "
                        + "counted stays counted.",
                    group: "Platforms"
                ),
                .init(
                    Self.useThemeColors,
                    .boolean,
                    default: true,
                    title: "Use the theme's colours",
                    group: appearance
                ),
                .init(
                    Self.colorOverrides,
                    .object([
                        .init("background", color, default: "", title: "Background"),
                        .init("text", color, default: "", title: "Text"),
                        .init("accent", color, default: "", title: "Accent"),
                    ]),
                    default: ["background": "", "text": "", "accent": ""],
                    title: "Colours of this widget alone",
                    description: "An empty colour is the theme's.",
                    group: appearance,
                    when: .init(Self.useThemeColors, is: false)
                ),
            ]
        )
    }

    /// The rules that come before a widget's own style sheet; empty for the theme as it is.
    static func styleSheet(of settings: JSONObject) -> String {
        guard settings[useThemeColors]?.boolValue == false, let overrides = settings[colorOverrides] else { return "" }
        let rules = ["background", "text", "accent"].compactMap { name in
            overrides[name]?.stringValue.flatMap { $0.isEmpty ? nil : "--th-\(name):\($0)" }
        }
        return rules.isEmpty ? "" : ":host{\(rules.joined(separator: ";"))}"
    }

    /// Whether a widget with these settings is given events of that platform; what the host writes is for everybody.
    static func admits(_ platform: String, _ settings: JSONObject) -> Bool {
        guard Platform.ofChannels.contains(where: { $0.rawValue == platform }) else { return true }
        return settings[platforms]?.arrayValue?.contains(.string(platform)) ?? true
    }
}
