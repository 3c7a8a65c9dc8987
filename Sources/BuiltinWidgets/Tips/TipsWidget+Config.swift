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
            .init("maxItems", .integer(default: 5, minimum: 3, maximum: 10), title: "Tips to rotate"),
            .init("interval", .integer(default: 8, minimum: 5, maximum: 60), title: "Seconds for each"),
            .init(
                "minAmount",
                .integer(default: 100, minimum: 100, maximum: 10_000),
                title: "Smallest amount (in cents, bits or kicks)"
            ),
            .init("prefix", .text(default: "TIP:", maximumLength: 20), title: "Text before the name"),
            .init("showAmounts", .boolean(default: true), title: "Show amounts"),
        ])
    }
}
