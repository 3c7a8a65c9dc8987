import WidgetAPI

/// Colours, fonts and shape of a streamer's overlay, as CSS variables.
struct Theme: Sendable, Equatable {
    let id: Identifier<Theme>
    var name: String
    /// Whether new layouts wear it.
    var isDefault = false
    var variables: Variables

    /// As the API shows it.
    var json: JSONValue {
        [
            "id": .string(id.text), "name": .string(name), "isDefault": .bool(isDefault), "variables": variables.json,
        ]
    }

    /// The values a theme sets; `backgroundAlpha` 0 to 1, `radius` and `spacing` in pixels, `fontScale` .85, 1 or 1.2.
    struct Variables: Sendable, Equatable, JSONConvertible {
        var primary: String
        var secondary: String
        var accent: String
        var background: String
        var backgroundAlpha: Double
        var text: String
        var mutedText: String
        var radius: Int64
        var spacing: Int64
        var headingFont: String
        var bodyFont: String
        var fontScale: Double

        /// The preset every streamer starts with.
        ///
        /// Its text reads at 12.3 : 1 at worst, whatever game is behind it.
        static let signal = Variables(
            primary: "#5EA8FF",
            secondary: "#3DD68C",
            accent: "#F5B942",
            background: "#10141C",
            backgroundAlpha: 0.86,
            text: "#FFFFFF",
            mutedText: "#C3CBD9",
            radius: 12,
            spacing: 8,
            headingFont: "Inter",
            bodyFont: "Inter",
            fontScale: 1
        )
    }

    /// The CSS variables of the overlay page, in a fixed order.
    var cssVariables: JSONObject {
        [
            "--th-primary": .string(variables.primary),
            "--th-secondary": .string(variables.secondary),
            "--th-accent": .string(variables.accent),
            "--th-background": .string(variables.background),
            "--th-background-alpha": .string("\(variables.backgroundAlpha)"),
            "--th-text": .string(variables.text),
            "--th-muted": .string(variables.mutedText),
            "--th-radius": .string("\(variables.radius)px"),
            "--th-space": .string("\(variables.spacing)px"),
            "--th-font-head": .string("\"\(variables.headingFont)\", system-ui, sans-serif"),
            "--th-font-body": .string("\"\(variables.bodyFont)\", system-ui, sans-serif"),
            "--th-scale": .string("\(variables.fontScale)"),
        ]
    }
}

extension Theme.Variables {
    /// Every variable as the API calls it.
    static let names = signal.json.objectValue?.members.map(\.name) ?? []

    init?(json: JSONValue) {
        guard let primary = json["primary"]?.stringValue, let secondary = json["secondary"]?.stringValue,
            let accent = json["accent"]?.stringValue, let background = json["background"]?.stringValue,
            let backgroundAlpha = json["backgroundAlpha"]?.numberValue, let text = json["text"]?.stringValue,
            let mutedText = json["mutedText"]?.stringValue, let radius = json["radius"]?.integerValue,
            let spacing = json["spacing"]?.integerValue, let headingFont = json["headingFont"]?.stringValue,
            let bodyFont = json["bodyFont"]?.stringValue, let fontScale = json["fontScale"]?.numberValue
        else { return nil }
        self.init(
            primary: primary,
            secondary: secondary,
            accent: accent,
            background: background,
            backgroundAlpha: backgroundAlpha,
            text: text,
            mutedText: mutedText,
            radius: radius,
            spacing: spacing,
            headingFont: headingFont,
            bodyFont: bodyFont,
            fontScale: fontScale
        )
    }

    var json: JSONValue {
        [
            "primary": .string(primary), "secondary": .string(secondary), "accent": .string(accent),
            "background": .string(background), "backgroundAlpha": .number(backgroundAlpha), "text": .string(text),
            "mutedText": .string(mutedText), "radius": .integer(radius), "spacing": .integer(spacing),
            "headingFont": .string(headingFont), "bodyFont": .string(bodyFont), "fontScale": .number(fontScale),
        ]
    }
}
