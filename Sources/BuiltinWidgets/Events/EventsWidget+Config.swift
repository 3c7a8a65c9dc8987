import WidgetAPI

extension EventsWidget {
    /// Which events become alerts, and how long they stay.
    package struct Config: WidgetConfig, Equatable {
        /// How an alert comes in.
        enum Animation: String, CaseIterable {
            case bounce, slide, zoom, fade
        }

        private(set) var displaySeconds: Int64 = 5
        private(set) var animation = Animation.fade
        private(set) var showFollows = true
        private(set) var showSubs = true
        private(set) var showTips = true
        private(set) var showRaids = true

        package init(_ settings: JSONObject) {
            displaySeconds = settings["displayDuration"]?.integerValue ?? displaySeconds
            animation = settings["animation"]?.stringValue.flatMap(Animation.init(rawValue:)) ?? animation
            showFollows = settings["showFollows"]?.boolValue ?? showFollows
            showSubs = settings["showSubs"]?.boolValue ?? showSubs
            showTips = settings["showTips"]?.boolValue ?? showTips
            showRaids = settings["showRaids"]?.boolValue ?? showRaids
        }

        static let schema = ConfigSchema([
            .init("displayDuration", .integer(3...15), default: 5, title: "Seconds on screen"),
            .init(
                "animation",
                .choice(Animation.allCases.map { .init($0.rawValue) }),
                default: "fade",
                title: "Animation"
            ),
            .init("showFollows", .boolean, default: true, title: "Show follows"),
            .init("showSubs", .boolean, default: true, title: "Show subscriptions"),
            .init("showTips", .boolean, default: true, title: "Show tips, bits and kicks"),
            .init("showRaids", .boolean, default: true, title: "Show raids"),
        ])
    }
}
