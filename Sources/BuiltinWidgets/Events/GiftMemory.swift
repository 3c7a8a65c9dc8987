import WidgetAPI

/// What tells which bomb a gift belongs to.
struct GiftMark: Equatable, JSONConvertible {
    let platform: String
    let isTest: Bool
    let giftId: String?
    let tier: String?

    init(_ alert: Alert) {
        platform = alert.origin.platform
        isTest = alert.isTest
        giftId = alert.giftId
        tier = alert.tier
    }

    init?(json: JSONValue) {
        guard let platform = json["platform"]?.stringValue else { return nil }
        self.platform = platform
        isTest = json["test"]?.boolValue ?? false
        giftId = json["giftId"]?.stringValue
        tier = json["tier"]?.stringValue
    }

    var json: JSONValue {
        [
            "platform": .string(platform), "test": .bool(isTest), "giftId": .optional(giftId),
            "tier": .optional(tier),
        ]
    }

    /// Whether two marks may be of one bomb: the gift's id tells, or the tier where one of them has none.
    func matches(_ other: GiftMark) -> Bool {
        // A test must not swallow what somebody really gave.
        guard platform == other.platform, isTest == other.isTest else { return false }
        if let giftId, let otherId = other.giftId { return giftId == otherId }
        return tier == other.tier
    }
}

/// A gift bomb whose recipients may still come in one by one.
struct GiftBomb: Equatable, JSONConvertible {
    /// The bomb's own event.
    let origin: EventOrigin
    let mark: GiftMark
    /// Recipients that have not come yet.
    var missing: Int
    let arrivedAt: Timestamp

    init(_ alert: Alert) {
        origin = alert.origin
        mark = GiftMark(alert)
        missing = alert.count ?? 1
        arrivedAt = alert.arrivedAt
    }

    init?(json: JSONValue) {
        guard let origin = json["origin"].flatMap(EventOrigin.init(json:)),
            let mark = json["mark"].flatMap(GiftMark.init(json:)), let missing = json["missing"]?.integerValue,
            let arrivedAt = json["at"]?.integerValue
        else { return nil }
        self.origin = origin
        self.mark = mark
        self.missing = Int(missing)
        self.arrivedAt = Timestamp(milliseconds: arrivedAt)
    }

    var json: JSONValue {
        [
            "origin": origin.json, "mark": mark.json, "missing": .integer(Int64(missing)),
            "at": .integer(arrivedAt.milliseconds),
        ]
    }
}

/// Gifts that came without a bomb and whose alerts are gone: shown already, or only counted.
struct LooseGifts: Equatable, JSONConvertible {
    let mark: GiftMark
    /// When those came whose alerts are over.
    var shown: [Int64] = []
    /// When those came that a summary counts.
    var folded: [Int64] = []

    init(_ mark: GiftMark) {
        self.mark = mark
    }

    init?(json: JSONValue) {
        guard let mark = json["mark"].flatMap(GiftMark.init(json:)) else { return nil }
        self.mark = mark
        shown = json["shown"]?.arrayValue?.compactMap(\.integerValue) ?? []
        folded = json["folded"]?.arrayValue?.compactMap(\.integerValue) ?? []
    }

    var json: JSONValue {
        [
            "mark": mark.json, "shown": .array(shown.map(JSONValue.integer)),
            "folded": .array(folded.map(JSONValue.integer)),
        ]
    }
}

/// Which gifts and bombs came within the last minute, in either order.
struct GiftMemory: Equatable, JSONConvertible {
    /// A bomb and its recipients arrive as separate deliveries; the contract joins them for this long.
    static let windowMilliseconds: Int64 = 60_000
    // Beyond so many at once the oldest bomb is complete.
    private static let bombsLimit = 20
    private static let looseGroupsLimit = 8
    private static let looseGiftsLimit = 100

    private(set) var bombs: [GiftBomb] = []
    private(set) var loose: [LooseGifts] = []

    init() {}

