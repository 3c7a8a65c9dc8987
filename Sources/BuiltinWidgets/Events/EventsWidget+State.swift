import WidgetAPI

extension EventsWidget {
    /// The alert on screen and those that wait.
    package struct State: Equatable, JSONConvertible {
        private static let queueLimit = 50
        // Each is open for a minute; beyond so many at once the oldest is the one that is complete.
        private static let bombsLimit = 20

        /// Whether an overlay is there to show alerts.
        var isOverlayOpen = false
        private(set) var current: Alert?
        private(set) var queue: [Alert] = []
        /// Alerts that found no place in the queue; a summary at its end tells of them.
        private(set) var folded = 0
        private var bombs: [GiftBomb] = []

        init() {}

        package init?(json: JSONValue) {
            guard let isOverlayOpen = json["isOverlayOpen"]?.boolValue else { return nil }
            self.isOverlayOpen = isOverlayOpen
            current = json["current"].flatMap(Alert.init(json:))
            queue = json["queue"]?.arrayValue?.compactMap(Alert.init(json:)) ?? []
            folded = json["folded"]?.integerValue.map(Int.init) ?? 0
            bombs = json["bombs"]?.arrayValue?.compactMap(GiftBomb.init(json:)) ?? []
        }

        package var json: JSONValue {
            [
                "isOverlayOpen": .bool(isOverlayOpen), "current": current?.json ?? .null,
                "queue": .array(queue.map(\.json)), "folded": .integer(Int64(folded)),
                "bombs": .array(bombs.map(\.json)),
            ]
        }

        /// Puts an alert at the end of the queue, or counts it when that is full.
        mutating func enqueue(_ alert: Alert) {
            guard queue.count < Self.queueLimit else { return folded += 1 }
            queue.append(alert)
        }

        /// Brings the next alert on screen if that is free and somebody looks; says whether it did.
        mutating func showNext(at now: Timestamp) -> Bool {
            guard isOverlayOpen, current == nil else { return false }
            if !queue.isEmpty {
                current = queue.removeFirst()
            } else if folded > 0 {
                current = .summary(of: folded, at: now)
                folded = 0
            }
            return current != nil
        }

        /// Takes the alert off the screen.
        mutating func endCurrent() {
            current = nil
        }

        /// Remembers a bomb, so that its recipients are no alerts of their own.
        mutating func remember(_ bomb: GiftBomb, at now: Timestamp) {
            bombs.removeAll { !$0.isOpen(at: now) }
            if bombs.count == Self.bombsLimit { bombs.removeFirst() }
            bombs.append(bomb)
        }

        /// Whether the gift belongs to a bomb that was seen; it is counted there.
        mutating func takeFromBomb(_ gift: Subscription, of event: Event, at now: Timestamp) -> Bool {
            let index = bombs.firstIndex { $0.isOpen(at: now) && $0.includes(gift, of: event) }
            guard let index else { return false }
            bombs[index].countRecipient()
            return true
        }
    }
}
