import WidgetAPI

extension GoalsWidget {
    /// What has come in since the widget was placed.
    ///
    /// Everything is counted, not only what the goal asks for, so that another choice starts with the truth.
    package struct State: Equatable, JSONConvertible {
        private var follows: Int64 = 0
        private var subscriptions: Int64 = 0
        private var bits: Int64 = 0
        private var tips = Money(minor: 0, currency: "")

        init() {}

        package init?(json: JSONValue) {
            guard let follows = json["follows"]?.integerValue,
                let subscriptions = json["subscriptions"]?.integerValue, let bits = json["bits"]?.integerValue,
                let tips = json["tips"].flatMap(Money.init(json:))
            else { return nil }
            (self.follows, self.subscriptions, self.bits, self.tips) = (follows, subscriptions, bits, tips)
        }

        package var json: JSONValue {
            [
                "follows": .integer(follows), "subscriptions": .integer(subscriptions), "bits": .integer(bits),
                "tips": tips.json,
            ]
        }

        mutating func count(_ follow: Follow) {
            follows = Self.sum(follows, 1)
        }

        /// Counts recipients, never the bomb, which would count them twice.
        mutating func count(_ subscription: Subscription) {
            guard !subscription.isGiftBomb else { return }
            subscriptions = Self.sum(subscriptions, 1)
        }

        /// Counts bits, and donations in the goal's currency; no rate of exchange would be the right one.
        mutating func count(_ tip: Tip, currency: String) {
            switch tip.kind {
            case .bits:
                bits = Self.sum(bits, tip.amount.minor)
            case .donation where tip.amount.currency == currency:
                let before = tips.currency == currency ? tips.minor : 0
                tips = Money(minor: Self.sum(before, tip.amount.minor), currency: currency)
            case .donation, .kicks:
                break
            }
        }

        /// What has come in of what the goal asks for; of tips in the currency's smallest units.
        func value(_ config: Config) -> Int64 {
            switch config.goalType {
            case .followers: follows
            case .subscribers: subscriptions
            case .bits: bits
            case .tips: tips.currency == config.currency ? tips.minor : 0
            }
        }

        /// A sum that never falls, so that a goal stays reached, and that stops at the largest number.
        private static func sum(_ total: Int64, _ amount: Int64) -> Int64 {
            let (sum, overflow) = total.addingReportingOverflow(max(amount, 0))
            return overflow ? .max : sum
        }
    }
}