    init?(json: JSONValue) {
        bombs = json["bombs"]?.arrayValue?.compactMap(GiftBomb.init(json:)) ?? []
        loose = json["loose"]?.arrayValue?.compactMap(LooseGifts.init(json:)) ?? []
    }

    var json: JSONValue { ["bombs": .array(bombs.map(\.json)), "loose": .array(loose.map(\.json))] }

    /// What it takes of the state's 64 KiB, in bytes.
    var weight: Int {
        loose.reduce(bombs.count * 340) { $0 + 260 + 15 * ($1.shown.count + $1.folded.count) }
    }

    /// Remembers a bomb, so that its recipients are no alerts of their own.
    mutating func remember(_ bomb: GiftBomb) {
        bombs.removeAll { $0.missing <= 0 || !Self.isRecent($0.arrivedAt, at: bomb.arrivedAt) }
        if bombs.count == Self.bombsLimit { bombs.removeFirst() }
        bombs.append(bomb)
    }

    /// The bomb that the gift belongs to, which then misses one recipient less; `nil` when there is none.
    mutating func takeFromBomb(_ gift: Alert) -> EventOrigin? {
        let index = bombs.firstIndex { bomb in
            bomb.missing > 0 && Self.isRecent(bomb.arrivedAt, at: gift.arrivedAt) && bomb.mark.matches(GiftMark(gift))
        }
        guard let index else { return nil }
        bombs[index].missing -= 1
        return bombs[index].origin
    }

    /// Remembers a gift whose alert is gone, in case that its bomb still comes.
    mutating func noteLoose(_ gift: Alert, isFolded: Bool) {
        guard gift.kind == .gift, !gift.isReplay else { return }
        forgetLoose(at: gift.arrivedAt)
        let mark = GiftMark(gift)
        if !loose.contains(where: { $0.mark == mark }) {
            if loose.count == Self.looseGroupsLimit { loose.removeFirst() }
            loose.append(LooseGifts(mark))
        }
        guard let index = loose.firstIndex(where: { $0.mark == mark }),
            loose.reduce(0, { $0 + $1.shown.count + $1.folded.count }) < Self.looseGiftsLimit
        else { return }
        if isFolded {
            loose[index].folded.append(gift.arrivedAt.milliseconds)
        } else {
            loose[index].shown.append(gift.arrivedAt.milliseconds)
        }
    }

    /// Takes the bomb's earlier recipients out of the memory and returns how many of them a summary counts.
    mutating func claimLoose(for bomb: inout GiftBomb) -> Int {
        forgetLoose(at: bomb.arrivedAt)
        var folded = 0
        for index in loose.indices where bomb.mark.matches(loose[index].mark) {
            let shownHere = min(bomb.missing, loose[index].shown.count)
            loose[index].shown.removeFirst(shownHere)
            bomb.missing -= shownHere
            let foldedHere = min(bomb.missing, loose[index].folded.count)
            loose[index].folded.removeFirst(foldedHere)
            bomb.missing -= foldedHere
            folded += foldedHere
        }
        return folded
    }

    /// Forgets one gift, because its bomb names it.
    mutating func forgetLoose(_ gift: Alert) {
        guard let index = loose.firstIndex(where: { $0.mark == GiftMark(gift) }),
            let place = loose[index].shown.lastIndex(of: gift.arrivedAt.milliseconds)
        else { return }
        loose[index].shown.remove(at: place)
    }

    static func isRecent(_ moment: Timestamp, at now: Timestamp) -> Bool {
        now <= moment.advanced(byMilliseconds: windowMilliseconds)
    }

    private mutating func forgetLoose(at now: Timestamp) {
        let oldest = now.milliseconds - Self.windowMilliseconds
        for index in loose.indices {
            loose[index].shown.removeAll { $0 < oldest }
            loose[index].folded.removeAll { $0 < oldest }
        }
        loose.removeAll { $0.shown.isEmpty && $0.folded.isEmpty }
    }
}
