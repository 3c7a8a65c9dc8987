import WidgetAPI

extension ChatWidget {
    /// The rows on screen, the oldest first, and what the chat knows of its own pace.
    package struct State: Equatable, JSONConvertible {
        // State and view may have 64 KiB; fifty ordinary lines need half of it.
        fileprivate static let weightLimit = 60_000
        // Of that for lines that wait: as many ordinary ones as may wait.
        fileprivate static let heldWeightLimit = 20_000

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
        /// Lines that came too fast and are shown when their second is over, the oldest first.
        private var held: [ChatLine] = []
        private var heldWeight = 0
        /// Lines that came even faster: they are only counted.
        private var counted: FoldedLines?

        init() {}

        package init?(json: JSONValue) {
            guard let rows = json["rows"]?.arrayValue else { return nil }
            self.rows = rows.compactMap(ChatRow.init(json:)).map { Row(content: $0, weight: $0.weight, node: nil) }
            weight = self.rows.reduce(0) { $0 + $1.weight }
            lastLineAt = json["lastLineAt"]?.integerValue.map(Timestamp.init(milliseconds:))
            leavingThrough = json["leavingThrough"]?.integerValue.map(Timestamp.init(milliseconds:))
            second = json["second"]?.integerValue ?? 0
            shownInSecond = json["shownInSecond"]?.integerValue ?? 0
            held = json["held"]?.arrayValue?.compactMap(ChatLine.init(json:)) ?? []
            heldWeight = held.reduce(0) { $0 + $1.weight }
            counted = json["counted"].flatMap(FoldedLines.init(json:))
        }

        package var json: JSONValue {
            [
                "rows": .array(rows.map(\.content.json)),
                "lastLineAt": lastLineAt.map { .integer($0.milliseconds) } ?? .null,
                "leavingThrough": leavingThrough.map { .integer($0.milliseconds) } ?? .null,
                "second": .integer(second), "shownInSecond": .integer(shownInSecond),
                "held": .array(held.map(\.json)), "counted": counted?.json ?? .null,
            ]
        }

        package static func == (left: State, right: State) -> Bool {
            left.lastLineAt == right.lastLineAt && left.leavingThrough == right.leavingThrough
                && left.second == right.second && left.shownInSecond == right.shownInSecond
                && left.held == right.held && left.counted == right.counted
                && left.rows.elementsEqual(right.rows) { $0.content == $1.content }
        }

        /// When the oldest row came; `nil` without any.
        var oldestArrival: Timestamp? { rows.first?.content.arrived }

        /// The number of the row that comes next.
        var nextNumber: Int64 { (held.last?.number ?? rows.last?.content.number ?? 0) + 1 }

        /// Whether that message is on screen or will be.
        func has(_ origin: EventOrigin) -> Bool {
            rows.contains { $0.content.line?.origin == origin } || held.contains { $0.origin == origin }
        }

        /// Whether lines wait for their second to be over.
        var isHolding: Bool { !held.isEmpty }

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
    /// Adds a line at the end, or holds it back when its second already has as many as may be shown.
    mutating func take(_ line: ChatLine, with config: ChatWidget.Config) {
        redraw(with: config)
        lastLineAt = line.arrived
        // Nothing overtakes a line that waits, even if its second is over by a moment.
        guard held.isEmpty else { return hold(line, with: config) }
        let now = FoldedLines.second(of: line.arrived)
        if second != now { (second, shownInSecond) = (now, 0) }
        guard shownInSecond < Int64(config.maxPerSecond) else { return hold(line, with: config) }
        shownInSecond += 1
        append(.line(line), with: config)
    }

    /// Shows what was held back: how many messages were left out, then the newest.
    mutating func release(at now: Timestamp, with config: ChatWidget.Config) {
        redraw(with: config)
        (second, shownInSecond) = (FoldedLines.second(of: now), Int64(held.count))
        let (folded, lines) = (counted, held)
        (counted, held, heldWeight) = (nil, [], 0)
        if let folded { append(.folded(folded), with: config) }
        for line in lines { append(.line(line), with: config) }
    }

    /// Of lines that wait the newest stay, as many as a second may show; the others are counted.
    private mutating func hold(_ line: ChatLine, with config: ChatWidget.Config) {
        held.append(line)
        heldWeight += line.weight
        while held.count > max(config.maxPerSecond, 1) || held.count > 1 && heldWeight > Self.heldWeightLimit {
            let oldest = held.removeFirst()
            heldWeight -= oldest.weight
            var folded = counted ?? FoldedLines(arrived: oldest.arrived, number: oldest.number)
            folded.add(from: oldest.origin.platform)
            counted = folded
        }
        keepWithinWeight()
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
        removeHeld(where: isGone, quotes: isQuoted, countedFrom: cleared)
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

    private mutating func removeHeld(
        where isGone: (ChatLine) -> Bool,
        quotes isQuoted: (ChatLine, ChatLine.Quote) -> Bool,
        countedFrom cleared: String?
    ) {
        held.removeAll(where: isGone)
        for (index, line) in held.enumerated() {
            guard let quote = line.quote, quote.text != nil, isQuoted(line, quote) else { continue }
            held[index].dropQuotedText()
        }
        heldWeight = held.reduce(0) { $0 + $1.weight }
        if let cleared { counted?.removeAll(from: cleared) }
        if counted?.count == 0 { counted = nil }
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
        (rows.compactMap(\.content.line) + held).filter(isMeant)
    }

    private mutating func append(_ content: ChatRow, with config: ChatWidget.Config) {
        // What the settings hide comes back while they are being tried out, but takes no place from a new line.
        if rows.contains(where: { $0.node == nil }) { removeRows { $0.node == nil } }
        rows.append(Row(content: content, weight: content.weight, node: draw(content, with: config)))
        weight += rows[rows.count - 1].weight
        if rows.count > config.maxMessages { removeOldest(rows.count - config.maxMessages) }
        keepWithinWeight()
    }

    private mutating func keepWithinWeight() {
        while rows.count > 1, weight + heldWeight > Self.weightLimit { removeOldest(1) }
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
