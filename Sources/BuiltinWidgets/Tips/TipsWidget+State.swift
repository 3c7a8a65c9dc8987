import WidgetAPI

extension TipsWidget {
    /// The last tips, and which of them is on screen.
    package struct State: Equatable, JSONConvertible {
        private(set) var tips: [ShownTip] = []
        private var position = 0

        init() {}

        package init?(json: JSONValue) {
            guard let tips = json["tips"]?.arrayValue, let position = json["position"]?.integerValue else { return nil }
            self.tips = tips.compactMap(ShownTip.init(json:))
            self.position = Int(position)
        }

        package var json: JSONValue {
            ["tips": .array(tips.map(\.json)), "position": .integer(Int64(position))]
        }

        /// The tip on screen, or `nil` before the first.
        var current: ShownTip? {
            tips.indices.contains(position) ? tips[position] : tips.first
        }

        /// Puts a tip before the others and on screen.
        mutating func add(_ tip: ShownTip, keeping limit: Int) {
            tips.insert(tip, at: 0)
            tips.removeLast(max(0, tips.count - limit))
            position = 0
        }

        /// Goes on to the next older tip, and after the oldest to the newest.
        mutating func rotate() {
            position = tips.isEmpty ? 0 : (position + 1) % tips.count
        }
    }
}
