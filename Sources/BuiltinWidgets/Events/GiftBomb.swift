import WidgetAPI

/// A gift bomb whose recipients may still come in one by one.
struct GiftBomb: Equatable, JSONConvertible {
    // A bomb and its recipients arrive as separate deliveries; the contract joins them for this long.
    private static let windowMilliseconds: Int64 = 60_000

    let platform: String
    let isTest: Bool
    let giftId: String?
    let tier: String?
    /// Recipients that have not come yet.
    private(set) var missing: Int
    private let end: Timestamp

    init(_ subscription: Subscription, of event: Event, at now: Timestamp) {
        platform = event.platform
        isTest = event.isTest
        giftId = subscription.giftId
        tier = subscription.tier
        missing = subscription.gifts
        end = now.advanced(byMilliseconds: Self.windowMilliseconds)
    }

    init?(json: JSONValue) {
        guard let platform = json["platform"]?.stringValue, let missing = json["missing"]?.integerValue,
            let end = json["end"]?.integerValue
        else { return nil }
        self.platform = platform
        isTest = json["isTest"]?.boolValue ?? false
        giftId = json["giftId"]?.stringValue
        tier = json["tier"]?.stringValue
        self.missing = Int(missing)
        self.end = Timestamp(milliseconds: end)
    }

    var json: JSONValue {
        [
            "platform": .string(platform), "isTest": .bool(isTest), "giftId": .optional(giftId),
            "tier": .optional(tier), "missing": .integer(Int64(missing)), "end": .integer(end.milliseconds),
        ]
    }

    /// Whether recipients could still belong to it.
    func isOpen(at now: Timestamp) -> Bool {
        missing > 0 && now <= end
    }

    /// Whether that gift is one of this bomb's.
    func includes(_ gift: Subscription, of event: Event) -> Bool {
        // A test must not swallow what somebody really gave.
        guard platform == event.platform, isTest == event.isTest else { return false }
        if let giftId, let other = gift.giftId { return giftId == other }
        return tier == gift.tier
    }

    /// Counts one of its recipients.
    mutating func countRecipient() {
        missing -= 1
    }
}

extension Subscription {
    /// How many subscriptions a bomb gives: a platform that does not say so has named them.
    var gifts: Int {
        max(giftCount ?? recipients.count, 1)
    }
}
