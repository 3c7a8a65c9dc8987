import WidgetAPI

/// Which events' texts must not be seen any more.
///
/// It remembers who wrote the last ``limit`` chat lines and the last ``limit`` other texts, so that a deletion or a
/// cleared user un-shows them in every widget, whatever the widget itself does about it. Chat is apart: however fast it
/// is, it does not push a hidden tip out of memory.
///
/// A cheer comes twice, as a line of chat and as a tip. Platforms delete the line only, so whatever says the same words
/// of the same user is hidden with it.
struct ModerationLedger {
    /// Texts of each kind that it remembers at least.
    static let limit = 2000
    /// Deletions that it remembers for messages which come after them.
    static let deletionsLimit = 500

    private struct Entry {
        let id: Event.ID
        let platform: String
        /// Who wrote it, or gave it.
        let userIds: [String]
        let messageId: String?
        /// Who said what in chat, as a hash; `nil` when nothing was said there.
        let words: UInt64?
    }

    private struct Deletion: Hashable {
        let platform: String
        let messageId: String
    }

    private var lines: [Entry] = []
    private var others: [Entry] = []
    private var deletions: [Deletion] = []
    private(set) var hidden: Set<Event.ID> = []

    /// Takes the next row of the log and says whether something has been hidden by it.
    mutating func apply(_ event: Event) -> Bool {
        switch event.type {
        case .chatDelete:
            guard let deletion = ChatDeletion(json: event.payload) else { return false }
            deletions.append(Deletion(platform: event.platform, messageId: deletion.messageId))
            if deletions.count > Self.deletionsLimit { deletions.removeFirst() }
            let line = lines.last { $0.platform == event.platform && $0.messageId == deletion.messageId }
            guard let line else {
                // What is no line goes by its own id: a tip that was given back.
                return hide { $0.platform == event.platform && $0.id.text == deletion.messageId }
            }
            return hide {
                $0.id == line.id && $0.platform == line.platform || line.words != nil && $0.words == line.words
            }
        case .chatClear:
            guard let clearing = ChatClearing(json: event.payload) else { return false }
            guard let userId = clearing.userId else {
                return hide { $0.platform == event.platform && ($0.messageId != nil || $0.words != nil) }
            }
            return hide { $0.platform == event.platform && $0.userIds.contains(userId) }
        case .alertReplay:
            // Shown again, it can be hidden again, however long ago it came.
            return AlertReplay(json: event.payload).map { remember($0.event) } ?? false
        default:
            return remember(event)
        }
    }

    private mutating func hide(_ isMeant: (Entry) -> Bool) -> Bool {
        let before = hidden.count
        for entry in lines where isMeant(entry) { hidden.insert(entry.id) }
        for entry in others where isMeant(entry) { hidden.insert(entry.id) }
        return hidden.count > before
    }

    /// A platform that had to deliver a line again may have told of its deletion meanwhile.
    private mutating func remember(_ event: Event) -> Bool {
        guard let user = event.payload["user"] else { return false }
        let entry = Entry(
            id: event.id,
            platform: event.platform,
            userIds: [user, event.payload["gifter"] ?? .null].compactMap { $0["id"]?.stringValue },
            messageId: event.payload["messageId"]?.stringValue,
            words: Self.words(of: event)
        )
        guard let messageId = entry.messageId else {
            others.append(entry)
            forgetOldest(of: \.others)
            // A tip that was given back before it came goes by its own id.
            let isDeleted = deletions.contains(Deletion(platform: event.platform, messageId: event.id.text))
            let isSaid = entry.words.map { words in lines.contains { $0.words == words && hidden.contains($0.id) } }
            guard isDeleted || isSaid == true else { return false }
            hidden.insert(entry.id)
            return true
        }
        lines.append(entry)
        forgetOldest(of: \.lines)
        guard deletions.contains(Deletion(platform: event.platform, messageId: messageId)) else { return false }
        hidden.insert(entry.id)
        return true
    }

    /// A donation's words never stood in chat.
    private static func words(of event: Event) -> UInt64? {
        let isCheer = event.type == .tip && event.payload["kind"] != "donation"
        guard event.type == .chatMessage || isCheer, let user = event.payload["user"]?["id"]?.stringValue,
            let text = event.payload[isCheer ? "message" : "text"]?.stringValue, !text.isEmpty
        else { return nil }
        var hash = StableHash()
        hash.combine(event.platform)
        hash.combine(user)
        hash.combine(text)
        return hash.value
    }

    /// In halves, so that a long stream does not move the whole list for every line.
    private mutating func forgetOldest(of kind: WritableKeyPath<ModerationLedger, [Entry]>) {
        guard self[keyPath: kind].count >= Self.limit * 2 else { return }
        for entry in self[keyPath: kind].prefix(Self.limit) { hidden.remove(entry.id) }
        self[keyPath: kind].removeFirst(Self.limit)
    }
}
