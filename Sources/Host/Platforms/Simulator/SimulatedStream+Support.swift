import WidgetAPI

/// Everything by which people support a channel.
extension SimulatedStream {
    mutating func follow() {
        let platform = anyPlatform()
        emit(.follow, on: platform, Follow(user: cast.newcomer(on: platform, &random)).json)
        plan(.follow, in: random.number(in: 6000...34_000))
    }

    mutating func subscription(_ kind: Subscription.Kind) {
        let platform = anyPlatform()
        switch kind {
        case .new: subscribe(on: platform)
        case .renewal: renew(on: platform)
        case .gift: give(1, on: platform)
        }
    }

    mutating func anySubscription() {
        switch random.number(in: 1...100) {
        case 1...40: subscription(.new)
        case 41...80: subscription(.renewal)
        default: subscription(.gift)
        }
        plan(.anySubscription, in: random.number(in: 15_000...75_000))
    }

    private mutating func subscribe(on platform: Platform) {
        let payload = Subscription(
            user: cast.newcomer(on: platform, &random),
            kind: .new,
            tier: tier(on: platform),
            // Kick tells the months of a new subscription too; Twitch does not.
            months: platform == .kick ? 1 : nil
        )
        emit(.subscribe, on: platform, payload.json)
    }

    private mutating func renew(on platform: Platform) {
        let months = random.number(in: 2...48)
        let isShared = platform == .twitch
        let payload = Subscription(
            user: cast.regular(on: platform, &random),
            kind: .renewal,
            tier: tier(on: platform),
            months: months,
            streak: isShared && random.happens(percent: 70) ? random.number(in: 1...months) : nil,
            message: isShared ? random.pick(SimulatedLines.renewals) : nil
        )
        emit(.subscribe, on: platform, payload.json)
    }

    /// Many gifts at once, and a chat that notices.
    mutating func giftBomb() {
        let platform = anyPlatform()
        give(random.pick([3, 5, 5, 5, 8, 10, 10, 15, 20]), on: platform)
        burst(.gifts, on: platform)
        plan(.giftBomb, in: random.number(in: 120_000...300_000))
    }

    /// The bomb, and one event for each who gets a gift.
    ///
    /// Kick tells all in one delivery. Twitch sends one for each, which takes a while.
    private mutating func give(_ count: Int, on platform: Platform) {
        let giver = random.happens(percent: 12) ? nil : cast.regular(on: platform, &random)
        let giftId = makeId()
        let tier = tier(on: platform)
        var bomb = Subscription(
            user: nil,
            kind: .gift,
            tier: tier,
            gifter: giver,
            giftId: giftId,
            giftCount: count
        )
        guard platform == .kick else {
            emit(.subscribe, id: giftId, on: platform, bomb.json)
            for index in 1...count {
                let gift = SimulatedAgenda.Gift(giftId: giftId, tier: tier, platform: platform)
                plan(.recipient(gift), in: 250 * index + random.number(in: 0...200))
            }
            return
        }
        bomb.recipients = (1...count).map { _ in cast.newcomer(on: platform, &random) }
        emit(.subscribe, id: giftId, on: platform, bomb.json)
        for (index, user) in bomb.recipients.enumerated() {
            var received = Subscription(user: user, kind: .gift, tier: tier, giftId: giftId, giftCount: 1)
            received.gifter = giver
            emit(.subscribe, id: "\(giftId):\(index + 1)", on: platform, received.json)
        }
    }

    /// Twitch does not say who gave it.
    mutating func receive(_ gift: SimulatedAgenda.Gift) {
        let payload = Subscription(
            user: cast.newcomer(on: gift.platform, &random),
            kind: .gift,
            tier: gift.tier,
            giftId: gift.giftId,
            giftCount: 1
        )
        emit(.subscribe, on: gift.platform, payload.json)
    }

    mutating func tip() {
        let platform = anyPlatform()
        let message = random.happens(percent: 80) ? random.pick(SimulatedLines.tips) : nil
        let giver = random.happens(percent: 8) ? nil : cast.regular(on: platform, &random)
        switch (platform, random.happens(percent: 50)) {
        case (.twitch, true):
            let bits = random.pick([50, 100, 100, 100, 200, 300, 500, 500, 1000, 2500])
            let amount = Money(minor: Int64(bits), currency: "BITS")
            emit(.tip, on: platform, Tip(user: giver, amount: amount, kind: .bits, message: message).json)
            if let giver { cheerLine(bits, message, by: giver) }
        case (.kick, true):
            let amount = Money(minor: random.pick([10, 50, 100, 100, 500, 500, 1000]), currency: "KICKS")
            emit(.tip, on: platform, Tip(user: giver, amount: amount, kind: .kicks, message: message).json)
        default:
            let minor: Int64 = random.pick([100, 200, 300, 500, 500, 500, 750, 1000, 1000, 2000, 2500, 5000])
            let amount = Money(minor: minor, currency: random.pick(["USD", "EUR"]))
            emit(.tip, on: platform, Tip(user: giver, amount: amount, kind: .donation, message: message).json)
        }
        plan(.tip, in: random.number(in: 12_000...68_000))
    }

    /// Only Twitch tells of raids.
    mutating func raid() {
        let viewers = random.pick([7, 12, 18, 25, 33, 48, 64, 96, 140, 220, 480])
        emit(.raid, on: .twitch, Raid(user: cast.regular(on: .twitch, &random), viewers: viewers).json)
        burst(.welcome, on: .twitch)
        afterglow(on: .twitch)
        plan(.raid, in: random.number(in: 200_000...400_000))
    }

    mutating func redemption() {
        let platform = anyPlatform()
        let reward = random.pick(SimulatedLines.rewards)
        let payload = Redemption(
            user: cast.regular(on: platform, &random),
            rewardId: "demo-reward-\(reward.id)",
            rewardTitle: reward.title,
            rewardCost: reward.cost,
            input: reward.inputs.isEmpty ? nil : random.pick(reward.inputs),
            status: platform == .twitch ? "unfulfilled" : "pending"
        )
        emit(.redemption, on: platform, payload.json)
        plan(.redemption, in: random.number(in: 40_000...120_000))
    }

    /// Nearly everybody takes the first tier; Kick has one only.
    private mutating func tier(on platform: Platform) -> String? {
        guard platform == .twitch else { return nil }
        return random.pick(["1000", "1000", "1000", "1000", "1000", "1000", "1000", "1000", "2000", "3000"])
    }
}
