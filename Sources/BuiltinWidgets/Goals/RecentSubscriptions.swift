import WidgetAPI

/// Who subscribed within the last minute: a subscription and what is shared of it in chat are one.
struct RecentSubscriptions: Equatable, JSONConvertible {
    private struct Entry: Equatable {
        let user: String
        let isRenewal: Bool
        let moment: Timestamp
    }

    private static let milliseconds: Int64 = 60_000
    // More within a minute, and the oldest are taken for told.
    private static let limit = 40

    private var entries: [Entry] = []

    init() {}

    init?(json: JSONValue) {
        entries = (json.arrayValue ?? []).compactMap { entry in
            guard let user = entry["user"]?.stringValue, let isRenewal = entry["renewal"]?.boolValue,
                let at = entry["at"]?.integerValue
            else { return nil }
            return Entry(user: user, isRenewal: isRenewal, moment: Timestamp(milliseconds: at))
        }
    }

    var json: JSONValue {
        .array(
            entries.map { entry in
                [
                    "user": .string(entry.user), "renewal": .bool(entry.isRenewal),
                    "at": .integer(entry.moment.milliseconds),
                ]
            }
        )
    }

    /// Whether a subscription is the other half of one that was counted; notes it if it is not.
    ///
    /// Two of one kind stay two.
    mutating func tellsAgain(_ subscription: Subscription, _ event: Event) -> Bool {
        let oldest = event.receivedAt.advanced(byMilliseconds: -Self.milliseconds)
        entries.removeAll { $0.moment < oldest }
        guard subscription.kind != .gift, let id = subscription.user?.id else { return false }
        let name = "\(event.platform):\(id)"
        // An id of the platform's has some ten digits; a longer one is kept as a number of its own.
        let user = name.utf8.count <= 64 ? name : String(stableHash(of: name), radix: 16)
        let isRenewal = subscription.kind == .renewal
        if let index = entries.firstIndex(where: { $0.user == user && $0.isRenewal != isRenewal }) {
            entries.remove(at: index)
            return true
        }
        entries.append(Entry(user: user, isRenewal: isRenewal, moment: event.receivedAt))
        if entries.count > Self.limit { entries.removeFirst() }
        return false
    }
}
