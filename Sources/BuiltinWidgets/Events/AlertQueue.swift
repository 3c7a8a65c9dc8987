import WidgetAPI

/// Alerts that wait, in the order in which they will be shown, and a count of those that found no place.
struct AlertQueue: Equatable, JSONConvertible {
    /// What comes on screen when it is free.
    enum Next: Equatable {
        case alert(Alert)
        case summary(FoldedAlerts)
    }

    /// How many alerts may wait.
    static let limit = 50

    private(set) var waiting: [Alert] = []
    private(set) var folded: [FoldedAlerts] = []

    init() {}

    init?(json: JSONValue) {
        guard let waiting = json["waiting"]?.arrayValue, let folded = json["folded"]?.arrayValue else { return nil }
        self.waiting = waiting.compactMap(Alert.init(json:))
        self.folded = folded.compactMap(FoldedAlerts.init(json:))
    }

    var json: JSONValue {
        ["waiting": .array(waiting.map(\.json)), "folded": .array(folded.map(\.json))]
    }

    /// What it takes of the state's 64 KiB, in bytes.
    var weight: Int { waiting.reduce(folded.reduce(0) { $0 + $1.weight }) { $0 + $1.weight } }

    /// Puts an alert in line: by priority, and among equals by its place in the log.
    mutating func insert(_ alert: Alert) {
        let index = waiting.firstIndex { alert.comes(before: $0) } ?? waiting.endIndex
        waiting.insert(alert, at: index)
    }

    /// Counts the alert that would be shown last instead of keeping it.
    mutating func foldLast() -> Alert? {
        guard let alert = waiting.popLast() else { return nil }
        let index = folded.firstIndex { $0.kind == alert.kind && $0.isTest == alert.isTest }
        if index == nil { folded.append(.init(kind: alert.kind, isTest: alert.isTest, newest: alert.arrivedAt)) }
        folded[index ?? folded.count - 1].add(alert)
        return alert
    }

    /// Takes so many gifts of a kind out of the counts, because their bomb tells of them.
    mutating func unfoldGifts(_ number: Int, isTest: Bool) {
        guard let index = folded.firstIndex(where: { $0.kind == .gift && $0.isTest == isTest }) else { return }
        folded[index].remove(number)
        if folded[index].count <= 0 { folded.remove(at: index) }
    }

    /// Takes a tip out of the counts, because it was given back.
    mutating func unfoldTip(_ origin: EventOrigin) {
        for index in folded.indices { folded[index].removeTip(origin) }
        folded.removeAll { $0.count <= 0 }
    }

    /// Takes out what is shown next: waiting alerts, then the summaries.
    mutating func takeNext() -> Next? {
        if !waiting.isEmpty { return .alert(waiting.removeFirst()) }
        guard !folded.isEmpty else { return nil }
        var summary = folded.removeFirst()
        summary.settle()
        return .summary(summary)
    }

    /// Takes away waiting alerts of which that is true, and returns them.
    @discardableResult mutating func remove(where isMeant: (Alert) -> Bool) -> [Alert] {
        let removed = waiting.filter(isMeant)
        if !removed.isEmpty { waiting.removeAll(where: isMeant) }
        return removed
    }

    /// Takes away counts of kinds of which that is true.
    mutating func removeSummaries(where isMeant: (FoldedAlerts) -> Bool) {
        folded.removeAll(where: isMeant)
    }

    /// Changes every waiting alert that has something to change.
    mutating func update(_ change: (inout Alert) -> Void) {
        for index in waiting.indices { change(&waiting[index]) }
    }

    /// Takes away what came before that moment, and says how many alerts that were.
    mutating func expire(before moment: Timestamp) -> Int {
        let alerts = remove { $0.arrivedAt < moment }.count
        let summaries = folded.filter { $0.newest < moment }
        removeSummaries { $0.newest < moment }
        return summaries.reduce(alerts) { $0 + $1.count }
    }
}
