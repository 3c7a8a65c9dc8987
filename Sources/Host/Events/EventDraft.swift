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

extension CurrencyRates {
    /// The draft with these rates in it, if it is a donation of money; nobody else may set them.
    func written(into draft: EventDraft) -> EventDraft {
        guard draft.type == .tip, let tip = Tip(json: draft.payload), tip.kind == .donation,
            !millionths.isEmpty || !tip.rates.isEmpty, var payload = draft.payload.objectValue
        else { return draft }
        payload["rates"] = Tip(user: nil, amount: tip.amount, kind: .donation, rates: millionths).json["rates"]
        var draft = draft
        draft.payload = .object(payload)
        return draft
    }
}
