/// The payload of `event:follow`.
public struct Follow: JSONConvertible, Equatable {
    /// Who follows now.
    public var user: User?

    /// That person follows now.
    public init(user: User?) {
        self.user = user
    }

    /// Reads `{user}`.
    public init?(json: JSONValue) {
        guard json.objectValue != nil else { return nil }
        self.init(user: json["user"].flatMap(User.init(json:)))
    }

    /// Written as `{user}`.
    public var json: JSONValue { ["user": user?.json ?? .null] }
}

/// The payload of `event:subscribe`.
///
/// A gift bomb is kind `gift` with no user, a gifter and the number of gifts; each recipient follows as kind `gift`
/// with the recipient as user and `giftCount` 1. Totals count recipients, never the bomb.
public struct Subscription: JSONConvertible, Equatable {
    /// How somebody came to subscribe.
    public enum Kind: String, Sendable {
        case new, renewal, gift
    }

    /// Who subscribed; `nil` for a gift bomb.
    public var user: User?
    /// How.
    public var kind: Kind
    /// `1000`, `2000` or `3000`, where the platform has tiers.
    public var tier: String?
    /// Paid by Amazon Prime, where the platform tells.
    public var prime: Bool?
    /// Months in all, or `nil`.
    public var months: Int?
    /// Months in a row, or `nil`.
    public var streak: Int?
    /// What the subscriber wrote, or `nil`.
    public var message: String?
    /// Who gave it, or `nil` when nobody did or nobody knows.
    public var gifter: User?
    /// What a bomb and its recipients share, where the platform tells it.
    public var giftId: String?
    /// Gifts in the bomb; 1 for a recipient; `nil` for no gift.
    public var giftCount: Int?
    /// Names of the recipients that are known with the bomb.
    public var recipients: [User]

    /// A subscription; everything but user and kind may be unknown.
    public init(
        user: User?,
        kind: Kind,
        tier: String? = nil,
        prime: Bool? = nil,
        months: Int? = nil,
        streak: Int? = nil,
        message: String? = nil,
        gifter: User? = nil,
        giftId: String? = nil,
        giftCount: Int? = nil,
        recipients: [User] = []
    ) {
        self.user = user
        self.kind = kind
        self.tier = tier
        self.prime = prime
        self.months = months
        self.streak = streak
        self.message = message
        self.gifter = gifter
        self.giftId = giftId
        self.giftCount = giftCount
        self.recipients = recipients
    }

    /// A gift bomb: many gifts at once, of which the recipients are told one by one.
    public var isGiftBomb: Bool { kind == .gift && user == nil }

    /// Reads the payload of `event:subscribe`.
    public init?(json: JSONValue) {
        guard let kind = json["kind"]?.stringValue.flatMap(Kind.init(rawValue:)) else { return nil }
        self.init(
            user: json["user"].flatMap(User.init(json:)),
            kind: kind,
            tier: json["tier"]?.stringValue,
            prime: json["prime"]?.boolValue,
            months: json["months"]?.integerValue.map(Int.init),
            streak: json["streak"]?.integerValue.map(Int.init),
            message: json["message"]?.stringValue,
            gifter: json["gifter"].flatMap(User.init(json:)),
            giftId: json["giftId"]?.stringValue,
            giftCount: json["giftCount"]?.integerValue.map(Int.init),
            recipients: json["recipients"]?.arrayValue?.compactMap(User.init(json:)) ?? []
        )
    }

    /// The payload of `event:subscribe`.
    public var json: JSONValue {
        [
            "user": user?.json ?? .null, "kind": .string(kind.rawValue), "tier": .optional(tier),
            "prime": prime.map(JSONValue.bool) ?? .null, "months": .optional(months), "streak": .optional(streak),
            "message": .optional(message), "gifter": gifter?.json ?? .null, "giftId": .optional(giftId),
            "giftCount": .optional(giftCount), "recipients": .array(recipients.map(\.json)),
        ]
    }
}

/// The payload of `event:tip`.
public struct Tip: JSONConvertible, Equatable {
    /// What was given.
    public enum Kind: String, Sendable {
        case donation, bits, kicks
    }

    /// Who gave, or `nil` for an anonymous giver.
    public var user: User?
    /// How much.
    public var amount: Money
    /// What.
    public var kind: Kind
    /// What the giver wrote, or `nil`.
    public var message: String?
    /// What one unit of each currency was worth when the tip came, in millionths of one common unit.
    ///
    /// The host writes the operator's rates into every donation it takes, so that a sum is the same in every replay,
    /// whatever the rates are by then. Empty where the operator gave none.
    public var rates: [String: Int64]

    /// A tip.
    public init(user: User?, amount: Money, kind: Kind, message: String? = nil, rates: [String: Int64] = [:]) {
        self.user = user
        self.amount = amount
        self.kind = kind
        self.message = message
        self.rates = rates
    }

