import WidgetAPI

extension ChatWidget.Config {
    /// Bots that most channels have heard of, by their login.
    static let wellKnownBots = [
        "botrix", "botrixoficial", "commanderroot", "fossabot", "kickbot", "moobot", "nightbot",
        "pokemoncommunitygame", "sery_bot", "soundalerts", "streamelements", "streamlabs", "wizebot",
    ]

    static let schema = ConfigSchema(messageFields + lookFields + nameFields + filterFields + soundFields)

    private static let messageFields: [ConfigSchema.Field] = [
        .init("maxMessages", .integer(5...50), default: 15, title: "Messages on screen", group: "Messages"),
        .init(
            "messageTimeout",
            .integer(0...300),
            default: 0,
            title: "A message leaves after",
            description: "0 keeps every message until newer ones push it out.",
            group: "Messages",
            unit: "s"
        ),
        .init(
            "maxPerSecond",
            .integer(1...50),
            default: 20,
            title: "Messages per second",
            description: "What is written beyond that within a second is counted in one line, such as +37 messages.",
            group: "Messages"
        ),
        .init(
            "direction",
            .choice([
                .init("up", title: "Up, newest at the bottom"), .init("down", title: "Down, newest on top"),
            ]),
            default: "up",
            title: "Messages move",
            group: "Messages"
        ),
        .init(
            "animation",
            choice(of: Animation.self),
            default: "slide",
            title: "Animation",
            description: "How a message comes in, and with a time limit how it leaves.",
            group: "Messages"
        ),
    ]

    private static let lookFields: [ConfigSchema.Field] = [
        .init("fontSize", choice(of: FontSize.self), default: "medium", title: "Text size", group: "Look"),
        .init(
            "font",
            .text(0...64, .font),
            default: "",
            title: "Font",
            description: "A font of the computer that shows the overlay; empty takes the theme's.",
            group: "Look"
        ),
        .init(
            "showAvatars",
            .boolean,
            default: true,
            title: "Show profile pictures",
            description: "Where the platform gives them.",
            group: "Look"
        ),
        .init("showPlatform", .boolean, default: true, title: "Show the platform", group: "Look"),
        .init("showBadges", .boolean, default: true, title: "Show badges", group: "Look"),
        .init(
            "badges",
            .list(
                of: .choice([
                    .init("broadcaster"), .init("moderator"), .init("vip", title: "VIP"), .init("subscriber"),
                    .init("other"),
                ]),
                maximum: BadgeKind.allCases.count,
                isSet: true
            ),
            default: .array(BadgeKind.allCases.map { .string($0.rawValue) }),
            title: "Kinds of badges",
            description: "Other badges are shown where the platform gives their picture.",
            group: "Look",
            when: .init("showBadges", is: true)
        ),
        .init(
            "highlightRoles",
            .boolean,
            default: true,
            title: "Mark what the team writes",
            description: "A coloured edge for the broadcaster, moderators, VIPs and subscribers.",
            group: "Look"
        ),
        .init(
            "showCountryFlag",
            .boolean,
            default: true,
            title: "Show country flags",
            description: "Shows nothing until a platform tells where a viewer is from.",
            group: "Look"
        ),
        .init("showTimestamps", .boolean, default: false, title: "Show times (UTC)", group: "Look"),
        .init(
            "showEmotes",
            .boolean,
            default: true,
            title: "Show emotes as pictures",
            description: "Otherwise their names.",
            group: "Look"
        ),
    ]

    private static let nameFields: [ConfigSchema.Field] = [
        .init(
            "nameColors",
            .choice([
                .init("platform", title: "The viewer's own"), .init("generated", title: "One for each viewer"),
            ]),
            default: "platform",
            title: "Colours of names",
            description: "A viewer without a colour on the platform gets one that stays theirs.",
            group: "Names"
        ),
        .init(
            "nameSaturation",
            .integer(0...100),
            default: 70,
            title: "Saturation",
            description: "Of the colours that are not the viewer's own.",
            group: "Names",
            unit: "%"
        ),
        .init(
            "nameLightness",
            .integer(0...100),
            default: 65,
            title: "Lightness",
            description: "A colour too dark to be read on a dark panel is lightened until it can be.",
            group: "Names",
            unit: "%"
        ),
    ]

    private static let filterFields: [ConfigSchema.Field] = [
        .init("hideBots", .boolean, default: false, title: "Hide bots", group: "Hidden"),
        .init(
            "botNames",
            .list(of: .text(1...50), maximum: 100),
            default: .array(wellKnownBots.map { .string($0) }),
            title: "Bots",
            group: "Hidden",
            when: .init("hideBots", is: true)
        ),
        .init(
            "hideCommands",
            .boolean,
            default: false,
            title: "Hide commands",
            description: "Messages that begin with an exclamation mark.",
            group: "Hidden"
        ),
        .init(
            "mutedUsers",
            .list(of: .text(1...50), maximum: 100),
            default: [],
            title: "Muted viewers",
            description: "Names of viewers whose messages are not shown, nor what others quote of them.",
            group: "Hidden"
        ),
    ]

    private static let soundFields: [ConfigSchema.Field] = [
        .init(
            "notificationSound",
            .boolean,
            default: false,
            title: "Sound after silence",
            description: "A soft chime when somebody writes again.",
            group: "Sound"
        ),
        .init(
            "silenceMs",
            .integer(1000...3_600_000),
            default: 120_000,
            title: "Silence before the sound",
            group: "Sound",
            unit: "ms",
            when: .init("notificationSound", is: true)
        ),
    ]

    private static func choice<Word: CaseIterable & RawRepresentable<String>>(
        of words: Word.Type
    ) -> ConfigSchema.Kind {
        .choice(words.allCases.map { .init($0.rawValue) })
    }
}
