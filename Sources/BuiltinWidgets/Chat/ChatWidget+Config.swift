import WidgetAPI

extension ChatWidget {
    /// How the chat looks, how much of it stays and whom it leaves out.
    ///
    /// `showCountryFlag` is accepted and not read: no platform tells a country.
    package struct Config: WidgetConfig, Equatable {
        /// How a line comes in.
        enum Animation: String, CaseIterable {
            case slide, fade, none
        }

        /// How large the text is.
        enum FontSize: String, CaseIterable {
            case small, medium, large
        }

        /// Where older lines move when a new one comes.
        enum Direction: String, CaseIterable {
            case up, down
        }

        /// Where the colour of a name comes from.
        enum NameColors: String, CaseIterable {
            case platform, generated
        }

        /// The kinds of badges; `other` has no mark of ours and is shown where the platform gives its picture.
        enum BadgeKind: String, CaseIterable {
            case broadcaster, moderator, vip, subscriber, other
        }

        private(set) var maxMessages = 15
        private(set) var maxPerSecond = 20
        private(set) var messageTimeoutSeconds: Int64 = 0
        private(set) var direction = Direction.up
        private(set) var animation = Animation.slide

        private(set) var fontSize = FontSize.medium
        /// The chosen font as CSS writes it; `nil` leaves the theme's.
        private(set) var font: String?
        private(set) var showTimestamps = false
        private(set) var showPlatform = true
        private(set) var showAvatars = true
        private(set) var showEmotes = true
        private(set) var highlightRoles = true
        /// The badges that are shown; none when the streamer hides them all.
        private(set) var badges = Set(BadgeKind.allCases)

        private(set) var nameColors = NameColors.platform
        private(set) var nameSaturation = 70
        private(set) var nameLightness = 65

        private(set) var hideCommands = false
        private var mutedNames: Set<String> = []
        private var hiddenBots: Set<String> = []

        private(set) var notificationSound = false
        private(set) var silenceMs: Int64 = 120_000

        package init(_ settings: JSONObject) {
            func flag(_ name: String, _ otherwise: Bool) -> Bool { settings[name]?.boolValue ?? otherwise }
            func number(_ name: String, _ otherwise: Int) -> Int {
                settings[name]?.integerValue.map(Int.init) ?? otherwise
            }
            func word<Word: RawRepresentable<String>>(_ name: String, _ otherwise: Word) -> Word {
                settings[name]?.stringValue.flatMap(Word.init(rawValue:)) ?? otherwise
            }

            maxMessages = number("maxMessages", maxMessages)
            maxPerSecond = number("maxPerSecond", maxPerSecond)
            messageTimeoutSeconds = settings["messageTimeout"]?.integerValue ?? messageTimeoutSeconds
            direction = word("direction", direction)
            animation = word("animation", animation)
            fontSize = word("fontSize", fontSize)
            font = settings["font"]?.stringValue.flatMap(Self.cssFamily)
            showTimestamps = flag("showTimestamps", showTimestamps)
            showPlatform = flag("showPlatform", showPlatform)
            showAvatars = flag("showAvatars", showAvatars)
            showEmotes = flag("showEmotes", showEmotes)
            highlightRoles = flag("highlightRoles", highlightRoles)
            badges = Self.badges(settings)
            nameColors = word("nameColors", nameColors)
            nameSaturation = number("nameSaturation", nameSaturation)
            nameLightness = number("nameLightness", nameLightness)
            hideCommands = flag("hideCommands", hideCommands)
            mutedNames = Self.names(settings["mutedUsers"]) ?? []
            if flag("hideBots", false) {
                hiddenBots = Self.names(settings["botNames"]) ?? Set(Self.wellKnownBots)
            }
            notificationSound = flag("notificationSound", notificationSound)
            silenceMs = settings["silenceMs"]?.integerValue ?? silenceMs
        }

        /// Whether the streamer wants to see that line.
        func shows(_ line: ChatLine) -> Bool {
            if hideCommands, line.isCommand { return false }
            if mutedNames.isEmpty, hiddenBots.isEmpty { return true }
            return [line.login, line.name].map(Self.folded).allSatisfy { name in
                !mutedNames.contains(name) && !hiddenBots.contains(name)
            }
        }

        /// Whether the streamer wants to read nothing of the person called that.
        func mutes(_ name: String) -> Bool {
            !mutedNames.isEmpty && mutedNames.contains(Self.folded(name))
        }

        private static func badges(_ settings: JSONObject) -> Set<BadgeKind> {
            guard settings["showBadges"]?.boolValue ?? true else { return [] }
            guard let kinds = settings["badges"]?.arrayValue else { return Set(BadgeKind.allCases) }
            return Set(kinds.compactMap { $0.stringValue.flatMap(BadgeKind.init(rawValue:)) })
        }

        /// The names of a list, as names are compared: people write them with `@`, spaces and capitals.
        private static func names(_ list: JSONValue?) -> Set<String>? {
            list?.arrayValue.map { names in Set(names.compactMap { $0.stringValue.map(folded) }) }
        }

        private static func folded(_ name: String) -> String {
            let trimmed = name.drop { $0.isWhitespace || $0 == "@" }
            let end = trimmed.lastIndex { !$0.isWhitespace }.map(trimmed.index(after:)) ?? trimmed.startIndex
            return trimmed[..<end].lowercased()
        }

        /// The family as a quoted name, or `nil` for an empty one and for what no font is called.
        private static func cssFamily(_ name: String) -> String? {
            // A style value that the view's rules refuse would keep the whole picture from the screen.
            let family = "\"\(name)\""
            guard name.contains(where: { !$0.isWhitespace }), !name.contains("\""), Style.isAllowed(value: family)
            else { return nil }
            return family
        }
    }
}
