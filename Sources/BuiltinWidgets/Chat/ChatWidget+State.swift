import WidgetAPI

extension ChatWidget {
    /// The lines on screen, the oldest first.
    package struct State: Equatable, JSONConvertible {
        // State and view may have 64 KiB; fifty ordinary lines need half of it.
        private static let weightLimit = 60_000

        private(set) var lines: [ChatLine] = []
        /// The weight of each line, kept because weighing means writing it.
        private var weights: [Int] = []

        init() {}

        package init?(json: JSONValue) {
            guard let lines = json["lines"]?.arrayValue else { return nil }
            self.lines = lines.compactMap(ChatLine.init(json:))
            weights = self.lines.map(\.weight)
        }

        package var json: JSONValue { ["lines": .array(lines.map(\.json))] }

        /// Adds a line at the end; the oldest make room for it.
        mutating func append(_ line: ChatLine, keeping limit: Int) {
            // Two siblings with one key would make the view unusable.
            remove { $0.origin == line.origin }
            lines.append(line)
            weights.append(line.weight)
            let excess = lines.count - limit
            if excess > 0 { removeOldest(excess) }
            while lines.count > 1, weights.reduce(0, +) > Self.weightLimit { removeOldest(1) }
        }

        /// Takes away every line of which that is true.
        mutating func remove(where isGone: (ChatLine) -> Bool) {
            let kept = lines.indices.filter { !isGone(lines[$0]) }
            guard kept.count < lines.count else { return }
            (lines, weights) = (kept.map { lines[$0] }, kept.map { weights[$0] })
        }

        private mutating func removeOldest(_ count: Int) {
            lines.removeFirst(count)
            weights.removeFirst(count)
        }
    }
}
