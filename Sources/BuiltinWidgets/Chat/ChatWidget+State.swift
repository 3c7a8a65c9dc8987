import WidgetAPI

extension ChatWidget {
    /// The lines on screen, the oldest first.
    package struct State: Equatable, JSONConvertible {
        // State and view may have 64 KiB; fifty ordinary lines need half of it.
        private static let weightLimit = 60_000

        private(set) var lines: [ChatLine] = []
        /// The weight of each line, kept because weighing means writing it.
        private var weights: [Int] = []
        /// How each line is drawn: a line never changes, so it is drawn once and shared by every picture it is in.
        private var rows: [Node?] = []
        /// The settings with which the rows were drawn.
        private var rowsConfig: Config?

        init() {}

        package init?(json: JSONValue) {
            guard let lines = json["lines"]?.arrayValue else { return nil }
            self.lines = lines.compactMap(ChatLine.init(json:))
            weights = self.lines.map(\.weight)
            rows = self.lines.map { _ in nil }
        }

        package static func == (left: State, right: State) -> Bool {
            left.lines == right.lines
        }

        package var json: JSONValue { ["lines": .array(lines.map(\.json))] }

        /// Adds a line at the end; the oldest make room for it.
        mutating func append(_ line: ChatLine, drawn row: Node, with config: Config) {
            // Two siblings with one key would make the view unusable.
            remove { $0.origin == line.origin }
            lines.append(line)
            weights.append(line.weight)
            if rowsConfig != config { rows = rows.map { _ in nil } }
            rowsConfig = config
            rows.append(row)
            let excess = lines.count - config.maxMessages
            if excess > 0 { removeOldest(excess) }
            while lines.count > 1, weights.reduce(0, +) > Self.weightLimit { removeOldest(1) }
        }

        /// The last lines that the settings allow, with their rows where these have been drawn with them.
        func shown(with config: Config) -> [(line: ChatLine, row: Node?)] {
            let areCurrent = rowsConfig == config
            return lines.indices.suffix(config.maxMessages).map { (lines[$0], areCurrent ? rows[$0] : nil) }
        }

        /// Takes away every line of which that is true.
        mutating func remove(where isGone: (ChatLine) -> Bool) {
            let kept = lines.indices.filter { !isGone(lines[$0]) }
            guard kept.count < lines.count else { return }
            (lines, weights, rows) = (kept.map { lines[$0] }, kept.map { weights[$0] }, kept.map { rows[$0] })
        }

        private mutating func removeOldest(_ count: Int) {
            lines.removeFirst(count)
            weights.removeFirst(count)
            rows.removeFirst(count)
        }
    }
}
