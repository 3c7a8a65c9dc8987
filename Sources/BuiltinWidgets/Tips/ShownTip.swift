import WidgetAPI

/// One of the last tips.
struct ShownTip: Equatable, JSONConvertible {
    let origin: EventOrigin
    let name: String
    let amount: String
    /// What the giver wrote, or empty.
    let message: String

    init(_ tip: Tip, of event: Event) {
        origin = EventOrigin(event)
        name = tip.user.shownName
        amount = tip.amount.text
        message = tip.message?.cut(characters: 200, bytes: 800) ?? ""
    }

    init?(json: JSONValue) {
        guard let origin = json["origin"].flatMap(EventOrigin.init(json:)), let name = json["name"]?.stringValue,
            let amount = json["amount"]?.stringValue, let message = json["message"]?.stringValue
        else { return nil }
        (self.origin, self.name, self.amount, self.message) = (origin, name, amount, message)
    }

    var json: JSONValue {
        [
            "origin": origin.json, "name": .string(name), "amount": .string(amount), "message": .string(message),
        ]
    }
}
