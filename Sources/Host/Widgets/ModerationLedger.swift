import WidgetAPI

/// Which events' texts must not be seen any more.
///
/// It remembers who wrote the last ``limit`` texts, so that a deletion or a cleared user un-shows them in every widget,
/// whatever the widget itself does about it.
struct ModerationLedger {
    /// Texts it remembers; older ones have long left every widget.
    static let limit = 2000

    private struct Entry {
        let id: Event.ID
        let platform: String
        let userId: String?
        let messageId: String?
    }

    private var entries: [Entry] = []
    private(set) var hidden: Set<Event.ID> = []

    /// Takes the next row of the log and says whether something has been hidden by it.
    mutating func apply(_ event: Event) -> Bool {
        switch event.type {
        case .chatDelete:
            guard let deletion = ChatDeletion(json: event.payload) else { return false }
            return hide { $0.platform == event.platform && $0.messageId == deletion.messageId }
        case .chatClear:
            guard let clearing = ChatClearing(json: event.payload) else { return false }
            guard let userId = clearing.userId else {
                return hide { $0.platform == event.platform && $0.messageId != nil }
            }
            return hide { $0.platform == event.platform && $0.userId == userId }
        default:
            remember(event)
            return false
        }
    }

    private mutating func hide(_ isMeant: (Entry) -> Bool) -> Bool {
        let before = hidden.count
        for entry in entries where isMeant(entry) { hidden.insert(entry.id) }
        return hidden.count > before
    }

    private mutating func remember(_ event: Event) {
        guard let user = event.payload["user"] else { return }
        entries.append(
            Entry(
                id: event.id,
                platform: event.platform,
                userId: user["id"]?.stringValue,
                messageId: event.payload["messageId"]?.stringValue
            )
        )
        // In halves, so that a long stream does not move the whole list for every line.
        guard entries.count >= Self.limit * 2 else { return }
        for entry in entries.prefix(Self.limit) { hidden.remove(entry.id) }
        entries.removeFirst(Self.limit)
    }
}
