import WidgetAPI

/// What one alert tells, as plain facts.
///
/// How they are drawn is decided when the alert comes on screen, with the settings of that moment.
struct Alert: Equatable {
    /// Somebody who got one of the gifts of a bomb.
    struct Recipient: Equatable {
        let name: String
        let userId: String
    }

    /// Names of a bomb's recipients that are kept; more than an alert has room for.
    static let recipientsLimit = 12
    /// The dice of an alert are below this.
    static let rollLimit: Int64 = 1_000_000
    // A user's id of either platform has at most 36 characters; a longer one is kept as its hash.
    private static let idBytesLimit = 64
    private static let avatarBytesLimit = 160

    let origin: EventOrigin
    /// Place in the log of the event.
    let seq: Int64
    /// Place in the log of what put it into the queue: the event itself, or the wish to see it again.
    var place: Int64
    /// Whether the streamer asked to see it again.
    var isReplay = false
    let isTest: Bool
    /// When it got in line.
    var arrivedAt: Timestamp
    /// The dice for random variations, thrown once.
    var roll: Int64
    var kind: AlertKind
    /// Who did it; of a gift bomb the giver.
    let name: String
    let userId: String?
    /// Path of a picture on this host.
    let avatar: String?
    var amount: Money?
    var months: Int?
    var streak: Int?
    var viewers: Int?
    /// How many gifts.
    var count: Int?
    var tier: String?
    var prime: Bool?
    /// Who gave it.
    private(set) var gifter: String?
    private var gifterId: String?
    var giftId: String?
    var reward: String?
    /// What they wrote, or empty.
    private(set) var message = ""
    /// The chat message in which they wrote it, where that is known.
    private(set) var messageId: String?
    private(set) var recipients: [Recipient] = []

    init(_ kind: AlertKind, of event: Event, by user: User?, roll: Int64, at now: Timestamp) {
        origin = EventOrigin(event)
        seq = event.seq
        place = event.seq
        isTest = event.isTest
        arrivedAt = now
        self.roll = roll
        self.kind = kind
        // Fifty-one alerts at these limits stay below the state's 64 KiB.
        name = Self.kept(name: user)
        userId = user.map { Self.kept(id: $0.id) }
        avatar = user?.avatarUrl.flatMap { url in
            url.hasPrefix("/img/") && url.utf8.count <= Self.avatarBytesLimit ? url : nil
        }
    }

    /// An id as alerts keep it; compare with nothing else.
    static func kept(id: String) -> String {
        id.utf8.count <= idBytesLimit ? id : "long:\(String(stableHash(of: id), radix: 16))"
    }

    private static func kept(name user: User?) -> String {
        user.shownName.cut(characters: 41, bytes: 123)
    }

    mutating func setGifter(_ user: User?) {
        gifter = user.map { Self.kept(name: $0) }
        gifterId = user.map { Self.kept(id: $0.id) }
    }

    mutating func setReward(_ title: String) {
        reward = title.cut(characters: 60, bytes: 120)
    }

    mutating func setMessage(_ text: String?, messageId: String? = nil) {
        message = Self.kept(message: text)
        self.messageId = messageId
    }

    /// A viewer's text as alerts keep it.
    static func kept(message: String?) -> String {
        message?.cut(characters: 300, bytes: 500) ?? ""
    }
}

// MARK: Order

extension Alert {
    /// Its class in the queue, 0 first.
    var priority: Int {
        if isReplay { return 0 }
        switch kind {
        case .tip: return (amount?.wholeUnits ?? 0) >= 10 ? 1 : 2
        case .raid: return (viewers ?? 0) >= 10 ? 1 : 2
        case .bits, .kicks: return (amount?.minor ?? 0) >= 100 ? 2 : 3
        case .follow, .sub, .renewal, .gift, .giftBomb, .redemption: return 2
        }
    }

    /// Whether it is shown before the other one, when both wait.
    func comes(before other: Alert) -> Bool {
        (priority, place) < (other.priority, other.place)
    }
}

extension Money {
    /// The amount without what is less than one of the currency.
    fileprivate var wholeUnits: Int64 { minor / Self.minorUnits(of: currency) }
}

// MARK: What comes later

extension Alert {
    /// How many recipients are neither named nor will be: what "and 45 more" counts.
    var unnamedRecipients: Int { max((count ?? 0) - recipients.count, 0) }

    /// Names one more recipient, as long as there is room and the bomb has so many.
    mutating func addRecipient(_ recipient: Recipient) {
        guard recipients.count < min(Self.recipientsLimit, count ?? 0),
            !recipients.contains(where: { $0.userId == recipient.userId })
        else { return }
        recipients.append(recipient)
    }

    /// Takes what another event of the same subscription tells besides.
    mutating func complete(with other: Alert) {
        if other.kind == .renewal { kind = .renewal }
        months = months ?? other.months
        streak = streak ?? other.streak
        prime = prime ?? other.prime
        tier = tier ?? other.tier
        if message.isEmpty { (message, messageId) = (other.message, other.messageId) }
    }

    /// Takes what the chat's notice of the same subscription tells besides.
    mutating func complete(with notice: SharedNotice) {
        if notice.isRenewal { kind = .renewal }
        prime = prime ?? notice.prime
        // Equal texts are one text: when its chat message is deleted, the alert must not go on showing it.
        guard !notice.message.isEmpty, message.isEmpty || message == notice.message else { return }
        (message, messageId) = (notice.message, notice.messageId)
    }

