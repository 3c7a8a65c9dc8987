/// What an alert is about; its raw value begins the names of the settings for that kind.
enum AlertKind: String, CaseIterable {
    case follow, sub, renewal, gift, giftBomb, tip, bits, kicks, raid, redemption

    /// The line above an alert.
    var label: String {
        switch self {
        case .follow: "New follower"
        case .sub: "New subscriber"
        case .renewal: "Subscribed again"
        case .gift: "Gift subscription"
        case .giftBomb: "Gift subscriptions"
        case .tip: "New tip"
        case .bits: "Cheer"
        case .kicks: "Kicks"
        case .raid: "Raid"
        case .redemption: "Reward"
        }
    }

    /// What the form calls alerts of this kind.
    var groupTitle: String {
        switch self {
        case .follow: "Follows"
        case .sub: "New subscriptions"
        case .renewal: "Renewed subscriptions"
        case .gift: "Gift subscriptions"
        case .giftBomb: "Gift bombs"
        case .tip: "Tips"
        case .bits: "Bits"
        case .kicks: "Kicks"
        case .raid: "Raids"
        case .redemption: "Channel rewards"
        }
    }

    /// So many alerts of this kind, as a summary says it.
    func more(_ count: Int) -> String {
        let (one, many) =
            switch self {
            case .follow: ("follow", "follows")
            case .sub: ("new subscription", "new subscriptions")
            case .renewal: ("renewal", "renewals")
            case .gift: ("gift subscription", "gift subscriptions")
            case .giftBomb: ("gift bomb", "gift bombs")
            case .tip: ("tip", "tips")
            case .bits: ("cheer", "cheers")
            case .kicks: ("gift of kicks", "gifts of kicks")
            case .raid: ("raid", "raids")
            case .redemption: ("reward", "rewards")
            }
        return "and \(count) more \(count == 1 ? one : many)"
    }

    /// What an alert of this kind says until the streamer writes something else.
    var usualTemplate: String {
        switch self {
        case .follow: "{username} is now following"
        case .sub: "{username} subscribed"
        case .renewal: "{username} subscribed again"
        case .gift: "{username} was given a subscription"
        case .giftBomb: "{gifter} gives subscriptions away"
        case .tip: "{username} tipped {amount}"
        case .bits: "{username} cheered {amount}"
        case .kicks: "{username} sent {amount}"
        case .raid: "{username} is raiding"
        case .redemption: "{username} redeemed {reward}"
        }
    }

    /// The setting that turns alerts of this kind on.
    var switchName: String {
        switch self {
        case .follow: "showFollows"
        case .sub, .renewal, .gift, .giftBomb: "showSubs"
        case .tip, .bits, .kicks: "showTips"
        case .raid: "showRaids"
        case .redemption: "showRedemptions"
        }
    }
}
