import WidgetAPI

extension EventsWidget.Config {
    /// All settings, in the order of the form.
    static let schema = ConfigSchema(
        shown + look + timing + sound + AlertKind.allCases.flatMap(kindFields) + [variations]
    )

    /// Long enough for two lines of an alert.
    private static let templateLength = 0...200
    private static let assetLength = 0...300
    /// Shorter, nobody could read it.
    static let shortestSeconds: Int64 = 3

    private static let shown: [ConfigSchema.Field] = {
        let group = "What is shown"
        return [
            .init("showFollows", .boolean, default: true, title: "Follows", group: group),
            .init(
                "showSubs",
                .boolean,
                default: true,
                title: "Subscriptions",
                description: "New ones, renewals, gifts and gift bombs.",
                group: group
            ),
            .init("showTips", .boolean, default: true, title: "Tips, bits and kicks", group: group),
            .init("showRaids", .boolean, default: true, title: "Raids", group: group),
            .init("showRedemptions", .boolean, default: true, title: "Channel rewards", group: group),
            .init(
                "minTipAmount",
                .integer(0...100_000_000),
                default: 100,
                title: "Smallest tip",
                description: "In the smallest unit of its currency: 100 is $1.00, €1.00 or ¥100.",
                group: group,
                when: .init("showTips", is: true)
            ),
            .init(
                "minBits",
                .integer(1...1_000_000),
                default: 1,
                title: "Fewest bits",
                group: group,
                unit: "bits",
                when: .init("showTips", is: true)
            ),
            .init(
                "minKicks",
                .integer(1...1_000_000),
                default: 1,
                title: "Fewest kicks",
                group: group,
                unit: "kicks",
                when: .init("showTips", is: true)
            ),
            .init(
                "minRaidViewers",
                .integer(0...1_000_000),
                default: 1,
                title: "Smallest raid",
                group: group,
                unit: "viewers",
                when: .init("showRaids", is: true)
            ),
            .init("showProfilePictures", .boolean, default: true, title: "Profile pictures", group: group),
            .init("showMessage", .boolean, default: true, title: "Messages", group: group),
            .init(
                "showEmotes",
                .boolean,
                default: true,
                title: "Emotes in messages",
                description: "Changes nothing yet: events bring their messages as plain text.",
                group: group,
                when: .init("showMessage", is: true)
            ),
            .init(
                "showAmount",
                .boolean,
                default: true,
                title: "Amounts",
                description: "When off, {amount} stays empty too.",
                group: group
            ),
            .init(
                "showTier",
                .boolean,
                default: true,
                title: "Tiers",
                description: "When off, {tier} stays empty too.",
                group: group
            ),
        ]
    }()

    private static let look: [ConfigSchema.Field] = {
        let group = "Look"
        return [
            .init(
                "layout",
                .choice([
                    .init("above", title: "Picture above"), .init("side", title: "Picture beside"), .init("banner"),
                ]),
                default: "side",
                title: "Layout",
                description: "A banner is as wide as its place and has one row.",
                group: group
            ),
            .init("size", choice(Size.self), default: "standard", title: "Size", group: group),
            .init("fontSize", choice(FontSize.self), default: "medium", title: "Text size", group: group),
            .init("position", choice(Position.self), default: "center", title: "Position in its place", group: group),
            .init("animation", choice(AlertAnimation.self), default: "fade", title: "Animation", group: group),
        ]
    }()

    private static let timing: [ConfigSchema.Field] = {
        let group = "Timing"
        return [
            .init(
                "displayDuration",
                .integer(shortestSeconds...15),
                default: 5,
                title: "Time on screen",
                description: "A change counts from the next alert on.",
                group: group,
                unit: "s"
            ),
            .init(
                "textDelay",
                .integer(0...5000, multipleOf: 100),
                default: 0,
                title: "Text comes in after",
                group: group,
                unit: "ms"
            ),
            .init(
                "maxAge",
                .integer(0...1440),
                default: 60,
                title: "Alerts wait for an overlay",
                description:
                    "Alerts that come while no overlay is open are shown when one opens, unless they are older "
                    + "than this. 0 keeps them all.",
                group: group,
                unit: "min"
            ),
        ]
    }()

    private static let sound: [ConfigSchema.Field] = {
        let group = "Sound"
        return [
            .init("soundEnabled", .boolean, default: true, title: "Sounds", group: group),
            .init(
                "soundVolume",
                .integer(0...100),
                default: 80,
                title: "Volume",
                group: group,
                unit: "%",
                when: .init("soundEnabled", is: true)
            ),
            .init(
                "ttsEnabled",
                .boolean,
                default: false,
                title: "Read messages aloud",
                description: "Speaks nothing yet.",
                group: group
            ),
        ]
    }()

    private static func kindFields(_ kind: AlertKind) -> [ConfigSchema.Field] {
        let (name, group) = (kind.rawValue, kind.groupTitle)
        let when = ConfigSchema.Condition(kind.switchName, is: true)
        let variables = AlertTemplate.Variable.allCases.filter { $0.isKnown(of: kind) }.map { "{\($0.rawValue)}" }
        return [
            .init(
                "\(name)Enabled",
                .boolean,
                default: true,
                title: "On",
                group: group,
                when: when
            ),
            .init(
                "\(name)Template",
                .text(templateLength),
                default: .string(kind.usualTemplate),
                title: "Text",
                description: "May hold \(variables.joined(separator: " ")).",
                group: group,
                when: when
            ),
            .init(
                "\(name)Image",
                .text(assetLength, .assetImage),
                default: "",
                title: "Picture",
                description: "Shown where there is no profile picture. Empty: a sign of its own.",
                group: group,
                when: when
            ),
            .init(
                "\(name)Video",
                .text(assetLength, .assetVideo),
                default: "",
                title: "Video",
                description: "Shows nothing yet.",
                group: group,
                when: when
            ),
            .init(
                "\(name)Sound",
                .text(assetLength, .assetSound),
                default: "",
                title: "Sound",
                description: "Empty: the chime.",
                group: group,
                when: when
            ),
            .init(
                "\(name)Volume",
                .integer(0...100),
                default: 100,
                title: "Volume",
                description: "Of the volume of all alerts.",
                group: group,
                unit: "%",
                when: when
            ),
            .init(
                "\(name)Duration",
                .integer(0...15),
                default: 0,
                title: "Time on screen",
                description: "0 is as long as all alerts; others are at least \(shortestSeconds).",
                group: group,
                unit: "s",
                when: when
            ),
        ]
    }

    private static let variations = ConfigSchema.Field(
        "variations",
        .list(of: .object(AlertVariation.fields), maximum: 20),
        default: [],
        title: "Variations",
        description: "Another text, picture, sound, time or animation for some alerts of a kind.",
        group: "Variations"
    )

    private static func choice<Word: CaseIterable & RawRepresentable<String>>(_ words: Word.Type) -> ConfigSchema.Kind {
        .choice(words.allCases.map { .init($0.rawValue) })
    }
}
