import WidgetAPI

/// One alert as it will be shown.
struct Alert: Equatable, JSONConvertible {
    /// What it is about.
    enum Kind: String {
        case follow, subscription, renewal, gift, giftBomb, tip, raid, redemption
        /// Stands for alerts that found no place in the queue.
        case summary
    }

    let origin: EventOrigin
    let kind: Kind
    /// Who did it.
    let name: String
    /// What they did; empty where the kind says it all.
    let detail: String
    /// What they wrote, or empty.
    let message: String

    init(origin: EventOrigin, kind: Kind, name: String, detail: String = "", message: String? = nil) {
        self.origin = origin
        self.kind = kind
        // Fifty-one alerts at these limits, with ids as long as a key may be, stay below the state's 64 KiB.
        self.name = name.cut(characters: 40, bytes: 120)
        self.detail = detail.cut(characters: 80, bytes: 200)
        self.message = message?.cut(characters: 300, bytes: 500) ?? ""
    }

    init?(json: JSONValue) {
        guard let origin = json["origin"].flatMap(EventOrigin.init(json:)),
            let kind = json["kind"]?.stringValue.flatMap(Kind.init(rawValue:))
        else { return nil }
        self.origin = origin
        self.kind = kind
        // As written: what was cut once ends in "…", and cutting it again would cut that.
        name = json["name"]?.stringValue ?? ""
        detail = json["detail"]?.stringValue ?? ""
        message = json["message"]?.stringValue ?? ""
    }

    var json: JSONValue {
        [
            "origin": origin.json, "kind": .string(kind.rawValue), "name": .string(name), "detail": .string(detail),
            "message": .string(message),
        ]
    }
}

extension Alert {
    /// The one alert for so many that were not queued.
    static func summary(of count: Int, at now: Timestamp) -> Alert {
        // No event stands behind it; the moment tells it from the summary before.
        let origin = EventOrigin(platform: "summary", id: String(now.milliseconds))
        return Alert(origin: origin, kind: .summary, name: "and \(count) more")
    }

    init(_ follow: Follow, of event: Event) {
        self.init(origin: EventOrigin(event), kind: .follow, name: follow.user.shownName)
    }

    init(_ subscription: Subscription, of event: Event) {
        let origin = EventOrigin(event)
        let tier = Self.tierName(subscription)
        if subscription.isGiftBomb {
            let gifts =
                subscription.giftCount == 1 ? "gives a subscription" : "gives \(subscription.gifts) subscriptions"
            self.init(origin: origin, kind: .giftBomb, name: subscription.gifter.shownName, detail: gifts)
            return
        }
        let name = subscription.user.shownName
        switch subscription.kind {
        case .gift:
            let giver = subscription.gifter == nil ? "" : " by \(subscription.gifter.shownName)"
            self.init(origin: origin, kind: .gift, name: name, detail: "was given a subscription\(giver)")
        case .new:
            let message = subscription.message
            self.init(origin: origin, kind: .subscription, name: name, detail: tier, message: message)
        case .renewal:
            let months = subscription.months.map { $0 == 1 ? "1 month" : "\($0) months" }
            let detail = [months ?? "", tier].filter { !$0.isEmpty }.joined(separator: " · ")
            self.init(origin: origin, kind: .renewal, name: name, detail: detail, message: subscription.message)
        }
    }

    init(_ tip: Tip, of event: Event) {
        let name = tip.user.shownName
        self.init(origin: EventOrigin(event), kind: .tip, name: name, detail: tip.amount.text, message: tip.message)
    }

    init(_ raid: Raid, of event: Event) {
        let viewers = raid.viewers == 1 ? "with 1 viewer" : "with \(raid.viewers) viewers"
        self.init(origin: EventOrigin(event), kind: .raid, name: raid.user.shownName, detail: viewers)
    }

    init(_ redemption: Redemption, of event: Event) {
        self.init(
            origin: EventOrigin(event),
            kind: .redemption,
            name: redemption.user.shownName,
            detail: redemption.rewardTitle,
            message: redemption.input
        )
    }

    private static func tierName(_ subscription: Subscription) -> String {
        if subscription.prime == true { return "Prime" }
        return switch subscription.tier {
        case "1000": "Tier 1"
        case "2000": "Tier 2"
        case "3000": "Tier 3"
        default: ""
        }
    }
}
