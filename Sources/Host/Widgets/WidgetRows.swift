import WidgetAPI

/// What the rows of the log are for one widget, whatever it is written in.
struct WidgetRows {
    let id: PlacedWidget.ID
    let manifest: WidgetManifest

    /// Whether a row gives this widget new settings.
    func isChange(_ event: Event) -> Bool {
        event.type == .configChange && event.payload["widgetId"]?.stringValue == id.text
    }

    /// The row as the widget is given it; `nil` for one that it does not hear of.
    func given(_ event: Event, _ settings: JSONObject) -> Event? {
        guard listens(to: event.type), ConfigSchema.admits(event.platform, settings) else { return nil }
        switch event.type {
        case .overlayPresence:
            var own = event
            own.payload = OverlayPresence.payload(event.payload, for: id)
            return own
        // Another widget with the same alert may not have been seen.
        case .alertShown where event.payload["widgetId"]?.stringValue != id.text: return nil
        default: return event
        }
    }

    /// What a change of settings means besides: chat of platforms that are not wanted any more leaves as if cleared.
    func clearings(after change: Event, from before: JSONObject, to settings: JSONObject) -> [Event] {
        guard listens(to: .chatClear) else { return [] }
        return Platform.ofChannels.map(\.rawValue)
            .filter { ConfigSchema.admits($0, before) && !ConfigSchema.admits($0, settings) }
            .map { platform in
                var clearing = change
                (clearing.type, clearing.platform) = (.chatClear, platform)
                clearing.payload = ChatClearing(userId: nil).json
                return clearing
            }
    }

    /// Dice for the widget's beginning.
    var seed: UInt64 {
        var hash = StableHash()
        hash.combine(id.text)
        return hash.value
    }

    /// Dice that fall the same in every replay: they belong to this widget, this event and its moment.
    func seed(of event: Event) -> UInt64 {
        var hash = StableHash()
        hash.combine(id.text)
        hash.combine(event.platform)
        hash.combine(event.id.text)
        return hash.value
    }

    private func listens(to type: EventType) -> Bool {
        // What happens to widgets is the host's alone, whatever a manifest asks for.
        !type.name.hasPrefix("widget:") && manifest.events.contains { $0.matches(type) }
    }
}
