import WidgetAPI

extension Alert {
    /// The alert of an event, or `nil` for one of which there is none.
    init?(_ event: Event, roll: Int64, at now: Timestamp) {
        switch event.type {
        case .follow:
            guard let follow = Follow(json: event.payload) else { return nil }
            self.init(.follow, of: event, by: follow.user, roll: roll, at: now)
        case .subscribe:
            guard let subscription = Subscription(json: event.payload) else { return nil }
            self.init(subscription, of: event, roll: roll, at: now)
        case .tip:
            guard let tip = Tip(json: event.payload) else { return nil }
            self.init(tip, of: event, roll: roll, at: now)
        case .raid:
            guard let raid = Raid(json: event.payload) else { return nil }
            self.init(.raid, of: event, by: raid.user, roll: roll, at: now)
            viewers = raid.viewers
        case .redemption:
            // The platform has given the points back, so nothing happened that one should celebrate.
            guard let redemption = Redemption(json: event.payload),
                !["canceled", "rejected"].contains(redemption.status)
            else { return nil }
            self.init(.redemption, of: event, by: redemption.user, roll: roll, at: now)
            setReward(redemption.rewardTitle)
            setMessage(redemption.input)
        default:
            return nil
        }
    }

    private init(_ subscription: Subscription, of event: Event, roll: Int64, at now: Timestamp) {
        if subscription.isGiftBomb {
            self.init(.giftBomb, of: event, by: subscription.gifter, roll: roll, at: now)
            count = subscription.gifts
            for user in subscription.recipients.prefix(Self.recipientsLimit) { addRecipient(Recipient(user)) }
        } else if subscription.kind == .gift {
            self.init(.gift, of: event, by: subscription.user, roll: roll, at: now)
            count = 1
            setGifter(subscription.gifter)
        } else {
            let kind: AlertKind = subscription.kind == .renewal ? .renewal : .sub
            self.init(kind, of: event, by: subscription.user, roll: roll, at: now)
            prime = subscription.prime
            months = subscription.months
            streak = subscription.streak
            setMessage(subscription.message)
        }
        tier = subscription.tier.map { $0.cut(characters: 10, bytes: 20) }
        giftId = subscription.giftId.map(Self.kept(id:))
    }

    private init(_ tip: Tip, of event: Event, roll: Int64, at now: Timestamp) {
        let kind: AlertKind =
            switch tip.kind {
            case .donation: .tip
            case .bits: .bits
            case .kicks: .kicks
            }
        self.init(kind, of: event, by: tip.user, roll: roll, at: now)
        amount = Money(minor: tip.amount.minor, currency: tip.amount.currency.cut(characters: 5, bytes: 20))
        setMessage(tip.message)
    }
}

extension Alert.Recipient {
    init(_ user: User) {
        self.init(name: User?.some(user).shownName, userId: Alert.kept(id: user.id))
    }

    /// Whoever got the gift that an alert of its own tells of.
    init?(_ alert: Alert) {
        guard let userId = alert.userId else { return nil }
        self.init(name: alert.name, userId: userId)
    }
}

extension Subscription {
    /// How many subscriptions a bomb gives: a platform that does not say so has named them.
    fileprivate var gifts: Int {
        max(giftCount ?? recipients.count, 1)
    }
}
