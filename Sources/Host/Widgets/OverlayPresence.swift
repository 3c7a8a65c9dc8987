import WidgetAPI

/// Whether anybody sees the overlay, and whether the log knows it.
///
/// Pages come and go while the log is being written; this makes of it one row at a time, the last state last.
struct OverlayPresence {
    private(set) var pages = 0
    private var logged = false
    private var isLogging = false

    /// The log says what is true and nothing is on its way.
    var isSettled: Bool { !isLogging && logged == (pages > 0) }

    mutating func pageOpened() {
        pages += 1
    }

    mutating func pageClosed() {
        pages -= 1
    }

    /// What has to be written now, or `nil`; call ``finished(_:success:)`` afterwards.
    mutating func beginLogging() -> Bool? {
        guard !isLogging, logged != (pages > 0) else { return nil }
        isLogging = true
        return pages > 0
    }

    /// Has the log told once more that somebody watches: a widget that has just begun does not know it.
    mutating func sayAgain() {
        if pages > 0 { logged = false }
    }

    mutating func finished(_ open: Bool, success: Bool) {
        isLogging = false
        if success { logged = open }
    }

    /// The row: `overlay:presence {open}`.
    static func draft(open: Bool, at moment: Timestamp) -> EventDraft {
        EventDraft(
            id: Event.ID(UUIDv7.make(at: moment)),
            type: .overlayPresence,
            platform: .streamvibes,
            channelId: nil,
            occurredAt: moment,
            payload: ["open": .bool(open)]
        )
    }
}
