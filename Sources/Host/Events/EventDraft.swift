import WidgetAPI

/// An event that is not in a log yet: what a platform adapter makes of a delivery.
struct EventDraft: Sendable, Equatable {
    /// Unique within streamer and platform; the log takes each id once.
    var id: Event.ID
    var type: EventType
    var platform: Platform
    /// The channel's id on its platform, or `nil` for what belongs to no channel.
    var channelId: String?
    var occurredAt: Timestamp
    var isTest = false
    var payload: JSONValue
}
