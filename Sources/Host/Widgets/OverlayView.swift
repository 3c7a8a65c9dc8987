import WidgetAPI

/// What an overlay page shows: a whole layout, or one widget of it.
enum OverlayView: String, Sendable, CaseIterable {
    case overlay, chat, events, goals, tips

    /// The widget type that a single view shows; `nil` for the whole overlay.
    var type: String? { self == .overlay ? nil : rawValue }
}

/// A page that asks to see an overlay, with what it has seen already.
struct OverlaySubscription: Sendable {
    let view: OverlayView
    let layoutId: Layout.ID?
    /// Of the overlay key that it came with, or `nil`.
    var keyHash: String?
    let epoch: String?
    /// The number of the picture it has, by widget.
    let revs: [String: Int64]
    let connection: ConnectionHandle
}
