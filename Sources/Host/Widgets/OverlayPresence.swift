import WidgetAPI

/// Who sees the overlay, and whether the log knows it.
///
/// Pages come and go while the log is being written; this makes of it one row at a time, the last state last.
struct OverlayPresence {
    /// What a row says.
    struct Sight: Equatable {
        /// Whether any page of an overlay is open.
        var isOpen = false
        /// Those widgets on open pages that want to know, in order of their ids.
        var widgets: [PlacedWidget.ID] = []
    }

    /// What is to be seen right now.
    var current = Sight()
    private var logged = Sight()
    private var isLogging = false

    /// The log says what is true and nothing is on its way.
    var isSettled: Bool { !isLogging && logged == current }

    /// What has to be written now, or `nil`; call ``finished(_:success:)`` afterwards.
    mutating func beginLogging() -> Sight? {
        guard !isLogging, logged != current else { return nil }
        isLogging = true
        return current
    }

    mutating func finished(_ sight: Sight, success: Bool) {
        isLogging = false
        if success { logged = sight }
    }

    /// The row: `overlay:presence {open:true,widgets}`, or `{open:false}`.
    static func draft(_ sight: Sight, at moment: Timestamp) -> EventDraft {
        EventDraft(
            id: Event.ID(UUIDv7.make(at: moment)),
            type: .overlayPresence,
            platform: .streamvibes,
            channelId: nil,
            occurredAt: moment,
            payload: sight.isOpen
                ? ["open": true, "widgets": .array(sight.widgets.map { .string($0.text) })] : ["open": false]
        )
    }

    /// What that row means for one widget: `{open}`.
    ///
    /// A page of the chat alone shows no alerts, so they wait. A row of the first release names nobody and means all.
    static func payload(_ row: JSONValue, for widget: PlacedWidget.ID) -> JSONValue {
        guard let widgets = row["widgets"]?.arrayValue else { return row }
        return ["open": .bool(widgets.contains(.string(widget.text)))]
    }
}
