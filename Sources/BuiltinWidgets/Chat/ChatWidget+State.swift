import WidgetAPI

extension ChatWidget {
    /// The rows on screen, the oldest first, and what the chat knows of its own pace.
    package struct State: Equatable, JSONConvertible {
        // State and view may have 64 KiB; fifty ordinary lines need half of it.
        private static let weightLimit = 60_000

        private struct Row {
            var content: ChatRow
            /// Kept because weighing a line means counting its bytes.
            var weight: Int
            /// How the row is drawn with ``State/drawnWith``: once, and shared by every picture it is in.
            ///
            /// `nil` when the settings hide it.
            var node: Node?
        }

        private var rows: [Row] = []
        private var weight = 0
        /// The settings with which the rows are drawn; `nil` after a restart, when they are not.
        private var drawnWith: Config?
        /// When somebody last wrote.
        private(set) var lastLineAt: Timestamp?
        /// Rows that came until then are on their way out.
        private var leavingThrough: Timestamp?
        /// The second of the log that is being counted, and its lines so far.
        private var second: Int64 = 0
        private var shownInSecond: Int64 = 0

        init() {}

        package init?(json: JSONValue) {
            guard let rows = json["rows"]?.arrayValue else { return nil }
            self.rows = rows.compactMap(ChatRow.init(json:)).map { Row(content: $0, weight: $0.weight, node: nil) }
            weight = self.rows.reduce(0) { $0 + $1.weight }
            lastLineAt = json["lastLineAt"]?.integerValue.map(Timestamp.init(milliseconds:))
            leavingThrough = json["leavingThrough"]?.integerValue.map(Timestamp.init(milliseconds:))
            second = json["second"]?.integerValue ?? 0
            shownInSecond = json["shownInSecond"]?.integerValue ?? 0
        }

        package var json: JSONValue {
            [
                "rows": .array(rows.map(\.content.json)),
                "lastLineAt": lastLineAt.map { .integer($0.milliseconds) } ?? .null,
                "leavingThrough": leavingThrough.map { .integer($0.milliseconds) } ?? .null,
                "second": .integer(second), "shownInSecond": .integer(shownInSecond),
            ]
        }

        package static func == (left: State, right: State) -> Bool {
            left.lastLineAt == right.lastLineAt && left.leavingThrough == right.leavingThrough
                && left.second == right.second && left.shownInSecond == right.shownInSecond
                && left.rows.elementsEqual(right.rows) { $0.content == $1.content }
        }

        /// When the oldest row came; `nil` without any.
        var oldestArrival: Timestamp? { rows.first?.content.arrived }

        /// The number of the row that comes next.
        var nextNumber: Int64 { (rows.last?.content.number ?? 0) + 1 }

        /// Whether that message is on screen.
        func has(_ origin: EventOrigin) -> Bool {
            rows.contains { $0.content.line?.origin == origin }
        }

        /// What the settings show, the oldest first.
        func nodes(with config: Config) -> [Node] {
            let isDrawn = drawnWith == config
            var nodes: [Node] = []
            nodes.reserveCapacity(rows.count)
            // By index: a copy of every row for every picture is what this would cost most.
            for index in rows.indices {
                let node = isDrawn ? rows[index].node : draw(rows[index].content, with: config)
                if let node { nodes.append(node) }
            }
            nodes.removeFirst(max(nodes.count - config.maxMessages, 0))
            return nodes
        }

        /// Draws every row again if the settings are not those with which it was drawn.
        mutating func redraw(with config: Config) {
            guard drawnWith != config else { return }
            drawnWith = config
            for index in rows.indices { rows[index].node = draw(rows[index].content, with: config) }
        }

        fileprivate func draw(_ row: ChatRow, with config: Config) -> Node? {
            row.node(with: config, isLeaving: leavingThrough.map { row.arrived <= $0 } ?? false)
        }
    }
}

