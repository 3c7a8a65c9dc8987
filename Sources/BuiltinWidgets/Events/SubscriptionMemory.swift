import WidgetAPI

/// What the chat says of a subscription: counted nowhere, it completes the alert of that user.
struct SharedNotice: Equatable, JSONConvertible {
    let platform: String
    let userId: String
    let isTest: Bool
    let arrivedAt: Timestamp
    let isRenewal: Bool
    let prime: Bool?
    let message: String
    let messageId: String

    /// The notice of an event, or `nil` for one that tells of no subscription.
    init?(_ event: Event, at now: Timestamp) {
        guard let notice = ChatNotice(json: event.payload), ["sub", "resub"].contains(notice.kind),
            let user = notice.user
        else { return nil }
        platform = event.platform
        userId = Alert.kept(id: user.id)
        isTest = event.isTest
        arrivedAt = now
        isRenewal = notice.kind == "resub"
        prime = notice.prime
        message = Alert.kept(message: notice.message)
        messageId = Alert.kept(id: notice.messageId)
    }

    init?(json: JSONValue) {
        guard let platform = json["platform"]?.stringValue, let userId = json["userId"]?.stringValue,
            let arrivedAt = json["at"]?.integerValue, let messageId = json["messageId"]?.stringValue
        else { return nil }
        self.platform = platform
        self.userId = userId
        isTest = json["test"]?.boolValue ?? false
        self.arrivedAt = Timestamp(milliseconds: arrivedAt)
        isRenewal = json["renewal"]?.boolValue ?? false
        prime = json["prime"]?.boolValue
        message = json["message"]?.stringValue ?? ""
        self.messageId = messageId
    }

    var json: JSONValue {
        [
            "platform": .string(platform), "userId": .string(userId), "test": .bool(isTest),
            "at": .integer(arrivedAt.milliseconds), "renewal": .bool(isRenewal),
            "prime": prime.map(JSONValue.bool) ?? .null, "message": .string(message),
            "messageId": .string(messageId),
        ]
    }
}

/// Who subscribed within the last minute, so that what they share of it in chat is no second alert.
struct SubscriptionMemory: Equatable, JSONConvertible {
    /// A subscription that has an alert, or had one.
    fileprivate struct Entry: Equatable {
        let origin: EventOrigin
        let userId: String
        let isTest: Bool
        let arrivedAt: Timestamp
        var hasMessage: Bool
    }

    private static let entriesLimit = 40
    private static let noticesLimit = 6

    private var entries: [Entry] = []
    private var notices: [SharedNotice] = []

    init() {}

    init?(json: JSONValue) {
        entries = json["entries"]?.arrayValue?.compactMap(Entry.init(json:)) ?? []
        notices = json["notices"]?.arrayValue?.compactMap(SharedNotice.init(json:)) ?? []
    }

    var json: JSONValue {
        ["entries": .array(entries.map(\.json)), "notices": .array(notices.map(\.json))]
    }

    /// What it takes of the state's 64 KiB, in bytes.
    var weight: Int { entries.count * 220 + notices.count * 850 }

    /// The earlier event of the same subscription, whose alert this one only completes; otherwise remembers it.
    mutating func earlier(of alert: Alert) -> EventOrigin? {
        guard let userId = alert.userId else { return nil }
        forget(at: alert.arrivedAt)
        let index = entries.firstIndex { entry in
            // Two messages are two things that somebody wanted to say.
            entry.origin.platform == alert.origin.platform && entry.userId == userId && entry.isTest == alert.isTest
                && !(entry.hasMessage && !alert.message.isEmpty)
        }
        if let index {
            entries[index].hasMessage = entries[index].hasMessage || !alert.message.isEmpty
            return entries[index].origin
        }
        if entries.count == Self.entriesLimit { entries.removeFirst() }
        entries.append(
            Entry(
                origin: alert.origin,
                userId: userId,
                isTest: alert.isTest,
                arrivedAt: alert.arrivedAt,
                hasMessage: !alert.message.isEmpty
            )
        )
        return nil
    }

    /// The notice that came before its subscription.
    mutating func takeNotice(for alert: Alert) -> SharedNotice? {
        let index = notices.firstIndex {
            $0.platform == alert.origin.platform && $0.userId == alert.userId && $0.isTest == alert.isTest
        }
        return index.map { notices.remove(at: $0) }
    }

    /// The subscription that a notice tells of; without one the notice waits for it.
    mutating func subscription(of notice: SharedNotice) -> EventOrigin? {
        forget(at: notice.arrivedAt)
        let entry = entries.last {
            $0.origin.platform == notice.platform && $0.userId == notice.userId && $0.isTest == notice.isTest
        }
        if let entry { return entry.origin }
        if notices.count == Self.noticesLimit { notices.removeFirst() }
        notices.append(notice)
        return nil
    }

    mutating func removeNotices(where isMeant: (SharedNotice) -> Bool) {
        notices.removeAll(where: isMeant)
    }

    private mutating func forget(at now: Timestamp) {
        entries.removeAll { !GiftMemory.isRecent($0.arrivedAt, at: now) }
        notices.removeAll { !GiftMemory.isRecent($0.arrivedAt, at: now) }
    }
}

extension SubscriptionMemory.Entry: JSONConvertible {
    init?(json: JSONValue) {
        guard let origin = EventOrigin(json: json), let userId = json["userId"]?.stringValue,
            let arrivedAt = json["at"]?.integerValue
        else { return nil }
        self.origin = origin
        self.userId = userId
        isTest = json["test"]?.boolValue ?? false
        self.arrivedAt = Timestamp(milliseconds: arrivedAt)
        hasMessage = json["message"]?.boolValue ?? false
    }

    var json: JSONValue {
        [
            "platform": .string(origin.platform), "id": .string(origin.id), "userId": .string(userId),
            "test": .bool(isTest), "at": .integer(arrivedAt.milliseconds), "message": .bool(hasMessage),
        ]
    }
}
