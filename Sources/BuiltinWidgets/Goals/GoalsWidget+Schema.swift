import WidgetAPI

extension GoalsWidget.Config {
    private typealias Field = ConfigSchema.Field
    private static let most: Int64 = 10_000_000
    private static let isAutomatic = ConfigSchema.Condition("currentSource", is: "auto")

    static let schema = ConfigSchema(goal + count + look + GoalWeights.schema)

    private static let goal: [Field] = [
        .init(
            "goalType",
            .choice(GoalType.allCases.map { .init($0.rawValue) }),
            default: "followers",
            title: "What counts",
            description: "Custom counts points that you give to follows, subscriptions, tips and more.",
            group: "Goal"
        ),
        .init(
            "target",
            .integer(1...most),
            default: 100,
            title: "Target",
            description: "Of tips in whole units of the currency, such as dollars.",
            group: "Goal"
        ),
        .init("label", .text(0...80), default: "Follower Goal", title: "Label", group: "Goal"),
        .init(
            "currency",
            .text(3...3, .pattern("[A-Za-z]{3}", wanted: "a currency of three letters such as USD")),
            default: "USD",
            title: "Currency of tips",
            description: """
                A tip in another currency counts at the rate it came with. Without a rate it is not counted, and the \
                goal says so.
                """,
            group: "Goal",
            when: .init("goalType", is: "tips", "custom")
        ),
        .init(
            "startAt",
            .text(0...10, .date),
            default: "",
            title: "First day",
            description: """
                In UTC; empty counts from when the widget was placed. With a first day only what comes in from then \
                on counts, not the platform's own number. Set in the past, after the widget was placed, it counts \
                from the beginning of the day on which you set it.
                """,
            group: "Goal"
        ),
        .init(
            "endAt",
            .text(0...10, .date),
            default: "",
            title: "Last day",
            description: "In UTC, that day included; what comes later does not count. Empty for no end.",
            group: "Goal"
        ),
    ]

    private static let count: [Field] = [
        .init(
            "currentSource",
            .choice(Source.allCases.map { .init($0.rawValue, title: $0 == .auto ? "Automatic" : nil) }),
            default: "auto",
            title: "Count",
            description: "Automatic counts what comes in; manual shows the number that you set.",
            group: "Count"
        ),
        .init(
            "currentValue",
            .integer(0...most),
            default: 0,
            title: "Current value",
            description: "Of tips in whole units of the currency.",
            group: "Count",
            when: .init("currentSource", is: "manual")
        ),
        .init(
            "startValue",
            .integer(0...most),
            default: 0,
            title: "Start value",
            description: "Added to what is counted. Of tips in whole units of the currency.",
            group: "Count",
            when: isAutomatic
        ),
        .init(
            "countRenewals",
            .boolean,
            default: false,
            title: "Count renewals",
            description: "Whether somebody who subscribes again counts like a new subscriber.",
            group: "Count",
            when: .init("goalType", is: "subscribers", "custom")
        ),
    ]

    private static let look: [Field] = [
        .init(
            "style",
            .choice(Style.allCases.map { .init($0.rawValue) }),
            default: "bar",
            title: "Style",
            group: "Look"
        ),
        .init("showPercentage", .boolean, default: true, title: "Show the percentage", group: "Look"),
        .init(
            "colorMode",
            .choice("theme", "custom"),
            default: "theme",
            title: "Colour",
            group: "Look"
        ),
        .init(
            "barColor",
            .color,
            default: "#5EA8FF",
            title: "Colour of what is filled",
            group: "Look",
            when: .init("colorMode", is: "custom")
        ),
        .init(
            "celebrate",
            .boolean,
            default: true,
            title: "Celebrate",
            description: "Plays once when the goal is reached; another target, kind or first day makes another goal.",
            group: "Look"
        ),
    ]
}
