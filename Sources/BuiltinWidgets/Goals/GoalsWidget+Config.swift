import WidgetAPI

extension GoalsWidget {
    /// What is counted, and up to where.
    package struct Config: WidgetConfig, Equatable {
        /// What is counted.
        enum GoalType: String, CaseIterable {
            case followers, subscribers, tips, bits
        }

        /// How the goal is drawn.
        enum Style: String, CaseIterable {
            case bar, number
        }

        private(set) var goalType = GoalType.followers
        private(set) var target: Int64 = 100
        private(set) var label = "Follower goal"
        private(set) var style = Style.bar
        private(set) var currency = "USD"

        package init(_ settings: JSONObject) {
            goalType = settings["goalType"]?.stringValue.flatMap(GoalType.init(rawValue:)) ?? goalType
            target = settings["target"]?.integerValue ?? target
            label = settings["label"]?.stringValue ?? label
            style = settings["style"]?.stringValue.flatMap(Style.init(rawValue:)) ?? style
            currency = settings["currency"]?.stringValue.map { $0.uppercased() } ?? currency
        }

        static let schema = ConfigSchema([
            .init(
                "goalType",
                .choice(GoalType.allCases.map { .init($0.rawValue) }),
                default: "followers",
                title: "What counts"
            ),
            .init(
                "target",
                .integer(1...10_000_000),
                default: 100,
                title: "Target (of tips: in whole units of the currency, such as dollars)"
            ),
            .init("label", .text(0...80), default: "Follower goal", title: "Label"),
            .init("style", .choice(Style.allCases.map { .init($0.rawValue) }), default: "bar", title: "Style"),
            .init(
                "currency",
                .text(0...3),
                default: "USD",
                title: "Currency of tips, such as USD; tips in another one do not count"
            ),
        ])
    }
}
