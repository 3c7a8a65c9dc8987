import WidgetAPI

/// A subscription as Twitch lists it.
///
/// Source: https://dev.twitch.tv/docs/api/reference/#get-eventsub-subscriptions
struct EventSubRecord: Sendable, Equatable {
    let id: String
    let type: String
    let version: String
    let status: String
    let condition: JSONObject
    /// Where Twitch posts; `nil` for what comes another way.
    let callback: String?
    /// `nil` where Twitch names no time that could be one.
    let createdAt: Timestamp?

    /// Reads one of the list, or nothing where what makes one is missing.
    init?(_ json: JSONValue) {
        guard let id = json["id"]?.stringValue, let type = json["type"]?.stringValue,
            let version = json["version"]?.stringValue, let status = json["status"]?.stringValue
        else { return nil }
        self.id = id
        self.type = type
        self.version = version
        self.status = status
        condition = json["condition"]?.objectValue ?? JSONObject()
        callback = json["transport"]?["callback"]?.stringValue
        createdAt = json["created_at"]?.stringValue.flatMap { Timestamp(rfc3339: $0) }
    }

    /// Whose channel it is about.
    var broadcasterId: String? { condition[TwitchNotification.broadcasterField(of: type)]?.stringValue }

    /// Whether it is what that wish asks for.
    ///
    /// Twitch also lists what a condition leaves open, as an empty text.
    func fulfils(_ wish: EventSubSubscription, of broadcasterId: String) -> Bool {
        let wanted = wish.condition(of: broadcasterId).members.map { [$0.name: $0.value] }
        let named = condition.members.filter { $0.value.stringValue?.isEmpty == false }.map { [$0.name: $0.value] }
        return type == wish.type && version == wish.version && named.count == wanted.count
            && wanted.allSatisfy(named.contains)
    }

    /// How long a challenge may stand open.
    ///
    /// Twitch does not say when it gives up; it asks within seconds.
    static let challengeMilliseconds: Int64 = 600_000

    /// Whether events come by it, or will as soon as the challenge is answered.
    func isAlive(at now: Timestamp) -> Bool {
        switch status {
        case "enabled": true
        case "webhook_callback_verification_pending":
            createdAt.map { now < $0.advanced(byMilliseconds: Self.challengeMilliseconds) } ?? true
        default: false
        }
    }
}

/// What has to be done for a channel, so that what is subscribed is what should be.
struct EventSubDifference: Sendable, Equatable {
    let missing: [EventSubSubscription]
    /// Ids of those that nobody wants: double ones, those that have ended, and types of former days.
    let surplus: [String]

    init(wanted: [EventSubSubscription], of broadcasterId: String, found: [EventSubRecord], now: Timestamp) {
        var kept: Set<String> = []
        missing = wanted.filter { wish in
            let match = found.first { $0.isAlive(at: now) && $0.fulfils(wish, of: broadcasterId) }
            if let match { kept.insert(match.id) }
            return match == nil
        }
        surplus = found.map(\.id).filter { !kept.contains($0) }
    }
}
