import WidgetAPI

extension TipsWidget {
    /// What is shown, how, and for how long.
    package struct Config: WidgetConfig, Equatable {
        // All texts together: a ticker draws them twice, and a view ends at 64 KiB.
        private static let messagesBytesLimit = 20_000

        /// The two meanings of a tip.
        enum Mode: String, CaseIterable {
            /// What the streamer wants to say, in turn.
            case messages
            /// What viewers gave.
            case donations
        }

        /// How they are drawn.
        enum Style: String, CaseIterable {
            case ticker, card, list
        }

        /// How one comes and goes.
        enum Animation: String, CaseIterable {
            case fade, slide
        }

        private(set) var mode = Mode.messages
        /// The messages that are switched on, in their order.
        private(set) var messages: [String] = []
        private(set) var style = Style.card
        private(set) var animation = Animation.fade
        private(set) var intervalSeconds: Int64 = 8
        private(set) var maxItems = 5
        private(set) var prefix = "TIP:"
        private(set) var minAmount: Int64 = 100
        private(set) var showsAmounts = true
        private(set) var showsAges = false

        package init(_ settings: JSONObject) {
            let text = { (name: String) in settings[name]?.stringValue }
            mode = text("mode").flatMap(Mode.init) ?? mode
            messages = Self.messages(settings["messages"]?.arrayValue ?? [])
            style = text("style").flatMap(Style.init) ?? style
            animation = text("animation").flatMap(Animation.init) ?? animation
            intervalSeconds = settings["interval"]?.integerValue ?? intervalSeconds
            maxItems = settings["maxItems"]?.integerValue.map(Int.init) ?? maxItems
            prefix = text("prefix") ?? prefix
            minAmount = settings["minAmount"]?.integerValue ?? minAmount
            showsAmounts = settings["showAmounts"]?.boolValue ?? showsAmounts
            showsAges = settings["showTimestamps"]?.boolValue ?? showsAges
        }

        private static func messages(_ list: [JSONValue]) -> [String] {
            var allowance = TextAllowance(characters: messagesBytesLimit, bytes: messagesBytesLimit)
            return list.compactMap { message in
                guard message["enabled"]?.boolValue ?? true, let text = message["text"]?.stringValue,
                    text.contains(where: { !$0.isWhitespace })
                else { return nil }
                let shown = allowance.take(text)
                return shown.isEmpty ? nil : shown
            }
        }
    }
}

extension TipsWidget.Config {
    private static let isDonations = ConfigSchema.Condition("mode", is: "donations")

    static let schema = ConfigSchema([
        .init(
            "mode",
            .choice([
                .init(Mode.messages.rawValue, title: "Your messages"),
                .init(Mode.donations.rawValue, title: "Viewers' tips"),
            ]),
            default: "messages",
            title: "Show"
        ),
        .init(
            "messages",
            .list(
                of: .object([
                    .init("text", .text(1...200), title: "Text"),
                    .init("enabled", .boolean, default: true, title: "Shown"),
                ]),
                maximum: 50
            ),
            default: [],
            title: "Messages",
            description: "They take turns in this order.",
            when: .init("mode", is: "messages")
        ),
        .init("style", .choice(Style.allCases.map { .init($0.rawValue) }), default: "card", title: "Style"),
        .init(
            "animation",
            .choice(Animation.allCases.map { .init($0.rawValue) }),
            default: "fade",
            title: "Animation",
            when: .init("style", is: "card", "list")
        ),
        .init(
            "interval",
            .integer(5...60),
            default: 8,
            title: "Time for each",
            description: "A ticker takes the time that its text needs to be read.",
            unit: "s",
            when: .init("style", is: "card", "list")
        ),
        .init(
            "maxItems",
            .integer(3...10),
            default: 5,
            title: "Most at a time",
            description: "Of tips the last so many are shown; of a list of messages so many at once, the rest in turn."
        ),
        .init(
            "prefix",
            .text(0...20),
            default: "TIP:",
            title: "Text before each",
            description: "Above a list, and at the beginning of a ticker."
        ),
        .init(
            "minAmount",
            .integer(100...10_000),
            default: 100,
            title: "Smallest amount",
            description: "In the smallest unit, such as cents, or in bits and kicks.",
            when: isDonations
        ),
        .init("showAmounts", .boolean, default: true, title: "Show amounts", when: isDonations),
        .init(
            "showTimestamps",
            .boolean,
            default: false,
            title: "Show how long ago",
            when: isDonations
        ),
    ])
}
