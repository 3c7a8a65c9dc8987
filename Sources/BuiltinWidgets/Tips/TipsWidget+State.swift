import WidgetAPI

extension TipsWidget {
    /// The last tips, and which of them, or of the messages, is on screen.
    package struct State: Equatable, JSONConvertible {
        // The most that a streamer can ask for, so that asking for more shows what came before.
        private static let tipsLimit = 10

        /// The newest first.
        private var tips: [ShownTip] = []
        private var position = 0
        /// Whether an overlay is open.
        ///
        /// Nobody tells a widget that has just been placed, and then somebody looks.
        var isWatched = true
        /// The time by which ages are told.
        var clock = Timestamp(milliseconds: 0)
        /// Whether the timer runs that brings the next one on screen.
        var isRotating = false
        /// Whether the timer runs by which ages grow.
        var isAgeing = false

        init() {}

        /// Reads what this version or 1.0.0 wrote, which had a timer as soon as it had two tips.
        package init?(json: JSONValue) {
            guard let tips = json["tips"]?.arrayValue, let position = json["position"]?.integerValue else { return nil }
            self.tips = tips.compactMap(ShownTip.init(json:))
            self.position = Int(position)
            isWatched = json["isWatched"]?.boolValue ?? true
            clock = Timestamp(milliseconds: json["clock"]?.integerValue ?? 0)
            isRotating = json["isRotating"]?.boolValue ?? (tips.count > 1)
            isAgeing = json["isAgeing"]?.boolValue ?? false
        }

        package var json: JSONValue {
            [
                "tips": .array(tips.map(\.json)), "position": .integer(Int64(position)),
                "isWatched": .bool(isWatched), "clock": .integer(clock.milliseconds),
                "isRotating": .bool(isRotating), "isAgeing": .bool(isAgeing),
            ]
        }

        /// The tips to show, the newest first.
        func shown(_ config: Config) -> [ShownTip] {
            Array(tips.lazy.filter { $0.minor >= config.minAmount }.prefix(config.maxItems))
        }

        /// How many pictures take turns.
        func pages(_ config: Config) -> Int {
            switch (config.style, config.mode) {
            case (.ticker, _), (.list, .donations): 1
            case (.list, .messages): (config.messages.count + config.maxItems - 1) / config.maxItems
            case (.card, .messages): config.messages.count
            case (.card, .donations): shown(config).count
            }
        }

        /// Which of them is on screen, from 0.
        func page(_ config: Config) -> Int {
            position % max(pages(config), 1)
        }

        /// Goes on to the next one, and after the last to the first.
        mutating func rotate(_ config: Config) {
            position = page(config) + 1
        }

        /// Begins again with the first one.
        mutating func restart() {
            position = 0
        }

        /// Puts a tip before the others.
        mutating func add(_ tip: ShownTip) {
            tips.insert(tip, at: 0)
            tips.removeLast(max(0, tips.count - Self.tipsLimit))
        }

        /// Forgets tips; the one on screen stays there where it is none of them.
        mutating func remove(_ config: Config, where isMeant: (ShownTip) -> Bool) {
            guard tips.contains(where: isMeant) else { return }
            let current = page(config)
            let gone = shown(config).prefix(current).count(where: isMeant)
            tips.removeAll(where: isMeant)
            if config.mode == .donations { position = current - gone }
        }
    }
}
