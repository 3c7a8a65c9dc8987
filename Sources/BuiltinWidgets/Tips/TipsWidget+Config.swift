import WidgetAPI

extension TipsWidget {
    /// Which tips are shown, and for how long each.
    package struct Config: WidgetConfig, Equatable {
        private(set) var maxItems = 5
        private(set) var intervalSeconds: Int64 = 8
        private(set) var minAmount: Int64 = 100
        private(set) var prefix = "TIP:"
        private(set) var showAmounts = true

        package init(_ settings: JSONObject) {
            maxItems = settings["maxItems"]?.integerValue.map(Int.init) ?? maxItems
            intervalSeconds = settings["interval"]?.integerValue ?? intervalSeconds
            minAmount = settings["minAmount"]?.integerValue ?? minAmount
            prefix = settings["prefix"]?.stringValue ?? prefix
            showAmounts = settings["showAmounts"]?.boolValue ?? showAmounts
        }

        static let schema = ConfigSchema([
            .init("maxItems", .integer(3...10), default: 5, title: "Tips to rotate"),
            .init("interval", .integer(5...60), default: 8, title: "Seconds for each"),
            .init(
                "minAmount",
                .integer(100...10_000),
                default: 100,
                title: "Smallest amount (in cents, bits or kicks)"
            ),
            .init("prefix", .text(0...20), default: "TIP:", title: "Text before the name"),
            .init("showAmounts", .boolean, default: true, title: "Show amounts"),
        ])
    }
}
