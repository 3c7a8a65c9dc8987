import WidgetAPI

/// The settings that every widget has besides its own: whether it wears the theme's colours or some of its own.
///
/// In a config they are `useThemeColors` (default true) and `colorOverrides` (`{background,text,accent}`, `#RRGGBB`,
/// each optional).
struct WidgetAppearance: Equatable {
    private static let useThemeColors = ConfigSchema.Field(
        "useThemeColors",
        .boolean,
        default: true,
        title: "Use the theme's colours"
    )
    private static let overrides = "colorOverrides"
    /// The CSS variable of each colour that may be overridden.
    private static let variables: [(name: String, variable: String)] = [
        ("background", "--th-background"), ("text", "--th-text"), ("accent", "--th-accent"),
    ]

    /// Rules that come before the widget's own style sheet; empty for the theme as it is.
    let styleSheet: String
    /// The settings that are left for the widget itself.
    let ownConfig: JSONValue

    /// Takes the common settings out of a config.
    init(of config: JSONValue) throws(ConfigError) {
        guard var settings = config.objectValue else {
            styleSheet = ""
            ownConfig = config
            return
        }
        var common = JSONObject()
        common[Self.useThemeColors.name] = settings[Self.useThemeColors.name]
        let checked = try ConfigSchema([Self.useThemeColors]).validate(.object(common))
        let colors = try Self.colors(settings[Self.overrides] ?? [:])
        settings[Self.useThemeColors.name] = nil
        settings[Self.overrides] = nil
        ownConfig = .object(settings)
        let wearsTheme = checked[Self.useThemeColors.name]?.boolValue ?? true
        styleSheet = wearsTheme || colors.isEmpty ? "" : ":host{\(colors.joined(separator: ";"))}"
    }

    private static func colors(_ overrides: JSONValue) throws(ConfigError) -> [String] {
        let fields = variables.map { ConfigSchema.Field($0.name, .color, default: "#000000", title: $0.name) }
        _ = try ConfigSchema(fields).validate(overrides)
        return variables.compactMap { name, variable in
            overrides[name]?.stringValue.map { "\(variable):\($0)" }
        }
    }
}
