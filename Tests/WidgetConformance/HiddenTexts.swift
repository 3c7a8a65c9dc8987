import WidgetAPI

/// What the host does about moderation, whatever the widget does: nodes of hidden events leave the picture.
struct HiddenTexts {
    private struct Entry {
        let id: Event.ID
        let platform: String
        let userId: String?
        let messageId: String?
    }

    private var entries: [Entry] = []
    private var deletions: [(platform: String, messageId: String)] = []
    private(set) var hidden: Set<Event.ID> = []

    mutating func apply(_ event: Event) {
        switch event.type {
        case .chatDelete:
            guard let messageId = ChatDeletion(json: event.payload)?.messageId else { return }
            deletions.append((event.platform, messageId))
            hide { $0.platform == event.platform && $0.messageId == messageId }
        case .chatClear:
            guard let clearing = ChatClearing(json: event.payload) else { return }
            hide { entry in
                guard entry.platform == event.platform else { return false }
                return clearing.userId.map { $0 == entry.userId } ?? (entry.messageId != nil)
            }
        default:
            guard let user = event.payload["user"] else { return }
            let messageId = event.payload["messageId"]?.stringValue
            entries.append(
                Entry(id: event.id, platform: event.platform, userId: user["id"]?.stringValue, messageId: messageId)
            )
            if deletions.contains(where: { $0.platform == event.platform && $0.messageId == messageId }) {
                hidden.insert(event.id)
            }
        }
    }

    func applied(to view: View) -> View {
        hidden.isEmpty ? view : View(children: view.children.compactMap(admitted))
    }

    private mutating func hide(_ isMeant: (Entry) -> Bool) {
        for entry in entries where isMeant(entry) { hidden.insert(entry.id) }
    }

    private func admitted(_ node: Node) -> Node? {
        guard case .element(let element) = node else { return node }
        if let source = element.source, hidden.contains(source) { return nil }
        return .element(
            element.tag,
            key: element.key,
            class: element.class,
            source: element.source,
            style: element.style,
            attributes: element.attributes,
            children: element.children.compactMap(admitted)
        )
    }
}
