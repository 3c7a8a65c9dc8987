import WidgetAPI

/// Which of a streamer's open pages sounds: the one that has been there longest.
///
/// A streamer may have the overlay in OBS and in a browser tab at once; an alert is heard once all the same.
struct Speaker {
    private var pages: [(connection: ConnectionHandle, key: AudienceKey)] = []

    /// A page with alerts is open from now on; other single views never sound.
    mutating func pageOpened(_ connection: ConnectionHandle, _ key: AudienceKey) {
        guard key.view == .overlay || key.view == .events else { return }
        pages.append((connection, key))
    }

    /// It is gone, and the next one takes over.
    mutating func pageClosed(_ connection: ConnectionHandle) {
        guard let index = pages.firstIndex(where: { $0.connection == connection }) else { return }
        pages.remove(at: index)
    }

    /// The page that has been there longest of those whose view shows what sounds.
    func owner(where shows: (AudienceKey) -> Bool) -> (connection: ConnectionHandle, key: AudienceKey)? {
        pages.first { shows($0.key) }
    }
}

/// Which alerts pages have said to have shown, so that the log is told once.
struct ShownAlerts {
    private var last: [PlacedWidget.ID: Int64] = [:]

    /// Whether that is news.
    mutating func note(_ seq: Int64, of widgetId: PlacedWidget.ID) -> Bool {
        guard last[widgetId] != seq else { return false }
        last[widgetId] = seq
        return true
    }

    /// The row could not be written; the next page may say it again.
    mutating func forget(_ widgetId: PlacedWidget.ID) {
        last[widgetId] = nil
    }
}
