import WidgetAPI

extension GoalsWidget {
    /// What is counted, up to where, and how it looks.
    package struct Config: WidgetConfig, Equatable {
        /// What is counted.
        enum GoalType: String, CaseIterable {
            case followers, subscribers, tips, bits, custom
        }

        /// Where the shown value comes from.
        enum Source: String, CaseIterable {
            case auto, manual
        }

        /// How the goal is drawn.
        enum Style: String, CaseIterable {
            case bar, circle, number
        }

        private(set) var goalType = GoalType.followers
        private(set) var target: Int64 = 100
        private(set) var label = "Follower Goal"
        private(set) var source = Source.auto
        private(set) var startValue: Int64 = 0
        private(set) var currentValue: Int64 = 0
        private(set) var currency = "USD"
        private(set) var countsRenewals = false
        /// The day on which the goal begins, or `nil` for when the widget was placed.
        private(set) var startDay: Timestamp?
        /// The day after its last one, or `nil`.
        private(set) var endDay: Timestamp?
        private(set) var style = Style.bar
        private(set) var showsPercentage = true
        /// The colour of what is filled, or `nil` for the theme's.
        private(set) var barColor: String?
        private(set) var celebrates = true
        let weights: GoalWeights
        /// What makes it this goal and no other: each is celebrated once.
        let identity: String

        package init(_ settings: JSONObject) {
            let text = { (name: String) in settings[name]?.stringValue }
            let number = { (name: String) in settings[name]?.integerValue }
            let flag = { (name: String) in settings[name]?.boolValue }
            goalType = text("goalType").flatMap(GoalType.init) ?? goalType
            target = number("target") ?? target
            label = text("label") ?? label
            source = text("currentSource").flatMap(Source.init) ?? source
            startValue = number("startValue") ?? startValue
            currentValue = number("currentValue") ?? currentValue
            currency = text("currency")?.uppercased() ?? currency
            countsRenewals = flag("countRenewals") ?? countsRenewals
            startDay = text("startAt").flatMap(Timestamp.init(date:))
            endDay = text("endAt").flatMap(Timestamp.init(date:))?.nextDay
            style = text("style").flatMap(Style.init) ?? style
            showsPercentage = flag("showPercentage") ?? showsPercentage
            barColor = text("colorMode") == "custom" ? text("barColor") : nil
            celebrates = flag("celebrate") ?? celebrates
            weights = GoalWeights(settings)
            identity = "\(goalType.rawValue)/\(target)/\(startDay == nil ? "" : text("startAt") ?? "")"
        }

        /// How many of what is counted make one of the target; the smallest units of a currency, or 1.
        var unit: Int64 { goalType == .tips ? Money.minorUnits(of: currency) : 1 }

        /// The value at which the goal is reached.
        var goal: Int64 { target * unit }

        /// Whether donations have a part in it.
        var countsTips: Bool {
            source == .auto && (goalType == .tips || goalType == .custom && weights.countsTips)
        }
    }
}
