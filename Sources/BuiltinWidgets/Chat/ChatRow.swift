import WidgetAPI

/// What takes a place in the chat.
enum ChatRow: Equatable, JSONConvertible {
    case line(ChatLine)
    case folded(FoldedLines)

    init?(json: JSONValue) {
        if let line = ChatLine(json: json) {
            self = .line(line)
        } else if let folded = FoldedLines(json: json) {
            self = .folded(folded)
        } else {
            return nil
        }
    }

    var json: JSONValue {
        switch self {
        case .line(let line): line.json
        case .folded(let folded): folded.json
        }
    }

    /// Rises with every row of the chat.
    var number: Int64 {
        switch self {
        case .line(let line): line.number
        case .folded(let folded): folded.number
        }
    }

    /// When it came into the log.
    var arrived: Timestamp {
        switch self {
        case .line(let line): line.arrived
        case .folded(let folded): folded.arrived
        }
    }

    /// What it takes of the limits of state and view, in bytes.
    var weight: Int {
        switch self {
        case .line(let line): line.weight
        case .folded(let folded): folded.weight
        }
    }

    /// The message itself, where this is one.
    var line: ChatLine? {
        guard case .line(let line) = self else { return nil }
        return line
    }

    /// The row as the settings want it, or `nil` when they hide it.
    func node(with config: ChatWidget.Config, isLeaving: Bool) -> Node? {
        switch self {
        case .line(let line):
            config.shows(line) ? line.node(with: config, isLeaving: isLeaving) : nil
        case .folded(let folded): folded.node(isLeaving: isLeaving)
        }
    }
}
