import WidgetAPI

/// What has come in from one platform, money left aside.
struct PlatformCounts: Equatable, JSONConvertible {
    /// Where the platform's own number puts the channel, and what had been counted here by then.
    private struct Told: Equatable, JSONConvertible {
        let number: Int64
        let counted: Int64

        init(_ number: Int64, counted: Int64) {
            (self.number, self.counted) = (number, counted)
        }

        init?(json: JSONValue) {
            guard let number = json["number"]?.integerValue, let counted = json["counted"]?.integerValue else {
                return nil
            }
            (self.number, self.counted) = (number, counted)
        }

        var json: JSONValue { ["number": .integer(number), "counted": .integer(counted)] }
    }

    /// Subscriptions of one kind by tier.
    struct Tiers: Equatable {
        private(set) var counts: [Int64] = [0, 0, 0]

        var total: Int64 { counts.reduce(into: 0) { $0.add($1) } }

        /// A platform without tiers has the first one only.
        mutating func add(_ tier: String?) {
            let index = tier == "3000" ? 2 : tier == "2000" ? 1 : 0
            counts[index].add(1)
        }

        fileprivate init() {}

        fileprivate init?(json: JSONValue?) {
            guard let counts = json?.arrayValue?.compactMap(\.integerValue), counts.count == 3 else { return nil }
            self.counts = counts
        }

        fileprivate var json: JSONValue { .array(counts.map(JSONValue.integer)) }
    }

    private(set) var follows: Int64 = 0
    private(set) var new = Tiers()
    private(set) var renewed = Tiers()
    private(set) var given = Tiers()
    private(set) var bits: Int64 = 0
    private(set) var kicks: Int64 = 0
    private(set) var raiders: Int64 = 0
    private var followersTold: Told?
    private var subscribersTold: Told?
    private var recentFollows = RecentCounts()
    private var recentSubscribers = RecentCounts()

    init() {}

    /// What a version without platforms, tiers and kinds has counted.
    init(follows: Int64, subscriptions: Int64, bits: Int64) {
        self.follows = max(follows, 0)
        new = Tiers(json: [.integer(max(subscriptions, 0)), 0, 0]) ?? Tiers()
        self.bits = max(bits, 0)
    }

    init?(json: JSONValue) {
        guard let follows = json["follows"]?.integerValue, let new = Tiers(json: json["new"]),
            let renewed = Tiers(json: json["renewed"]), let given = Tiers(json: json["given"]),
            let bits = json["bits"]?.integerValue, let kicks = json["kicks"]?.integerValue,
            let raiders = json["raiders"]?.integerValue
        else { return nil }
        (self.follows, self.new, self.renewed, self.given) = (follows, new, renewed, given)
        (self.bits, self.kicks, self.raiders) = (bits, kicks, raiders)
        followersTold = json["followersTold"].flatMap(Told.init)
        subscribersTold = json["subscribersTold"].flatMap(Told.init)
        recentFollows = json["recentFollows"].flatMap(RecentCounts.init) ?? RecentCounts()
        recentSubscribers = json["recentSubscribers"].flatMap(RecentCounts.init) ?? RecentCounts()
    }

    var json: JSONValue {
        [
            "follows": .integer(follows), "new": new.json, "renewed": renewed.json, "given": given.json,
            "bits": .integer(bits), "kicks": .integer(kicks), "raiders": .integer(raiders),
            "followersTold": followersTold?.json ?? .null, "subscribersTold": subscribersTold?.json ?? .null,
            "recentFollows": recentFollows.json, "recentSubscribers": recentSubscribers.json,
        ]
    }

    /// New subscriptions and gifts.
    var subscribers: Int64 {
        var sum = new.total
        sum.add(given.total)
        return sum
    }

    /// The followers by the platform's own number and what has come since, or `nil` when it has told none.
    var followersByPlatform: Int64? { Self.sum(followersTold, follows) }

    /// The subscribers by the platform's own number and what has come since, or `nil` when it has told none.
    var subscribersByPlatform: Int64? { Self.sum(subscribersTold, subscribers) }

    mutating func countFollow(at moment: Timestamp) {
        recentFollows.rises(from: follows, at: moment)
        follows.add(1)
    }

    /// Counts recipients, never the bomb, which would count them twice.
    mutating func count(_ subscription: Subscription, at moment: Timestamp) {
        let before = subscribers
        defer { if subscribers > before { recentSubscribers.rises(from: before, at: moment) } }
        switch subscription.kind {
        case .new: new.add(subscription.tier)
        case .renewal: renewed.add(subscription.tier)
        case .gift: if !subscription.isGiftBomb { given.add(subscription.tier) }
        }
    }

    mutating func count(bits amount: Int64) {
        bits.add(amount)
    }

    mutating func count(kicks amount: Int64) {
        kicks.add(amount)
    }

    mutating func count(_ raid: Raid) {
        raiders.add(Int64(raid.viewers))
    }

    /// Takes the platform's own numbers where it tells them; says which of them it has told for the first time.
    ///
    /// They were asked for at that moment, and may not hold what came in shortly before.
    mutating func take(
        followers: Int64?,
        subscribers: Int64?,
        asked moment: Timestamp
    ) -> Set<GoalsWidget.Config.GoalType> {
        var first: Set<GoalsWidget.Config.GoalType> = []
        if let followers {
            if followersTold == nil { first.insert(.followers) }
            let place = Self.place(
                followersByPlatform ?? follows,
                by: followers,
                unsettled: recentFollows.unsettled(of: follows, asked: moment)
            )
            followersTold = Told(place, counted: follows)
        }
        if let subscribers {
            if subscribersTold == nil { first.insert(.subscribers) }
            let place = Self.place(
                subscribersByPlatform ?? self.subscribers,
                by: subscribers,
                unsettled: recentSubscribers.unsettled(of: self.subscribers, asked: moment)
            )
            subscribersTold = Told(place, counted: self.subscribers)
        }
        return first
    }

    /// Where a channel stands by a number that holds none, some or all of what is unsettled: as near as that allows to
    /// where it stood (docs/decisions/goal-counts.md).
    private static func place(_ before: Int64, by number: Int64, unsettled: Int64) -> Int64 {
        let least = max(number, 0)
        var most = least
        most.add(unsettled)
        return min(max(before, least), most)
    }

    private static func sum(_ told: Told?, _ counted: Int64) -> Int64? {
        guard let told else { return nil }
        var sum = told.number
        sum.add(counted - told.counted)
        return sum
    }
}
