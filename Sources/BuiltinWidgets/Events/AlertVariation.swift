import WidgetAPI

/// Another look for some alerts of a kind: all that meet a condition, or a share of them by chance.
struct AlertVariation: Equatable {
    /// When a variation is meant.
    enum Condition: String, CaseIterable {
        case random, minimum, exact, months, streak, tier, prime, giftCount, raiders

        /// What the form calls it.
        var title: String {
            switch self {
            case .random: "By chance"
            case .minimum: "Amount of at least"
            case .exact: "Amount of exactly"
            case .months: "Months of at least"
            case .streak: "Months in a row of at least"
            case .tier: "Tier"
            case .prime: "Prime"
            case .giftCount: "Gifts of at least"
            case .raiders: "Raiders of at least"
            }
        }

        /// Which condition says more of an alert: an amount to the unit, then a threshold, then a group, then chance.
        fileprivate var rank: Int {
            switch self {
            case .exact: 3
            case .minimum, .months, .streak, .giftCount, .raiders: 2
            case .tier, .prime: 1
            case .random: 0
            }
        }
    }

    let kind: AlertKind
    let condition: Condition
    let value: Int64
    let weight: Int64
    let template: String
    let image: String
    let sound: String
    let displaySeconds: Int64
    let animation: AlertAnimation?

    /// Whether the alert meets the condition.
    func fits(_ alert: Alert) -> Bool {
        guard alert.kind == kind else { return false }
        return switch condition {
        case .random: true
        case .minimum: alert.amount.map { $0.minor >= value } ?? false
        case .exact: alert.amount.map { $0.minor == value } ?? false
        case .months: alert.months.map { $0 >= value } ?? false
        case .streak: alert.streak.map { $0 >= value } ?? false
        case .tier: alert.tier == "\(value)000"
        case .prime: alert.prime == true
        case .giftCount: alert.count.map { $0 >= value } ?? false
        case .raiders: alert.viewers.map { $0 >= value } ?? false
        }
    }

    /// The variation that an alert wears, or `nil` for its usual look.
    ///
    /// Of those whose condition holds the most specific one, then the higher threshold, then the first of the list.
    /// Only where none holds, chance decides among the random ones.
    static func chosen(for alert: Alert, from variations: [AlertVariation]) -> AlertVariation? {
        let fitting = variations.filter { $0.fits(alert) }
        var best: AlertVariation?
        for variation in fitting where variation.condition != .random {
            guard let held = best else {
                best = variation
                continue
            }
            if variation.outranks(held) { best = variation }
        }
        return best ?? drawn(from: fitting, roll: alert.roll)
    }

    private func outranks(_ other: AlertVariation) -> Bool {
        if condition.rank != other.condition.rank { return condition.rank > other.condition.rank }
        // A number of months says nothing beside a number of gifts.
        return condition == other.condition && value > other.value
    }

    /// Weights are shares of a hundred; what they leave is the usual look, and beyond a hundred they share all.
    private static func drawn(from variations: [AlertVariation], roll: Int64) -> AlertVariation? {
        let whole = max(variations.reduce(0) { $0 + $1.weight }, 100)
        var rest = roll * whole / Alert.rollLimit
        for variation in variations {
            if rest < variation.weight { return variation }
            rest -= variation.weight
        }
        return nil
    }
}

extension AlertVariation: JSONConvertible {
    /// Reads a variation of the settings.
    init?(json: JSONValue) {
        guard let kind = json["kind"]?.stringValue.flatMap(AlertKind.init(rawValue:)),
            let condition = json["condition"]?.stringValue.flatMap(Condition.init(rawValue:))
        else { return nil }
        self.kind = kind
        self.condition = condition
        value = json["value"]?.integerValue ?? 1
        weight = json["weight"]?.integerValue ?? 10
        template = json["template"]?.stringValue ?? ""
        image = json["image"]?.stringValue ?? ""
        sound = json["sound"]?.stringValue ?? ""
        displaySeconds = json["displayDuration"]?.integerValue ?? 0
        animation = json["animation"]?.stringValue.flatMap(AlertAnimation.init(rawValue:))
    }

    var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "condition": .string(condition.rawValue), "value": .integer(value),
            "weight": .integer(weight), "template": .string(template), "image": .string(image),
            "sound": .string(sound), "displayDuration": .integer(displaySeconds),
            "animation": .string(animation?.rawValue ?? Self.usualAnimation),
        ]
    }

    private static let usualAnimation = "usual"

    /// The members of a variation in the settings.
    static let fields: [ConfigSchema.Field] = [
        .init("kind", .choice(AlertKind.allCases.map { .init($0.rawValue, title: $0.groupTitle) }), title: "For"),
        .init(
            "condition",
            .choice(Condition.allCases.map { .init($0.rawValue, title: $0.title) }),
            title: "When",
            description: "Of variations whose condition holds the most specific one wins: an exact amount, then the "
                + "highest number reached, then tier or Prime, then chance."
        ),
        .init(
            "value",
            .integer(0...100_000_000),
            default: 1,
            title: "Number",
            description:
                "The amount (500 for $5.00, 100 for 100 bits), the months, gifts or raiders, or the tier 1 to 3.",
            when: .init("condition", is: "minimum", "exact", "months", "streak", "tier", "giftCount", "raiders")
        ),
        .init(
            "weight",
            .integer(1...100),
            default: 10,
            title: "Chance",
            description: "What several of them leave of 100 % is the usual look; beyond 100 % they share all alerts.",
            unit: "%",
            when: .init("condition", is: "random")
        ),
        .init(
            "template",
            .text(0...200),
            default: "",
            title: "Text",
            description: "Empty: the usual one of its kind."
        ),
        .init(
            "image",
            .text(0...300, .assetImage),
            default: "",
            title: "Picture",
            description: "Shown in place of the profile picture too. Empty: the usual one."
        ),
        .init(
            "sound",
            .text(0...300, .assetSound),
            default: "",
            title: "Sound",
            description: "Empty: the usual one."
        ),
        .init(
            "displayDuration",
            .integer(0...15),
            default: 0,
            title: "Time on screen",
            description: "0 is the usual time; otherwise at least 3 seconds.",
            unit: "s"
        ),
        .init(
            "animation",
            .choice([.init(usualAnimation)] + AlertAnimation.allCases.map { .init($0.rawValue) }),
            default: .string(usualAnimation),
            title: "Animation"
        ),
    ]
}
