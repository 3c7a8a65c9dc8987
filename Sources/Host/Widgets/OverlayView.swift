import WidgetAPI

/// What an overlay page shows: a whole layout, or one widget of it.
enum OverlayView: String, Sendable, CaseIterable {
    case overlay, chat, events, goals, tips

    /// The widgets of a layout that belong to this view: all visible ones, or the first of the type (lowest id).
    func widgets(of all: [StageWidget]) -> [StageWidget] {
        switch self {
        case .overlay: all.filter(\.placed.visible)
        case .chat, .events, .goals, .tips: all.first { $0.placed.type == rawValue }.map { [$0] } ?? []
        }
    }
}

/// A page that asks to see an overlay, with what it has seen already.
struct OverlaySubscription: Sendable {
    let view: OverlayView
    let layoutId: Layout.ID?
    let epoch: String?
    /// The number of the picture it has, by widget.
    let revs: [String: Int64]
    let connection: ConnectionHandle
}
