import WidgetAPI

/// One of the last tips.
struct ShownTip: Equatable, JSONConvertible {
    let origin: EventOrigin
    /// Whose it is, so that it leaves when a moderator clears that person; `nil` for an anonymous giver.
    let userId: String?
    let name: String
    let amount: String
    /// The amount in the smallest unit of its currency.
    let minor: Int64
    /// What the giver wrote, or empty.
    let message: String
    /// When it came, or `nil` where a version without ages had kept it.
    let receivedAt: Timestamp?

    init(_ tip: Tip, of event: Event, at now: Timestamp) {
        origin = EventOrigin(event)
        userId = tip.user?.id
        name = tip.user.shownName
        amount = tip.amount.text
        minor = tip.amount.minor
        message = tip.message?.cut(characters: 200, bytes: 800) ?? ""
        receivedAt = now
    }

    /// Reads what this version or 1.0.0 wrote.
    init?(json: JSONValue) {
        guard let origin = json["origin"].flatMap(EventOrigin.init(json:)), let name = json["name"]?.stringValue,
            let amount = json["amount"]?.stringValue, let message = json["message"]?.stringValue
        else { return nil }
        (self.origin, self.name, self.amount, self.message) = (origin, name, amount, message)
        userId = json["userId"]?.stringValue
        // Version 1.0.0 kept no tip that was too small for it.
        minor = json["minor"]?.integerValue ?? .max
        receivedAt = json["receivedAt"]?.integerValue.map(Timestamp.init(milliseconds:))
    }

    var json: JSONValue {
        [
            "origin": origin.json, "userId": .optional(userId), "name": .string(name), "amount": .string(amount),
            "minor": .integer(minor), "message": .string(message),
            "receivedAt": receivedAt.map { .integer($0.milliseconds) } ?? .null,
        ]
    }

    /// How long ago it came, as people say it: `now`, `5 min`, `2 h`, `3 d`.
    func age(at now: Timestamp) -> String? {
        guard let receivedAt else { return nil }
        let minutes = (now.milliseconds - receivedAt.milliseconds) / 60_000
        switch minutes {
        case ..<1: return "now"
        case ..<60: return "\(minutes) min"
        case ..<1440: return "\(minutes / 60) h"
        default: return "\(minutes / 1440) d"
        }
    }
}