extension ChatWidget.State {
    /// Adds a line at the end, or counts it when its second already has as many as may be shown.
    mutating func take(_ line: ChatLine, with config: ChatWidget.Config) {
        redraw(with: config)
        lastLineAt = line.arrived
        let now = FoldedLines.second(of: line.arrived)
        if second != now { (second, shownInSecond) = (now, 0) }
        // A second that is being counted stays so, even if the streamer allows more meanwhile: it has one count.
        if case .folded(var folded)? = rows.last?.content, folded.second == now {
            folded.add(from: line.origin.platform)
            return replace(at: rows.count - 1, by: .folded(folded), with: config)
        }
        guard shownInSecond >= Int64(config.maxPerSecond) else {
            shownInSecond += 1
            return append(.line(line), with: config)
        }
        var folded = FoldedLines(arrived: line.arrived, number: line.number)
        folded.add(from: line.origin.platform)
        append(.folded(folded), with: config)
    }

    /// Takes away what a moderator has removed: these messages, what others quote of them, and what has been counted
    /// of a platform whose whole chat was cleared.
    mutating func remove(
        with config: ChatWidget.Config,
        where isGone: (ChatLine) -> Bool,
        quotes isQuoted: (ChatLine, ChatLine.Quote) -> Bool,
        countedFrom cleared: String? = nil
    ) {
        redraw(with: config)
        removeRows { $0.content.line.map(isGone) ?? false }
        for (index, row) in rows.enumerated() {
            switch row.content {
            case .line(var line):
                guard let quote = line.quote, quote.text != nil, isQuoted(line, quote) else { continue }
                line.dropQuotedText()
                replace(at: index, by: .line(line), with: config)
            case .folded(var folded):
                guard let cleared else { continue }
                folded.removeAll(from: cleared)
                replace(at: index, by: .folded(folded), with: config)
            }
        }
        removeRows { row in
            guard case .folded(let folded) = row.content else { return false }
            return folded.count == 0
        }
    }

    /// Removes what came until `gone`, and lets what came until `leaving` play its exit when it goes next.
    mutating func fade(gone: Timestamp, leaving: Timestamp, with config: ChatWidget.Config) {
        let before = leavingThrough ?? gone
        leavingThrough = leaving
        removeRows { $0.content.arrived <= gone }
        guard drawnWith == config else { return redraw(with: config) }
        for index in rows.indices {
            let arrived = rows[index].content.arrived
            guard arrived <= leaving else { break }
            if arrived > before { replace(at: index, by: rows[index].content, with: config) }
        }
    }

    /// Lets everything stay, whatever its age.
    mutating func stopFading(with config: ChatWidget.Config) {
        leavingThrough = nil
        drawnWith = nil
        redraw(with: config)
    }

    /// The lines of which that is true.
    func lines(where isMeant: (ChatLine) -> Bool) -> [ChatLine] {
        rows.compactMap { $0.content.line.flatMap { isMeant($0) ? $0 : nil } }
    }

    private mutating func append(_ content: ChatRow, with config: ChatWidget.Config) {
        // What the settings hide comes back while they are being tried out, but takes no place from a new line.
        if rows.contains(where: { $0.node == nil }) { removeRows { $0.node == nil } }
        rows.append(Row(content: content, weight: content.weight, node: draw(content, with: config)))
        weight += rows[rows.count - 1].weight
        if rows.count > config.maxMessages { removeOldest(rows.count - config.maxMessages) }
        while rows.count > 1, weight > Self.weightLimit { removeOldest(1) }
    }

    private mutating func replace(at index: Int, by content: ChatRow, with config: ChatWidget.Config) {
        weight += content.weight - rows[index].weight
        rows[index] = Row(content: content, weight: content.weight, node: draw(content, with: config))
    }

    private mutating func removeRows(where isGone: (Row) -> Bool) {
        rows.removeAll(where: isGone)
        weight = rows.reduce(0) { $0 + $1.weight }
    }

    private mutating func removeOldest(_ count: Int) {
        weight -= rows.prefix(count).reduce(0) { $0 + $1.weight }
        rows.removeFirst(count)
    }
}