    /// Whether that user of that platform did it: got the one gift, or gave it.
    func isBy(_ userId: String, on platform: String) -> Bool {
        origin.platform == platform && (self.userId == userId || kind == .gift && gifterId == userId)
    }

    /// Leaves out everything else that names that user.
    mutating func forget(_ userId: String, on platform: String) {
        guard origin.platform == platform else { return }
        recipients.removeAll { $0.userId == userId }
        if gifterId == userId { (gifter, gifterId) = (nil, nil) }
    }

    private var isSaidInChat: Bool {
        switch kind {
        case .sub, .renewal, .bits, .kicks: true
        case .follow, .gift, .giftBomb, .tip, .raid, .redemption: false
        }
    }

    /// Leaves out a text that was deleted from chat; `nil` stands for all of chat.
    mutating func forget(message id: String?, on platform: String) {
        guard origin.platform == platform, id == nil ? isSaidInChat : id == messageId else { return }
        message = ""
        messageId = nil
    }
}

// MARK: JSON

extension Alert: JSONConvertible {
    init?(json: JSONValue) {
        guard let origin = EventOrigin(json: json), let seq = json["seq"]?.integerValue,
            let place = json["place"]?.integerValue, let arrivedAt = json["at"]?.integerValue,
            let roll = json["roll"]?.integerValue, let name = json["name"]?.stringValue,
            let kind = json["kind"]?.stringValue.flatMap(AlertKind.init(rawValue:))
        else { return nil }
        self.origin = origin
        self.seq = seq
        self.place = place
        isReplay = json["replay"]?.boolValue ?? false
        isTest = json["test"]?.boolValue ?? false
        self.arrivedAt = Timestamp(milliseconds: arrivedAt)
        self.roll = roll
        self.kind = kind
        // As written: what was cut once ends in "…", and cutting it again would cut that.
        self.name = name
        userId = json["userId"]?.stringValue
        avatar = json["avatar"]?.stringValue
        amount = json["amount"].flatMap(Money.init(json:))
        months = json["months"]?.integerValue.map(Int.init)
        streak = json["streak"]?.integerValue.map(Int.init)
        viewers = json["viewers"]?.integerValue.map(Int.init)
        count = json["count"]?.integerValue.map(Int.init)
        tier = json["tier"]?.stringValue
        prime = json["prime"]?.boolValue
        gifter = json["gifter"]?.stringValue
        gifterId = json["gifterId"]?.stringValue
        giftId = json["giftId"]?.stringValue
        reward = json["reward"]?.stringValue
        message = json["message"]?.stringValue ?? ""
        messageId = json["messageId"]?.stringValue
        recipients =
            json["recipients"]?.arrayValue?.compactMap { recipient in
                guard let name = recipient["name"]?.stringValue, let id = recipient["id"]?.stringValue else {
                    return nil
                }
                return Recipient(name: name, userId: id)
            } ?? []
    }

    /// What is not known is left out: most alerts know little.
    var json: JSONValue {
        var object: JSONObject = [
            "platform": .string(origin.platform), "id": .string(origin.id), "seq": .integer(seq),
            "place": .integer(place), "at": .integer(arrivedAt.milliseconds), "roll": .integer(roll),
            "kind": .string(kind.rawValue), "name": .string(name),
        ]
        if isReplay { object["replay"] = true }
        if isTest { object["test"] = true }
        object["userId"] = userId.map(JSONValue.string)
        object["avatar"] = avatar.map(JSONValue.string)
        object["amount"] = amount?.json
        object["months"] = months.map { .integer(Int64($0)) }
        object["streak"] = streak.map { .integer(Int64($0)) }
        object["viewers"] = viewers.map { .integer(Int64($0)) }
        object["count"] = count.map { .integer(Int64($0)) }
        object["tier"] = tier.map(JSONValue.string)
        object["prime"] = prime.map(JSONValue.bool)
        object["gifter"] = gifter.map(JSONValue.string)
        object["gifterId"] = gifterId.map(JSONValue.string)
        object["giftId"] = giftId.map(JSONValue.string)
        object["reward"] = reward.map(JSONValue.string)
        if !message.isEmpty { object["message"] = .string(message) }
        object["messageId"] = messageId.map(JSONValue.string)
        if !recipients.isEmpty {
            object["recipients"] = .array(
                recipients.map { ["name": .string($0.name), "id": .string($0.userId)] }
            )
        }
        return .object(object)
    }

    /// What it takes of the state's 64 KiB, in bytes; never less than ``json`` needs.
    var weight: Int {
        // The names of its members, and its numbers at their longest.
        let markup = 320
        let texts = [
            origin.platform, origin.id, name, userId, avatar, amount?.currency, tier, gifter, gifterId, giftId, reward,
            message, messageId,
        ]
        return recipients.reduce(texts.reduce(markup) { $0 + Self.bytes($1) }) { sum, recipient in
            sum + 24 + Self.bytes(recipient.name) + Self.bytes(recipient.userId)
        }
    }

    /// What JSON needs for a text, quotes left out.
    private static func bytes(_ text: String?) -> Int {
        text?.utf8.reduce(0) { $0 + ($1 == 0x22 || $1 == 0x5C ? 2 : $1 < 0x20 ? 6 : 1) } ?? 0
    }
}
