import WidgetAPI

/// Everything that a goal could ask for, counted since the widget was placed.
///
/// More than the goal needs, so that another choice of the streamer starts with the truth.
struct GoalTally: Equatable, JSONConvertible {
    /// What an event has done to the count.
    enum Change: Equatable {
        case none
        /// Something came in.
        case counted
        /// A platform has told its own numbers, and these of them for the first time.
        case told(first: Set<GoalsWidget.Config.GoalType>)

        /// Whether a goal of that kind that stands at its target by now has just been reached.
        ///
        /// The first number of a kind is where the channel stands; of the other kind it says nothing.
        func isAchievement(of goalType: GoalsWidget.Config.GoalType) -> Bool {
            switch self {
            case .none: false
            case .counted: true
            case .told(let first): !first.contains(goalType)
            }
        }
    }

    // Two today; the name of a platform comes with the event, and a state has to end somewhere.
    private static let platformsLimit = 4
    private static let otherPlatforms = "other"
    /// Where a version without platforms had counted.
    private static let earlier = "earlier"

    private(set) var platforms: [String: PlatformCounts] = [:]
    private(set) var tips = TipTotals()
    private var subscribed = RecentSubscriptions()

    init() {}

    init?(json: JSONValue) {
        guard let platforms = json["platforms"]?.objectValue, let tips = json["tips"].flatMap(TipTotals.init) else {
            return nil
        }
        self.tips = tips
        subscribed = json["subscribed"].flatMap(RecentSubscriptions.init) ?? RecentSubscriptions()
        for member in platforms.members { self.platforms[member.name] = PlatformCounts(json: member.value) }
    }

    var json: JSONValue {
        var object = JSONObject()
        for (platform, counts) in platforms.sorted(by: { $0.key < $1.key }) { object[platform] = counts.json }
        return ["platforms": .object(object), "tips": tips.json, "subscribed": subscribed.json]
    }

    /// What version 1.0.0 wrote.
    init(follows: Int64, subscriptions: Int64, bits: Int64, tips: Money) {
        platforms[Self.earlier] = PlatformCounts(follows: follows, subscriptions: subscriptions, bits: bits)
        guard tips.minor > 0 else { return }
        self.tips.add(tips, at: [:], from: Self.earlier, for: tips.currency)
    }

    /// Takes an event and says what it has done; tips have a total in the goal's currency in any case.
    mutating func count(_ event: Event, currency: String) -> Change {
        let platform = name(of: event.platform)
        switch event.type {
        case .follow:
            guard Follow(json: event.payload) != nil else { return .none }
            platforms[platform, default: PlatformCounts()].countFollow(at: event.receivedAt)
        case .subscribe:
            guard let subscription = Subscription(json: event.payload), !subscribed.tellsAgain(subscription, event)
            else { return .none }
            platforms[platform, default: PlatformCounts()].count(subscription, at: event.receivedAt)
        case .raid:
            guard let raid = Raid(json: event.payload) else { return .none }
            platforms[platform, default: PlatformCounts()].count(raid)
        case .tip:
            guard let tip = Tip(json: event.payload) else { return .none }
            count(tip, from: platform, currency: currency)
        case .counts:
            return take(event.payload, from: platform, asked: event.occurredAt)
        default:
            return .none
        }
        return .counted
    }

    /// Followers: of each platform its own number where it has told one, unless only what came in here is wanted.
    func followers(byPlatform: Bool) -> Int64 {
        sum {
            byPlatform ? $0.followersByPlatform : nil
        } otherwise: {
            $0.follows
        }
    }

    /// Subscribers, counted like ``followers(byPlatform:)``; renewals are in no platform's number.
    func subscribers(byPlatform: Bool, withRenewals: Bool) -> Int64 {
        var total = sum {
            byPlatform ? $0.subscribersByPlatform : nil
        } otherwise: {
            $0.subscribers
        }
        guard withRenewals else { return total }
        for counts in platforms.values { total.add(counts.renewed.total) }
        return total
    }

    var bits: Int64 {
        platforms.values.reduce(into: 0) { $0.add($1.bits) }
    }

    private func sum(
        _ told: (PlatformCounts) -> Int64?,
        otherwise counted: (PlatformCounts) -> Int64
    ) -> Int64 {
        let isTold = platforms.values.contains { told($0) != nil }
        return platforms.reduce(into: 0) { total, platform in
            // Nobody knows where those came from, so a platform's own number may hold them already.
            guard !(isTold && platform.key == Self.earlier) else { return }
            total.add(told(platform.value) ?? counted(platform.value))
        }
    }

    private mutating func count(_ tip: Tip, from platform: String, currency: String) {
        switch tip.kind {
        case .bits: platforms[platform, default: PlatformCounts()].count(bits: tip.amount.minor)
        case .kicks: platforms[platform, default: PlatformCounts()].count(kicks: tip.amount.minor)
        case .donation: tips.add(tip.amount, at: tip.rates, from: platform, for: currency)
        }
    }

    private mutating func take(_ numbers: JSONValue, from platform: String, asked moment: Timestamp) -> Change {
        let followers = numbers["followers"]?.integerValue
        let subscribers = numbers["subscribers"]?.integerValue
        guard followers != nil || subscribers != nil else { return .none }
        let first = platforms[platform, default: PlatformCounts()].take(
            followers: followers,
            subscribers: subscribers,
            asked: moment
        )
        return .told(first: first)
    }

    private func name(of platform: String) -> String {
        let isKnown = platforms[platform] != nil || platforms.count < Self.platformsLimit
        return isKnown && platform.utf8.count <= 20 ? platform : Self.otherPlatforms
    }
}