    /// Reads `{user,amount,kind,message,rates?}`.
    public init?(json: JSONValue) {
        guard let amount = json["amount"].flatMap(Money.init(json:)) else { return nil }
        self.init(
            user: json["user"].flatMap(User.init(json:)),
            amount: amount,
            kind: json["kind"]?.stringValue.flatMap(Kind.init(rawValue:)) ?? .donation,
            message: json["message"]?.stringValue
        )
        for member in json["rates"]?.objectValue?.members ?? [] {
            rates[member.name] = member.value.integerValue
        }
    }

    /// Written as `{user,amount,kind,message,rates?}`.
    public var json: JSONValue {
        var object: JSONObject = [
            "user": user?.json ?? .null, "amount": amount.json, "kind": .string(kind.rawValue),
            "message": .optional(message),
        ]
        if !rates.isEmpty {
            var table = JSONObject()
            for (currency, worth) in rates.sorted(by: { $0.key < $1.key }) { table[currency] = .integer(worth) }
            object["rates"] = .object(table)
        }
        return .object(object)
    }
}

/// The payload of `event:raid`.
public struct Raid: JSONConvertible, Equatable {
    /// Whose viewers came.
    public var user: User?
    /// How many.
    public var viewers: Int

    /// A raid of so many viewers.
    public init(user: User?, viewers: Int) {
        self.user = user
        self.viewers = viewers
    }

    /// Reads `{user,viewers}`.
    public init?(json: JSONValue) {
        guard let viewers = json["viewers"]?.integerValue else { return nil }
        self.init(user: json["user"].flatMap(User.init(json:)), viewers: Int(viewers))
    }

    /// Written as `{user,viewers}`.
    public var json: JSONValue { ["user": user?.json ?? .null, "viewers": .integer(Int64(viewers))] }
}

/// The payload of `event:redemption`.
public struct Redemption: JSONConvertible, Equatable {
    /// Who redeemed.
    public var user: User?
    /// The reward's id.
    public var rewardId: String
    /// The reward's name.
    public var rewardTitle: String
    /// What it cost, in channel points.
    public var rewardCost: Int
    /// What the viewer typed, or `nil`.
    public var input: String?
    /// As the platform says it: `unfulfilled`, `fulfilled` or `canceled` on Twitch, `pending`, `accepted` or
    /// `rejected` on Kick.
    public var status: String

    /// A redemption of a reward.
    public init(
        user: User?,
        rewardId: String,
        rewardTitle: String,
        rewardCost: Int,
        input: String? = nil,
        status: String
    ) {
        self.user = user
        self.rewardId = rewardId
        self.rewardTitle = rewardTitle
        self.rewardCost = rewardCost
        self.input = input
        self.status = status
    }

    /// Reads `{user,reward,input,status}`.
    public init?(json: JSONValue) {
        guard let reward = json["reward"], let title = reward["title"]?.stringValue else { return nil }
        self.init(
            user: json["user"].flatMap(User.init(json:)),
            rewardId: reward["id"]?.stringValue ?? "",
            rewardTitle: title,
            rewardCost: reward["cost"]?.integerValue.map(Int.init) ?? 0,
            input: json["input"]?.stringValue,
            status: json["status"]?.stringValue ?? "unknown"
        )
    }

    /// Written as `{user,reward,input,status}`.
    public var json: JSONValue {
        [
            "user": user?.json ?? .null,
            "reward": [
                "id": .string(rewardId), "title": .string(rewardTitle), "cost": .integer(Int64(rewardCost)),
            ],
            "input": .optional(input), "status": .string(status),
        ]
    }
}

/// The payload of `alert:replay`.
public struct AlertReplay: JSONConvertible, Equatable {
    /// Place in the log of the event whose alert is shown again.
    public var seq: Int64
    /// That event, because a widget has no other way to read the log.
    public var event: Event

    /// Shows the alert of that event again.
    public init(_ event: Event) {
        seq = event.seq
        self.event = event
    }

    /// Reads `{seq,event}`.
    public init?(json: JSONValue) {
        guard let event = json["event"], let id = event["id"]?.stringValue, let seq = json["seq"]?.integerValue,
            let type = event["type"]?.stringValue, let platform = event["platform"]?.stringValue,
            let occurredAt = event["occurredAt"]?.integerValue, let receivedAt = event["receivedAt"]?.integerValue
        else { return nil }
        self.init(
            Event(
                id: Event.ID(id),
                seq: seq,
                type: EventType(type),
                platform: platform,
                channelId: event["channelId"]?.stringValue,
                occurredAt: Timestamp(milliseconds: occurredAt),
                receivedAt: Timestamp(milliseconds: receivedAt),
                isTest: event["test"]?.boolValue ?? false,
                payload: event["payload"] ?? .null
            )
        )
    }

    /// Written as `{seq,event}`; the times of the event are milliseconds.
    public var json: JSONValue {
        [
            "seq": .integer(seq),
            "event": [
                "id": .string(event.id.text), "type": .string(event.type.name), "platform": .string(event.platform),
                "channelId": .optional(event.channelId), "occurredAt": .integer(event.occurredAt.milliseconds),
                "receivedAt": .integer(event.receivedAt.milliseconds), "test": .bool(event.isTest),
                "payload": event.payload,
            ],
        ]
    }
}
