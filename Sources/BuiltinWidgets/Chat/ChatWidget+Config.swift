import WidgetAPI

extension ChatWidget {
    /// How the chat looks and how much of it stays.
    package struct Config: WidgetConfig, Equatable {
        /// How a line comes in.
        enum Animation: String, CaseIterable {
            case slide, fade, none
        }

        /// How large the text is.
        enum FontSize: String, CaseIterable {
            case small, medium, large
        }

        private(set) var maxMessages = 15
        private(set) var animation = Animation.slide
        private(set) var showBadges = true
        private(set) var showTimestamps = false
        private(set) var fontSize = FontSize.medium
        private(set) var showPlatform = true

        package init(_ settings: JSONObject) {
            maxMessages = settings["maxMessages"]?.integerValue.map(Int.init) ?? maxMessages
            animation = settings["animation"]?.stringValue.flatMap(Animation.init(rawValue:)) ?? animation
            showBadges = settings["showBadges"]?.boolValue ?? showBadges
            showTimestamps = settings["showTimestamps"]?.boolValue ?? showTimestamps
            fontSize = settings["fontSize"]?.stringValue.flatMap(FontSize.init(rawValue:)) ?? fontSize
            showPlatform = settings["showPlatform"]?.boolValue ?? showPlatform
        }

        static let schema = ConfigSchema([
            .init("maxMessages", .integer(5...50), default: 15, title: "Messages on screen"),
            .init(
                "animation",
                .choice(Animation.allCases.map { .init($0.rawValue) }),
                default: "slide",
                title: "Animation"
            ),
            .init("showBadges", .boolean, default: true, title: "Show badges"),
            .init("showTimestamps", .boolean, default: false, title: "Show times (UTC)"),
            .init(
                "fontSize",
                .choice(FontSize.allCases.map { .init($0.rawValue) }),
                default: "medium",
                title: "Text size"
            ),
            .init("showPlatform", .boolean, default: true, title: "Show the platform"),
        ])
    }
}
